#include "memory_store/memory_tables.h"

#include <algorithm>
#include <bitset>

namespace orderlab {

namespace {

Error conflict(std::string message)
{
    return {ErrorCode::Conflict, Retry::Now, std::move(message), {}};
}
Error alreadyExists(std::string message)
{
    return {ErrorCode::AlreadyExists, Retry::Never, std::move(message), {}};
}

bool isSame(std::string_view a, std::string_view b)
{
    return (a.data() == b.data() && a.size() == b.size()) || a == b;
}

} // namespace

MemoryInbox& MemoryTables::inboxOf(std::string_view group)
{
    const MutexLock guard(m_inboxes_mutex);
    auto found = m_inboxes.find(group);
    if (found == m_inboxes.end())
        found = m_inboxes.emplace(std::string(group), std::make_unique<MemoryInbox>(m_arena)).first;
    return *found->second;
}

Result<void> MemoryTables::write(WriteSet& writes, std::span<const Payment> payments_read)
{
    const InboxRuns runs = inboxRuns(writes);
    const Locks locks = lockAllThatIsWritten(writes, runs);
    ORDERLAB_TRY(return, check(writes, runs, payments_read));
    apply(writes, runs);
    return {};
}

/// Before any other lock is taken: the table of inboxes has one of its own.
MemoryTables::InboxRuns MemoryTables::inboxRuns(const WriteSet& writes)
{
    InboxRuns runs;
    const std::span<const InboxRow> rows(writes.inbox);
    for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
        while (end < rows.size() && isSame(rows[end].group, rows[begin].group))
            ++end;
        runs.push_back({&inboxOf(rows[begin].group), rows.subspan(begin, end - begin)});
    }
    return runs;
}

/// Locks in one order (orders, payments, inboxes by address, notifications, effects), so that transactions never wait
/// for each other in a ring.
MemoryTables::Locks MemoryTables::lockAllThatIsWritten(const WriteSet& writes, const InboxRuns& runs)
{
    std::bitset<shard_count> order_shards, payment_shards;
    for (const auto* rows : {&writes.inserted_orders, &writes.updated_orders}) {
        for (const Order& order : *rows)
            order_shards.set(shardOf(order.id));
    }
    for (const auto* rows : {&writes.inserted_payments, &writes.updated_payments}) {
        for (const Payment& payment : *rows)
            payment_shards.set(shardOf(payment.order));
    }
    Locks locks;
    for (std::size_t i = 0; i < shard_count; ++i) {
        if (order_shards[i])
            locks.emplace_back(orders[i].mutex);
    }
    for (std::size_t i = 0; i < shard_count; ++i) {
        if (payment_shards[i])
            locks.emplace_back(payments[i].mutex);
    }
    boost::container::small_vector<MemoryInbox*, 4> inboxes;
    for (const InboxRun& run : runs)
        inboxes.push_back(run.inbox);
    std::sort(inboxes.begin(), inboxes.end());
    const auto inboxes_end = std::unique(inboxes.begin(), inboxes.end());
    for (auto inbox = inboxes.begin(); inbox != inboxes_end; ++inbox)
        locks.emplace_back((*inbox)->mutex);
    if (!writes.notifications.empty())
        locks.emplace_back(notifications.mutex);
    if (!writes.analytics.empty() || !writes.dead_letters.empty() || !writes.updated_dead_letters.empty()
        || !writes.parked.empty() || !writes.unparked.empty() || !writes.answers.empty()
        || !writes.worker_state.empty())
        locks.emplace_back(effects.mutex);
    return locks;
}

Result<void> MemoryTables::check(const WriteSet& writes, const InboxRuns& runs, std::span<const Payment> payments_read)
{
    for (const Order& order : writes.inserted_orders) {
        if (ordersOf(order.id).rows.find(order.id))
            return alreadyExists("there is an order with this id");
    }
    for (const Order& order : writes.updated_orders) {
        const Order* row = ordersOf(order.id).rows.find(order.id);
        if (!row || row->version != order.version - 1)
            return conflict("the order was changed meanwhile");
    }
    for (const Payment& payment : writes.inserted_payments) {
        if (paymentsOf(payment.order).rows.find(payment.order))
            return conflict("the order's payment was recorded meanwhile");
    }
    for (const Payment& payment : writes.updated_payments) {
        const Payment* row = paymentsOf(payment.order).rows.find(payment.order);
        const auto read = std::find_if(payments_read.begin(), payments_read.end(),
                                       [&](const Payment& p) { return p.order == payment.order; });
        if (!row || (read != payments_read.end() && *read != *row))
            return conflict("the order's payment was changed meanwhile");
    }
    for (const InboxRun& run : runs) {
        for (const InboxRow& row : run.rows) {
            if (run.inbox->contains(row.event))
                return conflict("the event was processed meanwhile");
        }
    }
    for (const DeadLetter& letter : writes.updated_dead_letters) {
        const auto row = effects.dead_letters.find(letter.id);
        if (row == effects.dead_letters.end() || row->second.state != DeadLetterState::Waiting
            || row->second.created_at != letter.created_at)
            return conflict("the dead letter was changed meanwhile");
    }
    for (const ParkedEvent& parked : writes.parked) {
        const auto group = effects.parked.find(parked.group);
        const bool waits = group != effects.parked.end() && group->second.isBehindOrDone(parked);
        if (parked.is_again && !waits)
            return alreadyExists("the event was done, given up or tried more often meanwhile");
    }
    for (const IdempotencyRecord& answer : writes.answers) {
        if (effects.answers.contains(answer.key))
            return alreadyExists("the idempotency key is taken");
    }
    for (const auto& [key, change] : writes.worker_state) {
        if (change.is_written && change.was_read && effects.stateOf(key) != change.read)
            return conflict("the worker's state was changed meanwhile");
    }
    return {};
}

void MemoryTables::apply(WriteSet& writes, const InboxRuns& runs)
{
    for (Order& order : writes.inserted_orders) {
        MemoryOrders& shard = ordersOf(order.id);
        ++shard.by_status[std::size_t(order.status)];
        shard.rows.insert(order.id, std::move(order));
    }
    for (Order& order : writes.updated_orders) {
        MemoryOrders& shard = ordersOf(order.id);
        Order& row = *shard.rows.find(order.id);
        --shard.by_status[std::size_t(row.status)];
        ++shard.by_status[std::size_t(order.status)];
        row = std::move(order);
    }
    for (Payment& payment : writes.inserted_payments)
        paymentsOf(payment.order).rows.insert(payment.order, std::move(payment));
    for (Payment& payment : writes.updated_payments)
        *paymentsOf(payment.order).rows.find(payment.order) = std::move(payment);
    for (Notification& notification : writes.notifications)
        notifications.rows.push_back(std::move(notification));
    for (const InboxRun& run : runs) {
        for (const InboxRow& row : run.rows)
            run.inbox->insert(row.event);
    }
    applyEffects(writes);
}

void MemoryTables::applyEffects(WriteSet& writes)
{
    for (const AnalyticsBucket& delta : writes.analytics) {
        AnalyticsBucket& bucket = effects.analytics[{delta.minute, delta.currency}];
        bucket.minute = delta.minute;
        bucket.currency = delta.currency;
        bucket.add(delta);
    }
    for (DeadLetter& letter : writes.updated_dead_letters) {
        DeadLetter& row = effects.dead_letters.at(letter.id);
        row.event.data = std::move(letter.event.data);
        row.state = letter.state;
        row.audit = std::move(letter.audit);
    }
    for (DeadLetter& letter : writes.dead_letters)
        effects.giveUp(std::move(letter));
    for (ParkedEvent& parked : writes.parked) {
        MemoryParked& group = effects.parked[parked.group];
        const auto known = group.events.find(parked.event.id);
        if (known != group.events.end() && known->second.attempts >= parked.attempts)
            continue;
        parked.is_again = false;
        group.put(std::move(parked));
    }
    for (const InboxRow& row : writes.unparked) {
        if (const auto group = effects.parked.find(row.group); group != effects.parked.end())
            group->second.remove(row.event);
    }
    for (IdempotencyRecord& answer : writes.answers) {
        effects.answer_times.emplace_back(answer.created_at, answer.key);
        effects.answers.emplace(answer.key, answer);
    }
    for (auto& [key, change] : writes.worker_state) {
        if (!change.is_written)
            continue;
        if (change.value)
            effects.worker_state[key] = {std::move(*change.value), change.updated_at};
        else
            effects.worker_state.erase(key);
    }
}

StoreCounts MemoryTables::counts()
{
    StoreCounts counts;
    for (MemoryOrders& shard : orders) {
        const MutexLock guard(shard.mutex);
        counts.orders += std::int64_t(shard.rows.rows().size());
        counts.created += shard.by_status[std::size_t(OrderStatus::Created)];
        counts.paid += shard.by_status[std::size_t(OrderStatus::Paid)];
        counts.failed += shard.by_status[std::size_t(OrderStatus::Failed)];
        counts.canceled += shard.by_status[std::size_t(OrderStatus::Canceled)];
    }
    for (MemoryPayments& shard : payments) {
        const MutexLock guard(shard.mutex);
        counts.payments += std::int64_t(shard.rows.rows().size());
    }
    {
        const MutexLock table(m_inboxes_mutex);
        for (const auto& [group, inbox] : m_inboxes) {
            const MutexLock guard(inbox->mutex);
            counts.processed_events += std::int64_t(inbox->size());
        }
    }
    {
        const MutexLock guard(notifications.mutex);
        counts.notifications = std::int64_t(notifications.rows.size());
    }
    const MutexLock guard(effects.mutex);
    counts.dead_letters = std::count_if(effects.dead_letters.begin(), effects.dead_letters.end(),
                                        [](const auto& row) { return row.second.state != DeadLetterState::Replayed; });
    for (const auto& [name, group] : effects.parked)
        counts.parked_events += std::int64_t(group.events.size());
    return counts;
}

} // namespace orderlab
