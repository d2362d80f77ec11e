#pragma once
#include "journal/names.h"

#include <cstdint>
#include <string>

namespace orderlab {

/// Where two runs differ: an entry of each.
struct Divergence {
    std::uint64_t index = 0; ///< Of the entry in the first run, or in the second where only that has one.
    std::string first;       ///< The entry as in journal files; empty: the first run has none here.
    std::string second;
    double first_seconds = 0; ///< Of the entry, since the start of its run.
    double second_seconds = 0;

    bool operator==(const Divergence&) const = default;
};

/// An entry of a run, or (`entry` null) that there is none.
struct EntryOfRun {
    const Entry* entry = nullptr;
    const Names* names = nullptr;
    std::int64_t start_us = 0; ///< Of the run.
};
Divergence divergenceOf(std::uint64_t index, const EntryOfRun& first, const EntryOfRun& second);

} // namespace orderlab
