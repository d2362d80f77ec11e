#include "runtime/task_group.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

namespace orderlab {

namespace asio = boost::asio;

struct TaskGroup::Child {
    Executor executor;
    asio::cancellation_signal signal; ///< Emitted on `executor` only.
};

struct TaskGroup::State {
    mutable Mutex mutex;
    std::uint64_t next_id ORDERLAB_GUARDED_BY(mutex) = 0;
    bool canceled ORDERLAB_GUARDED_BY(mutex) = false;
    std::unordered_map<std::uint64_t, std::shared_ptr<Child>> children ORDERLAB_GUARDED_BY(mutex);
    Notifier ended;
};

TaskGroup::TaskGroup(Runtime& runtime) : m_runtime(runtime), m_state(std::make_shared<State>()) {}

TaskGroup::~TaskGroup()
{
    assert(size() == 0 && "join() a TaskGroup before destroying it");
}

void TaskGroup::spawn(Task<void> task)
{
    spawn(m_runtime.strand(), std::move(task));
}

void TaskGroup::spawn(Executor executor, Task<void> task)
{
    auto child = std::make_shared<Child>();
    child->executor = executor;
    std::uint64_t id;
    {
        const MutexLock guard(m_state->mutex);
        if (m_state->canceled)
            return;
        id = m_state->next_id++;
        m_state->children.emplace(id, child);
    }
    auto ended = [state = m_state, id](std::exception_ptr error) {
        if (error) {
            try {
                std::rethrow_exception(error);
            } catch (const boost::system::system_error& thrown) {
                if (thrown.code() != asio::error::operation_aborted) {
                    std::fprintf(stderr, "orderlab: bug: a task ended with %s\n", thrown.what());
                    std::abort();
                }
            } catch (const std::exception& thrown) {
                std::fprintf(stderr, "orderlab: bug: a task ended with %s\n", thrown.what());
                std::abort();
            }
        }
        bool last;
        {
            const MutexLock guard(state->mutex);
            state->children.erase(id);
            last = state->children.empty();
        }
        if (last)
            state->ended.notifyAll();
    };
    // The slot belongs to the child's executor: bound and emitted there only.
    asio::post(
        executor, [executor, child, state = m_state, task = std::move(task), ended = std::move(ended)]() mutable {
            // A cancel() that came first has emitted, or will emit, to nobody.
            if (MutexLock lock(state->mutex); state->canceled) {
                lock.unlock();
                return ended(nullptr);
            }
            asio::co_spawn(executor, std::move(task),
                           asio::bind_cancellation_slot(child->signal.slot(), [child, ended](std::exception_ptr error) {
                               ended(std::move(error));
                           }));
        });
}

void TaskGroup::cancel()
{
    std::vector<std::shared_ptr<Child>> children;
    {
        const MutexLock guard(m_state->mutex);
        m_state->canceled = true;
        for (auto& [id, child] : m_state->children)
            children.push_back(child);
    }
    for (auto& child : children)
        asio::post(child->executor, [child] { child->signal.emit(asio::cancellation_type::terminal); });
}

Task<void> TaskGroup::join()
{
    for (;;) {
        MutexLock lock(m_state->mutex);
        if (m_state->children.empty())
            co_return;
        co_await m_state->ended.wait(lock);
    }
}

Task<bool> TaskGroup::joinUnlessCancelled()
{
    for (;;) {
        MutexLock lock(m_state->mutex);
        if (m_state->children.empty())
            co_return true;
        const bool woken = co_await m_state->ended.waitUnlessCancelled(lock);
        if (!woken)
            co_return false;
    }
}

std::size_t TaskGroup::size() const
{
    const MutexLock guard(m_state->mutex);
    return m_state->children.size();
}

Error timeoutError(std::string_view what, Duration limit)
{
    const auto limit_ms = std::chrono::duration_cast<std::chrono::milliseconds>(limit).count();
    return {ErrorCode::Timeout,
            Retry::Later,
            std::string(what) + " took longer than " + std::to_string(limit_ms) + " ms",
            {}};
}

} // namespace orderlab
