#pragma once
#include "simulation/compare.h"
#include "simulation/live_run.h"

namespace orderlab {

/// A comparison with all that a reader needs to judge it.
struct ComparedRuns {
    std::string scenario;
    std::uint64_t seed = 0;
    Duration limit{0};
    std::vector<std::string> left_out; ///< Of the scenario, and why.
    LiveRun memory, kafka;
    Comparison comparison;

    /// Equal final states and the same order of every order's events. An order that is under way has no final state.
    bool areEqual() const
    {
        return memory.is_quiet && kafka.is_quiet && comparison.haveSameFinalStates() && comparison.haveSameOrder();
    }
};

/// To standard output, for people.
void printComparison(const ComparedRuns& runs);
/// One JSON object.
std::string toJson(const ComparedRuns& runs);

} // namespace orderlab
