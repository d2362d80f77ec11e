#include "invariants/facts_records.h"

#include <algorithm>

namespace orderlab {

// Which records there are: found, made and forgotten.

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
        step.order = findRecord(m_order_index, m_orders, entry.order);
        if (step.order == no_record && makes)
            step.order = orderOf(entry.order);
    }
    if (!entry.event.isNull() && namesEvent(entry.kind)) {
        step.event = findRecord(m_event_index, m_events, entry.event);
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
    none.m_entry = m_entry;
    *this = std::move(none);
}

} // namespace orderlab
