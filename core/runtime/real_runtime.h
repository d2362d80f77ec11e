#pragma once
#include "runtime/runtime.h"

#include <atomic>
#include <thread>
#include <vector>

namespace orderlab {

/// Runs on `threads` threads, each with a loop of its own: an actor stays on one thread, so that it needs no lock of
/// its own and keeps its cache. The clock is the steady clock, anchored to the system clock at construction.
/// The destructor stops the threads; whoever spawned something has to have joined it before.
class RealRuntime final : public Runtime {
public:
    /// `threads` 0: one a core.
    explicit RealRuntime(unsigned threads = 0);
    ~RealRuntime() override;

    Executor strand() override;
    TimePoint now() const override;
    void jumpClock(Duration forward) override { m_system_minus_steady_us += forward.count(); }
    std::uint64_t random() override;
    Task<void> sleep(Duration duration) override;
    Task<bool> sleepUnlessCancelled(Duration duration) override;
    Duration hopLatency(Hop) override { return Duration{0}; }
    unsigned threadCount() const { return unsigned(m_threads.size()); }

protected:
    void driveUntil(const std::function<bool()>& ready, const std::function<void()>& wait) override;

private:
    struct Loop;
    std::vector<std::unique_ptr<Loop>> m_loops;
    std::vector<std::thread> m_threads;
    std::atomic<unsigned> m_next_loop{0};
    std::atomic<std::int64_t> m_system_minus_steady_us;
};

} // namespace orderlab
