#pragma once
#include "journal/entry.h"
#include "ui/bridge/journal_names.h"

#include <QString>

#include <span>
#include <vector>

namespace orderlab::ui {

/// Who takes part in an order's story.
struct Lifeline {
    enum class Kind : std::uint8_t { Api, Store, Bus, Group, Gateway } kind = Kind::Api;
    NameId group = 0; ///< For Group.
    bool operator==(const Lifeline&) const = default;
};

/// How a step is meant, which decides its colour.
enum class Tone : std::uint8_t { Plain, Good, Waiting, Bad, Dead };

/// One step of an order's story: one journal entry in words, and how to draw it.
struct StoryStep {
    Entry entry;
    Lifeline from, to;     ///< The same twice: a note at that lifeline.
    Tone tone = Tone::Plain;
    QString label;         ///< A few words beside the arrow: "deliver 2".
    QString title;         ///< "Delivered to payment".
    QString summary;       ///< One or two sentences for somebody who learns this.
    std::optional<EventType> topic;
};

struct StoryFacts {
    QString customer;      ///< Empty when its acceptance is not in the journal.
    QString currency;
    std::int64_t amount_minor = 0;
    int failed_attempts = 0, duplicates = 0, dead_letters = 0, charges = 0, refunds = 0;
};

struct Story {
    StoryFacts facts;
    std::vector<StoryStep> steps; ///< In the order of the journal.
};

/// Tells `entries`, all of one order and oldest first, as a story. Pure.
Story tellStory(std::span<const Entry> entries, const JournalNames& names);

/// What is known of one step, as name and value: id, type, topic, partition, offset, times, attempt, error…
/// `first_us`: when the story began.
std::vector<std::pair<QString, QString>> detailsOf(const StoryStep& step, std::int64_t first_us,
                                                   const JournalNames& names);

} // namespace orderlab::ui
