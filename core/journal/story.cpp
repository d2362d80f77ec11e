#include "journal/story.h"

#include "base/money.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace orderlab {

namespace {

constexpr Lifeline api{Lifeline::Kind::Api, 0};
constexpr Lifeline store{Lifeline::Kind::Store, 0};
constexpr Lifeline bus{Lifeline::Kind::Bus, 0};
constexpr Lifeline gateway{Lifeline::Kind::Gateway, 0};

std::string amountText(std::int64_t minor)
{
    return Money{minor, Currency{}}.amountText();
}

/// Tells one entry after the other; what earlier entries said helps to tell later ones.
class Teller {
public:
    explicit Teller(const Names& names) : m_names(names) {}

    void tell(const Entry& entry)
    {
        m_entry = &entry;
        m_topic = m_names.text(entry.topic);
        m_event = m_topic.empty() ? "the event" : m_topic;
        m_group = labelOf(entry.group);
        // Entries of effects name no group; who writes what is fixed by the handlers.
        if (m_group == "payment")
            m_payment = group();
        else if (m_group == "order-status")
            m_status_group = group();
        else if (m_group == "notification")
            m_notifier = group();
        tellOrder() || tellPublishing() || tellDelivery() || tellFailure() || tellGateway() || tellEffects()
            || tellLetters() || tellDisturbance();
    }

    Story story;

private:
    /// Behind the prefix: "payment".
    std::string labelOf(NameId name) const
    {
        const std::string_view text = m_names.text(name);
        return std::string(text.substr(text.rfind('.') + 1)); // npos + 1 is 0
    }
    Lifeline group() const { return {Lifeline::Kind::Group, m_entry->group}; }
    Lifeline groupOrStore() const { return m_entry->group != 0 ? group() : store; }
    /// The gateway is only asked by the payment group; its entries do not name it.
    Lifeline payer() const { return m_payment.group != 0 ? m_payment : store; }
    std::string detail() const { return std::string(m_names.text(m_entry->detail)); }
    std::string actor() const { return std::string(m_names.text(m_entry->actor)); }
    std::string money() const { return amountText(m_entry->value) + ' ' + story.facts.currency; }
    std::string attempt() const { return std::to_string(m_entry->attempt); }
    std::string milliseconds() const { return durationText(std::int64_t(m_entry->value) * 1'000); }
    std::string place() const
    {
        return m_topic + ", " + offset();
    }
    std::string offset() const
    {
        return "partition " + std::to_string(m_entry->partition) + ", offset " + std::to_string(m_entry->offset);
    }
    /// ": reason" or nothing.
    std::string because() const { return m_entry->detail == 0 ? std::string() : " " + capital(detail()) + '.'; }
    static std::string capital(std::string text)
    {
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
            text[0] = char(text[0] - 'a' + 'A');
        while (text.ends_with('.'))
            text.pop_back();
        return text;
    }

    bool add(Lifeline from, Lifeline to, Tone tone, std::string label, std::string title, std::string sentence,
             bool is_unusual = false)
    {
        const auto topic = eventTypeOf(m_topic);
        story.steps.push_back({*m_entry, from, to, tone, is_unusual, std::move(label), std::move(title),
                               std::move(sentence), topic ? std::optional(*topic) : std::nullopt});
        return true;
    }
    bool unusual(Lifeline from, Lifeline to, Tone tone, std::string label, std::string title, std::string sentence)
    {
        return add(from, to, tone, std::move(label), std::move(title), std::move(sentence), true);
    }

    bool tellOrder()
    {
        switch (m_entry->kind) {
        case EntryKind::ClientAsked:
            if (m_entry->attempt > 1) {
                return unusual(api, api, Tone::Waiting, "asked again", "Asked for again",
                               "The customer's program had no answer and asked once more (request " + attempt()
                                   + "), under the same idempotency key.");
            }
            return add(api, api, Tone::Plain, "asked", "Asked for", "The customer's program sent the order.");
        case EntryKind::ClientAnswered:
            return add(api, api, Tone::Good, "answered", "Answered", "The customer knows that the order is accepted.");
        case EntryKind::OrderAccepted: return tellAcceptance();
        case EntryKind::StatusChanged: return tellStatus();
        default: return false;
        }
    }
    bool tellAcceptance()
    {
        const bool is_second = !story.facts.customer.empty();
        story.facts.customer = actor();
        story.facts.currency = detail();
        story.facts.amount_minor = m_entry->value;
        if (!is_second)
            story.facts.accepted_us = m_entry->time_us;
        const std::string what = "The order of " + story.facts.customer + " over " + money();
        if (m_off.contains("outbox")) {
            return unusual(api, store, Tone::Bad, "insert", "Order accepted, without an outbox",
                           what + " became durable, but its OrderCreated event is only in memory: until it is published, a "
                                  "crash loses it.");
        }
        return add(api, store, Tone::Plain, "insert + outbox", "Order accepted",
                   what + " and its OrderCreated event became durable in one transaction. From here on nothing is lost.",
                   is_second);
    }
    bool tellStatus()
    {
        const std::string status = detail();
        const bool was_final = story.facts.status != "created";
        story.facts.status = status;
        const Tone tone = status == "paid" ? Tone::Good : status == "failed" ? Tone::Bad : Tone::Waiting;
        const Lifeline by = status == "canceled" ? api : m_status_group;
        return add(by, store, tone, "status = " + status, "Status: " + status,
                   "The order's row now says " + status
                       + (was_final ? ", although what it said before was final." : "; this is final."),
                   was_final);
    }

    bool tellPublishing()
    {
        switch (m_entry->kind) {
        case EntryKind::EventEmitted: {
            if (m_replaying) {
                return add(store, store, Tone::Plain, "outbox " + m_topic, "In the outbox again: " + m_topic,
                           "The dead letter's event waits for the relay, addressed to the group that failed.", true);
            }
            const bool at_api = m_topic == "order-created" || m_topic == "order-canceled";
            return add(at_api ? store : payer(), store, Tone::Plain, "outbox " + m_topic, "In the outbox: " + m_topic,
                       "The event was stored beside what it tells of, in the same transaction, and waits for the relay.");
        }
        case EntryKind::EventPublished: {
            const bool again = !m_published.insert(m_entry->event).second;
            const bool is_replay = again && m_replaying;
            m_replaying = m_replaying && !is_replay;
            const std::string where = "The relay took the event from the outbox and the log has it: " + place() + ".";
            const std::string label = "relay #" + std::to_string(m_entry->offset);
            if (is_replay)
                return unusual(store, bus, Tone::Waiting, label, "Published for its replay: " + m_topic, where);
            if (again) {
                return unusual(store, bus, Tone::Waiting, label, "Published again: " + m_topic,
                               where + " It had been published before, but the outbox was not told; the inbox of each "
                                       "group keeps it from being done twice.");
            }
            return add(store, bus, Tone::Plain, label, "Published: " + m_topic, where);
        }
        case EntryKind::PublishFailed:
            return unusual(store, store, Tone::Waiting, "not published", "Could not be published",
                           "The log did not take the event; it stays in the outbox and is tried again." + because());
        default: return false;
        }
    }

    bool tellDelivery()
    {
        switch (m_entry->kind) {
        case EntryKind::EventDelivered: {
            const bool again = m_entry->attempt <= 1
                && !m_delivered.insert({m_entry->group, m_entry->event, m_entry->offset}).second;
            const std::string what = actor() + " took " + m_event + " (" + offset() + "), attempt " + attempt() + ".";
            if (again) {
                return unusual(bus, group(), Tone::Waiting, "deliver again", "Delivered again to " + m_group,
                               what + " It had been delivered before, but its offset was not committed since.");
            }
            return add(bus, group(), m_entry->attempt > 1 ? Tone::Waiting : Tone::Plain,
                       m_entry->attempt > 1 ? "attempt " + attempt() : "deliver", "Delivered to " + m_group, what,
                       m_entry->attempt > 1);
        }
        case EntryKind::EventHandled:
            return add(group(), store, Tone::Good, "inbox + effects", "Handled by " + m_group,
                       "The effects of " + m_event
                           + (m_off.contains("inbox") ? " were committed, " : " and its inbox row were committed together, ")
                           + durationText(m_entry->value) + " after delivery."
                           + (m_off.contains("inbox")
                                  ? " With the inbox off nobody would notice if it came again."
                                  : " Should the event come again, the inbox will know it."),
                       m_off.contains("inbox"));
        case EntryKind::DuplicateSkipped: return tellSkipped();
        default: return false;
        }
    }
    bool tellSkipped()
    {
        if (m_entry->detail != 0) {
            return add(bus, group(), Tone::Plain, "not for it", "Passed over by " + m_group,
                       "This copy of " + m_event + " is " + detail() + "; " + m_group + " has nothing to do.");
        }
        ++story.facts.duplicates;
        return unusual(bus, group(), Tone::Waiting, "duplicate skipped", "Duplicate skipped by " + m_group,
                       capital(m_event) + " came a second time; the inbox knew it, so nothing was done.");
    }

    bool tellFailure()
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
                               + " and keeps it in dead letters, so that the events behind it can go on." + because());
        default: return false;
        }
    }

    bool tellGateway()
    {
        switch (m_entry->kind) {
        case EntryKind::GatewayCharged: {
            const bool again = story.facts.charges++ > 0;
            return add(payer(), gateway, again ? Tone::Bad : Tone::Good, amountText(m_entry->value) + " ✓",
                       again ? "Charged again" : "Charged",
                       "The payment gateway took " + money()
                           + (again ? ", and had taken it before: the customer paid twice."
                                    : ". It is outside our transactions: only the payment key keeps a second attempt from "
                                      "charging again."),
                       again);
        }
        case EntryKind::GatewayDeclined:
            return add(payer(), gateway, Tone::Bad, "declined", "Declined",
                       "The payment gateway refused: " + detail() + ". That is an answer, not an error: nothing is retried.");
        case EntryKind::GatewayFailed:
            return unusual(payer(), gateway, Tone::Bad, "no answer", "No answer from the gateway",
                           (story.facts.charges > 0
                                ? std::string("The money had been taken, but we were not told: ")
                                : std::string("Whether the money was taken is unknown: "))
                               + "the same payment key makes a retry safe." + because());
        case EntryKind::GatewayRefunded:
            ++story.facts.refunds;
            return add(payer(), gateway, Tone::Waiting, "refund " + amountText(m_entry->value), "Refunded",
                       "The payment gateway gave " + money() + " back.");
        case EntryKind::CircuitOpened:
            return unusual(payer(), gateway, Tone::Waiting, "circuit open", "Circuit opened",
                           "The gateway failed too often, so that it is left alone for " + milliseconds() + "." + because());
        case EntryKind::CircuitClosed:
            return unusual(payer(), gateway, Tone::Good, "circuit closed", "Circuit closed", "The gateway answers again.");
        default: return false;
        }
    }

    bool tellEffects()
    {
        switch (m_entry->kind) {
        case EntryKind::PaymentRecorded:
            return add(payer(), store, Tone::Plain, "payment " + detail(), "Payment recorded: " + detail(),
                       "Our own record of the payment is durable.");
        case EntryKind::NotificationWritten: {
            const bool again = !m_notified.insert(m_entry->event).second;
            return add(m_notifier, store, again ? Tone::Bad : Tone::Plain, "notification",
                       again ? "Notification written again" : "Notification written",
                       "What would be sent to the customer about " + m_event + " is durable"
                           + (again ? ", for the second time." : "."),
                       again);
        }
        default: return false;
        }
    }

    bool tellLetters()
    {
        switch (m_entry->kind) {
        case EntryKind::DeadLetterReplayed:
            m_replaying = true;
            return unusual(store, group(), Tone::Waiting, "replay", "Dead letter replayed",
                           "Somebody gave " + m_event + (m_entry->detail != 0 ? ", corrected," : "") + " back to " + m_group
                               + ", and to no other group.");
        case EntryKind::DeadLetterDiscarded:
            return unusual(store, store, Tone::Dead, "discarded", "Dead letter discarded",
                           "Somebody decided that " + m_group + " is not to do " + m_event + "; the row stays." + because());
        case EntryKind::InvariantViolated:
            return unusual(store, store, Tone::Bad, "promise broken", "Promise broken: " + detail(),
                           "The invariant " + detail() + " does not hold for this order.");
        default: return false;
        }
    }

    bool tellDisturbance()
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
        case EntryKind::FaultInjected:
            return unusual(groupOrStore(), groupOrStore(), Tone::Bad, "fault " + detail(), "Fault injected: " + detail(),
                           "The fault plan struck here, on purpose.");
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
    bool tellGuarantee()
    {
        const std::string text = detail();
        const std::string what = text.substr(0, text.find(' '));
        const bool is_off = text.ends_with(" off");
        is_off ? void(m_off.insert(what)) : void(m_off.erase(what));
        return unusual(store, store, is_off ? Tone::Bad : Tone::Good, text, "Guarantee switched " + text,
                       is_off ? "From here on the promise that " + what + " keeps does not hold."
                              : "From here on " + what + " keeps its promise again.");
    }

    const Names& m_names;
    const Entry* m_entry = nullptr;
    std::string m_topic, m_event, m_group;
    Lifeline m_payment = store;
    Lifeline m_status_group = store;
    Lifeline m_notifier = store;
    bool m_replaying = false; ///< A dead letter was replayed and is not published yet.
    std::set<Uuid> m_published, m_notified;
    std::set<std::tuple<NameId, Uuid, std::int64_t>> m_delivered;
    std::set<std::string> m_off; ///< Guarantees.
};

} // namespace

std::string durationText(std::int64_t us)
{
    char text[64];
    if (us < 1'000)
        std::snprintf(text, sizeof text, "%lld µs", static_cast<long long>(us));
    else if (us < 100'000)
        std::snprintf(text, sizeof text, us < 10'000 ? "%.1f ms" : "%.0f ms", double(us) / 1e3);
    else if (us < 60'000'000)
        std::snprintf(text, sizeof text, "%.1f s", double(us) / 1e6);
    else
        std::snprintf(text, sizeof text, "%lld min %lld s", static_cast<long long>(us / 60'000'000),
                      static_cast<long long>(us / 1'000'000 % 60));
    return text;
}

Story tellStory(std::span<const Entry> entries, const Names& names)
{
    Teller teller(names);
    if (!entries.empty())
        teller.story.facts.accepted_us = entries.front().time_us;
    for (const Entry& entry : entries)
        teller.tell(entry);
    return std::move(teller.story);
}

std::string storyText(OrderId order, const Story& story)
{
    const StoryFacts& facts = story.facts;
    std::string text = "Order " + order.toString();
    if (!facts.customer.empty())
        text += " of " + facts.customer + ", " + amountText(facts.amount_minor) + ' ' + facts.currency;
    text += ": " + facts.status + ".\n";
    std::size_t unusual = 0;
    for (const StoryStep& step : story.steps) {
        const std::int64_t after_us = step.entry.time_us - facts.accepted_us;
        const std::string after = after_us < 0 ? "-" + durationText(-after_us) : "+" + durationText(after_us);
        std::size_t width = 0; // In characters: "µ" has two bytes.
        for (const char c : after)
            width += (std::uint8_t(c) & 0xc0) != 0x80;
        text += step.is_unusual ? "! " : "  ";
        text += std::string(width < 12 ? 12 - width : 0, ' ') + after + "  " + step.title + ". " + step.sentence + '\n';
        unusual += step.is_unusual;
    }
    text += unusual == 0 ? "Nothing unusual happened.\n"
                         : std::to_string(unusual) + " of " + std::to_string(story.steps.size()) + " steps were unusual (!).\n";
    return text;
}

} // namespace orderlab
