#include "kafka/kafka_ending.h"

#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <thread>

namespace orderlab {

namespace {

struct Ending {
    Mutex mutex;
    bool is_done ORDERLAB_GUARDED_BY(mutex) = false;
    bool is_given_up ORDERLAB_GUARDED_BY(mutex) = false;
    Notifier done;
};

Task<Result<void>> waitFor(std::shared_ptr<Ending> ending)
{
    for (;;) {
        MutexLock lock(ending->mutex);
        if (ending->is_done)
            co_return Result<void>{};
        co_await ending->done.wait(lock);
    }
}

/// `call` is never destroyed once it was given up: what it holds may point at what is gone.
void end(const std::shared_ptr<Ending>& ending, std::unique_ptr<std::function<void()>> call)
{
    (*call)();
    {
        const MutexLock guard(ending->mutex);
        if (ending->is_given_up) {
            (void)call.release();
            return;
        }
    }
    call.reset();
    {
        const MutexLock guard(ending->mutex);
        ending->is_done = true;
    }
    ending->done.notifyAll();
}

} // namespace

Task<bool> endWithin(Runtime& runtime, Duration limit, std::function<void()> call)
{
    const auto ending = std::make_shared<Ending>();
    std::thread([ending, call = std::make_unique<std::function<void()>>(std::move(call))]() mutable {
        end(ending, std::move(call));
    }).detach();
    const auto waited = co_await withTimeout<void>(runtime, limit, "ending a client of Kafka", waitFor(ending));
    const MutexLock guard(ending->mutex);
    ending->is_given_up = !ending->is_done;
    co_return waited && ending->is_done;
}

} // namespace orderlab
