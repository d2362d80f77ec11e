#include "fault_model/fault_words.h"
#include "journal/gateway_answers.h"
#include "journal/story_teller.h"

namespace orderlab {

bool Teller::tellFailure()
{
    switch (m_entry->kind) {
    case EntryKind::AttemptFailed:
        ++story.facts.failed_attempts;
        return unusual(group(), group(), Tone::Bad, "attempt " + attempt() + " failed",
                       "Attempt " + attempt() + " of " + m_group + " failed", "Nothing was committed." + because());
    case EntryKind::RetryScheduled:
        return unusual(group(), group(), Tone::Waiting, "backoff " + milliseconds(), "Retry scheduled by " + m_group,
                       "It is tried again in " + milliseconds()
                           + "; until then the partition waits, which keeps the order of events.");
    case EntryKind::EventParked:
        return unusual(group(), store, Tone::Waiting, "retry topic", "Parked by " + m_group,
                       capital(m_event) + " waits in the retry topic for " + milliseconds()
                           + ", so that others pass; this order's events may change places.");
    case EntryKind::DeadLettered:
        ++story.facts.dead_letters;
        return unusual(group(), store, Tone::Dead, "dead letter", "Dead-lettered by " + m_group,
                       capital(m_group) + " gave up on " + m_event
                           + " and keeps it in dead letters, so that the events behind it can go on." + because()
                           + (detail() == gateway_refuses_customer ? " Trying again cannot help, so it was not retried."
                                                                   : std::string()));
    default: return false;
    }
}

bool Teller::tellGatewayFailure()
{
    switch (m_entry->kind) {
    case EntryKind::GatewayFailed: {
        if (detail() == gateway_refuses_customer)
            return tellRefusal();
        if (detail() == gateway_answers_error) {
            return unusual(payer(), gateway, Tone::Bad, "error 503", "The gateway answered with an error",
                           "It took nothing, and said so: trying again later may help." + because());
        }
        const std::string money = story.facts.charges > 0 ? "The money had been taken, but we were not told: "
                                                          : "Whether the money was taken is unknown: ";
        const std::string next = isOff("payment-key") ? "with the payment key off, a retry may charge again."
                                                      : "the same payment key makes a retry safe.";
        return unusual(payer(), gateway, Tone::Bad, "no answer", "No answer from the gateway",
                       money + next + because());
    }
    case EntryKind::CircuitOpened:
        return unusual(payer(), gateway, Tone::Waiting, "circuit open", "Circuit opened",
                       "The gateway failed too often, so that it is left alone for " + milliseconds() + "."
                           + because());
    case EntryKind::CircuitClosed:
        return unusual(payer(), gateway, Tone::Good, "circuit closed", "Circuit closed", "The gateway answers again.");
    default: return false;
    }
}

/// An answer, which no fault has taken away: one that was to lose it struck for nothing.
bool Teller::tellRefusal()
{
    if (m_gateway_fault < story.steps.size()
        && strikeActionOf(story.steps[m_gateway_fault].entry) == FaultAction::LoseAnswer) {
        StoryStep& fault = story.steps[m_gateway_fault];
        fault.tone = Tone::Waiting;
        fault.label = "fault: no effect";
        fault.sentence += " It had no effect: the gateway refused, so that there was no answer to lose.";
    }
    return unusual(payer(), gateway, Tone::Bad, "refused", "Refused by the gateway",
                   "The gateway answered that it cannot process this customer, and took nothing. It never will, so "
                   "nothing is retried.");
}

std::optional<FaultAction> Teller::strikeActionOf(const Entry& fault) const
{
    const auto strike = strikeOf(m_names.text(fault.detail));
    return strike ? std::optional(strike->action) : std::nullopt;
}

bool Teller::tellLetters()
{
    switch (m_entry->kind) {
    case EntryKind::DeadLetterReplayed:
        m_replaying = true;
        return unusual(store, group(), Tone::Waiting, "replay", "Dead letter replayed",
                       "Somebody gave " + m_event + (m_entry->detail != 0 ? ", corrected," : "") + " back to " + m_group
                           + ", and to no other group.");
    case EntryKind::DeadLetterDiscarded:
        return unusual(store, store, Tone::Dead, "discarded", "Dead letter discarded",
                       "Somebody decided that " + m_group + " is not to do " + m_event + "; the row stays."
                           + because());
    case EntryKind::EventRepublished:
        m_published.erase(m_entry->event); // The log has it for the first time again.
        return unusual(bus, store, Tone::Waiting, "published again", "Published again",
                       "Kafka no longer had " + m_event
                           + ", and some group had not handled it: it is published once more." + because());
    case EntryKind::InvariantViolated:
        return unusual(store, store, Tone::Bad, "promise broken", "Promise broken: " + detail(),
                       "The invariant " + detail() + " does not hold for this order.");
    default: return false;
    }
}

bool Teller::tellDisturbance()
{
    switch (m_entry->kind) {
    case EntryKind::WorkPaused:
        return unusual(group(), group(), Tone::Waiting, "paused", "Work of " + m_group + " paused",
                       "A service is away; no attempt is burned." + because());
    case EntryKind::WorkResumed:
        return unusual(group(), group(), Tone::Good, "resumed", "Work of " + m_group + " resumed",
                       "The service is back, and the same attempt goes on.");
    case EntryKind::WorkThrottled:
        return unusual(group(), group(), Tone::Waiting, "throttled", m_group + " throttled",
                       actor() + " waits for " + milliseconds() + ", so as to stay below its rate.");
    case EntryKind::GuaranteeSwitched: return tellGuarantee();
    case EntryKind::FaultInjected: return tellFault();
    case EntryKind::ProcessCrashed:
        return unusual(groupOrStore(), groupOrStore(), Tone::Dead, "crash", actor() + " crashed",
                       "What it had in memory is gone; what was not committed rolls back. It is restarted in "
                           + milliseconds() + '.');
    case EntryKind::ProcessRestarted:
        return unusual(groupOrStore(), groupOrStore(), Tone::Good, "restart", actor() + " restarted",
                       "It goes on from the last offset that was committed.");
    case EntryKind::MemberLeft:
    case EntryKind::PartitionRevoked:
        return unusual(group(), group(), Tone::Waiting, "rebalance", "Taken from " + actor(),
                       "The partition goes to another member, which is delivered again what was not committed.");
    case EntryKind::EntriesMissed:
        return unusual(store, store, Tone::Waiting, "gap", "A gap in the journal",
                       std::to_string(m_entry->value) + " entries are missing here; some may be about this order.");
    default: return false;
    }
}

bool Teller::tellFault()
{
    const auto strike = strikeOf(detail());
    if (!strike) { // Of a newer program.
        return unusual(groupOrStore(), groupOrStore(), Tone::Bad, "fault", "Fault injected: " + detail(),
                       "The fault plan struck here, on purpose.");
    }
    const bool takes_time =
        m_entry->value > 0 && strike->action != FaultAction::Crash && strike->action != FaultAction::Jump;
    const bool at_gateway = strike->seam == Seam::GatewayCall;
    if (at_gateway)
        m_gateway_fault = story.steps.size();
    return unusual(at_gateway ? payer() : groupOrStore(), at_gateway ? gateway : groupOrStore(), Tone::Bad,
                   "fault: " + std::string(strikeWords(strike->action)),
                   "Fault: " + faultWords(strike->seam, strike->action, actor()),
                   "The fault plan struck here, on purpose (" + detail()
                       + (takes_time ? ", for " + milliseconds() : std::string()) + ").");
}

bool Teller::tellGuarantee()
{
    const std::string text = detail();
    const std::string what = text.substr(0, text.find(' '));
    const bool is_off = text.ends_with(" off");
    is_off ? void(m_off.insert(what)) : void(m_off.erase(what));
    const auto guarantee = guaranteeOf(what);
    const std::string words = guarantee ? std::string(guaranteeWords(*guarantee)) : what;
    return unusual(store, store, is_off ? Tone::Bad : Tone::Good, text, "Guarantee switched " + text,
                   is_off ? "From here on the promise that " + words + " keeps does not hold."
                          : "From here on " + words + " keeps its promise again.");
}

} // namespace orderlab
