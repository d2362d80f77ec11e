#pragma once
#include "base/result.h"
#include "base/time.h"
#include "journal/entry.h"
#include "journal/names.h"

#include <functional>
#include <vector>

namespace orderlab {

/// When the run of benchEntries() begins.
TimePoint benchRecordingStart();

/// Entries to measure with: simulated runs with many failures, one after the other, `count` entries in all; the same
/// every time. Their names go into `names`. `on_progress` hears how many there are; may be empty. Blocks. Errors: those
/// of simulate().
Result<std::vector<Entry>> benchEntries(std::uint64_t count, Names& names,
                                        const std::function<void(std::uint64_t)>& on_progress = {});

} // namespace orderlab
