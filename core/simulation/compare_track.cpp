#include "simulation/compare_track.h"

#include <algorithm>

namespace orderlab {

std::string_view shortGroup(std::string_view group)
{
    return group.substr(group.rfind('.') + 1);
}

RunTrack::RunTrack(const RunJournal& journal) : m_journal(journal), m_orders(journal.purchases.size())
{
    const auto& entries = m_journal.entries;
    const auto begin = std::find_if(entries.begin(), entries.end(), [](const Entry& entry) {
        return entry.kind == EntryKind::ClientAsked || entry.kind == EntryKind::OrderAccepted;
    });
    m_start_us = begin != entries.end() ? begin->time_us : 0;
    m_types.resize(m_journal.names.size());
    for (std::size_t id = 0; id < m_types.size(); ++id) {
        const auto type = eventTypeOf(m_journal.names.text(NameId(id)));
        if (type)
            m_types[id] = *type;
    }
    findOrders();
    for (std::size_t place = 0; place < entries.size(); ++place)
        follow(place);
}

/// Entries of several threads come in any order: an order's others may come before its acceptance.
void RunTrack::findOrders()
{
    std::unordered_map<Uuid, std::size_t, UuidHash> numbers;
    for (std::size_t number = 0; number < m_journal.purchases.size(); ++number) {
        if (!m_journal.purchases[number].isNull())
            numbers.emplace(m_journal.purchases[number], number);
    }
    for (std::size_t place = 0; place < m_journal.entries.size(); ++place) {
        const Entry& accepted = entry(place);
        const auto number = accepted.kind == EntryKind::OrderAccepted ? numbers.find(accepted.event) : numbers.end();
        if (number == numbers.end() || m_places.contains(accepted.order))
            continue;
        auto& orders = m_orders[number->second];
        m_places.emplace(accepted.order, std::pair{number->second, orders.size()});
        orders.emplace_back().id = accepted.order;
        orders.back().accepted = place;
    }
}

const std::vector<OrderTrack>& RunTrack::ordersOf(std::size_t number) const
{
    static const std::vector<OrderTrack> none;
    return number < m_orders.size() ? m_orders[number] : none;
}

void RunTrack::follow(std::size_t place)
{
    const auto found = m_places.find(entry(place).order);
    if (found == m_places.end())
        return;
    OrderTrack& order = m_orders[found->second.first][found->second.second];
    switch (entry(place).kind) {
    case EntryKind::StatusChanged: order.statuses.push_back(place); break;
    case EntryKind::GatewayCharged: order.charges.push_back(place); break;
    case EntryKind::GatewayRefunded: order.refunds.push_back(place); break;
    case EntryKind::GatewayDeclined: order.declines.push_back(place); break;
    default:
        if (entry(place).kind == EntryKind::EventPublished || stepOf(entry(place).kind) != EventStep::None)
            followEvent(order, place);
        break;
    }
}

EventTrack* RunTrack::eventOf(OrderTrack& order, const Entry& entry, EventRef& ref)
{
    const auto type = entry.topic < m_types.size() ? m_types[entry.topic] : std::nullopt;
    if (!type)
        return nullptr;
    for (ref = {*type, 0};; ++ref.number) {
        EventTrack& event = order.events[ref];
        if (event.id.isNull())
            event.id = entry.event;
        if (event.id == entry.event)
            return &event;
    }
}

void RunTrack::followEvent(OrderTrack& order, std::size_t place)
{
    const Entry& told = entry(place);
    EventRef ref;
    EventTrack* event = eventOf(order, told, ref);
    if (!event)
        return;
    if (told.kind == EntryKind::EventPublished) {
        if (event->published.empty())
            order.log.push_back(ref);
        event->published.push_back(place);
        return;
    }
    const std::string_view group = shortGroup(text(told.group));
    Handling& handling = event->groups[group];
    handling.last = place;
    const bool was_settled = handling.isSettled();
    switch (stepOf(told.kind)) {
    case EventStep::None: break;
    case EventStep::Taken:
        if (told.attempt <= 1 && told.value == 0)
            handling.deliveries.push_back(place);
        break;
    case EventStep::Handled: handling.handled.push_back(place); break;
    case EventStep::Skipped: handling.skipped.push_back(place); break;
    case EventStep::Failed: handling.failures.push_back(place); break;
    case EventStep::Kept:
    case EventStep::Parked: handling.retries.push_back(place); break;
    case EventStep::GivenUp:
        order.letters += handling.dead.empty(); // One a group and event.
        handling.dead.push_back(place);
        break;
    }
    if (!was_settled && handling.isSettled())
        order.settled[group].push_back(ref);
}

std::string_view RunTrack::statusOf(const OrderTrack& order) const
{
    if (!order.statuses.empty())
        return text(entry(order.statuses.back()).detail);
    return order.letters > 0 ? "dead-lettered" : under_way;
}

RunCounts RunTrack::counts() const
{
    RunCounts counts;
    const auto countOrder = [&](const OrderTrack& order) {
        const std::string_view status = statusOf(order);
        ++counts.orders;
        ++(status == "paid"            ? counts.paid
           : status == "failed"        ? counts.failed
           : status == "canceled"      ? counts.canceled
           : status == "dead-lettered" ? counts.dead_lettered
                                       : counts.in_flight);
        counts.charges += order.charges.size();
        counts.refunds += order.refunds.size();
        counts.dead_letters += order.letters;
        for (const auto& [ref, event] : order.events) {
            counts.published += event.published.size();
            for (const auto& [group, handling] : event.groups) {
                counts.deliveries += handling.deliveries.size();
                counts.redeliveries +=
                    handling.deliveries.size() - std::min<std::size_t>(handling.deliveries.size(), 1);
                counts.duplicates_skipped += handling.skipped.size();
                counts.retries += handling.retries.size();
            }
        }
    };
    for (const auto& orders : m_orders)
        std::for_each(orders.begin(), orders.end(), countOrder);
    return counts;
}

} // namespace orderlab
