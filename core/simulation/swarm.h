#pragma once
#include "simulation/scenario.h"

namespace orderlab {

struct SimulationReport;

/// A whole scenario drawn from `seed`: topology, customers, policies, guarantees and failures. Each has only some of
/// all there could be, as what is never there together with everything else is found sooner so (swarm testing: A. Groce
/// and others, "Swarm Testing", 2012; as TigerBeetle's and FoundationDB's simulators do). Its seed is `seed`, its
/// expectation what the guarantees that are off may cost. The same seed: the same scenario.
Scenario swarmScenario(std::uint64_t seed);

/// Whether only what `scenario` expects was broken.
bool isAsExpected(const SimulationReport& report, const Scenario& scenario);

} // namespace orderlab
