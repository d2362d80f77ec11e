#pragma once
#include "journal/recording.h"
#include "lab/lab.h"
#include "runtime/task_group.h"

#include <spdlog/logger.h>

namespace orderlab {

/// Records what a server's journal tells into a file, with how the system was set, so that the window can open it and
/// make a scenario of it. start(), then stop(). A file that is full, or a disk, ends the recording and not the server;
/// the log says so. Blocks `observers` while it writes.
class ServerRecording {
public:
    /// `lab` outlives it. A file whose name ends with .packed is a packed one. An existing one is not overwritten.
    /// Errors: AlreadyExists; those of RecordingWriter::create().
    static Result<std::unique_ptr<ServerRecording>> create(Runtime& observers, Lab& lab, const std::string& path,
                                                           std::uint64_t bytes_max,
                                                           std::shared_ptr<spdlog::logger> log);

    void start() { m_running.spawn(follow()); }
    /// Writes what is there, closes the file and says what is in it.
    Task<void> stop();

private:
    ServerRecording(Runtime& observers, std::unique_ptr<RecordingWriter> writer, Lab& lab, std::string path,
                    std::shared_ptr<spdlog::logger> log);
    Task<void> follow();
    /// All that is new; false: it has failed.
    bool record();

    Runtime& m_observers;
    const std::string m_path;
    const std::shared_ptr<spdlog::logger> m_log;
    JournalRecorder m_recorder;
    bool m_has_failed = false;
    TaskGroup m_running;
};

} // namespace orderlab
