#pragma once
#include "base/mutex.h"
#include "runtime/notifier.h"
#include "runtime/task.h"

#include <spdlog/spdlog.h>

#include <memory>
#include <string_view>

namespace orderlab {

/// What somebody outside asks of the server: to end. Any thread.
class EndRequest {
public:
    explicit EndRequest(std::shared_ptr<spdlog::logger> log) : m_log(std::move(log)) {}

    /// Says so at once.
    void ask(std::string_view why)
    {
        m_log->info("{}: finishing what is running (once more to end at once)", why);
        const MutexLock lock(m_mutex);
        m_is_asked = true;
        m_changed.notifyAll();
    }
    bool isAsked() const
    {
        const MutexLock lock(m_mutex);
        return m_is_asked;
    }
    /// Resumes when it has been asked, with true.
    Task<bool> asked()
    {
        for (;;) {
            MutexLock lock(m_mutex);
            if (m_is_asked)
                co_return true;
            co_await m_changed.wait(lock);
        }
    }

private:
    const std::shared_ptr<spdlog::logger> m_log;
    mutable Mutex m_mutex;
    bool m_is_asked ORDERLAB_GUARDED_BY(m_mutex) = false;
    Notifier m_changed;
};

} // namespace orderlab
