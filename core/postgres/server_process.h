#pragma once
#include "postgres/server_user.h"
#include "runtime/runtime.h"

#include <optional>

namespace orderlab {

/// A program run as `user`, its output appended to `log`. argv[0] is the program's path.
struct ServerCommand {
    std::vector<std::string> arguments;
    std::filesystem::path log;
    std::filesystem::path folder; ///< To run in.
    int input = -1;               ///< Its standard input; -1: empty.
    int inherited = -1;           ///< A descriptor that stays open in it, as number 3; -1: none.
};

/// Whether the process lives: it has not ended, waited for by its parent or not.
bool processLives(pid_t pid);

/// A process that was started here, or one that was found running. Waiting never blocks a thread.
class ServerProcess {
public:
    /// Error: Unavailable (Later) when the system refuses, or after startNoMore().
    static Result<ServerProcess> start(const ServerUser& user, const ServerCommand& command);
    /// From its return on no start() of this program makes a process: it is about to end. Any thread.
    static void startNoMore();
    /// A process that somebody else started.
    static ServerProcess found(pid_t pid) { return ServerProcess(pid, false); }

    pid_t pid() const { return m_pid; }
    /// Looks whether it still runs; once it does not, exitCode() is known for processes started here.
    bool isRunning();
    /// Of a process started here that has ended; 128 + number when a signal ended it.
    std::optional<int> exitCode() const { return m_exit_code; }
    void signal(int number) const;
    /// Resumes when it has ended. False: it still runs after `limit`.
    Task<bool> waitForEnd(Runtime& runtime, Duration limit);

private:
    ServerProcess(pid_t pid, bool is_child) : m_pid(pid), m_is_child(is_child) {}
    pid_t m_pid;
    bool m_is_child;
    bool m_ended = false;
    std::optional<int> m_exit_code;
};

} // namespace orderlab
