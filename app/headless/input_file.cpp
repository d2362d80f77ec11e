#include "headless/input_file.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr int stop_check_ms = 100; ///< Between looks at `stop` while nothing comes.

bool isReadable(int descriptor, int wait_ms)
{
    pollfd wanted{descriptor, POLLIN, 0};
    return poll(&wanted, 1, wait_ms) > 0;
}

} // namespace

InputFile::~InputFile()
{
    if (m_descriptor > STDERR_FILENO)
        close(m_descriptor);
}

Result<void> InputFile::open(const std::string& path)
{
    m_descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    int problem = m_descriptor < 0 || fstat(m_descriptor, &about) != 0 ? errno : 0;
    if (S_ISDIR(about.st_mode))
        problem = EISDIR;
    if (problem != 0)
        return Error{ErrorCode::NotFound,
                     Retry::Never,
                     "cannot read " + path + ": " + std::system_category().message(problem),
                     {}};
    m_size = S_ISREG(about.st_mode) ? std::uint64_t(about.st_size) : 0;
    return {};
}

bool InputFile::isReady() const
{
    return gptr() < egptr() || isReadable(m_descriptor, 0);
}

bool InputFile::isSameAs(const std::string& path) const
{
    struct stat mine {
    }, other{};
    return fstat(m_descriptor, &mine) == 0 && stat(path.c_str(), &other) == 0 && S_ISREG(mine.st_mode)
           && mine.st_dev == other.st_dev && mine.st_ino == other.st_ino;
}

/// An exception makes the stream bad(), so that nobody takes this for the end of the file.
InputFile::int_type InputFile::underflow()
{
    for (;;) {
        while (!isReadable(m_descriptor, stop_check_ms)) {
            if (m_stop)
                throw std::runtime_error("stopped");
        }
        const ssize_t size = read(m_descriptor, m_block.data(), m_block.size());
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (size < 0)
            throw std::system_error(errno, std::system_category());
        if (size == 0)
            return traits_type::eof();
        setg(m_block.data(), m_block.data(), m_block.data() + size);
        return traits_type::to_int_type(m_block[0]);
    }
}

} // namespace orderlab
