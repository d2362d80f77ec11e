#pragma once
#include "ui/models/story.h"

namespace orderlab::ui {

/// Two steps of two stories that stand beside each other, or one that has none beside it. A value.
struct AlignedSteps {
    enum class Kind : std::uint8_t {
        Same,      ///< The same happened.
        Different, ///< The same kind of step, with another outcome or in another attempt.
        LeftOnly,
        RightOnly,
    } kind = Kind::Same;
    int left = -1, right = -1; ///< Indexes of steps; -1: none.
    bool operator==(const AlignedSteps&) const = default;
};

/// Puts the steps of two stories beside each other: as many as possible that say the same, in both orders. Pure.
/// Stories are bounded by their panel, so the time of a longest common subsequence (length × length) is no matter.
std::vector<AlignedSteps> alignStories(const Story& left, const Story& right, const JournalNames& names);

} // namespace orderlab::ui
