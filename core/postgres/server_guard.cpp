#include "postgres/server_guard.h"

#include "base/mutex.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace orderlab {

namespace {

/// $1: the cluster. A server that had just been forked gets a second to write its postmaster.pid. The number in it may
/// be anybody's by now: a server of this cluster works in it. Fast shutdown; after 20 s an immediate one; after 25 s
/// the end.
constexpr char guard_script[] = R"sh(trap '' HUP INT TERM
cluster=$1
while read -r _; do :; done
is_server() { [ "$(readlink "/proc/$pid/cwd")" = "$cluster" ]; }
find_server() { read -r pid < "$cluster/postmaster.pid" && is_server; }
for _ in 1 2 3 4 5 6 7 8 9 10; do
    find_server && break
    sleep 0.1
done
tries=0
while is_server; do
    case $tries in
    0) kill -INT "$pid" ;;
    200) kill -QUIT "$pid" ;;
    250) kill -KILL "$pid" ;;
    300) exit 1 ;;
    esac
    sleep 0.1
    tries=$((tries + 1))
done
)sh";

/// What is to end with endPrivateServers().
struct Kept {
    Mutex mutex;
    struct Guarded {
        pid_t guard;
        int pipe;
    };
    std::vector<Guarded> guards ORDERLAB_GUARDED_BY(mutex);
    std::vector<pid_t> expendable ORDERLAB_GUARDED_BY(mutex);
    bool has_ended ORDERLAB_GUARDED_BY(mutex) = false; ///< endPrivateServers() was called.
};

Kept& kept()
{
    static Kept all;
    return all;
}

} // namespace

Result<ServerGuard> ServerGuard::start(const ServerUser& user, const std::filesystem::path& cluster, int lock)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return unavailable(std::string("cannot make a pipe: ") + std::strerror(errno));
    ServerCommand command;
    command.arguments = {"/bin/sh", "-c", guard_script, "orderlab-guard", cluster.string()};
    command.log = "/dev/null";
    command.folder = "/";
    command.input = ends[0];
    command.inherited = lock;
    auto process = ServerProcess::start(user, command);
    ::close(ends[0]);
    if (!process) {
        ::close(ends[1]);
        return process.error();
    }
    {
        const MutexLock guard(kept().mutex);
        kept().guards.push_back({process->pid(), ends[1]});
    }
    return ServerGuard(*process, ends[1]);
}

ServerGuard::ServerGuard(ServerGuard&& other) noexcept
    : m_process(other.m_process), m_pipe(std::exchange(other.m_pipe, -1))
{}

ServerGuard& ServerGuard::operator=(ServerGuard&& other) noexcept
{
    std::swap(m_process, other.m_process);
    std::swap(m_pipe, other.m_pipe);
    return *this;
}

ServerGuard::~ServerGuard()
{
    closePipe();
}

void ServerGuard::closePipe()
{
    const MutexLock guard(kept().mutex);
    // Not in the list any more: endPrivateServers() has closed it.
    const bool is_open =
        std::erase_if(kept().guards, [this](const Kept::Guarded& one) { return one.pipe == m_pipe; }) > 0;
    if (is_open)
        ::close(m_pipe);
    m_pipe = -1;
}

Task<void> ServerGuard::dismiss(Runtime& runtime)
{
    m_process.signal(SIGKILL);
    closePipe();
    co_await m_process.waitForEnd(runtime, std::chrono::seconds{5});
}

void endPrivateServers()
{
    ServerProcess::startNoMore(); // What keeps a server running would start the next one.
    const MutexLock guard(kept().mutex);
    kept().has_ended = true;
    for (const pid_t process : std::exchange(kept().expendable, {}))
        ::kill(-process, SIGKILL); // It leads a group of its own.
    const auto guards = std::exchange(kept().guards, {});
    for (const Kept::Guarded& one : guards)
        ::close(one.pipe);
    for (const Kept::Guarded& one : guards) {
        while (::waitpid(one.guard, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
}

Expendable::Expendable(pid_t process) : m_process(process)
{
    const MutexLock guard(kept().mutex);
    kept().expendable.push_back(process);
    if (kept().has_ended)
        ::kill(-process, SIGKILL);
}

Expendable::~Expendable()
{
    const MutexLock guard(kept().mutex);
    std::erase(kept().expendable, m_process);
}

} // namespace orderlab
