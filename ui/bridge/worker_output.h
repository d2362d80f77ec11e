#pragma once
#include "base/mutex.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab::ui {

/// What own workers have written to standard error, from whichever thread has read it to the window's, which takes it
/// once a frame. Bounded: the oldest of what was not taken goes.
class WorkerOutput {
public:
    static constexpr std::size_t lines_max = 2'000;

    struct Line {
        std::int64_t time_us = 0; ///< By the clock of the system that runs.
        std::string member;       ///< "payment-1"
        std::string text;
    };

    /// Any thread.
    void say(std::int64_t time_us, std::string_view member, std::string_view text)
    {
        const MutexLock guard(m_mutex);
        if (m_lines.size() == lines_max)
            m_lines.pop_front();
        m_lines.push_back({time_us, std::string(member), std::string(text)});
    }
    /// What has come since the last call, oldest first.
    std::vector<Line> take()
    {
        std::deque<Line> lines;
        {
            const MutexLock guard(m_mutex);
            lines.swap(m_lines);
        }
        return {std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end())};
    }

private:
    Mutex m_mutex;
    std::deque<Line> m_lines ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab::ui
