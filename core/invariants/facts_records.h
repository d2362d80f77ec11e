#pragma once
#include "invariants/facts.h"

namespace orderlab {

/// The record of `id`; no_record where there is none.
template <typename Record>
std::uint32_t findRecord(const PositionTable& index, const std::vector<Record>& records, const Uuid& id)
{
    return index.find(hashValue(id), [&](std::uint32_t at) { return records[at].id == id; });
}

/// The number of a record that nobody uses.
template <typename Record>
std::uint32_t takeRecord(std::vector<Record>& records, std::vector<std::uint32_t>& free)
{
    if (free.empty()) {
        records.emplace_back();
        return std::uint32_t(records.size() - 1);
    }
    const std::uint32_t number = free.back();
    free.pop_back();
    return number;
}

} // namespace orderlab
