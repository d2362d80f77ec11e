#pragma once
#include "own_worker/worker_transcript.h"

#include <string>

namespace orderlab {

/// That a worker's answers depend on chance, and which one shows it.
std::string differenceText(std::uint64_t seed, const WorkerTranscript::Difference& difference);

} // namespace orderlab
