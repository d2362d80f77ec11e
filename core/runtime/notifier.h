#pragma once
#include "base/mutex.h"
#include "runtime/resume_handler.h"

#include <list>
#include <memory>

namespace orderlab {

/// A condition variable for coroutines: wait() suspends, notify resumes on the waiter's own executor. Any thread.
/// As with std::condition_variable, waiters check their condition again after waking. Cancellation ends a wait.
class Notifier {
public:
    Notifier() = default;
    ~Notifier();
    Notifier(const Notifier&) = delete;
    Notifier& operator=(const Notifier&) = delete;

    /// `lock` guards the condition; it is released once the waiter is registered, so that no notification is lost.
    /// It is not taken again. It has to live as long as the wait: co_await it where the lock is.
    Task<void> wait(MutexLock& lock) ORDERLAB_RELEASE(lock);
    /// The same, but false instead of the exception: for waits that are often cut short.
    Task<bool> waitUnlessCancelled(MutexLock& lock) ORDERLAB_RELEASE(lock);
    /// Without a lock: for a condition that changes on the waiter's own strand only.
    Task<void> wait();
    void notifyOne();
    void notifyAll();

private:
    struct Waiter {
        Waiter(Executor e, ResumeHandler h) : executor(std::move(e)), handler(std::move(h)) {}
        Executor executor;
        ResumeHandler handler;
        bool listed = false;
        std::list<std::shared_ptr<Waiter>>::iterator place;
    };
    struct State { ///< Outlives the Notifier while a cancellation slot still points at it.
        Mutex mutex;
        std::list<std::shared_ptr<Waiter>> waiters ORDERLAB_GUARDED_BY(mutex);
    };
    /// Cancelled, sets `cancelled` where there is one, else resumes with operation_aborted.
    static void enlist(const std::shared_ptr<State>& state, const Executor& executor, ResumeHandler handler,
                       bool* cancelled);
    static void resume(std::shared_ptr<Waiter> waiter, boost::system::error_code error);

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace orderlab
