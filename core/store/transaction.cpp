#include "store/transaction.h"

#include "journal/trace_table.h"

#include <algorithm>
#include <set>

namespace orderlab {

namespace {

Entry entryOf(EntryKind kind, TimePoint now, OrderId order, const Uuid& event = {})
{
    Entry entry;
    entry.kind = kind;
    entry.time_us = toMicros(now);
    entry.order = order;
    entry.event = event;
    return entry;
}

std::int32_t journalValue(std::int64_t value)
{
    return std::int32_t(std::clamp<std::int64_t>(value, INT32_MIN, INT32_MAX));
}

/// What a committed write set means, in the journal's words.
std::vector<Entry> entriesOf(const WriteSet& writes, std::span<const Uuid> purchases, Names& names, TimePoint now)
{
    std::vector<Entry> entries;
    entries.reserve(writes.inserted_orders.size() + writes.updated_orders.size() + writes.outbox.size()
                    + writes.inserted_payments.size() + writes.updated_payments.size() + writes.notifications.size());
    for (std::size_t i = 0; i < writes.inserted_orders.size(); ++i) {
        const Order& order = writes.inserted_orders[i];
        Entry entry = entryOf(EntryKind::OrderAccepted, now, order.id, purchases[i]);
        entry.value = journalValue(order.total.amount_minor);
        entry.detail = names.intern(order.total.currency.code());
        entry.actor = names.intern(order.user_id, NameUse::Customer);
        entries.push_back(entry);
    }
    for (const Order& order : writes.updated_orders) {
        Entry entry = entryOf(EntryKind::StatusChanged, now, order.id);
        entry.detail = names.intern(name(order.status));
        entries.push_back(entry);
    }
    for (const auto* payments : {&writes.inserted_payments, &writes.updated_payments}) {
        for (const Payment& payment : *payments) {
            Entry entry = entryOf(EntryKind::PaymentRecorded, now, payment.order);
            entry.detail = names.intern(name(payment.outcome));
            entries.push_back(entry);
        }
    }
    for (const Notification& notification : writes.notifications) {
        Entry entry = entryOf(EntryKind::NotificationWritten, now, notification.order, notification.event);
        entry.topic = names.intern(topicName(notification.about));
        entries.push_back(entry);
    }
    for (const DeadLetter& letter : writes.updated_dead_letters) {
        const bool is_replayed = letter.state == DeadLetterState::Replayed;
        Entry entry = entryOf(is_replayed ? EntryKind::DeadLetterReplayed : EntryKind::DeadLetterDiscarded, now,
                              letter.event.order, letter.event.id);
        entry.group = names.intern(letter.group);
        entry.topic = names.intern(topicName(letter.event.type));
        entry.partition = letter.partition;
        entry.offset = letter.offset;
        if (!is_replayed && !letter.audit.empty())
            entry.detail = names.intern(letter.audit.back().reason, NameUse::Text);
        if (letter.isCorrected())
            entry.detail = names.intern("edited");
        entries.push_back(entry);
    }
    for (const Event& event : writes.outbox) {
        Entry entry = entryOf(EntryKind::EventEmitted, now, event.order, event.id);
        entry.topic = names.intern(topicName(event.type));
        entries.push_back(entry);
    }
    return entries;
}

} // namespace

std::vector<bool> Transaction::assumeUnprocessed(std::string_view group, std::span<const EventId> events)
{
    std::set<Uuid> known;
    for (const InboxRow& row : m_writes.inbox) {
        if (row.group == group)
            known.insert(row.event);
    }
    std::vector<bool> fresh;
    fresh.reserve(events.size());
    for (const EventId& event : events) {
        fresh.push_back(known.insert(event).second);
        if (fresh.back())
            m_writes.inbox.push_back({group, event});
    }
    return fresh;
}

Task<Result<std::optional<std::string>>> Transaction::readState(WorkerStateKey key)
{
    {
        const WorkerStateChange& change = m_writes.worker_state[key];
        if (change.is_written)
            co_return change.value;
        if (change.was_read)
            co_return change.read;
    }
    auto found = co_await findState(key);
    if (!found)
        co_return found;
    WorkerStateChange& change = m_writes.worker_state[key];
    if (change.is_written) // Meanwhile, for another event of the batch.
        co_return change.value;
    change.was_read = true;
    change.read = *found;
    co_return found;
}

void Transaction::writeState(WorkerStateKey key, std::optional<std::string> value, TimePoint now)
{
    WorkerStateChange& change = m_writes.worker_state[std::move(key)];
    change.is_written = true;
    change.value = std::move(value);
    change.updated_at = now;
    ++change.writes;
}

std::uint32_t Transaction::stateWrites(const WorkerStateKey& key) const
{
    const auto found = m_writes.worker_state.find(key);
    return found == m_writes.worker_state.end() ? 0 : found->second.writes;
}

void Transaction::insertDeadLetter(DeadLetter letter)
{
    if (!letter.event.undecodable)        // Then it is a header like any other, and kept.
        setTargetGroup(letter.event, {}); // Of a replay; the letter itself knows its group.
    if (letter.attempts_made.size() > DeadLetter::attempts_kept_max) {
        letter.attempts_made.erase(letter.attempts_made.begin(),
                                   letter.attempts_made.end() - std::ptrdiff_t(DeadLetter::attempts_kept_max));
    }
    m_writes.dead_letters.push_back(std::move(letter));
}

void Transaction::addAnalytics(const AnalyticsBucket& delta)
{
    for (AnalyticsBucket& bucket : m_writes.analytics) {
        if (bucket.minute == delta.minute && bucket.currency == delta.currency)
            return bucket.add(delta);
    }
    m_writes.analytics.push_back(delta);
}

Task<Result<void>> Transaction::commit(TimePoint now)
{
    // Before the writes are given away; dropped if they do not become durable.
    const std::vector<Entry> entries = entriesOf(m_writes, m_purchases, m_journal.names(), now);
    if (TraceTable& traces = m_journal.traces(); traces.isOn()) {
        for (const Event& event : m_writes.outbox)
            traces.noteEvent(event);
    }
    auto committed = co_await commitWrites(m_writes);
    if (committed)
        m_journal.append(entries);
    co_return committed;
}

} // namespace orderlab
