#pragma once
#include "runtime/notifier.h"

namespace orderlab {

/// Wakes one waiter when there may be work. A raise() before wait() is not lost. Any thread.
class WakeUp {
public:
    void raise()
    {
        {
            const std::scoped_lock guard(m_mutex);
            m_raised = true;
        }
        m_changed.notifyAll();
    }
    /// Resumes once raised since the last wait ended. May resume for nothing. Error: Closed.
    Task<Result<void>> wait()
    {
        {
            std::unique_lock lock(m_mutex);
            if (!m_raised && !m_closed)
                co_await m_changed.wait(std::move(lock));
        }
        const std::scoped_lock guard(m_mutex);
        m_raised = false;
        if (m_closed)
            co_return closedError("store");
        co_return Result<void>{};
    }
    /// Ends waits with Closed. Idempotent.
    void close()
    {
        {
            const std::scoped_lock guard(m_mutex);
            m_closed = true;
        }
        m_changed.notifyAll();
    }

private:
    std::mutex m_mutex; ///< Guards the next two.
    bool m_raised = false;
    bool m_closed = false;
    Notifier m_changed;
};

} // namespace orderlab
