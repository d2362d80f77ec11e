#include "lab/fault_clock.h"

namespace orderlab {

FaultClock::FaultClock(Runtime& runtime, FaultPlan& faults, std::function<void()> pass_workers)
    : m_runtime(runtime), m_faults(faults), m_pass_workers(std::move(pass_workers)), m_running(runtime)
{}

Task<void> FaultClock::stop()
{
    m_running.cancel();
    co_await m_running.join();
}

Task<void> FaultClock::run()
{
    for (;;) {
        const std::uint64_t version = m_faults.version();
        if (!m_faults.isArmed(Seam::Worker) && !m_faults.isArmed(Seam::Clock)) {
            co_await m_faults.changed(version);
            continue;
        }
        m_pass_workers();
        FaultPoint clock;
        clock.seam = Seam::Clock;
        const Injection injection = m_faults.ask(clock);
        if (injection.action == FaultAction::Jump)
            m_runtime.jumpClock(injection.delay);
        co_await m_runtime.sleep(interval);
    }
}

} // namespace orderlab
