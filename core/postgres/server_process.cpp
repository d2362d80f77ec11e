#include "postgres/server_process.h"

#include "base/mutex.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

namespace orderlab {

namespace {

/// Between fork and exec of a program with threads: system calls only, nothing that may take a lock.
[[noreturn]] void becomeServer(const ServerUser& user, char* const* arguments, const ServerCommand& command, int log)
{
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::dup2(command.input >= 0 ? command.input : ::open("/dev/null", O_RDONLY), STDIN_FILENO);
    unsigned first_ours = STDERR_FILENO + 1;
    if (command.inherited >= 0) {
        ::dup2(command.inherited, int(first_ours));
        ::fcntl(int(first_ours), F_SETFD, 0); // dup2() of a descriptor to itself keeps its flag.
        ++first_ours;
    }
    // Nothing else of ours stays open in a server that may outlive us, a listening socket least of all.
    ::close_range(first_ours, ~0u, 0);
    // A session of its own: Ctrl+C in our terminal is for us, and we stop the server in order.
    ::setsid();
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGPIPE, SIGHUP, SIGINT, SIGTERM}) // What we ignore is for us.
        ::signal(number, SIG_DFL);
    const bool is_user = !user.is_switch
                         || (::setgroups(user.groups.size(), user.groups.data()) == 0 && ::setgid(user.gid) == 0
                             && ::setuid(user.uid) == 0);
    if (is_user && ::chdir(command.folder.c_str()) == 0)
        ::execv(arguments[0], arguments);
    static constexpr char message[] = "orderlab: cannot run the program as that user\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message, sizeof message - 1);
    ::_exit(127);
}

Mutex start_mutex;
bool may_start ORDERLAB_GUARDED_BY(start_mutex) = true;

/// Ended, but not yet waited for by its parent, who may never do so: the first process of a container often does not.
bool isZombie(pid_t pid)
{
    std::ifstream stream("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(stream, line);
    const std::size_t name_end = line.rfind(')');
    return name_end != std::string::npos && line.compare(name_end, 3, ") Z") == 0;
}

} // namespace

bool processLives(pid_t pid)
{
    return (::kill(pid, 0) == 0 || errno != ESRCH) && !isZombie(pid);
}

Result<ServerProcess> ServerProcess::start(const ServerUser& user, const ServerCommand& command)
{
    const int log = ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (log < 0)
        return unavailable("cannot write " + command.log.string() + ": " + std::strerror(errno));
    std::vector<std::string> arguments = command.arguments;
    std::vector<char*> pointers;
    for (std::string& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const MutexLock guard(start_mutex);
    if (!may_start) {
        ::close(log);
        return unavailable("the program is ending: it starts no server any more");
    }
    const pid_t pid = ::fork();
    if (pid == 0)
        becomeServer(user, pointers.data(), command, log);
    const int error = errno;
    ::close(log);
    if (pid < 0)
        return unavailable(std::string("cannot start a process: ") + std::strerror(error));
    return ServerProcess(pid, true);
}

void ServerProcess::startNoMore()
{
    const MutexLock guard(start_mutex);
    may_start = false;
}

bool ServerProcess::isRunning()
{
    if (m_ended)
        return false;
    if (!m_is_child) {
        m_ended = !processLives(m_pid);
        return !m_ended;
    }
    int status = 0;
    const pid_t waited = ::waitpid(m_pid, &status, WNOHANG);
    if (waited == 0 || (waited < 0 && errno == EINTR))
        return true;
    m_ended = true;
    if (waited == m_pid)
        m_exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return false;
}

void ServerProcess::signal(int number) const
{
    if (!m_ended)
        ::kill(m_pid, number);
}

Task<bool> ServerProcess::waitForEnd(Runtime& runtime, Duration limit)
{
    const TimePoint deadline = runtime.now() + limit;
    while (isRunning()) {
        if (runtime.now() >= deadline)
            co_return false;
        co_await runtime.sleep(std::chrono::milliseconds{10});
    }
    co_return true;
}

} // namespace orderlab
