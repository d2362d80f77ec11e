#include "ui/bridge/stored_orders.h"

namespace orderlab::ui {

namespace {

/// UUIDv7: the id holds when the order was accepted, in milliseconds. The row's created_at is what an import says.
std::int64_t acceptedAt(const Order& order)
{
    const bool is_version_7 = (order.id.high >> 12 & 0xf) == 7;
    return is_version_7 ? std::int64_t(order.id.high >> 16) * 1'000 : toMicros(order.created_at);
}

OrderState stateOf(const Order& order, Names& names)
{
    OrderState state;
    state.id = order.id;
    state.accepted_us = acceptedAt(order);
    state.updated_us = toMicros(order.updated_at);
    state.final_us = isFinal(order.status) ? state.updated_us : 0;
    state.amount_minor = order.total.amount_minor;
    state.user = names.intern(order.user_id, NameUse::Customer);
    state.currency = names.intern(order.total.currency.code());
    state.status = order.status;
    return state;
}

Task<std::unordered_set<Uuid, UuidHash>> ordersWithLetters(Lab& lab)
{
    std::unordered_set<Uuid, UuidHash> orders;
    for (const DeadLetterState state : {DeadLetterState::Waiting, DeadLetterState::Discarded}) {
        DeadLetterQuery query;
        query.filter.state = state;
        query.limit = 500;
        const auto page = co_await lab.store().queryDeadLetters(std::move(query));
        if (!page)
            continue;
        for (const DeadLetter& letter : page->letters)
            orders.insert(letter.event.order);
    }
    co_return orders;
}

} // namespace

Task<Result<StoredPage>> readStoredOrders(Lab& lab, std::size_t limit, std::string cursor)
{
    OrderQuery query;
    query.limit = limit;
    query.cursor = std::move(cursor);
    const auto page = co_await lab.orders().list(std::move(query));
    if (!page)
        co_return page.error();
    StoredPage stored;
    stored.older = page->next_cursor;
    const auto with_letters = co_await ordersWithLetters(lab);
    for (auto order = page->orders.rbegin(); order != page->orders.rend(); ++order) {
        stored.orders.push_back(stateOf(*order, lab.journal().names()));
        stored.orders.back().dead_letters = with_letters.contains(order->id) ? 1 : 0;
    }
    co_return stored;
}

Task<Result<std::vector<OrderState>>> readOrders(Lab& lab, std::vector<OrderId> ids)
{
    std::vector<OrderState> orders;
    for (const OrderId& id : ids) {
        const auto order = co_await lab.store().findOrder(id);
        if (!order)
            co_return order.error();
        if (*order)
            orders.push_back(stateOf(**order, lab.journal().names()));
    }
    co_return orders;
}

std::vector<Entry> entriesOf(const OrderState& stored, const OrderState& known, Names& names)
{
    std::vector<Entry> entries;
    Entry entry;
    entry.order = stored.id;
    if (known.user == 0) {
        entry.kind = EntryKind::OrderAccepted;
        entry.time_us = stored.accepted_us;
        entry.actor = stored.user;
        entry.detail = stored.currency;
        entry.value = std::int32_t(std::min<std::int64_t>(stored.amount_minor, INT32_MAX));
        entries.push_back(entry);
    }
    if (isFinal(stored.status) && !isFinal(known.status)) {
        entry.kind = EntryKind::StatusChanged;
        entry.time_us = stored.updated_us;
        entry.actor = 0;
        entry.value = 0;
        entry.detail = names.intern(name(stored.status));
        entries.push_back(entry);
    }
    return entries;
}

void UnknownOrders::note(std::span<const Entry> fresh, const WorldState& world)
{
    if (m_asked.size() > asked_max)
        m_asked.clear();
    for (const Entry& entry : fresh) {
        if (entry.kind == EntryKind::EntriesMissed) { // Some may have ended there.
            for (const OrderState& order : world.orders()) {
                if (!isFinal(order.status) && m_waiting.size() < asked_max)
                    m_waiting.push_back(order.id);
            }
        }
        if (entry.order.isNull())
            continue;
        const OrderState* order = world.findOrder(OrderId(entry.order));
        if (order && order->user == 0 && m_waiting.size() < asked_max && m_asked.insert(entry.order).second)
            m_waiting.push_back(order->id);
    }
}

std::vector<OrderId> UnknownOrders::take(std::size_t max)
{
    const auto end = m_waiting.begin() + std::ptrdiff_t(std::min(max, m_waiting.size()));
    std::vector<OrderId> taken(m_waiting.begin(), end);
    m_waiting.erase(m_waiting.begin(), end);
    return taken;
}

void UnknownOrders::giveBack(const std::vector<OrderId>& orders)
{
    m_waiting.insert(m_waiting.begin(), orders.begin(), orders.end());
}

} // namespace orderlab::ui
