#pragma once
#include "journal/entry.h"

namespace orderlab {

/// What an entry means for one event and one group: who has the event in hand afterwards, and what has become of it.
/// Decided here, once; what is under way (events_in_work.h), what the window shows (world_state.h), what invariants
/// know (Facts) and stories only keep it, each for its own purpose.
struct EventProgress {
    enum class Hold : std::uint8_t {
        Same,     ///< Says nothing of that.
        Taken,    ///< A member has it, from the log or the retry topic.
        Again,    ///< The member that has it begins another attempt.
        Failed,   ///< The attempt has failed. Where the event goes is told next; nothing is told, and nobody has it any
                  ///< more, if others have seen it through meanwhile.
        Kept,     ///< The member that has it waits for the next attempt.
        Released, ///< The member is done with it.
    };
    enum class Outcome : std::uint8_t {
        None,
        Parked, ///< Waits in the retry topic, until one of the next three, also while it is tried from there.
        Handled,
        Skipped,  ///< Known already: nothing was to be done.
        GivenUp,  ///< A dead letter.
        NotOurs,  ///< This was a copy that is addressed to another group: says nothing of what this one has done.
        Replayed, ///< A dead letter no more: it comes again.
    };

    Hold hold = Hold::Same;
    Outcome outcome = Outcome::None;

    constexpr bool isAny() const { return hold != Hold::Same || outcome != Outcome::None; }
    /// Nothing of it waits in the retry topic any more.
    constexpr bool isSettled() const
    {
        return outcome == Outcome::Handled || outcome == Outcome::Skipped || outcome == Outcome::GivenUp;
    }
    bool operator==(const EventProgress&) const = default;
};

constexpr EventProgress progressOf(const Entry& entry)
{
    using Hold = EventProgress::Hold;
    using Outcome = EventProgress::Outcome;
    switch (stepOf(entry.kind)) {
    case EventStep::Taken: {
        const bool is_from_retry_topic = entry.value == 1;
        return {entry.attempt <= 1 || is_from_retry_topic ? Hold::Taken : Hold::Again, Outcome::None};
    }
    case EventStep::Failed: return {Hold::Failed, Outcome::None};
    case EventStep::Kept: return {Hold::Kept, Outcome::None};
    case EventStep::Parked: return {Hold::Released, Outcome::Parked};
    case EventStep::Handled: return {Hold::Released, Outcome::Handled};
    case EventStep::Skipped: return {Hold::Released, entry.detail != 0 ? Outcome::NotOurs : Outcome::Skipped};
    case EventStep::GivenUp: return {Hold::Released, Outcome::GivenUp};
    case EventStep::None: break;
    }
    return {Hold::Same, entry.kind == EntryKind::DeadLetterReplayed ? Outcome::Replayed : Outcome::None};
}

} // namespace orderlab
