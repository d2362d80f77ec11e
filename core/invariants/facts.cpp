#include "invariants/facts_records.h"

#include <algorithm>

namespace orderlab {

// What entries say about the records.

void Facts::accept(const Step& step)
{
    ++m_accepted;
    OrderFacts& order = m_orders[step.order];
    if (order.accepted_us >= 0)
        return;
    order.accepted_us = step.entry.time_us;
    order.accepted_without_outbox = !m_outbox_on;
    if (!step.entry.event.isNull())
        joinPurchase(step);
}

void Facts::joinPurchase(const Step& step)
{
    const Uuid& id = step.entry.event;
    std::uint32_t number = findRecord(m_purchase_index, m_purchases, id);
    if (number == no_record) {
        number = takeRecord(m_purchases, m_free_purchases);
        m_purchases[number] = PurchaseFacts{};
        m_purchases[number].id = id;
        m_purchases[number].first_order = step.order;
        m_purchase_index.insert(hashValue(id), number);
    }
    ++m_purchases[number].orders;
    m_purchases[number].net_charges += m_orders[step.order].net_charges; // of an order known before its acceptance
    m_orders[step.order].purchase = number;
}

void Facts::publish(const Step& step)
{
    EventFacts& event = m_events[step.event];
    const Entry& entry = step.entry;
    if (event.publications < UINT16_MAX)
        ++event.publications;
    event.topic = entry.topic;
    event.partition = entry.partition;
    event.last_offset = entry.offset;
    if (event.published_us < 0) {
        event.published_us = entry.time_us;
        event.first_offset = entry.offset;
    }
    m_logs[logOf(entry.topic, entry.partition)].put(entry.offset, {step.event, event.generation});
    OrderFacts& order = m_orders[step.order];
    if (order.created_published_us < 0 && role(step, entry.topic).topic == std::int8_t(EventType::OrderCreated))
        order.created_published_us = entry.time_us;
}

/// What a group did with an event.
void Facts::takeDelivery(const Step& step)
{
    EventFacts& event = m_events[step.event];
    if (step.place != no_record)
        m_logs[m_places[step.place].log].put(step.entry.offset, {step.event, event.generation});
    if (step.group >= NameRoles::groups_max)
        return;
    const EventProgress progress = progressOf(step.entry);
    takeHold(event.under_way[step.group], progress.hold);
    takeOutcome(step, progress);
}

/// Counts deliveries that were begun and not ended; those of killed workers are never ended.
void Facts::takeHold(std::uint8_t& under_way, EventProgress::Hold hold)
{
    switch (hold) {
    case EventProgress::Hold::Taken:
        if (under_way < UINT8_MAX)
            ++under_way;
        break;
    case EventProgress::Hold::Released:
        if (under_way > 0)
            --under_way;
        break;
    case EventProgress::Hold::Failed: // Maybe after its event was done, as its answer comes too late.
        under_way = std::max<std::uint8_t>(under_way, 1);
        break;
    case EventProgress::Hold::Again:
    case EventProgress::Hold::Kept:
    case EventProgress::Hold::Same: break;
    }
}

void Facts::takeOutcome(const Step& step, EventProgress progress)
{
    EventFacts& event = m_events[step.event];
    OrderFacts& order = m_orders[step.order];
    const std::uint8_t bit = std::uint8_t(1u << step.group);
    if (progress.isSettled())
        event.parked &= std::uint8_t(~bit);
    switch (progress.outcome) {
    case EventProgress::Outcome::Handled:
        if (!(event.handled & bit))
            event.first[step.group] = {step.entry.time_us, step.entry.offset};
        event.handled |= bit;
        break;
    case EventProgress::Outcome::Skipped: event.skipped |= bit; break;
    case EventProgress::Outcome::Parked:
        event.parked |= bit;
        event.was_parked |= bit;
        break;
    case EventProgress::Outcome::GivenUp:
        event.dead |= bit;
        event.was_dead |= bit;
        if (order.dead_us < 0)
            order.dead_us = step.entry.time_us;
        break;
    case EventProgress::Outcome::Replayed: {
        event.dead &= std::uint8_t(~bit);
        bool any_dead = false;
        forEachEvent(order, [&](const EventFacts& other) { any_dead |= other.dead != 0; });
        if (!any_dead)
            order.dead_us = -1;
        break;
    }
    case EventProgress::Outcome::NotOurs:
    case EventProgress::Outcome::None: break;
    }
}

void Facts::charge(const Step& step, std::int32_t by)
{
    OrderFacts& order = m_orders[step.order];
    order.net_charges += by;
    if (by > 0)
        order.charged_us = step.entry.time_us;
    if (order.purchase != no_record)
        m_purchases[order.purchase].net_charges += by;
}

void Facts::take(const Step& step)
{
    const Entry& entry = step.entry;
    if (entry.kind == EntryKind::GuaranteeSwitched) {
        const NameRoles::Role& switched = role(step, entry.detail);
        if (switched.guarantee == std::int8_t(Guarantee::Outbox))
            m_outbox_on = switched.guarantee_on;
        return;
    }
    if (step.order == no_record)
        return;
    OrderFacts& order = m_orders[step.order];
    if (entry.kind != EntryKind::InvariantViolated)
        order.last_us = std::max(order.last_us, entry.time_us);
    if (entry.kind == EntryKind::RetryScheduled || entry.kind == EntryKind::EventParked)
        order.waits_until_us = std::max(order.waits_until_us, entry.time_us + std::int64_t{entry.value} * 1'000);
    switch (entry.kind) {
    case EntryKind::OrderAccepted: accept(step); return;
    case EntryKind::ClientAnswered: order.answered_us = entry.time_us; return;
    case EntryKind::GatewayCharged: charge(step, 1); return;
    case EntryKind::GatewayRefunded: charge(step, -1); return;
    case EntryKind::StatusChanged:
        if (const std::int8_t status = role(step, entry.detail).status; status >= 0) {
            order.status = OrderStatus(status);
            order.statuses_seen |= std::uint8_t(1u << unsigned(status));
            order.status_us = entry.time_us;
        }
        return;
    case EntryKind::PaymentRecorded:
        if (order.payment_us < 0 && role(step, entry.detail).is_succeeded)
            order.payment_us = entry.time_us;
        return;
    default: break;
    }
    if (step.event == no_record)
        return;
    switch (entry.kind) {
    case EntryKind::EventEmitted: m_events[step.event].emitted_us = entry.time_us; break;
    case EntryKind::EventPublished: publish(step); break;
    case EntryKind::NotificationWritten: m_events[step.event].notified_us = entry.time_us; break;
    default:
        if (const EventProgress progress = progressOf(entry);
            progress.isAny() && progress.hold != EventProgress::Hold::Kept)
            takeDelivery(step);
        break;
    }
}

} // namespace orderlab
