#pragma once
#include "postgres/server_process.h"

namespace orderlab {

/// A small process that runs a script once a pipe from this program has closed: when the program is gone, however it
/// ended, or when the pipe is closed here. It is in a session of its own and ignores SIGINT, SIGTERM and SIGHUP.
/// One thread at a time.
class GuardProcess {
public:
    enum class Of : std::uint8_t { Server, Folder };
    /// `script` (for sh) reads its standard input up to the end, then does what it is for with the names $1, $2….
    /// `inherited`: a descriptor that stays open in it; -1: none.
    /// Error: Unavailable (Later) when the system refuses a process or a pipe.
    static Result<GuardProcess> start(Of of, const ServerUser& user, const char* script, std::vector<std::string> names,
                                      int inherited);
    GuardProcess(GuardProcess&& other) noexcept;
    GuardProcess& operator=(GuardProcess&& other) noexcept;
    ~GuardProcess();

    ServerProcess& process() { return m_process; }
    bool isOpen() const { return m_pipe >= 0; }
    void closePipe();

private:
    GuardProcess(ServerProcess process, int pipe) : m_process(process), m_pipe(pipe) {}
    ServerProcess m_process;
    int m_pipe; ///< The end that the guard waits for; -1: closed.
};

/// Ends a private server when this program is gone, however it ended (kill -9, too). Beside the server waits a small
/// process, run as the server's user, for a pipe from this program to close; then it asks the server for a fast
/// shutdown. It holds the data directory's lock until the server has ended, so that the next start waits for that.
///
/// One coroutine at a time. Destroyed without dismiss(), it ends the server as if the program were gone.
class ServerGuard {
public:
    /// `cluster` is the server's data directory and working directory. `socket_folder` is removed after the server.
    /// `lock`: the descriptor of the lock.
    /// Error: Unavailable (Later) when the system refuses a process or a pipe.
    static Result<ServerGuard> start(const ServerUser& user, const std::filesystem::path& cluster,
                                     const std::filesystem::path& socket_folder, int lock);

    bool isRunning() { return m_guard.process().isRunning(); }
    /// The server has ended: resumes when the guard has, too.
    Task<void> dismiss(Runtime& runtime);

private:
    explicit ServerGuard(GuardProcess guard) : m_guard(std::move(guard)) {}
    GuardProcess m_guard;
};

/// Removes a folder with everything in it when this object or this program is gone, however the program ended (kill -9,
/// too). Private servers whose data directory is the folder, or a folder in it, are waited for, at most 30 s.
/// The destructor blocks until the folder is gone.
class FolderGuard {
public:
    /// `folder` is there. Error: Unavailable (Later) when the system refuses a process or a pipe.
    static Result<FolderGuard> start(const std::filesystem::path& folder);
    FolderGuard(FolderGuard&&) noexcept = default;
    FolderGuard& operator=(FolderGuard&&) = delete;
    ~FolderGuard();

private:
    explicit FolderGuard(GuardProcess guard) : m_guard(std::move(guard)) {}
    GuardProcess m_guard;
};

/// For a program that is to end at once: ends all private servers of this process and what makes their clusters
/// (initdb), and removes the folders that a FolderGuard is for. Blocks until they have ended, at most as long as a
/// guard is patient (25 s). Any thread; nothing may use them afterwards.
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
