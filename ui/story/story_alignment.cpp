#include "ui/story/story_alignment.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

/// What makes two steps the same whatever the orders are called: kind, group, topic; and more exactly, what is said.
struct StepKey {
    EntryKind kind;
    QString group;
    std::optional<EventType> topic;
    bool operator==(const StepKey&) const = default;
};

StepKey keyOf(const StoryStep& step, const JournalNames& names)
{
    return {step.entry.kind, names.groupLabel(step.entry.group), step.topic};
}

/// Numbers that differ in any case (offsets, amounts) do not make a step another one; what came of it does.
bool saysTheSame(const StoryStep& a, const StoryStep& b)
{
    return a.title == b.title && a.entry.attempt == b.entry.attempt && a.tone == b.tone && a.is_unusual == b.is_unusual;
}

} // namespace

std::vector<AlignedSteps> alignStories(const Story& left, const Story& right, const JournalNames& names)
{
    std::vector<StepKey> a, b;
    for (const StoryStep& step : left.steps)
        a.push_back(keyOf(step, names));
    for (const StoryStep& step : right.steps)
        b.push_back(keyOf(step, names));
    const std::size_t rows = a.size() + 1, columns = b.size() + 1;
    // Worth of the best alignment from (i, j) on: a step that says the same counts more than one of the same kind.
    std::vector<int> best(rows * columns, 0);
    const auto at = [&](std::size_t i, std::size_t j) -> int& { return best[i * columns + j]; };
    const auto worth = [&](std::size_t i, std::size_t j) {
        return a[i] == b[j] ? (saysTheSame(left.steps[i], right.steps[j]) ? 3 : 2) : 0;
    };
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t j = b.size(); j-- > 0;) {
            at(i, j) = std::max(at(i + 1, j), at(i, j + 1));
            if (const int both = worth(i, j); both > 0)
                at(i, j) = std::max(at(i, j), at(i + 1, j + 1) + both);
        }
    }
    using Kind = AlignedSteps::Kind;
    std::vector<AlignedSteps> aligned;
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        const int both = i < a.size() && j < b.size() ? worth(i, j) : 0;
        if (both > 0 && at(i, j) == at(i + 1, j + 1) + both) {
            const bool is_same = saysTheSame(left.steps[i], right.steps[j]);
            aligned.push_back({is_same ? Kind::Same : Kind::Different, int(i++), int(j++)});
        } else if (j >= b.size() || (i < a.size() && at(i, j) == at(i + 1, j))) {
            aligned.push_back({Kind::LeftOnly, int(i++), -1});
        } else {
            aligned.push_back({Kind::RightOnly, -1, int(j++)});
        }
    }
    return aligned;
}

} // namespace orderlab::ui
