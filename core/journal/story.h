#pragma once
#include "domain/event.h"
#include "journal/names.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace orderlab {

class Timeline;

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
    Lifeline from, to; ///< The same twice: a note at that lifeline.
    Tone tone = Tone::Plain;
    bool is_unusual = false; ///< Would not be there on a happy day.
    std::string label;       ///< A few words beside the arrow: "attempt 2".
    std::string title;       ///< "Delivered to payment".
    std::string sentence;    ///< One or two sentences for somebody who learns this.
    std::optional<EventType> topic;
};

struct StoryFacts {
    std::string customer; ///< Empty when its acceptance is not in the journal.
    std::string currency;
    std::string status = "created"; ///< The last one told.
    std::int64_t amount_minor = 0;
    std::int64_t accepted_us = 0; ///< Of the acceptance, or of a step that was told before it; else of the first step.
    int failed_attempts = 0, duplicates = 0, dead_letters = 0, charges = 0, refunds = 0;
};

struct Story {
    StoryFacts facts;
    std::vector<StoryStep> steps; ///< In the order of the journal, but the acceptance is before what it caused.
};

/// Tells `entries`, oldest first: all that an order has, and what collectStory() adds. Pure. The only teller: the
/// screen, the API and the command line differ in how they show it.
Story tellStory(std::span<const Entry> entries, const Names& names);

/// The entries about `order`, and those about no order that explain its story: a guarantee that was off, a pause or a
/// crash of the worker that had it in hand, a relay that could not publish it, a gap in the journal. At most `max`, the
/// newest. Reads all of `entries`.
std::vector<Entry> collectStory(std::span<const Entry> entries, const Names& names, OrderId order,
                                std::size_t max = 1'000);
std::vector<Entry> collectStory(const Timeline& timeline, const Names& names, OrderId order, std::size_t max = 1'000);

/// The whole story as text, a step a line: how long after the acceptance, "!" where it was unusual, what happened.
std::string storyText(OrderId order, const Story& story);
/// "340 µs", "4.1 ms", "1.4 s", "2 min 5 s".
std::string durationText(std::int64_t us);

} // namespace orderlab
