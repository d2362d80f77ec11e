#pragma once
#include "faults/fault_plan.h"
#include "runtime/task_group.h"

#include <functional>

namespace orderlab {

/// Faults that strike at a moment rather than at a step: asks the plan ten times a second about each worker (seam
/// Worker) and about the clock (seam Clock), while the plan has such a fault. Any thread.
class FaultClock {
public:
    static constexpr Duration interval{std::chrono::milliseconds{100}};

    /// `pass_workers` asks the plan for each worker.
    FaultClock(Runtime& runtime, FaultPlan& faults, std::function<void()> pass_workers);
    void start() { m_running.spawn(run()); }
    Task<void> stop();

private:
    Task<void> run();

    Runtime& m_runtime;
    FaultPlan& m_faults;
    const std::function<void()> m_pass_workers;
    TaskGroup m_running;
};

} // namespace orderlab
