#include "ui/bridge/store_reader.h"

namespace orderlab::ui {

namespace {

constexpr int counts_every_ms = 500;
constexpr int unknown_every_ms = 500;        ///< After the store was away.
constexpr std::size_t unknown_at_once = 256; ///< Orders read one after the other, some ten milliseconds.

} // namespace

void StoreReader::setCounts(const StoreCounts& counts)
{
    m_counts = counts;
    Q_EMIT countsChanged();
}

LabStoreReader::LabStoreReader(LabCore& core, const Session& session, FramePump& frames, QObject* parent)
    : StoreReader(frames, parent), m_core(core), m_session(session), m_receiver(core.answers)
{}

/// Orders that are there before any of this run; they have no entries in its journal.
Task<void> LabStoreReader::readEarlier(Lab& lab, LabStoreReader& reader, std::string cursor, Answers::Reply reply)
{
    const auto page = co_await readStoredOrders(lab, earlier_orders_page, std::move(cursor));
    reply.answer([&reader, page] { reader.takeEarlier(page); });
}

Task<void> LabStoreReader::readUnknown(Lab& lab, LabStoreReader& reader, std::vector<OrderId> ids, Answers::Reply reply)
{
    std::vector<OrderId> asked = ids;
    const auto orders = co_await readOrders(lab, std::move(ids));
    reply.answer([&reader, asked, orders] { reader.takeUnknown(asked, orders); });
}

Task<void> LabStoreReader::count(Lab& lab, LabStoreReader& reader, Answers::Reply reply)
{
    const auto counted = co_await lab.store().counts();
    reply.answer([&reader, counted] {
        reader.m_counts_asked = false;
        if (counted)
            reader.setCounts(*counted);
        else
            reader.m_counts_stale = true;
    });
}

const OrderState* LabStoreReader::findOrder(OrderId id) const
{
    const OrderState* order = m_frames.world().findOrder(id);
    if (order && order->user != 0)
        return order;
    const auto earlier = m_earlier.find(id);
    return earlier == m_earlier.end() ? order : &earlier->second;
}

void LabStoreReader::note(std::span<const Entry> fresh)
{
    m_counts_stale = true;
    m_unknown.note(fresh, m_frames.world());
}

void LabStoreReader::follow()
{
    if (!m_session.isRunning())
        return;
    if (!m_earlier_known)
        askForOlder();
    askForUnknown();
    askForCounts();
}

bool LabStoreReader::hasOlder() const
{
    return m_earlier_known && !m_older.empty() && m_earlier.size() < earlier_orders_max;
}

void LabStoreReader::askForOlder()
{
    const bool due = !m_since_earlier.isValid() || m_since_earlier.hasExpired(unknown_every_ms);
    if (m_earlier_asked || !due || !m_session.isRunning() || (m_earlier_known && !hasOlder()))
        return;
    if (auto reply = m_receiver.ask()) {
        m_earlier_asked = true;
        m_core.tasks.spawn(readEarlier(m_core.lab, *this, m_older, std::move(*reply)));
    }
}

void LabStoreReader::takeEarlier(const Result<StoredPage>& page)
{
    m_earlier_asked = false;
    if (!page) { // The store was away.
        m_since_earlier.start();
        return;
    }
    m_since_earlier.invalidate();
    m_earlier_known = true;
    m_older = page->older;
    for (const OrderState& order : page->orders)
        m_earlier.emplace(order.id, order);
    Q_EMIT earlierOrders(page->orders);
}

void LabStoreReader::askForCounts()
{
    const bool due = !m_since_counts.isValid() || m_since_counts.elapsed() >= counts_every_ms;
    if (!m_counts_stale || m_counts_asked || !due)
        return;
    if (auto reply = m_receiver.ask()) {
        m_counts_asked = true;
        m_counts_stale = false;
        m_since_counts.start();
        m_core.tasks.spawn(count(m_core.lab, *this, std::move(*reply)));
    }
}

void LabStoreReader::askForUnknown()
{
    const bool due = !m_since_unknown.isValid() || m_since_unknown.hasExpired(unknown_every_ms);
    if (m_unknown_asked || !due)
        return;
    std::vector<OrderId> ids = m_unknown.take(unknown_at_once);
    if (ids.empty())
        return;
    if (auto reply = m_receiver.ask()) {
        m_unknown_asked = true;
        m_core.tasks.spawn(readUnknown(m_core.lab, *this, std::move(ids), std::move(*reply)));
    } else {
        m_unknown.giveBack(ids);
    }
}

/// Goes into this window's fold of the journal, not into the journal: there it has never happened in this run.
void LabStoreReader::takeUnknown(const std::vector<OrderId>& asked, const Result<std::vector<OrderState>>& orders)
{
    m_unknown_asked = false;
    if (!orders) { // The store was away.
        m_unknown.giveBack(asked);
        m_since_unknown.start();
        return;
    }
    m_since_unknown.invalidate();
    std::vector<Entry> learned;
    for (const OrderState& stored : *orders) {
        const OrderState* known = m_frames.world().findOrder(stored.id);
        if (!known)
            continue;
        const std::vector<Entry> entries = entriesOf(stored, *known, m_core.lab.journal().names());
        learned.insert(learned.end(), entries.begin(), entries.end());
    }
    if (!learned.empty())
        m_frames.learn(learned);
}

void JournalStoreReader::follow()
{
    const WorldState& world = m_frames.world();
    const Totals& totals = world.totals();
    StoreCounts told;
    told.orders = totals.accepted;
    told.outbox_unpublished = totals.outboxWaiting();
    told.processed_events = totals.handled;
    told.payments = totals.charges;
    told.dead_letters = world.deadLettersWaiting();
    if (told != counts())
        setCounts(told);
}

} // namespace orderlab::ui
