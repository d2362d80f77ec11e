// A program with a mistake: a coroutine's wait releases the lock, and it goes on as if it held it.
//
// Reported: writing variable 'm_count' requires holding mutex 'm_mutex' exclusively
#include "runtime/notifier.h"

class Counter {
public:
    orderlab::Task<void> add()
    {
        orderlab::MutexLock lock(m_mutex);
        if (m_count > 0)
            co_await m_changed.wait(lock);
        else
            lock.unlock();
        ++m_count;
    }

private:
    orderlab::Mutex m_mutex;
    orderlab::Notifier m_changed;
    int m_count ORDERLAB_GUARDED_BY(m_mutex) = 0;
};
