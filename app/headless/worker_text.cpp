#include "headless/worker_text.h"

#include "own_worker/worker_message.h"

namespace orderlab {

namespace {

constexpr std::size_t shown_bytes_max = 400;

std::string quoted(const std::string& said)
{
    return said.empty() ? "(nothing)" : shownText(said, shown_bytes_max);
}

} // namespace

std::string differenceText(std::uint64_t seed, const WorkerTranscript::Difference& difference)
{
    return "the worker is not deterministic: seed " + std::to_string(seed)
           + " gave other answers the second time. Take time and randomness from Orderlab only. The first difference "
             "is line "
           + std::to_string(difference.line) + ", " + difference.member + "\n  after:      " + quoted(difference.before)
           + "\n  first run:  " + quoted(difference.first) + "\n  second run: " + quoted(difference.second);
}

} // namespace orderlab
