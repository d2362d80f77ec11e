#include "postgres/directory_lock.h"

#include "postgres/server_process.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace orderlab {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr Duration guard_limit = 30s; ///< How long the guard of a start that is gone may need to end its server.

Error lockRefused(std::string message)
{
    return {ErrorCode::Rejected, Retry::Never, std::move(message), "data-dir"};
}

std::string ownerOf(const fs::path& file)
{
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

} // namespace

Task<Result<void>> DirectoryLock::take(Runtime& runtime, const fs::path& data_dir)
{
    const fs::path file = data_dir / "postgres.lock";
    // Not inherited by the server, or it would hold the lock for us after our death.
    m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (m_descriptor < 0)
        co_return lockRefused("cannot write " + file.string() + ": " + std::strerror(errno));
    const TimePoint deadline = runtime.now() + guard_limit;
    while (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        const std::string owner = ownerOf(file);
        pid_t pid = 0;
        std::from_chars(owner.data(), owner.data() + owner.size(), pid);
        if (processLives(pid) || runtime.now() >= deadline) {
            release();
            co_return Error{ErrorCode::AlreadyExists, Retry::Never,
                            "another Orderlab (process " + owner + ") uses the data directory " + data_dir.string()
                                + ": stop it, or choose another data directory",
                            "data-dir"};
        }
        co_await runtime.sleep(50ms);
    }
    const std::string owner = std::to_string(::getpid()) + "\n";
    if (::ftruncate(m_descriptor, 0) != 0 || ::write(m_descriptor, owner.data(), owner.size()) != ssize_t(owner.size()))
        co_return lockRefused("cannot write " + file.string() + ": " + std::strerror(errno));
    co_return Result<void>{};
}

void DirectoryLock::release()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace orderlab
