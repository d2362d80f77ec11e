// A program with a mistake: a function that needs the mutex held is called without it.
// Reported: calling function 'add' requires holding mutex 'm_mutex' exclusively
#include "base/mutex.h"

class Counter {
public:
    void addTwice()
    {
        {
            const orderlab::MutexLock guard(m_mutex);
            add();
        }
        add();
    }

private:
    void add() ORDERLAB_REQUIRES(m_mutex) { ++m_count; }

    orderlab::Mutex m_mutex;
    int m_count ORDERLAB_GUARDED_BY(m_mutex) = 0;
};
