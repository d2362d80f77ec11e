// A program with a mistake: what a mutex guards is read without it. tests/locks/check fails if Clang says nothing.
// Reported: reading variable 'm_count' requires holding mutex 'm_mutex'
#include "base/mutex.h"

class Counter {
public:
    int count() { return m_count; }

private:
    orderlab::Mutex m_mutex;
    int m_count ORDERLAB_GUARDED_BY(m_mutex) = 0;
};
