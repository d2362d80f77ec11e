#pragma once
#include "base/time.h"
#include "base/uuid.h"
#include "runtime/task.h"

#include <functional>
#include <future>
#include <memory>

namespace orderlab {

/// A step that crosses a process border. In virtual time each takes a seeded while; in real time it takes what it
/// takes.
enum class Hop : std::uint8_t { StoreRead, StoreCommit, BusPublish, BusDeliver, BusCommit };

/// The only source of time, randomness, identifiers and sleeping. Abstract because one system runs in two times:
/// RealRuntime (threads, the system clock) and VirtualRuntime (one thread, a virtual clock, a seed).
/// Every method may be called from any thread of the runtime.
class Runtime {
public:
    virtual ~Runtime() = default;
    Runtime() = default;
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    /// A strand for a new actor. Real: the next of the threads in turn; virtual: always the one there is.
    virtual Executor strand() = 0;
    /// UTC, never going backwards.
    virtual TimePoint now() const = 0;
    /// now() is `forward` later from here on, as after a pause of the machine or a correction of its clock; sleeps take
    /// as long as before. Backwards is not possible: now() never goes back. `forward` >= 0.
    virtual void jumpClock(Duration forward) = 0;
    /// 64 uniformly distributed bits.
    virtual std::uint64_t random() = 0;
    /// Resumes after `duration`. Ends early, with the cancellation exception, when cancelled.
    virtual Task<void> sleep(Duration duration) = 0;
    /// The same, but false instead of the exception: for sleeps that are usually cut short.
    virtual Task<bool> sleepUnlessCancelled(Duration duration);
    /// How long `hop` takes beyond the work itself; always zero in real time.
    virtual Duration hopLatency(Hop hop) = 0;

    /// Uniform in [0, bound); bound > 0.
    std::uint64_t randomBelow(std::uint64_t bound) { return std::uint64_t((__uint128_t(random()) * bound) >> 64); }
    /// Uniform in [0, 1).
    double randomUnit() { return double(random() >> 11) * 0x1.0p-53; }
    /// A UUIDv7 of `now`.
    Uuid newUuid(TimePoint now) { return Uuid::version7(std::uint64_t(toMicros(now) / 1000), random(), random()); }
    Uuid newUuid() { return newUuid(now()); }

    /// Runs `task` to its end and returns what it returns; rethrows what it throws. From outside the runtime's threads
    /// only. In virtual time this is what makes time pass; a task that can never end is a std::logic_error there.
    template <typename T>
    T run(Task<T> task)
    {
        auto promise = std::make_shared<std::promise<T>>();
        std::future<T> future = promise->get_future();
        spawnInto(std::move(promise), std::move(task));
        driveUntil([&future] { return future.wait_for(std::chrono::seconds{0}) == std::future_status::ready; },
                   [&future] { future.wait(); });
        return future.get();
    }

protected:
    /// Returns once `ready()`. Real: by `wait()`. Virtual: by taking steps.
    virtual void driveUntil(const std::function<bool()>& ready, const std::function<void()>& wait) = 0;

private:
    template <typename T>
    void spawnInto(std::shared_ptr<std::promise<T>> promise, Task<T> task);
};

} // namespace orderlab

#include "runtime/runtime_spawn.h"
