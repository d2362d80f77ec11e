#include "store/memory_store.h"

#include "runtime/notifier.h"
#include "store/memory_dead_letters.h"
#include "store/order_cursor.h"

#include <algorithm>
#include <array>
#include <bitset>

namespace orderlab {

namespace {

constexpr std::size_t shard_count = 8;
constexpr std::size_t outbox_slot_count = 4;

Error conflict(std::string message)
{
    return {ErrorCode::Conflict, Retry::Now, std::move(message), {}};
}
Error alreadyExists(std::string message)
{
    return {ErrorCode::AlreadyExists, Retry::Never, std::move(message), {}};
}

class MemoryLedger final : public GatewayLedger {
public:
    explicit MemoryLedger(Runtime& runtime) : m_runtime(runtime) {}

    Task<Result<void>> append(LedgerEntry entry) override
    {
        if (const Duration latency = m_runtime.hopLatency(Hop::StoreCommit); latency.count() > 0)
            co_await m_runtime.sleep(latency);
        const std::scoped_lock guard(m_mutex);
        if (!entry.payment_key.isNull()) {
            auto [place, is_new] = m_by_key.try_emplace(entry.payment_key, m_entries.size());
            if (!is_new && entry.kind == LedgerEntry::Kind::Charge)
                co_return alreadyExists("the ledger has an entry under this payment key");
            if (!is_new)
                m_later_entries[entry.payment_key].push_back(m_entries.size());
        }
        ++m_counts[std::size_t(entry.kind)];
        m_entries.push_back(std::move(entry));
        co_return Result<void>{};
    }

    Task<Result<std::vector<LedgerEntry>>> find(Uuid payment_key) override
    {
        if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
            co_await m_runtime.sleep(latency);
        const std::scoped_lock guard(m_mutex);
        std::vector<LedgerEntry> found;
        if (const auto first = m_by_key.find(payment_key); first != m_by_key.end())
            found.push_back(m_entries[first->second]);
        if (const auto later = m_later_entries.find(payment_key); later != m_later_entries.end()) {
            for (std::size_t index : later->second)
                found.push_back(m_entries[index]);
        }
        co_return found;
    }

    Task<Result<std::int64_t>> count(LedgerEntry::Kind kind) override
    {
        const std::scoped_lock guard(m_mutex);
        co_return m_counts[std::size_t(kind)];
    }

private:
    Runtime& m_runtime;
    std::mutex m_mutex;
    RowDeque<LedgerEntry> m_entries;
    boost::unordered_flat_map<Uuid, std::size_t, UuidHash> m_by_key; ///< The first entry under a key…
    boost::unordered_flat_map<Uuid, std::vector<std::size_t>, UuidHash> m_later_entries; ///< …and the few others.
    std::array<std::int64_t, 2> m_counts{};
};

/// The tables, and how write sets get into them.
class MemoryStore final : public Store, public std::enable_shared_from_this<MemoryStore> {
public:
    MemoryStore(Runtime& runtime, Journal& journal) : m_runtime(runtime), m_journal(journal), m_ledger(runtime) {}

    std::unique_ptr<Transaction> begin() override;
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override;
    Task<Result<OrderPage>> findOrders(OrderQuery query) override;
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override;
    Task<Result<std::optional<DeadLetter>>> findDeadLetter(Uuid id) override;
    Task<Result<DeadLetterPage>> queryDeadLetters(DeadLetterQuery query) override;
    Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) override;
    Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) override;
    Task<Result<std::vector<Notification>>> findNotifications(OrderId order) override;
    Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() override;
    Task<Result<StoreCounts>> counts() override;
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override;
    Task<Result<std::int64_t>> outboxBacklog() override { co_return m_unpublished.load(); }
    Task<Result<void>> waitForOutbox() override;
    /// What this store had published is gone with the bus that had it: nothing to do.
    Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription>) override { co_return 0; }
    Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) override;
    Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) override;
    GatewayLedger& ledger() override { return m_ledger; }
    Task<Result<void>> ping() override { co_return Result<void>{}; }
    Task<void> close() override;
    std::string description() const override { return "memory"; }

private:
    friend class MemoryTransaction;
    friend class MemoryOutboxClaim;

    static std::size_t shardIndex(const Uuid& id) { return (hashValue(id) >> 40) % shard_count; }
    MemoryOrders& ordersOf(const Uuid& id) { return m_orders[shardIndex(id)]; }
    MemoryPayments& paymentsOf(const Uuid& id) { return m_payments[shardIndex(id)]; }
    MemoryOutboxSlot& slotOf(const Uuid& order) { return m_slots[(hashValue(order) >> 44) % outbox_slot_count]; }
    MemoryInbox& inboxOf(std::string_view group);
    std::vector<MemoryInbox*> allInboxes();

    using Inboxes = std::span<MemoryInbox* const>; ///< One a row of WriteSet::inbox.
    std::vector<MemoryInbox*> inboxesOf(const WriteSet& writes);
    std::vector<std::unique_lock<std::mutex>> lockAllThatIsWritten(const WriteSet& writes, Inboxes inboxes);
    Result<void> check(const WriteSet& writes, Inboxes inboxes, std::span<const Payment> payments_read);
    void apply(WriteSet& writes, Inboxes inboxes);
    void addToOutbox(std::vector<Event>& events);
    void letGo(MemoryOutboxSlot& slot, std::vector<Event>& unpublished);

    Runtime& m_runtime;
    Journal& m_journal;
    MemoryLedger m_ledger;
    std::array<MemoryOrders, shard_count> m_orders;
    std::array<MemoryPayments, shard_count> m_payments;
    MemoryNotifications m_notifications;
    MemoryEffects m_effects;
    std::mutex m_inboxes_mutex; ///< Guards the table, not the inboxes.
    std::map<std::string, std::unique_ptr<MemoryInbox>, std::less<>> m_inboxes;

    std::array<MemoryOutboxSlot, outbox_slot_count> m_slots;
    std::atomic<std::size_t> m_next_slot{0};
    std::atomic<std::int64_t> m_unpublished{0};
    std::atomic<std::int64_t> m_claimable{0}; ///< Unpublished, and in a slot that nobody has claimed.
    std::mutex m_wait_mutex;
    Notifier m_outbox_changed;
    bool m_closed = false; ///< Guarded by m_wait_mutex.
};

class MemoryTransaction final : public Transaction {
public:
    MemoryTransaction(Journal& journal, std::shared_ptr<MemoryStore> store)
        : Transaction(journal), m_store(std::move(store))
    {
    }

    Task<Result<std::optional<Order>>> findOrder(OrderId id) override { return m_store->findOrder(id); }

    Task<Result<std::optional<Payment>>> findPayment(OrderId id) override
    {
        if (const Duration latency = m_store->m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
            co_await m_store->m_runtime.sleep(latency);
        MemoryPayments& payments = m_store->paymentsOf(id);
        const std::scoped_lock guard(payments.mutex);
        const Payment* payment = payments.rows.find(id);
        if (!payment)
            co_return std::optional<Payment>();
        m_payments_read.push_back(*payment);
        co_return *payment;
    }

    Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) override
    {
        if (const Duration latency = m_store->m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
            co_await m_store->m_runtime.sleep(latency);
        MemoryInbox& inbox = m_store->inboxOf(group);
        std::vector<bool> fresh(events.size());
        std::bitset<1024> seen; // By a part of the hash: the batch itself is searched only where it may repeat.
        m_writes.inbox.reserve(m_writes.inbox.size() + events.size());
        const std::scoped_lock guard(inbox.mutex);
        for (std::size_t i = 0; i < events.size(); ++i) {
            const std::size_t bit = hashValue(events[i]) % seen.size();
            const auto before = events.first(i);
            const bool again = seen.test(bit) && std::find(before.begin(), before.end(), events[i]) != before.end();
            seen.set(bit);
            fresh[i] = !again && !inbox.events.contains(events[i]);
            if (fresh[i])
                m_writes.inbox.push_back({group, events[i]});
        }
        co_return fresh;
    }

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override
    {
        if (const Duration latency = m_store->m_runtime.hopLatency(Hop::StoreCommit); latency.count() > 0)
            co_await m_store->m_runtime.sleep(latency);
        {
            const std::vector<MemoryInbox*> inboxes = m_store->inboxesOf(writes);
            const auto locks = m_store->lockAllThatIsWritten(writes, inboxes);
            ORDERLAB_TRY(co_return, m_store->check(writes, inboxes, m_payments_read));
            m_store->apply(writes, inboxes);
        }
        m_store->addToOutbox(writes.outbox);
        co_return Result<void>{};
    }

private:
    const std::shared_ptr<MemoryStore> m_store;
    std::vector<Payment> m_payments_read; ///< As they were; what is updated must still be so.
};

class MemoryOutboxClaim final : public OutboxClaim {
public:
    MemoryOutboxClaim(std::shared_ptr<MemoryStore> store, MemoryOutboxSlot& slot, std::vector<Event> events)
        : m_store(std::move(store)), m_slot(slot), m_events(std::move(events))
    {
    }
    ~MemoryOutboxClaim() override { m_store->letGo(m_slot, m_events); }

    std::span<const Event> events() const override { return m_events; }
    Task<Result<void>> markPublished() override
    {
        if (const Duration latency = m_store->m_runtime.hopLatency(Hop::StoreCommit); latency.count() > 0)
            co_await m_store->m_runtime.sleep(latency);
        m_store->m_unpublished.fetch_sub(std::int64_t(m_events.size()));
        m_events.clear();
        co_return Result<void>{};
    }

private:
    const std::shared_ptr<MemoryStore> m_store;
    MemoryOutboxSlot& m_slot;
    std::vector<Event> m_events;
};

std::unique_ptr<Transaction> MemoryStore::begin()
{
    return std::make_unique<MemoryTransaction>(m_journal, shared_from_this());
}

MemoryInbox& MemoryStore::inboxOf(std::string_view group)
{
    const std::scoped_lock guard(m_inboxes_mutex);
    auto found = m_inboxes.find(group);
    if (found == m_inboxes.end())
        found = m_inboxes.emplace(std::string(group), std::make_unique<MemoryInbox>()).first;
    return *found->second;
}

std::vector<MemoryInbox*> MemoryStore::allInboxes()
{
    const std::scoped_lock guard(m_inboxes_mutex);
    std::vector<MemoryInbox*> inboxes;
    for (const auto& [group, inbox] : m_inboxes)
        inboxes.push_back(inbox.get());
    return inboxes;
}

/// The inbox of each row. Before any other lock is taken: the table of inboxes has one of its own.
std::vector<MemoryInbox*> MemoryStore::inboxesOf(const WriteSet& writes)
{
    std::vector<MemoryInbox*> inboxes;
    inboxes.reserve(writes.inbox.size());
    for (std::size_t i = 0; i < writes.inbox.size(); ++i) {
        const bool same = i > 0 && writes.inbox[i].group == writes.inbox[i - 1].group;
        inboxes.push_back(same ? inboxes.back() : &inboxOf(writes.inbox[i].group));
    }
    return inboxes;
}

/// Locks in one order (orders, payments, inboxes by address, notifications, effects), so that transactions never wait for each other in a ring.
std::vector<std::unique_lock<std::mutex>> MemoryStore::lockAllThatIsWritten(const WriteSet& writes, Inboxes inboxes)
{
    std::array<bool, shard_count> orders{}, payments{};
    for (const Order& order : writes.inserted_orders)
        orders[shardIndex(order.id)] = true;
    for (const Order& order : writes.updated_orders)
        orders[shardIndex(order.id)] = true;
    for (const Payment& payment : writes.inserted_payments)
        payments[shardIndex(payment.order)] = true;
    for (const Payment& payment : writes.updated_payments)
        payments[shardIndex(payment.order)] = true;
    std::vector<std::mutex*> mutexes;
    for (std::size_t i = 0; i < shard_count; ++i) {
        if (orders[i])
            mutexes.push_back(&m_orders[i].mutex);
    }
    for (std::size_t i = 0; i < shard_count; ++i) {
        if (payments[i])
            mutexes.push_back(&m_payments[i].mutex);
    }
    std::vector<std::mutex*> inbox_mutexes;
    for (MemoryInbox* inbox : inboxes) {
        if (inbox_mutexes.empty() || inbox_mutexes.back() != &inbox->mutex)
            inbox_mutexes.push_back(&inbox->mutex);
    }
    std::sort(inbox_mutexes.begin(), inbox_mutexes.end());
    inbox_mutexes.erase(std::unique(inbox_mutexes.begin(), inbox_mutexes.end()), inbox_mutexes.end());
    mutexes.insert(mutexes.end(), inbox_mutexes.begin(), inbox_mutexes.end());
    if (!writes.notifications.empty())
        mutexes.push_back(&m_notifications.mutex);
    if (!writes.analytics.empty() || !writes.dead_letters.empty() || !writes.updated_dead_letters.empty()
        || !writes.parked.empty() || !writes.unparked.empty() || !writes.answers.empty())
        mutexes.push_back(&m_effects.mutex);
    std::vector<std::unique_lock<std::mutex>> locks;
    locks.reserve(mutexes.size());
    for (std::mutex* mutex : mutexes)
        locks.emplace_back(*mutex);
    return locks;
}

Result<void> MemoryStore::check(const WriteSet& writes, Inboxes inboxes, std::span<const Payment> payments_read)
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
    for (std::size_t i = 0; i < inboxes.size(); ++i) {
        if (inboxes[i]->events.contains(writes.inbox[i].event))
            return conflict("the event was processed meanwhile");
    }
    for (const DeadLetter& letter : writes.updated_dead_letters) {
        const auto row = m_effects.dead_letters.find(letter.id);
        if (row == m_effects.dead_letters.end() || row->second.state != DeadLetterState::Waiting
            || row->second.created_at != letter.created_at)
            return conflict("the dead letter was changed meanwhile");
    }
    for (const IdempotencyRecord& answer : writes.answers) {
        if (m_effects.answers.contains(answer.key))
            return alreadyExists("the idempotency key is taken");
    }
    return {};
}

void MemoryStore::apply(WriteSet& writes, Inboxes inboxes)
{
    for (Order& order : writes.inserted_orders) {
        MemoryOrders& orders = ordersOf(order.id);
        ++orders.by_status[std::size_t(order.status)];
        orders.rows.insert(order.id, std::move(order));
    }
    for (Order& order : writes.updated_orders) {
        MemoryOrders& orders = ordersOf(order.id);
        Order& row = *orders.rows.find(order.id);
        --orders.by_status[std::size_t(row.status)];
        ++orders.by_status[std::size_t(order.status)];
        row = std::move(order);
    }
    for (Payment& payment : writes.inserted_payments)
        paymentsOf(payment.order).rows.insert(payment.order, std::move(payment));
    for (Payment& payment : writes.updated_payments)
        *paymentsOf(payment.order).rows.find(payment.order) = std::move(payment);
    for (Notification& notification : writes.notifications)
        m_notifications.rows.push_back(std::move(notification));
    for (const AnalyticsBucket& delta : writes.analytics) {
        AnalyticsBucket& bucket = m_effects.analytics[{delta.minute, delta.currency}];
        bucket.minute = delta.minute;
        bucket.currency = delta.currency;
        bucket.add(delta);
    }
    for (DeadLetter& letter : writes.updated_dead_letters) {
        DeadLetter& row = m_effects.dead_letters.at(letter.id);
        row.event.data = std::move(letter.event.data);
        row.state = letter.state;
        row.audit = std::move(letter.audit);
    }
    for (DeadLetter& letter : writes.dead_letters)
        m_effects.giveUp(std::move(letter));
    for (ParkedEvent& parked : writes.parked) {
        MemoryParked& group = m_effects.parked[parked.group];
        const auto known = group.events.find(parked.event.id);
        if (known == group.events.end() || known->second.attempts < parked.attempts)
            group.put(std::move(parked));
    }
    for (const InboxRow& row : writes.unparked) {
        if (const auto group = m_effects.parked.find(row.group); group != m_effects.parked.end())
            group->second.remove(row.event);
    }
    for (IdempotencyRecord& answer : writes.answers)
        m_effects.answers.emplace(answer.key, answer);
    for (std::size_t i = 0; i < inboxes.size(); ++i)
        inboxes[i]->events.insert(writes.inbox[i].event);
}

void MemoryStore::addToOutbox(std::vector<Event>& events)
{
    if (events.empty())
        return;
    std::int64_t claimable = 0;
    for (Event& event : events) {
        MemoryOutboxSlot& slot = slotOf(event.order);
        const std::scoped_lock guard(slot.mutex);
        claimable += slot.claimed ? 0 : 1;
        slot.push(std::move(event));
        m_unpublished.fetch_add(1, std::memory_order_relaxed);
        if (!slot.claimed)
            m_claimable.fetch_add(1, std::memory_order_seq_cst);
    }
    if (claimable > 0) {
        { const std::scoped_lock guard(m_wait_mutex); } // A relay that is about to wait is registered by now.
        m_outbox_changed.notifyOne();
    }
}

Task<Result<std::unique_ptr<OutboxClaim>>> MemoryStore::claimOutbox(std::size_t max)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    for (std::size_t i = 0; i < outbox_slot_count; ++i) {
        MemoryOutboxSlot& slot = m_slots[m_next_slot.fetch_add(1, std::memory_order_relaxed) % outbox_slot_count];
        const std::scoped_lock guard(slot.mutex);
        if (slot.claimed || slot.chunks.empty())
            continue;
        slot.claimed = true;
        std::vector<Event> events = std::move(slot.chunks.front());
        slot.chunks.pop_front();
        if (events.size() > max) {
            std::vector<Event> rest(std::make_move_iterator(events.begin() + std::ptrdiff_t(max)),
                                    std::make_move_iterator(events.end()));
            events.resize(max);
            slot.chunks.push_front(std::move(rest));
        }
        std::int64_t size = std::int64_t(events.size());
        for (const auto& chunk : slot.chunks)
            size += std::int64_t(chunk.size());
        m_claimable.fetch_sub(size, std::memory_order_seq_cst);
        std::unique_ptr<OutboxClaim> claim =
            std::make_unique<MemoryOutboxClaim>(shared_from_this(), slot, std::move(events));
        co_return claim;
    }
    co_return std::unique_ptr<OutboxClaim>();
}

void MemoryStore::letGo(MemoryOutboxSlot& slot, std::vector<Event>& unpublished)
{
    std::int64_t size = 0;
    {
        const std::scoped_lock guard(slot.mutex);
        if (!unpublished.empty())
            slot.chunks.push_front(std::move(unpublished));
        slot.claimed = false;
        for (const auto& chunk : slot.chunks)
            size += std::int64_t(chunk.size());
        m_claimable.fetch_add(size, std::memory_order_seq_cst);
    }
    if (size > 0) {
        { const std::scoped_lock guard(m_wait_mutex); }
        m_outbox_changed.notifyOne();
    }
}

Task<Result<void>> MemoryStore::waitForOutbox()
{
    std::unique_lock lock(m_wait_mutex);
    if (m_closed)
        co_return closedError("store");
    if (m_claimable.load(std::memory_order_seq_cst) > 0)
        co_return Result<void>{};
    co_await m_outbox_changed.wait(std::move(lock));
    co_return Result<void>{};
}

Task<void> MemoryStore::close()
{
    {
        const std::scoped_lock guard(m_wait_mutex);
        m_closed = true;
    }
    m_outbox_changed.notifyAll();
    co_return;
}

Task<Result<std::optional<Order>>> MemoryStore::findOrder(OrderId id)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    MemoryOrders& orders = ordersOf(id);
    const std::scoped_lock guard(orders.mutex);
    const Order* order = orders.rows.find(id);
    co_return order ? std::optional(*order) : std::nullopt;
}

Task<Result<OrderPage>> MemoryStore::findOrders(OrderQuery query)
{
    const auto after = OrderCursor::check(query);
    if (!after)
        co_return after.error();
    std::vector<Order> matching;
    for (MemoryOrders& orders : m_orders) {
        const std::scoped_lock guard(orders.mutex);
        for (const Order& order : orders.rows.rows()) {
            if ((!query.status || order.status == *query.status) && (query.user_id.empty() || order.user_id == query.user_id)
                && after->isBefore(order))
                matching.push_back(order);
        }
    }
    const std::size_t wanted = std::min(matching.size(), query.limit + 1);
    std::partial_sort(matching.begin(), matching.begin() + std::ptrdiff_t(wanted), matching.end(),
                      [](const Order& a, const Order& b) {
                          return std::pair(a.created_at, Uuid(a.id)) > std::pair(b.created_at, Uuid(b.id));
                      });
    matching.resize(wanted);
    OrderPage page{std::move(matching), {}};
    if (page.orders.size() > query.limit) {
        page.orders.pop_back();
        page.next_cursor = OrderCursor::behind(page.orders.back()).toString();
    }
    co_return page;
}

Task<Result<std::optional<IdempotencyRecord>>> MemoryStore::findAnswer(std::string key)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    const std::scoped_lock guard(m_effects.mutex);
    const auto found = m_effects.answers.find(key);
    co_return found == m_effects.answers.end() ? std::nullopt : std::optional(found->second);
}

Task<Result<std::optional<DeadLetter>>> MemoryStore::findDeadLetter(Uuid id)
{
    const std::scoped_lock guard(m_effects.mutex);
    const auto found = m_effects.dead_letters.find(id);
    co_return found == m_effects.dead_letters.end() ? std::nullopt : std::optional(found->second);
}

Task<Result<DeadLetterPage>> MemoryStore::queryDeadLetters(DeadLetterQuery query)
{
    const auto cursor = RowCursor::check(query.limit, query.cursor);
    if (!cursor)
        co_return cursor.error();
    const std::scoped_lock guard(m_effects.mutex);
    co_return pageOf(m_effects.dead_letters, query, *cursor);
}

Task<Result<std::vector<DeadLetterCause>>> MemoryStore::countDeadLetters(DeadLetterFilter filter)
{
    const std::scoped_lock guard(m_effects.mutex);
    co_return causesOf(m_effects.dead_letters, filter);
}

Task<Result<std::vector<bool>>> MemoryStore::findProcessed(std::string group, std::vector<EventId> events)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    MemoryInbox& inbox = inboxOf(group);
    const std::scoped_lock guard(inbox.mutex);
    std::vector<bool> done;
    for (const EventId& event : events)
        done.push_back(inbox.events.contains(event));
    co_return done;
}

Task<Result<ParkedClaim>> MemoryStore::claimParked(std::string group, std::size_t max, Duration lease)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    const TimePoint now = m_runtime.now();
    ParkedClaim claim;
    const std::scoped_lock guard(m_effects.mutex);
    const auto found = m_effects.parked.find(group);
    if (found == m_effects.parked.end())
        co_return claim;
    MemoryParked& parked = found->second;
    while (claim.events.size() < max && !parked.due.empty() && parked.due.begin()->first <= now) {
        ParkedEvent event = parked.events.at(parked.due.begin()->second);
        claim.events.push_back(event);
        event.due_at = now + lease;
        parked.put(std::move(event));
    }
    if (!parked.due.empty())
        claim.look_again = parked.due.begin()->first;
    co_return claim;
}

Task<Result<std::vector<ParkedEvent>>> MemoryStore::findParked(std::size_t limit)
{
    const std::scoped_lock guard(m_effects.mutex);
    std::vector<ParkedEvent> all;
    for (const auto& [name, group] : m_effects.parked) {
        for (const auto& [id, event] : group.events)
            all.push_back(event);
    }
    std::sort(all.begin(), all.end(), [](const ParkedEvent& a, const ParkedEvent& b) {
        return std::pair(a.due_at, Uuid(a.event.id)) < std::pair(b.due_at, Uuid(b.event.id));
    });
    all.resize(std::min(limit, all.size()));
    co_return all;
}

Task<Result<std::vector<Notification>>> MemoryStore::findNotifications(OrderId order)
{
    const std::scoped_lock guard(m_notifications.mutex);
    std::vector<Notification> found;
    std::copy_if(m_notifications.rows.begin(), m_notifications.rows.end(), std::back_inserter(found),
                 [&](const Notification& n) { return n.order == order; });
    co_return found;
}

Task<Result<std::vector<AnalyticsBucket>>> MemoryStore::findAnalytics()
{
    const std::scoped_lock guard(m_effects.mutex);
    std::vector<AnalyticsBucket> buckets;
    for (const auto& [key, bucket] : m_effects.analytics)
        buckets.push_back(bucket);
    co_return buckets;
}

Task<Result<StoreCounts>> MemoryStore::counts()
{
    StoreCounts counts;
    for (MemoryOrders& orders : m_orders) {
        const std::scoped_lock guard(orders.mutex);
        counts.orders += std::int64_t(orders.rows.rows().size());
        counts.created += orders.by_status[std::size_t(OrderStatus::Created)];
        counts.paid += orders.by_status[std::size_t(OrderStatus::Paid)];
        counts.failed += orders.by_status[std::size_t(OrderStatus::Failed)];
        counts.canceled += orders.by_status[std::size_t(OrderStatus::Canceled)];
    }
    for (MemoryPayments& payments : m_payments) {
        const std::scoped_lock guard(payments.mutex);
        counts.payments += std::int64_t(payments.rows.rows().size());
    }
    for (MemoryInbox* inbox : allInboxes()) {
        const std::scoped_lock guard(inbox->mutex);
        counts.processed_events += std::int64_t(inbox->events.size());
    }
    counts.outbox_unpublished = m_unpublished.load();
    {
        const std::scoped_lock guard(m_notifications.mutex);
        counts.notifications = std::int64_t(m_notifications.rows.size());
    }
    const std::scoped_lock guard(m_effects.mutex);
    counts.dead_letters = std::count_if(m_effects.dead_letters.begin(), m_effects.dead_letters.end(), [](const auto& row) {
        return row.second.state != DeadLetterState::Replayed;
    });
    for (const auto& [name, group] : m_effects.parked)
        counts.parked_events += std::int64_t(group.events.size());
    co_return counts;
}

} // namespace

std::shared_ptr<Store> makeMemoryStore(Runtime& runtime, Journal& journal)
{
    return std::make_shared<MemoryStore>(runtime, journal);
}

} // namespace orderlab
