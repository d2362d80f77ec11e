#pragma once
#include "own_worker/worker_transcript.h"
#include "simulation/scenario.h"

#include <functional>
#include <optional>

namespace orderlab {

/// Runs `scenario` once more and says where its own workers first answer otherwise than in `said`, the transcript of a
/// run with the same seed; nothing: they do not depend on chance. Blocks. Errors: those of simulate(), whose options
/// tell of `give_up`.
Result<std::optional<WorkerTranscript::Difference>> runAgain(const Scenario& scenario, std::uint64_t seed,
                                                             const WorkerTranscript& said,
                                                             const std::function<bool()>& give_up = {});

} // namespace orderlab
