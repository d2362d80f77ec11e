#include "simulation/worker_chance.h"

#include "simulation/simulate.h"

namespace orderlab {

Result<std::optional<WorkerTranscript::Difference>> runAgain(const Scenario& scenario, std::uint64_t seed,
                                                             const WorkerTranscript& said)
{
    WorkerTranscript again;
    SimulationOptions options;
    options.hash = false;
    options.transcript = &again;
    const auto report = simulate(scenario, seed, options);
    if (!report)
        return report.error();
    return WorkerTranscript::compare(said, again);
}

} // namespace orderlab
