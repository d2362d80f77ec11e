#include "invariants/facts.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t looked_at_before_forgetting = 32;

/// Whether `Entry::event` is an event, and whether news of this kind is enough to know of an order or event: a fault
/// may strike an order that is never stored.
bool namesEvent(EntryKind kind)
{
    switch (kind) {
    case EntryKind::OrderAccepted:
    case EntryKind::ClientAsked:
    case EntryKind::ClientAnswered:
    case EntryKind::InvariantViolated: return false;
    default: return true;
    }
}
bool makesRecords(EntryKind kind)
{
    return kind != EntryKind::FaultInjected && kind != EntryKind::ClientAsked && kind != EntryKind::InvariantViolated;
}

/// The record of `id`; no_record where there is none.
template <typename Record>
std::uint32_t find(const PositionTable& index, const std::vector<Record>& records, const Uuid& id)
{
    return index.find(hashValue(id), [&](std::uint32_t at) { return records[at].id == id; });
}

template <typename Record>
std::uint32_t takeRecord(std::vector<Record>& records, std::vector<std::uint32_t>& free)
{
    if (free.empty()) {
        records.emplace_back();
        return std::uint32_t(records.size() - 1);
    }
    const std::uint32_t number = free.back();
    free.pop_back();
    return number;
}

std::uint64_t placeHash(NameId group, NameId topic, std::uint16_t partition)
{
    return hashValue(
        Uuid{(std::uint64_t(group) << 32) | (std::uint64_t(topic) << 16) | partition, 0x9e3779b97f4a7c15ull});
}

} // namespace

void LogFacts::put(std::int64_t offset, At at)
{
    if (offset < 0 || offset < base)
        return;
    if (events.empty() || offset - end() > std::int64_t(events_max)) {
        events.clear();
        base = offset;
    }
    if (offset < end()) {
        if (events[std::size_t(offset - base)].event == no_record)
            events[std::size_t(offset - base)] = at;
        return;
    }
    while (end() < offset)
        events.emplace_back();
    events.push_back(at);
    while (events.size() > events_max) {
        events.pop_front();
        ++base;
    }
}

Step Facts::locate(const Entry& entry, const Names& names)
{
    Step step{entry, names};
    const bool makes = makesRecords(entry.kind);
    if (!entry.order.isNull()) {
        step.order = find(m_order_index, m_orders, entry.order);
        if (step.order == no_record && makes)
            step.order = orderOf(entry.order);
    }
    if (!entry.event.isNull() && namesEvent(entry.kind)) {
        step.event = find(m_event_index, m_events, entry.event);
        if (step.event == no_record && makes && step.order != no_record)
            step.event = eventOf(entry, step.order);
    }
    if (entry.group != 0) {
        step.group = m_roles.group(entry.group, names);
        if (entry.topic != 0 && entry.kind != EntryKind::FaultInjected)
            step.place = placeOf(entry, step.group);
    }
    return step;
}

std::uint32_t Facts::orderOf(const Uuid& id)
{
    makeRoom();
    const std::uint32_t number = takeRecord(m_orders, m_free_orders);
    const std::uint32_t generation = m_orders[number].generation + 1;
    m_orders[number] = OrderFacts{};
    m_orders[number].id = OrderId{id};
    m_orders[number].generation = generation;
    m_order_index.insert(hashValue(id), number);
    m_by_age.push_back(number);
    return number;
}

std::uint32_t Facts::eventOf(const Entry& entry, std::uint32_t order)
{
    const std::uint32_t number = takeRecord(m_events, m_free_events);
    const std::uint32_t generation = m_events[number].generation + 1;
    EventFacts& event = m_events[number] = EventFacts{};
    event.id = EventId{entry.event};
    event.generation = generation;
    event.order = order;
    event.topic = entry.topic;
    event.partition = entry.partition;
    event.next_of_order = m_orders[order].first_event;
    m_orders[order].first_event = number;
    m_event_index.insert(hashValue(entry.event), number);
    return number;
}

std::uint32_t Facts::placeOf(const Entry& entry, std::uint8_t group)
{
    const std::uint64_t hash = placeHash(entry.group, entry.topic, entry.partition);
    const std::uint32_t found = m_place_index.find(hash, [&](std::uint32_t at) {
        const PlaceFacts& place = m_places[at];
        return place.group_name == entry.group && place.topic == entry.topic && place.partition == entry.partition;
    });
    if (found != PositionTable::npos)
        return found;
    m_places.push_back({entry.group, entry.topic, entry.partition, group, logOf(entry.topic, entry.partition)});
    m_place_index.insert(hash, std::uint32_t(m_places.size() - 1));
    return std::uint32_t(m_places.size() - 1);
}

std::uint32_t Facts::logOf(NameId topic, std::uint16_t partition)
{
    const std::uint64_t hash = placeHash(0, topic, partition);
    const std::uint32_t found = m_log_index.find(
        hash, [&](std::uint32_t at) { return m_logs[at].topic == topic && m_logs[at].partition == partition; });
    if (found != PositionTable::npos)
        return found;
    LogFacts log;
    log.topic = topic;
    log.partition = partition;
    m_logs.push_back(std::move(log));
    m_log_index.insert(hash, std::uint32_t(m_logs.size() - 1));
    return std::uint32_t(m_logs.size() - 1);
}

std::uint32_t Facts::eventAt(const PlaceFacts& place, std::int64_t offset) const
{
    const LogFacts& log = m_logs[place.log];
    if (offset < log.base || offset >= log.end())
        return no_record;
    const LogFacts::At at = log.events[std::size_t(offset - log.base)];
    return at.event != no_record && m_events[at.event].generation == at.generation ? at.event : no_record;
}

void Facts::makeRoom()
{
    if (m_by_age.size() < m_options.orders_max || m_by_age.empty())
        return;
    const auto some = m_by_age.begin() + std::ptrdiff_t(std::min(m_by_age.size(), looked_at_before_forgetting));
    auto oldest = std::find_if(m_by_age.begin(), some, [this](std::uint32_t number) {
        return m_orders[number].isFinal() || m_orders[number].accepted_us < 0;
    });
    if (oldest == some)
        oldest = m_by_age.begin();
    const std::uint32_t number = *oldest;
    m_by_age.erase(oldest);
    forget(number);
}

void Facts::forget(std::uint32_t number)
{
    OrderFacts& order = m_orders[number];
    for (std::uint32_t at = order.first_event; at != no_record;) {
        EventFacts& event = m_events[at];
        const std::uint32_t next = event.next_of_order;
        m_event_index.erase(hashValue(event.id), at);
        ++event.generation;
        m_free_events.push_back(at);
        at = next;
    }
    if (order.purchase != no_record) {
        PurchaseFacts& purchase = m_purchases[order.purchase];
        if (purchase.first_order == number)
            purchase.first_order = no_record;
        if (--purchase.orders == 0) {
            m_purchase_index.erase(hashValue(purchase.id), order.purchase);
            m_free_purchases.push_back(order.purchase);
        }
    }
    m_order_index.erase(hashValue(order.id), number);
    m_free_orders.push_back(number);
    ++m_forgotten;
}

void Facts::forgetAll()
{
    FactsOptions options = m_options;
    options.from_start = false;
    Facts none(options);
    none.m_outbox_on = m_outbox_on;
    *this = std::move(none);
}

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
    std::uint32_t number = find(m_purchase_index, m_purchases, id);
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
    const std::uint8_t bit = std::uint8_t(1u << step.group);
    const EventStep what = stepOf(step.entry.kind);
    if (endsAttempt(what) && event.under_way[step.group] > 0)
        --event.under_way[step.group];
    // An attempt may fail after its event was done, as its answer comes too late.
    if (what == EventStep::Failed && event.under_way[step.group] == 0)
        event.under_way[step.group] = 1;
    switch (what) {
    case EventStep::Taken:
        // Another attempt of the one who has it, or a delivery from the retry topic.
        if ((step.entry.attempt <= 1 || step.entry.value == 1) && event.under_way[step.group] < UINT8_MAX)
            ++event.under_way[step.group];
        break;
    case EventStep::Handled:
        if (!(event.handled & bit))
            event.first[step.group] = {step.entry.time_us, step.entry.offset};
        event.handled |= bit;
        event.parked &= std::uint8_t(~bit);
        break;
    case EventStep::Skipped:
        if (step.entry.detail != 0)
            break; // A copy that is addressed to another group: says nothing about what this one has done.
        event.skipped |= bit;
        event.parked &= std::uint8_t(~bit);
        break;
    case EventStep::Parked:
        event.parked |= bit;
        event.was_parked |= bit;
        break;
    case EventStep::Failed:
    case EventStep::Kept: break;
    case EventStep::GivenUp:
    case EventStep::None: takeDeadLetter(step); break;
    }
}

void Facts::takeDeadLetter(const Step& step)
{
    EventFacts& event = m_events[step.event];
    OrderFacts& order = m_orders[step.order];
    const std::uint8_t bit = std::uint8_t(1u << step.group);
    if (step.entry.kind == EntryKind::DeadLettered) {
        event.dead |= bit;
        event.was_dead |= bit;
        event.parked &= std::uint8_t(~bit);
        if (order.dead_us < 0)
            order.dead_us = step.entry.time_us;
    } else if (step.entry.kind == EntryKind::DeadLetterReplayed) {
        event.dead &= std::uint8_t(~bit);
        bool any_dead = false;
        forEachEvent(order, [&](const EventFacts& other) { any_dead |= other.dead != 0; });
        if (!any_dead)
            order.dead_us = -1;
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
        if (entry.kind == EntryKind::DeadLetterReplayed
            || (stepOf(entry.kind) != EventStep::None && stepOf(entry.kind) != EventStep::Kept))
            takeDelivery(step);
        break;
    }
}

} // namespace orderlab
