#pragma once
#include "base/mutex.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <string>
#include <thread>

namespace orderlab {

/// Lines on their way to a descriptor, written by a thread of this object, so that who logs never waits for who reads.
/// Any thread. Bounded: while more than bytes_max wait, further lines are dropped and counted, and a line says how many
/// once there is room. A reader that has gone away drops them all.
class LogQueue {
public:
    static constexpr std::size_t bytes_max = 1 << 20; ///< About 5,000 lines: a second of a reader that hangs.
    static constexpr int close_wait_ms = 2'000;       ///< For a reader that takes nothing, at the end.

    /// `lost(count)` makes the line about dropped ones. The descriptor stays open.
    LogQueue(int descriptor, std::string (*lost)(std::uint64_t count));
    ~LogQueue();
    LogQueue(const LogQueue&) = delete;
    LogQueue& operator=(const LogQueue&) = delete;

    /// A whole line, with its end.
    void push(std::string line);
    /// Writes what waits, while its reader takes it, then ends. What is pushed later is written at once. Idempotent.
    void close();
    std::uint64_t dropped() const { return m_dropped; }

private:
    void run();
    bool write(std::string_view bytes);
    void wake();
    void waitForWork();

    const int m_descriptor;
    const int m_wake; ///< An eventfd.
    std::string (*const m_lost)(std::uint64_t);
    mutable Mutex m_mutex;
    std::deque<std::string> m_lines ORDERLAB_GUARDED_BY(m_mutex);
    std::size_t m_bytes ORDERLAB_GUARDED_BY(m_mutex) = 0;
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::uint64_t m_untold ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Dropped, and not said yet.
    std::atomic<std::uint64_t> m_dropped{0};
    std::atomic<bool> m_closing{false};
    int m_waited_ms = 0; ///< Since closing began; by the thread.
    std::thread m_thread;
};

} // namespace orderlab
