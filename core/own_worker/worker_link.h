#pragma once
#include "base/mutex.h"
#include "own_worker/child_process.h"
#include "own_worker/own_worker.h"
#include "own_worker/worker_message.h"
#include "runtime/notifier.h"

#include <atomic>
#include <deque>
#include <map>
#include <thread>

namespace orderlab {

struct WorkerLinkOptions {
    std::string group;
    std::string member;
    std::vector<EventType> topics;
    std::uint64_t seed = 0; ///< Below 2^53.
    bool is_simulated = false;
    Duration patience{std::chrono::seconds{10}}; ///< See OwnWorkerOptions.
    WorkerTranscript* transcript = nullptr;
    OwnWorkerLog on_output = {};
    std::function<bool()> give_up = {}; ///< See OwnWorkerOptions; simulated only.
};

/// One try to handle an event, as it stands between us and a worker's process. Belongs to WorkerLink.
struct WorkerExchange {
    std::uint64_t id = 0;
    std::deque<WorkerMessage> arrived; ///< Not looked at yet.
    Notifier changed;
    std::size_t lines = 0;     ///< That came for it.
    bool has_question = false; ///< That is not answered yet.
    bool is_abandoned = false; ///< Nobody here waits for it any more.
};

/// The process of a member, and what is said to it and by it (docs/worker-protocol.md). In real time a thread of its
/// own reads and writes, so that no coroutine waits for a pipe; simulated, whoever waits for the process does it, and
/// time stands still. A process that says what it must not, dies or falls silent fails all its attempts; then the link
/// is of no more use. Any thread; simulated: one. The destructor kills the process.
class WorkerLink {
public:
    /// Starts `command`. Errors: those of ChildProcess::start() and splitCommand().
    static Result<std::shared_ptr<WorkerLink>> start(std::string_view command, WorkerLinkOptions options);
    ~WorkerLink();

    /// False: it has failed, or was told to end.
    bool isAlive() const;
    bool isReady() const;
    /// Nothing is left of it: the destructor does not wait.
    bool hasEnded() const { return m_has_ended; }
    /// Simulated only: blocks until the process has said that it is ready. Error: Unavailable: why it never will be.
    Result<void> waitUntilReady();
    /// In real time. Waits until it has said so. Errors: Unavailable, Canceled.
    Task<Result<void>> becomeReady();

    /// Sends an event once the process is ready and has room for it. `text`: eventText(). Errors: Unavailable (it never
    /// became ready, so the event has done no harm), PeerFailed, Canceled.
    Task<Result<std::shared_ptr<WorkerExchange>>> open(std::string text);
    /// What the worker says next about this attempt. Errors: PeerFailed, Canceled.
    Task<Result<WorkerMessage>> next(WorkerExchange& exchange);
    /// Answers the open question. `line`: answerLine() or errorLine().
    void answer(WorkerExchange& exchange, std::string line);
    /// The attempt is over: the worker has ended it.
    void close(WorkerExchange& exchange);
    /// The attempt is over before the worker has ended it.
    void abandon(WorkerExchange& exchange);

    /// Now. Idempotent.
    void kill();
    /// It is asked to end, and killed if it does not; in simulation at once. Does not wait for it. Idempotent.
    void shutDown();

private:
    WorkerLink(std::unique_ptr<ChildProcess> process, WorkerLinkOptions options);

    /// What a look at the process's streams has found.
    enum class Heard : std::uint8_t { Something, Silence, End };
    Heard listen(bool may_block);
    bool readInto(int fd, std::string& buffer);
    void sayOutputs(bool is_end);
    std::optional<std::string> takeLine() ORDERLAB_REQUIRES(m_mutex);
    void send(std::string line) ORDERLAB_REQUIRES(m_mutex);
    void flush() ORDERLAB_REQUIRES(m_mutex);
    void armPatience() ORDERLAB_REQUIRES(m_mutex);
    void dispatch(const std::string& line) ORDERLAB_REQUIRES(m_mutex);
    void dispatchTo(WorkerExchange& exchange, WorkerMessage message) ORDERLAB_REQUIRES(m_mutex);
    void forget(std::uint64_t id) ORDERLAB_REQUIRES(m_mutex);
    void fail(std::string reason) ORDERLAB_REQUIRES(m_mutex);
    void failAtEnd();
    /// Simulated: reads until something has arrived for `exchange` (null: until it is ready), or the link has failed.
    void readFor(const WorkerExchange* exchange);
    bool waitsForWorker() const ORDERLAB_REQUIRES(m_mutex);
    void runThread();
    void wakeThread() const;

    const WorkerLinkOptions m_options;
    const std::unique_ptr<ChildProcess> m_process;
    OwnedFd m_patience;       ///< A timer.
    OwnedFd m_wake;           ///< An event for the thread.
    std::string m_errors;     ///< Standard error that is not a whole line yet. One thread at a time.
    std::string m_last_words; ///< The last line of it.
    bool m_has_errors = true; ///< Standard error is open.

    mutable Mutex m_mutex;
    std::string m_incoming ORDERLAB_GUARDED_BY(m_mutex);
    std::size_t m_taken ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Of m_incoming.
    std::string m_outgoing ORDERLAB_GUARDED_BY(m_mutex);
    std::map<std::uint64_t, std::shared_ptr<WorkerExchange>> m_exchanges ORDERLAB_GUARDED_BY(m_mutex);
    std::uint64_t m_next_id ORDERLAB_GUARDED_BY(m_mutex) = 1;
    std::size_t m_pipeline ORDERLAB_GUARDED_BY(m_mutex) = 1;
    std::size_t m_questions ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Open ones.
    bool m_is_ready ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_ends ORDERLAB_GUARDED_BY(m_mutex) = false; ///< It was asked to.
    std::optional<Error> m_failure ORDERLAB_GUARDED_BY(m_mutex);
    Notifier m_room; ///< It is ready, an attempt is over, or it has failed.
    std::atomic<bool> m_has_ended{false};
    std::thread m_thread;
};

} // namespace orderlab
