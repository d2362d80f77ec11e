#include "simulation/divergence.h"

#include "journal/entry_json.h"

namespace orderlab {

namespace {

void tell(const EntryOfRun& one, std::string& text, double& seconds)
{
    if (!one.entry)
        return;
    appendEntryJson(text, *one.entry, *one.names);
    seconds = double(one.entry->time_us - one.start_us) / 1e6;
}

} // namespace

Divergence divergenceOf(std::uint64_t index, const EntryOfRun& first, const EntryOfRun& second)
{
    Divergence divergence;
    divergence.index = index;
    tell(first, divergence.first, divergence.first_seconds);
    tell(second, divergence.second, divergence.second_seconds);
    return divergence;
}

} // namespace orderlab
