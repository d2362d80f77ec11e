#include "journal/story_teller.h"

#include <algorithm>

namespace orderlab {

void Teller::tell(const Entry& entry, NameId emitter)
{
    m_entry = &entry;
    m_emitter = emitter;
    m_topic = m_names.text(entry.topic);
    m_event = m_topic.empty() ? "the event" : m_topic;
    m_group = labelOf(entry.group);
    // Entries of effects name no group; who writes what is fixed by the handlers.
    if (m_group == group_roles.pays)
        m_payment = group();
    else if (m_group == group_roles.moves_orders)
        m_status_group = group();
    else if (m_group == group_roles.notifies)
        m_notifier = group();
    tellOrder() || tellPublishing() || tellDelivery() || tellFailure() || tellGateway() || tellGatewayFailure()
        || tellEffects() || tellLetters() || tellDisturbance();
}

/// ": reason" or nothing.
std::string Teller::because() const
{
    std::string text;
    if (m_entry->detail != 0)
        text.append(" ").append(capital(detail())).append(".");
    return text;
}

std::string Teller::capital(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = char(text[0] - 'a' + 'A');
    while (text.ends_with('.'))
        text.pop_back();
    return text;
}

bool Teller::add(Lifeline from, Lifeline to, Tone tone, std::string label, std::string title, std::string sentence,
                 bool is_unusual)
{
    const auto topic = eventTypeOf(m_topic);
    story.steps.push_back({*m_entry, from, to, tone, is_unusual, std::move(label), std::move(title),
                           std::move(sentence), topic ? std::optional(*topic) : std::nullopt});
    return true;
}

bool Teller::unusual(Lifeline from, Lifeline to, Tone tone, std::string label, std::string title, std::string sentence)
{
    return add(from, to, tone, std::move(label), std::move(title), std::move(sentence), true);
}

bool Teller::tellOrder()
{
    switch (m_entry->kind) {
    case EntryKind::ClientAsked: return tellAsked();
    case EntryKind::ClientAnswered:
        return add(api, api, Tone::Good, "answered", "Answered", "The customer knows that the order is accepted.");
    case EntryKind::OrderAccepted: return tellAcceptance();
    case EntryKind::StatusChanged: return tellStatus();
    default: return false;
    }
}

bool Teller::tellAsked()
{
    if (m_entry->attempt <= 1)
        return add(api, api, Tone::Plain, "asked", "Asked for", "The customer's program sent the order.");
    return unusual(api, api, Tone::Waiting, "asked again", "Asked for again",
                   "The customer's program had no answer and asked once more (request " + attempt() + ")"
                       + (isOff("idempotency-key") ? "; with the idempotency key off this is one more order."
                                                   : ", under the same idempotency key."));
}

bool Teller::tellAcceptance()
{
    const bool is_second = !story.facts.customer.empty();
    story.facts.customer = actor();
    story.facts.currency = detail();
    story.facts.amount_minor = m_entry->value;
    if (!is_second)
        story.facts.accepted_us = std::min(story.facts.accepted_us, m_entry->time_us);
    const std::string what = "The order of " + story.facts.customer + " over " + money();
    if (isOff("outbox")) {
        return unusual(api, store, Tone::Bad, "insert", "Order accepted, without an outbox",
                       what
                           + " became durable, but its OrderCreated event is only in memory: until it is published, a "
                             "crash loses it.");
    }
    return add(api, store, Tone::Plain, "insert + outbox", "Order accepted",
               what + " and its OrderCreated event became durable in one transaction. From here on nothing is lost.",
               is_second);
}

bool Teller::tellStatus()
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

/// What the API and the payment group emit is fixed; other groups are found by what is told next.
Lifeline Teller::emitter() const
{
    const auto type = eventTypeOf(m_topic);
    if (type == EventType::OrderCreated || type == EventType::OrderCanceled)
        return store;
    if (type == EventType::PaymentSucceeded || type == EventType::PaymentFailed || type == EventType::PaymentRefunded)
        return payer();
    return m_emitter != 0 ? Lifeline{Lifeline::Kind::Group, m_emitter} : store;
}

bool Teller::tellPublishing()
{
    switch (m_entry->kind) {
    case EntryKind::EventEmitted: {
        if (m_replaying) {
            return add(store, store, Tone::Plain, "outbox " + m_topic, "In the outbox again: " + m_topic,
                       "The dead letter's event waits for the relay, addressed to the group that failed.", true);
        }
        return add(emitter(), store, Tone::Plain, "outbox " + m_topic, "In the outbox: " + m_topic,
                   "The event was stored beside what it tells of, in the same transaction, and waits for the relay.");
    }
    case EntryKind::EventPublished: return tellPublished();
    case EntryKind::PublishFailed:
        return unusual(store, store, Tone::Waiting, "not published", "Could not be published",
                       "The log did not take the event; it stays in the outbox and is tried again." + because());
    default: return false;
    }
}

bool Teller::tellPublished()
{
    const bool again = !m_published.insert(m_entry->event).second;
    const bool is_replay = again && m_replaying;
    m_replaying = m_replaying && !is_replay;
    const std::string where = "The relay took the event from the outbox and the log has it: " + place() + ".";
    const std::string label = "relay #" + std::to_string(m_entry->offset);
    if (is_replay)
        return unusual(store, bus, Tone::Waiting, label, "Published for its replay: " + m_topic, where);
    if (again) {
        return unusual(store, bus, Tone::Waiting, label, "Published again: " + m_topic,
                       where + " It had been published before, but the outbox was not told; "
                           + (isOff("inbox") ? "with the inbox off every group does it twice."
                                             : "the inbox of each group keeps it from being done twice."));
    }
    return add(store, bus, Tone::Plain, label, "Published: " + m_topic, where);
}

bool Teller::tellDelivery()
{
    switch (m_entry->kind) {
    case EntryKind::EventDelivered: {
        m_gateway_fault = m_group == group_roles.pays ? SIZE_MAX : m_gateway_fault;
        const bool again =
            m_entry->attempt <= 1 && !m_delivered.insert({m_entry->group, m_entry->event, m_entry->offset}).second;
        const std::string what = actor() + " took " + m_event + " (" + offset() + "), attempt " + attempt() + ".";
        if (again) {
            return unusual(bus, group(), Tone::Waiting, "deliver again", "Delivered again to " + m_group,
                           what + " It had been delivered before, but its offset was not committed since.");
        }
        return add(bus, group(), m_entry->attempt > 1 ? Tone::Waiting : Tone::Plain,
                   m_entry->attempt > 1 ? "attempt " + attempt() : "deliver", "Delivered to " + m_group, what,
                   m_entry->attempt > 1);
    }
    case EntryKind::EventHandled: return tellHandled();
    case EntryKind::DuplicateSkipped: return tellSkipped();
    default: return false;
    }
}

bool Teller::tellHandled()
{
    const bool is_alone = isOff("inbox");
    return add(group(), store, Tone::Good, is_alone ? "effects" : "inbox + effects", "Handled by " + m_group,
               "The effects of " + m_event
                   + (is_alone ? " were committed, " : " and its inbox row were committed together, ")
                   + durationText(m_entry->value) + " after delivery."
                   + (is_alone ? " With the inbox off nobody would notice if it came again."
                               : " Should the event come again, the inbox will know it."),
               is_alone);
}

bool Teller::tellSkipped()
{
    if (m_entry->detail != 0) {
        return add(bus, group(), Tone::Plain, "not for it", "Passed over by " + m_group,
                   "This copy of " + m_event + " is " + detail() + "; " + m_group + " has nothing to do.");
    }
    ++story.facts.duplicates;
    return unusual(bus, group(), Tone::Waiting, "duplicate skipped", "Duplicate skipped by " + m_group,
                   capital(m_event) + " came a second time; the inbox knew it, so nothing was done.");
}

bool Teller::tellGateway()
{
    switch (m_entry->kind) {
    case EntryKind::GatewayCharged: {
        const bool again = story.facts.charges++ > 0;
        const std::string outside =
            ". It is outside our transactions: "
            + std::string(isOff("payment-key")
                              ? "with the payment key off nothing keeps a second attempt from charging again."
                              : "only the payment key keeps a second attempt from charging again.");
        return add(payer(), gateway, again ? Tone::Bad : Tone::Good, amountText(m_entry->value) + " ✓",
                   again ? "Charged again" : "Charged",
                   "The payment gateway took " + money()
                       + (again ? ", and had taken it before: the customer paid twice." : outside),
                   again);
    }
    case EntryKind::GatewayDeclined:
        return add(payer(), gateway, Tone::Bad, "declined", "Declined",
                   "The payment gateway refused: " + detail()
                       + ". That is an answer, not an error: nothing is retried.");
    case EntryKind::GatewayRefunded:
        ++story.facts.refunds;
        return add(payer(), gateway, Tone::Waiting, "refund " + amountText(m_entry->value), "Refunded",
                   "The payment gateway gave " + money() + " back.");
    default: return false;
    }
}

bool Teller::tellEffects()
{
    switch (m_entry->kind) {
    case EntryKind::PaymentRecorded:
        return add(payer(), store, Tone::Plain, "payment " + detail(), "Payment recorded: " + detail(),
                   "Our own record of the payment is durable.");
    case EntryKind::NotificationWritten: {
        const bool again = !m_notified.insert(m_entry->event).second;
        return add(m_notifier, store, again ? Tone::Bad : Tone::Plain, "notification row",
                   again ? "Notification written again" : "Notification written",
                   "What would be sent to the customer about " + m_event + " is durable"
                       + (again ? ", for the second time." : "."),
                   again);
    }
    default: return false;
    }
}

} // namespace orderlab
