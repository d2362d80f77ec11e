#pragma once
#include "postgres/server_process.h"

namespace orderlab {

/// Ends a private server when this program is gone, however it ended (kill -9, too). Beside the server waits a small
/// process, run as the server's user, for a pipe from this program to close; then it asks the server for a fast
/// shutdown. It holds the data directory's lock until the server has ended, so that the next start waits for that.
///
/// One coroutine at a time. Destroyed without dismiss(), it ends the server as if the program were gone.
class ServerGuard {
public:
    /// `cluster` is the server's data directory and working directory. `lock`: the descriptor of the lock.
    /// Error: Unavailable (Later) when the system refuses a process or a pipe.
    static Result<ServerGuard> start(const ServerUser& user, const std::filesystem::path& cluster, int lock);
    ServerGuard(ServerGuard&& other) noexcept;
    ServerGuard& operator=(ServerGuard&& other) noexcept;
    ~ServerGuard();

    bool isRunning() { return m_process.isRunning(); }
    /// The server has ended: resumes when the guard has, too.
    Task<void> dismiss(Runtime& runtime);

private:
    ServerGuard(ServerProcess process, int pipe) : m_process(process), m_pipe(pipe) {}
    void closePipe();
    ServerProcess m_process;
    int m_pipe; ///< The end that the guard waits for; -1: closed.
};

/// For a program that is to end at once: ends all private servers of this process and what makes their clusters
/// (initdb). Blocks until they have ended, at most as long as a guard is patient (25 s). Any thread; nothing may use
/// them afterwards.
void endPrivateServers();

/// Of a process that may be ended at any moment, with all that it started: it ends with endPrivateServers().
class Expendable {
public:
    explicit Expendable(pid_t process);
    ~Expendable();
    Expendable(const Expendable&) = delete;
    Expendable& operator=(const Expendable&) = delete;

private:
    const pid_t m_process;
};

} // namespace orderlab
