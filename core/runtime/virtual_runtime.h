#pragma once
#include "runtime/resume_handler.h"
#include "runtime/runtime.h"

#include <map>
#include <random>
#include <vector>

namespace orderlab {

/// Runs the same code on one thread with a virtual clock and a seed. Ready steps are taken in a seeded order; when none
/// is ready the clock jumps to the next timer. The same seed and the same program give the same run, byte for byte.
/// All calls from one thread. Time starts at 2026-01-01T00:00:00Z.
class VirtualRuntime final : public Runtime {
public:
    explicit VirtualRuntime(std::uint64_t seed);
    ~VirtualRuntime() override;

    Executor strand() override;
    TimePoint now() const override { return m_now + m_jumped; }
    void jumpClock(Duration forward) override { m_jumped += forward; }
    std::uint64_t random() override { return m_values(); }
    Task<void> sleep(Duration duration) override;
    Task<bool> sleepUnlessCancelled(Duration duration) override;
    Duration hopLatency(Hop hop) override;

    /// Takes one ready step, or moves the clock to the next timer. False: there is neither, nothing can happen any
    /// more.
    bool step();
    /// The same, but nothing happens at `limit` or later. False: there is no step before it; the clock then stands at
    /// `limit`, before anything that happens there.
    bool stepBefore(TimePoint limit);
    static TimePoint epoch();
    /// No step is ready and no timer is set: nothing will happen by itself.
    bool isIdle() const;
    /// What is left to chance (values and interleaving) is drawn anew from here on, as `seed` says.
    void reseed(std::uint64_t seed);
    /// Calls `look` while everything else stands still: tasks that it runs (run()) take no time and let no other step
    /// happen. Afterwards the run goes on as if nobody had looked. Not from within a step.
    void whileStill(const std::function<void()>& look);

protected:
    void driveUntil(const std::function<bool()>& ready, const std::function<void()>& wait) override;

private:
    class ReadyQueue;
    class StrandExecutor;
    using TimerKey = std::pair<TimePoint, std::uint64_t>;
    TimerKey keyAfter(Duration duration);
    /// Cancelled, sets `cancelled` where there is one, else resumes with operation_aborted.
    void startTimer(const TimerKey& key, ResumeHandler handler, bool* cancelled);

    std::mt19937_64 m_values;       ///< What the program draws.
    std::mt19937_64 m_interleaving; ///< Which ready step is next; apart, so that reading a value moves no step.
    TimePoint m_now;                ///< Time as sleeps count it.
    Duration m_jumped{0};           ///< How far the clock is ahead of it.
    std::uint64_t m_timers_started = 0;
    std::map<TimerKey, ResumeHandler> m_timers;
    std::unique_ptr<ReadyQueue> m_ready;
    bool m_is_still = false; ///< See whileStill().
    /// Queues of looks that are over: what somebody kept from a look may still post there.
    std::vector<std::unique_ptr<ReadyQueue>> m_set_aside;
};

} // namespace orderlab
