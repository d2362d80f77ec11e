#include "observe/log_queue.h"

#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace orderlab {

namespace {
constexpr std::size_t log_write_max = 4'096; ///< PIPE_BUF: a pipe that poll() calls writable takes so much at once.
constexpr int log_poll_ms = 50;
} // namespace

LogQueue::LogQueue(int descriptor, std::string (*lost)(std::uint64_t))
    : m_descriptor(descriptor), m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_lost(lost),
      m_thread([this] { run(); })
{}

LogQueue::~LogQueue()
{
    close();
    ::close(m_wake);
}

void LogQueue::push(std::string line)
{
    {
        const MutexLock lock(m_mutex);
        if (!m_closed) {
            if (m_bytes + line.size() > bytes_max) {
                ++m_untold;
                ++m_dropped;
                return;
            }
            if (m_untold > 0) {
                m_lines.push_back(m_lost(std::exchange(m_untold, 0)));
                m_bytes += m_lines.back().size();
            }
            m_bytes += line.size();
            m_lines.push_back(std::move(line));
            if (m_lines.size() > 1)
                return; // It is at work.
            line.clear();
        }
    }
    if (line.empty())
        wake();
    else if (!write(line))
        ++m_dropped;
}

void LogQueue::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
}

void LogQueue::waitForWork()
{
    pollfd work{m_wake, POLLIN, 0};
    ::poll(&work, 1, -1);
    std::uint64_t count = 0;
    [[maybe_unused]] const auto size = ::read(m_wake, &count, sizeof count);
}

/// False: its reader has gone, or takes nothing and this is to end.
bool LogQueue::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        pollfd room{m_descriptor, POLLOUT, 0};
        const int ready = ::poll(&room, 1, log_poll_ms);
        if (ready == 0 && m_closing && (m_waited_ms += log_poll_ms) >= close_wait_ms)
            return false;
        if (ready <= 0)
            continue;
        const auto size = ::write(m_descriptor, bytes.data(), std::min(bytes.size(), log_write_max));
        if (size < 0 && errno != EINTR && errno != EAGAIN)
            return false;
        if (size > 0)
            bytes.remove_prefix(std::size_t(size));
    }
    return true;
}

void LogQueue::run()
{
    for (;;) {
        std::string bytes;
        std::uint64_t lines = 0;
        {
            const MutexLock lock(m_mutex);
            while (!m_lines.empty() && bytes.size() < log_write_max) {
                bytes += m_lines.front();
                m_bytes -= m_lines.front().size();
                m_lines.pop_front();
                ++lines;
            }
            if (bytes.empty() && m_untold > 0)
                bytes = m_lost(std::exchange(m_untold, 0));
            if (bytes.empty() && m_closing) {
                m_closed = true;
                return;
            }
        }
        if (bytes.empty())
            waitForWork();
        else if (!write(bytes))
            m_dropped += lines;
    }
}

void LogQueue::close()
{
    m_closing = true;
    wake();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace orderlab
