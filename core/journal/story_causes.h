#pragma once
#include "journal/entry.h"
#include "journal/names.h"

#include <span>
#include <vector>

namespace orderlab {

/// What led to one step of a story: indexes of steps before it. A value.
struct StepCauses {
    int first = -1;        ///< What it follows from; -1: nothing that is told.
    std::vector<int> also; ///< What made it so: faults that struck, guarantees that were off, attempts before. Oldest
                           ///< first.
};
/// For each of `steps`, the entries of a story's steps in its order. Pure.
std::vector<StepCauses> causesOf(std::span<const Entry> steps, const Names& names);

/// The step that a person asks about: the last broken promise, a second charge, a dead letter that still waits, the
/// last status, else the last step of the order itself. -1: there is none.
int finalStep(std::span<const Entry> steps);

/// A step in the tree of what led to another.
struct CauseNode {
    int step = -1;
    int parent = -1;            ///< Place of another node before this one; -1: the root.
    bool is_told_above = false; ///< Its own causes are at an earlier node of the same step.
    bool operator==(const CauseNode&) const = default;
};
/// What led to `step`, down to the beginning. What it follows from, and what that follows from, and so on, are children
/// of the root, the latest first; what made one of them so is below it. Empty where there is no such step.
std::vector<CauseNode> causeTree(std::span<const StepCauses> causes, int step);

} // namespace orderlab
