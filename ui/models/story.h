#pragma once
#include "journal/story.h"
#include "ui/bridge/journal_names.h"

#include <QString>

#include <span>
#include <vector>

namespace orderlab::ui {

using orderlab::Lifeline;
using orderlab::Tone;

/// orderlab::StoryStep as Qt shows it.
struct StoryStep {
    Entry entry;
    Lifeline from, to; ///< The same twice: a note at that lifeline.
    Tone tone = Tone::Plain;
    bool is_unusual = false; ///< Would not be there on a happy day.
    QString label;           ///< A few words beside the arrow: "deliver 2".
    QString title;           ///< "Delivered to payment".
    QString summary;         ///< One or two sentences for somebody who learns this.
    std::optional<EventType> topic;
};

struct StoryFacts {
    QString customer; ///< Empty when its acceptance is not in the journal.
    QString currency;
    std::int64_t amount_minor = 0;
    int failed_attempts = 0, duplicates = 0, dead_letters = 0, charges = 0, refunds = 0;
};

struct Story {
    OrderId order; ///< Steps that only explain something name none.
    StoryFacts facts;
    std::vector<StoryStep> steps; ///< In the order of the journal.
};

/// What orderlab::tellStory() tells of `entries`, as collectStory() gives them. Pure.
Story tellStory(std::span<const Entry> entries, const JournalNames& names);

/// "+1.4 s"; "before" for what only explains the story.
QString afterText(std::int64_t after_us);

/// What is known of one step besides its event, as name and value: partition, offset, times, attempt, error…
/// `first_us`: when the story began.
std::vector<std::pair<QString, QString>> detailsOf(const StoryStep& step, std::int64_t first_us,
                                                   const JournalNames& names);

} // namespace orderlab::ui
