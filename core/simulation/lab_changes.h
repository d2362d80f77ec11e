#pragma once
#include "base/mutex.h"
#include "lab/lab.h"
#include "runtime/task_group.h"
#include "simulation/scenario.h"

namespace orderlab {

/// Something that a scenario does to a running system, at a time since the start of the run.
struct Moment {
    Duration at{0};
    const Change* change = nullptr; ///< Null: the faults stop.
};
/// All changes of `scenario`, which has to outlive them, and the end of its faults; by time. At one time the faults end
/// first, so that a fault that is added then stays; changes come in the order of the list.
std::vector<Moment> momentsOf(const Scenario& scenario);

/// Makes a scenario's changes in a running Lab, and counts how often its faults strike. apply(), stopFaults() and
/// stop(): one thread at a time; the rest: any.
class LabChanges {
public:
    /// `seed` decides what the customers of PlaceOrders buy. `reseed` is what Reseed calls; empty: chance cannot be
    /// drawn anew here.
    LabChanges(Lab& lab, std::uint64_t seed, std::function<void(std::uint64_t seed)> reseed = {});

    void apply(const Moment& moment);
    void stopFaults();
    /// Whether the customers who came by changes have ordered and know what became of it, or have given up.
    bool areOrdersDone() const { return m_ordering.size() == 0; }
    /// The same, and nothing else of the changes is still being done.
    bool areDone() const { return areOrdersDone() && m_changing.size() == 0; }
    /// Every fault there was so far, and its strikes.
    std::vector<Struck> struck() const;
    /// Changes that could not be made, in the order in which that was found.
    std::vector<RefusedChange> refused() const;
    /// Gives up what takes time and is not done yet. What still waits for an event is told as refused.
    Task<void> stop();

private:
    struct Apply;
    struct Burst;
    void refuse(const Change& change, std::string reason);
    void refuseUnless(const Change& change, const Result<void>& done);
    void appendStrikes(std::vector<Struck>& to) const;
    std::uint64_t nextSeed();
    // What takes time. Static, so that what they use is in their frame.
    static Task<void> scale(LabChanges& self, Change change, std::string group, std::size_t members);
    static Task<void> resetGroup(LabChanges& self, Change change, GroupReset reset);
    static Task<void> cancel(LabChanges& self, Change change, OrderId order);
    static Task<void> decide(LabChanges& self, Change change, std::string group, Uuid event);
    static Task<void> buy(LabChanges& self, Change change, OrderRequest request);
    static Task<void> buyOf(LabChanges& self, std::shared_ptr<Burst> burst, OrderRequest request);
    static Task<void> comeOneByOne(LabChanges& self, std::shared_ptr<Burst> burst);
    static Task<void> comeTogether(LabChanges& self, std::shared_ptr<Burst> burst);

    Lab& m_lab;
    std::uint64_t m_seed;
    std::uint64_t m_streams = 0; ///< Drawn from m_seed.
    const std::function<void(std::uint64_t)> m_reseed;
    TaskGroup m_changing;         ///< Changes that take time.
    TaskGroup m_ordering;         ///< Customers.
    std::vector<Struck> m_struck; ///< Of faults that have stopped.
    std::vector<std::pair<Change, SingleStrike>> m_strikes_once;
    mutable Mutex m_mutex;
    std::vector<RefusedChange> m_refused ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
