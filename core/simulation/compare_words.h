#pragma once
#include "simulation/compare_track.h"

namespace orderlab {

/// One run's part in a difference.
struct SideOfOrder {
    const RunTrack* run = nullptr;
    const OrderTrack* order = nullptr; ///< Null: the run does not have it.
    std::optional<std::size_t> place;  ///< The entry behind the difference; none: this run has none.
};

/// What differs, before it is put into words.
struct Finding {
    DifferenceKind kind = DifferenceKind::Status;
    std::uint64_t number = 0; ///< From 1.
    EventRef event;
    std::string_view group; ///< Of EventOrder: the group, or empty for the log.
    EventRef other;         ///< Of EventOrder: in the first run `event` is before `other`.
    SideOfOrder first, second;
};

/// `finding` in a sentence that begins with "order 7: ".
std::string explain(const Finding& finding);

} // namespace orderlab
