#pragma once
#include "journal/recording.h"
#include "simulation/compare.h"
#include "simulation/simulate.h"

namespace orderlab {

/// A scenario made of a recorded run.
struct RecordedScenario {
    Scenario scenario; ///< With the seed to run it with.
    /// What the customers of the recording called their purchases, in the order of the scenario's arrivals; of an order
    /// without such a name its id.
    std::vector<Uuid> purchases;
    std::vector<std::string> taken;    ///< What of the recording is in the scenario, in a few words each.
    std::vector<std::string> left_out; ///< What is not, and why: a sentence each.
};

/// Makes a scenario of what `recording` tells: the same arrivals and cancellations, guarantees, failures where they
/// struck, members, policies, and the gateway's time as observed. Nothing is invented: what the recording does not
/// hold, or a scenario cannot say, is left out and told. A recorded simulation gives its own scenario. `name`: what a
/// scenario's name must not have is replaced. Pure. Errors: NotFound when no order begins in it; InvalidArgument when
/// the scenario or system of its header is none.
Result<RecordedScenario> scenarioOf(const Recording& recording, std::string_view name);

/// How well a scenario's run agrees with the recording that it was made of.
struct Agreement {
    struct Group {
        std::string name;                          ///< Without prefix.
        std::uint64_t recorded = 0, simulated = 0; ///< Attempts at the orders that are compared.
        std::uint64_t orders = 0;                  ///< Those of them of which the numbers differ.
    };
    std::uint64_t orders = 0;                   ///< Compared: those that had ended by the end of the recording.
    std::uint64_t same_end = 0;                 ///< Of them: those that end the same way.
    std::uint64_t unfinished = 0;               ///< Not compared: under way at the end of the recording.
    std::vector<Group> groups;                  ///< By name.
    Comparison comparison;                      ///< The recording is its first run; of the compared orders.
    std::vector<std::string> violated_recorded; ///< Promises that the recording tells of as broken.
    SimulationReport report;                    ///< Of the scenario's run.

    /// For people, a sentence each.
    std::vector<std::string> sentences() const;
};

/// Runs the scenario and holds it against `recording`. `give_up`: as SimulationOptions. Blocks. Errors: those of
/// simulate(); Exhausted when the run is more than twenty times as long as the recording.
Result<Agreement> agreementOf(const Recording& recording, const RecordedScenario& made,
                              const std::function<bool()>& give_up = {});

/// Notes in the scenario which promises its run breaks, so that its expectation is true.
void expect(Scenario& scenario, const SimulationReport& report);

} // namespace orderlab
