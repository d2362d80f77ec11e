#include "runtime/notifier.h"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace orderlab {

namespace asio = boost::asio;

Notifier::~Notifier()
{
    // Nobody waits any more in a system that was joined; at a torn-down runtime the handlers are dropped here.
    std::list<std::shared_ptr<Waiter>> dropped;
    const MutexLock guard(m_state->mutex);
    for (auto& waiter : m_state->waiters)
        waiter->listed = false;
    dropped.swap(m_state->waiters);
}

void Notifier::resume(std::shared_ptr<Waiter> waiter, boost::system::error_code error)
{
    const Executor executor = waiter->executor;
    asio::post(executor, [waiter = std::move(waiter), error]() mutable {
        // On the waiter's own thread, as cancellation slots are not safe from others.
        auto slot = asio::get_associated_cancellation_slot(waiter->handler);
        if (slot.is_connected())
            slot.clear();
        std::move(waiter->handler)(error);
    });
}

// Captures by reference only: GCC 12 destroys captured copies in a co_await expression twice. The lock is held until
// the lambda runs, which the analysis does not know.
Task<void> Notifier::wait(MutexLock& lock) ORDERLAB_NO_THREAD_SAFETY_ANALYSIS
{
    const Executor executor = co_await asio::this_coro::executor;
    const std::shared_ptr<State> state = m_state;
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(boost::system::error_code)>(
        [&state, &executor, &lock](ResumeHandler handler) ORDERLAB_NO_THREAD_SAFETY_ANALYSIS {
            enlist(state, executor, std::move(handler), nullptr);
            lock.unlock();
        },
        asio::use_awaitable);
}

Task<bool> Notifier::waitUnlessCancelled(MutexLock& lock) ORDERLAB_NO_THREAD_SAFETY_ANALYSIS
{
    const Executor executor = co_await asio::this_coro::executor;
    const std::shared_ptr<State> state = m_state;
    bool cancelled = false;
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(boost::system::error_code)>(
        [&state, &executor, &lock, &cancelled](ResumeHandler handler) ORDERLAB_NO_THREAD_SAFETY_ANALYSIS {
            enlist(state, executor, std::move(handler), &cancelled);
            lock.unlock();
        },
        asio::use_awaitable);
    co_return !cancelled;
}

Task<void> Notifier::wait()
{
    const Executor executor = co_await asio::this_coro::executor;
    const std::shared_ptr<State> state = m_state;
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(boost::system::error_code)>(
        [&state, &executor](ResumeHandler handler) { enlist(state, executor, std::move(handler), nullptr); },
        asio::use_awaitable);
}

void Notifier::enlist(const std::shared_ptr<State>& state, const Executor& executor, ResumeHandler handler,
                      bool* cancelled)
{
    auto slot = asio::get_associated_cancellation_slot(handler);
    auto waiter = std::make_shared<Waiter>(executor, std::move(handler));
    {
        const MutexLock guard(state->mutex);
        waiter->place = state->waiters.insert(state->waiters.end(), waiter);
        waiter->listed = true;
    }
    if (!slot.is_connected())
        return;
    slot.assign([state, weak = std::weak_ptr(waiter), cancelled](asio::cancellation_type) {
        auto canceled = weak.lock();
        if (!canceled)
            return;
        {
            const MutexLock guard(state->mutex);
            if (!canceled->listed)
                return;
            canceled->listed = false;
            state->waiters.erase(canceled->place);
        }
        // Not via resume(): clearing the slot inside its own handler would destroy what is running.
        if (cancelled)
            *cancelled = true;
        const boost::system::error_code error =
            cancelled ? boost::system::error_code() : boost::system::error_code(asio::error::operation_aborted);
        const Executor home = canceled->executor;
        asio::post(home, [canceled, error]() mutable { std::move(canceled->handler)(error); });
    });
}

void Notifier::notifyOne()
{
    std::shared_ptr<Waiter> waiter;
    {
        const MutexLock guard(m_state->mutex);
        if (m_state->waiters.empty())
            return;
        waiter = std::move(m_state->waiters.front());
        m_state->waiters.pop_front();
        waiter->listed = false;
    }
    resume(std::move(waiter), {});
}

void Notifier::notifyAll()
{
    std::list<std::shared_ptr<Waiter>> woken;
    {
        const MutexLock guard(m_state->mutex);
        for (auto& waiter : m_state->waiters)
            waiter->listed = false;
        woken.swap(m_state->waiters);
    }
    for (auto& waiter : woken)
        resume(std::move(waiter), {});
}

} // namespace orderlab
