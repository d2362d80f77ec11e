#pragma once
#include "lab/lab.h"
#include "runtime/task_group.h"
#include "simulation/scenario.h"

namespace orderlab {

/// Something that a scenario does to a running system, at a time since the start of the run.
struct Moment {
    Duration at{0};
    const Change* change = nullptr; ///< Null: the faults stop.
};
/// All changes of `scenario`, which has to outlive them, and the end of its faults; by time.
std::vector<Moment> momentsOf(const Scenario& scenario);

/// Makes a scenario's changes in a running Lab, and counts how often its faults strike. One thread at a time.
class LabChanges {
public:
    explicit LabChanges(Lab& lab) : m_lab(lab), m_changing(lab.runtime()) {}

    void apply(const Moment& moment);
    void stopFaults();
    /// Every fault there was so far, and its strikes.
    std::vector<Struck> struck() const;
    /// Gives up what takes time and is not done yet.
    Task<void> stop();

private:
    struct Apply;
    void appendStrikes(std::vector<Struck>& to) const;

    Lab& m_lab;
    TaskGroup m_changing;         ///< Changes that take time.
    std::vector<Struck> m_struck; ///< Of faults that have stopped.
};

} // namespace orderlab
