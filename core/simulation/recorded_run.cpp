#include "simulation/recorded_run.h"

#include "domain/order.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace orderlab {

namespace {

constexpr std::string_view nameless_customer = "(another customer)"; // See Names.

} // namespace

RecordedRun::RecordedRun(const Recording& r) : recording(r)
{
    read();
    sort();
    count();
}

void RecordedRun::read()
{
    for (const Entry& entry : recording.entries) {
        switch (entry.kind) {
        case EntryKind::ClientAsked: purchase(entry.event, entry.time_us).was_asked = true; break;
        case EntryKind::OrderAccepted: readOrder(entry); break;
        case EntryKind::EntriesMissed:
            ++gaps;
            missed += std::uint64_t(std::max(entry.value, 0));
            break;
        default: break;
        }
    }
    std::unordered_set<Uuid, UuidHash> unknown;
    for (const Entry& entry : recording.entries) { // Threads may tell an order's others before its acceptance.
        if (entry.order.isNull())
            continue;
        const auto found = m_by_order.find(entry.order);
        if (found == m_by_order.end()) {
            if (stepOf(entry.kind) != EventStep::None || entry.kind == EntryKind::StatusChanged)
                unknown.insert(entry.order);
            continue;
        }
        Purchase& of = purchases[found->second];
        if (entry.kind == EntryKind::ClientAnswered && of.answered_us < 0)
            of.answered_us = entry.time_us;
        if (entry.kind == EntryKind::StatusChanged && text(entry.detail) == name(OrderStatus::Canceled))
            of.canceled_us = entry.time_us;
    }
    without_beginning = unknown.size();
}

RecordedRun::Purchase& RecordedRun::purchase(Uuid purchase_name, std::int64_t at_us)
{
    const auto [found, is_new] = m_by_name.emplace(purchase_name, purchases.size());
    if (is_new) {
        purchases.emplace_back().name = purchase_name;
        purchases.back().at_us = at_us;
    }
    return purchases[found->second];
}

/// One purchase may have become several orders: it is bought once.
void RecordedRun::readOrder(const Entry& entry)
{
    Purchase& of = purchase(entry.event.isNull() ? entry.order : entry.event, entry.time_us);
    m_by_order.emplace(entry.order, std::size_t(&of - purchases.data()));
    if (std::exchange(of.is_accepted, true))
        return;
    of.customer = entry.actor;
    of.amount_minor = entry.value;
    of.currency = entry.detail;
}

/// By time, without those that were never accepted; the places follow.
void RecordedRun::sort()
{
    std::vector<Purchase> sorted;
    for (const Purchase& one : purchases) {
        never_accepted += !one.is_accepted;
        if (one.is_accepted)
            sorted.push_back(one);
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Purchase& a, const Purchase& b) { return a.at_us < b.at_us; });
    Places places;
    for (std::size_t i = 0; i < sorted.size(); ++i)
        places.emplace(sorted[i].name, i);
    for (Places* map : {&m_by_name, &m_by_order}) {
        std::erase_if(*map, [&](const auto& item) { return !purchases[item.second].is_accepted; });
        for (auto& [id, place] : *map)
            place = places.at(purchases[place].name);
    }
    purchases = std::move(sorted);
}

void RecordedRun::count()
{
    std::set<NameId> all;
    unnamed = 0;
    for (const Purchase& one : purchases) {
        all.insert(one.customer);
        unnamed += text(one.customer) == nameless_customer;
    }
    customers = all.size();
}

void RecordedRun::keepFirst(std::size_t kept)
{
    if (kept >= purchases.size())
        return;
    purchases.resize(kept);
    for (Places* map : {&m_by_name, &m_by_order})
        std::erase_if(*map, [&](const auto& item) { return item.second >= kept; });
    count();
}

const RecordedRun::Purchase* RecordedRun::purchaseOf(const Entry& entry) const
{
    if (const auto found = m_by_order.find(entry.order); found != m_by_order.end())
        return &purchases[found->second];
    const auto found = m_by_name.find(entry.event);
    return found == m_by_name.end() ? nullptr : &purchases[found->second];
}

} // namespace orderlab
