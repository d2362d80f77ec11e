#include "kafka/kafka_ending.h"

#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <thread>
#include <vector>

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

/// Where it is never destroyed, but known to whoever looks for leaks.
void keepForEver(std::unique_ptr<std::function<void()>> call)
{
    struct GivenUp {
        Mutex mutex;
        std::vector<std::unique_ptr<std::function<void()>>> calls ORDERLAB_GUARDED_BY(mutex);
    };
    static GivenUp& given_up = *new GivenUp;
    const MutexLock guard(given_up.mutex);
    given_up.calls.push_back(std::move(call));
}

/// `call` is never destroyed once it was given up: what it holds may point at what is gone.
void end(const std::shared_ptr<Ending>& ending, std::unique_ptr<std::function<void()>> call)
{
    (*call)();
    {
        const MutexLock guard(ending->mutex);
        if (ending->is_given_up)
            return keepForEver(std::move(call));
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
