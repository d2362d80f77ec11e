#pragma once
#include "worker/retry_topic.h"

#include <atomic>

namespace orderlab {

/// Reads a group's retry topic for one member: takes events that are due, one at a time, and handles each with the same
/// policies as a delivery from the bus. A member that dies keeps one event from the others, until its lease ends.
/// Without parked events it only waits.
class RetryLane {
public:
    /// The lease of an event; longer if handlers may take longer. If it ends too early, the event is delivered twice,
    /// and the inbox knows what was done.
    static constexpr Duration lease_min{std::chrono::seconds{5}};

    /// `like`: its group and member fields are copied into every attempt. All references outlive the lane.
    RetryLane(WorkerDeps deps, const Live<Policies>& policies, RetryTopic& topic, Attempt like, const Next& see_through)
        : m_deps(deps), m_policies(policies), m_topic(topic), m_like(std::move(like)), m_see_through(see_through)
    {}

    /// Runs until drained, cancelled, or the store is closed.
    Task<void> run();
    /// It takes no more events; the one in hand is finished. Idempotent, any thread.
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
