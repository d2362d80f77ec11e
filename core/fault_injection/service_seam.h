#pragma once
#include "faults/fault_plan.h"

namespace orderlab {

/// What every call of a service of our own passes first: the network, then the service. Any thread.
class ServiceSeam {
public:
    /// `service`: Database or Broker. `away`: static text, for the error while nothing answers.
    ServiceSeam(FaultPlan& faults, Seam service, std::string_view away)
        : m_faults(faults), m_service(service), m_away(away)
    {}

    /// No fault is set for this way: calls need not pass.
    bool isQuiet() const { return !m_faults.isArmed(m_service) && !m_faults.isArmed(Seam::Network); }

    /// Waits out what is only late. Error: Unavailable (Later); the call does not reach the service then.
    /// `bytes`, `elsewhere`: see FaultPoint.
    Task<Result<void>> pass(std::uint64_t bytes = 0, LastingFaults elsewhere = LastingFaults::None) const
    {
        for (const Seam seam : {Seam::Network, m_service}) {
            if (!m_faults.isArmed(seam))
                continue;
            FaultPoint point;
            point.seam = seam;
            point.bytes = bytes;
            point.elsewhere = elsewhere;
            const Injection injection = m_faults.ask(point);
            if (isOnlyLate(injection.action))
                co_await m_faults.waitOut(injection);
            if (injection.action == FaultAction::Away)
                co_return unavailable(std::string(m_away));
        }
        co_return Result<void>{};
    }

    /// `call()` once the way is passed.
    template <typename T, typename Call>
    Task<Result<T>> through(Call call) const
    {
        const auto passed = co_await pass();
        if (!passed)
            co_return passed.error();
        auto result = co_await call();
        co_return result;
    }

private:
    FaultPlan& m_faults;
    const Seam m_service;
    const std::string_view m_away;
};

} // namespace orderlab
