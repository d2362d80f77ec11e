#pragma once
#include "classroom/classroom_server.h"
#include "headless/end_request.h"
#include "headless/reload.h"
#include "headless/server_access.h"
#include "headless/server_recording.h"
#include "headless/service_manager.h"
#include "http/http_server.h"
#include "http/telemetry.h"
#include "kafka/journal_publisher.h"
#include "lab/journal_archive.h"
#include "lab/lab.h"
#include "observe/journal_feed.h"
#include "observe/journal_log.h"

#include <optional>

namespace orderlab {

/// One running server, from its start to its end.
class Server {
public:
    /// `observers`: a thread of its own for those who read the journal, so that the system does not wait for them.
    Server(Runtime& runtime, Runtime& observers, ChosenLab chosen, const ServeOptions& options, OtlpPlan otlp, Log& log,
           EndRequest& end);

    Task<Result<void>> run();
    /// What may change while it runs; before it is ready certificate and tokens only, and the rest then. Any thread.
    void take(const Reload::Changes& changes);

private:
    Task<Result<void>> startServices();
    Task<Result<void>> listen();
    Task<Result<void>> startClass();
    MetricSources metricSources();
    std::vector<JournalObserver*> journalObservers();
    void onAnswer(const AnsweredRequest& request);
    void shareJournal();
    Result<void> startRecording();
    Task<Result<bool>> startedServices();
    Task<void> stop();
    void beReady();
    void apply(const Reload::Changes& changes);
    std::string describe();

    Runtime& m_runtime;
    Runtime& m_observers;
    const ServeOptions& m_options;
    EndRequest& m_end;
    Log& m_whole_log;
    const std::shared_ptr<spdlog::logger> m_log;
    ServerAccess m_access;
    Lab m_lab;
    const std::shared_ptr<JournalArchive> m_archive;
    ServiceManager m_manager;
    const EntryTrace m_traces;
    Metrics m_metrics;
    JournalFeed m_feed;
    JournalLog m_journal_log;
    Telemetry m_telemetry;
    JournalFollower m_follower;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<ClassroomServer> m_classroom;  ///< Where a class is held; constant once the API listens.
    std::unique_ptr<JournalPublisher> m_publisher; ///< Where the journal is shared.
    std::unique_ptr<ServerRecording> m_recording;  ///< Where it is recorded.
    std::atomic<bool> m_started{false};
    Mutex m_taking;
    bool m_is_listening ORDERLAB_GUARDED_BY(m_taking) = false;
    std::optional<Reload::Changes> m_early ORDERLAB_GUARDED_BY(m_taking); ///< Taken before it was ready.
};

} // namespace orderlab
