#include "own_worker/child_process.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace orderlab {

namespace {

std::atomic<int> alive{0};

Error refused(const char* what, int error)
{
    return {ErrorCode::Exhausted, Retry::Later, std::string(what) + ": " + std::strerror(error), {}};
}

/// What the program sees of our environment.
std::vector<std::string> environmentOf(bool is_repeatable)
{
    std::vector<std::string> variables;
    for (char** variable = environ; *variable; ++variable) {
        const std::string_view text = *variable;
        const bool is_replaced = is_repeatable && text.starts_with("PYTHONHASHSEED=");
        if (!text.starts_with("ORDERLAB_") && !is_replaced)
            variables.emplace_back(text);
    }
    if (is_repeatable)
        variables.emplace_back("PYTHONHASHSEED=0");
    return variables;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// posix_spawnp() with all that is to be set, torn down with this object.
struct Spawn {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};

    Spawn(int in, int out, int err)
    {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        posix_spawnattr_init(&attributes);
        // A group of its own: Ctrl+C in our terminal is for us, and what the program starts ends with it.
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t none, ours;
        sigemptyset(&none);
        sigemptyset(&ours);
        for (const int number : {SIGPIPE, SIGHUP, SIGINT, SIGTERM, SIGCHLD}) // What we ignore is for us.
            sigaddset(&ours, number);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &ours);
    }
    ~Spawn()
    {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
};

} // namespace

void OwnedFd::reset()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(std::vector<std::string> words, bool is_repeatable)
{
    if (alive.fetch_add(1) >= alive_max) {
        --alive;
        return Error{ErrorCode::Exhausted,
                     Retry::Later,
                     std::to_string(alive_max) + " processes of workers are running already",
                     {}};
    }
    struct Count {
        bool is_given_away = false;
        ~Count() { alive -= !is_given_away; }
    } count;
    int in[2], out[2], err[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0)
        return refused("cannot make a pipe", errno);
    OwnedFd our_in(in[0]), their_in(in[1]);
    if (::pipe2(out, O_CLOEXEC) != 0)
        return refused("cannot make a pipe", errno);
    OwnedFd our_out(out[0]), their_out(out[1]);
    if (::pipe2(err, O_CLOEXEC) != 0)
        return refused("cannot make a pipe", errno);
    OwnedFd our_err(err[0]), their_err(err[1]);
    for (const int fd : {our_in.get(), our_out.get(), our_err.get()})
        ::fcntl(fd, F_SETFL, O_NONBLOCK);
    std::vector<std::string> environment = environmentOf(is_repeatable);
    const Spawn spawn(their_in.get(), their_out.get(), their_err.get());
    pid_t pid = 0;
    const int error = ::posix_spawnp(&pid, words.front().c_str(), &spawn.actions, &spawn.attributes,
                                     pointersTo(words).data(), pointersTo(environment).data());
    if (error == ENOENT || error == EACCES || error == ENOEXEC || error == ENOTDIR)
        return invalidArgument("worker", "cannot start \"" + words.front() + "\": " + std::strerror(error));
    if (error != 0)
        return refused("cannot start a process", error);
    count.is_given_away = true;
    return std::unique_ptr<ChildProcess>(
        new ChildProcess(pid, std::move(our_in), std::move(our_out), std::move(our_err)));
}

ChildProcess::~ChildProcess()
{
    (void)end(Duration{0});
}

void ChildProcess::kill() const
{
    const MutexLock guard(m_mutex);
    if (m_ended.empty())
        ::kill(-m_pid, SIGKILL);
}

std::string ChildProcess::end(Duration limit)
{
    if (limit.count() > 0) {
        const OwnedFd process(int(::syscall(SYS_pidfd_open, m_pid, 0)));
        pollfd ended{process.get(), POLLIN, 0};
        if (process.get() >= 0)
            ::poll(&ended, 1, int(std::chrono::ceil<std::chrono::milliseconds>(limit).count()));
    }
    const MutexLock guard(m_mutex);
    if (!m_ended.empty())
        return m_ended;
    siginfo_t before{}; // Has it ended by itself? It is reaped only below, so that its group's number stays its own.
    const bool by_itself =
        ::waitid(P_PID, id_t(m_pid), &before, WEXITED | WNOHANG | WNOWAIT) == 0 && before.si_pid != 0;
    ::kill(-m_pid, SIGKILL); // What it has started, at least.
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    --alive;
    m_ended = !by_itself          ? "it was killed"
              : WIFEXITED(status) ? "exit code " + std::to_string(WEXITSTATUS(status))
                                  : "signal " + std::to_string(WTERMSIG(status));
    return m_ended;
}

} // namespace orderlab
