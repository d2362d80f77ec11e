#pragma once
#include "worker/retry_topic.h"

#include <atomic>

namespace orderlab {

/// One member's reading of its group's retry topic: takes events that are due, one at a time, so that a member that dies
/// keeps others from no more than one and not for long, and sees each through the same policies as a delivery from the
/// bus. Without parked events it only waits.
class RetryLane {
public:
    /// How long nobody else is given what it has taken, if handlers may not take longer. Whoever is slower is not harmed:
    /// the inbox knows what was done.
    static constexpr Duration lease_min{std::chrono::seconds{5}};

    /// `like`: who delivers; its group and member fields are taken over. All references outlive the lane.
    RetryLane(WorkerDeps deps, const Live<Policies>& policies, RetryTopic& topic, Attempt like, const Next& see_through)
        : m_deps(deps), m_policies(policies), m_topic(topic), m_like(std::move(like)), m_see_through(see_through)
    {
    }

    /// Until drained, or the store is closed.
    Task<void> run();
    /// Takes nothing more; the event in hand is finished. Idempotent, any thread.
    void drain();

private:
    Task<bool> deliver(const ParkedEvent& parked);

    WorkerDeps m_deps;
    const Live<Policies>& m_policies;
    RetryTopic& m_topic;
    const Attempt m_like;
    const Next& m_see_through;
    std::atomic<bool> m_draining{false};
};

} // namespace orderlab
