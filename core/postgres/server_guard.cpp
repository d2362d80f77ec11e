#include "postgres/server_guard.h"

#include "base/mutex.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace orderlab {

namespace {

/// $1: the cluster, $2: the folder of its socket, which goes with the server where we may remove it. A server that had
/// just been forked gets a second to write its postmaster.pid. The number in it may be anybody's by now: a server of
/// this cluster works in it. Fast shutdown; after 20 s an immediate one; after 25 s the end.
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
rmdir "$2"
)sh";

/// $1: the folder. A line says that no server works in it any more; without, one that is ending (its guard has the
/// lock) gets as long as a guard is patient.
constexpr char folder_guard_script[] = R"sh(trap '' HUP INT TERM
folder=$1
is_told=
while read -r _; do is_told=yes; done
is_free() {
    for lock in "$folder"/postgres.lock "$folder"/*/postgres.lock; do
        [ ! -e "$lock" ] || flock -n "$lock" true || return 1
    done
}
tries=0
until [ -n "$is_told" ] || is_free || [ $tries -ge 300 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
rm -rf "$folder"
)sh";

/// What is to end with endPrivateServers().
struct Kept {
    Mutex mutex;
    struct Guarded {
        pid_t guard;
        int pipe;
        GuardProcess::Of of;
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

Result<GuardProcess> GuardProcess::start(Of of, const ServerUser& user, const char* script,
                                         std::vector<std::string> names, int inherited)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return unavailable(std::string("cannot make a pipe: ") + std::strerror(errno));
    ServerCommand command;
    command.arguments = {"/bin/sh", "-c", script, "orderlab-guard"};
    command.arguments.insert(command.arguments.end(), names.begin(), names.end());
    command.log = "/dev/null";
    command.folder = "/";
    command.input = ends[0];
    command.inherited = inherited;
    auto process = ServerProcess::start(user, command);
    ::close(ends[0]);
    if (!process) {
        ::close(ends[1]);
        return process.error();
    }
    {
        const MutexLock guard(kept().mutex);
        kept().guards.push_back({process->pid(), ends[1], of});
    }
    return GuardProcess(*process, ends[1]);
}

GuardProcess::GuardProcess(GuardProcess&& other) noexcept
    : m_process(other.m_process), m_pipe(std::exchange(other.m_pipe, -1))
{}

GuardProcess& GuardProcess::operator=(GuardProcess&& other) noexcept
{
    std::swap(m_process, other.m_process);
    std::swap(m_pipe, other.m_pipe);
    return *this;
}

GuardProcess::~GuardProcess()
{
    closePipe();
}

void GuardProcess::closePipe()
{
    const MutexLock guard(kept().mutex);
    // Not in the list any more: endPrivateServers() has closed it.
    const bool is_open =
        std::erase_if(kept().guards, [this](const Kept::Guarded& one) { return one.pipe == m_pipe; }) > 0;
    if (is_open)
        ::close(m_pipe);
    m_pipe = -1;
}

Result<ServerGuard> ServerGuard::start(const ServerUser& user, const std::filesystem::path& cluster,
                                       const std::filesystem::path& socket_folder, int lock)
{
    auto guard = GuardProcess::start(GuardProcess::Of::Server, user, guard_script,
                                     {cluster.string(), socket_folder.string()}, lock);
    if (!guard)
        return guard.error();
    return ServerGuard(std::move(*guard));
}

Task<void> ServerGuard::dismiss(Runtime& runtime)
{
    m_guard.process().signal(SIGKILL);
    m_guard.closePipe();
    co_await m_guard.process().waitForEnd(runtime, std::chrono::seconds{5});
}

Result<FolderGuard> FolderGuard::start(const std::filesystem::path& folder)
{
    auto guard =
        GuardProcess::start(GuardProcess::Of::Folder, ServerUser{}, folder_guard_script, {folder.string()}, -1);
    if (!guard)
        return guard.error();
    return FolderGuard(std::move(*guard));
}

FolderGuard::~FolderGuard()
{
    if (!m_guard.isOpen())
        return;
    const pid_t process = m_guard.process().pid();
    m_guard.closePipe();
    while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void endPrivateServers()
{
    ServerProcess::startNoMore(); // What keeps a server running would start the next one.
    const MutexLock guard(kept().mutex);
    kept().has_ended = true;
    for (const pid_t process : std::exchange(kept().expendable, {}))
        ::kill(-process, SIGKILL); // It leads a group of its own.
    const auto guards = std::exchange(kept().guards, {});
    for (const GuardProcess::Of of : {GuardProcess::Of::Server, GuardProcess::Of::Folder}) {
        for (const Kept::Guarded& one : guards) {
            if (one.of != of)
                continue;
            // We still have the locks ourselves.
            [[maybe_unused]] const auto told = of == GuardProcess::Of::Folder ? ::write(one.pipe, "\n", 1) : 0;
            ::close(one.pipe);
        }
        for (const Kept::Guarded& one : guards) {
            while (one.of == of && ::waitpid(one.guard, nullptr, 0) < 0 && errno == EINTR) {
            }
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
