#pragma once
#include "base/mutex.h"
#include "base/result.h"
#include "runtime/notifier.h"

namespace orderlab {

/// Wakes one waiter when there may be work. A raise() before wait() is not lost. Any thread.
class WakeUp {
public:
    void raise()
    {
        {
            const MutexLock guard(m_mutex);
            m_raised = true;
        }
        m_changed.notifyAll();
    }
    /// Resumes once raised since the last wait ended. May resume for nothing. Error: Closed.
    Task<Result<void>> wait()
    {
        {
            MutexLock lock(m_mutex);
            if (!m_raised && !m_closed)
                co_await m_changed.wait(lock);
        }
        const MutexLock guard(m_mutex);
        m_raised = false;
        if (m_closed)
            co_return closedError("store");
        co_return Result<void>{};
    }
    /// Ends waits with Closed. Idempotent.
    void close()
    {
        {
            const MutexLock guard(m_mutex);
            m_closed = true;
        }
        m_changed.notifyAll();
    }

private:
    Mutex m_mutex;
    bool m_raised ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    Notifier m_changed;
};

} // namespace orderlab
