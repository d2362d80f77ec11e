#pragma once
#include "base/thread_annotations.h"

#include <condition_variable>
#include <mutex>

namespace orderlab {

/// A std::mutex whose use Clang checks: members that it guards say ORDERLAB_GUARDED_BY, functions that are called with
/// it held ORDERLAB_REQUIRES. Locked by a MutexLock. Any thread.
class ORDERLAB_CAPABILITY("mutex") Mutex {
public:
    Mutex() = default;
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;

private:
    friend class MutexLock;
    friend class UncheckedMutexLock;
    std::mutex m_mutex;
};

/// Holds a Mutex until the end of the scope, or until it is unlocked. Of one thread, or one coroutine.
/// It cannot be moved: who waits lends it, as in Notifier::wait(lock), which releases it, and Condition::wait(lock).
/// A capability itself, so that a function can say that it releases the lock it is lent.
class ORDERLAB_CAPABILITY("lock") ORDERLAB_SCOPED_CAPABILITY MutexLock {
public:
    explicit MutexLock(Mutex& mutex) ORDERLAB_ACQUIRE(mutex) : m_lock(mutex.m_mutex) {}
    ~MutexLock() ORDERLAB_RELEASE() {}
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;

    void lock() ORDERLAB_ACQUIRE() { m_lock.lock(); }
    void unlock() ORDERLAB_RELEASE() { m_lock.unlock(); }

private:
    friend class Condition;
    std::unique_lock<std::mutex> m_lock;
};

/// Holds a Mutex without the compiler's knowledge, for what locks as many as it finds when it runs. Of one thread.
class UncheckedMutexLock {
public:
    explicit UncheckedMutexLock(Mutex& mutex) : m_lock(mutex.m_mutex) {}

private:
    std::unique_lock<std::mutex> m_lock;
};

/// A condition variable for threads; coroutines wait on a Notifier. Any thread.
class Condition {
public:
    /// Releases the lock, waits, and takes it again. May return for nothing: check in a loop.
    void wait(MutexLock& lock) { m_condition.wait(lock.m_lock); }
    void notifyOne() { m_condition.notify_one(); }
    void notifyAll() { m_condition.notify_all(); }

private:
    std::condition_variable m_condition;
};

} // namespace orderlab
