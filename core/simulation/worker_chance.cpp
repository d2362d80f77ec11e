#include "simulation/worker_chance.h"

#include "simulation/simulate.h"

namespace orderlab {

Result<std::optional<WorkerTranscript::Difference>> runAgain(const Scenario& scenario, std::uint64_t seed,
                                                             const WorkerTranscript& said,
                                                             const std::function<bool()>& give_up)
{
    WorkerTranscript again;
    SimulationOptions options;
    options.hash = false;
    options.transcript = &again;
    options.give_up = give_up;
    const auto report = simulate(scenario, seed, options);
    if (!report)
        return report.error();
    return WorkerTranscript::compare(said, again);
}

} // namespace orderlab
