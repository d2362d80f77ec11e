#include "simulation/mutants.h"

#include "store/forwarding_store.h"

#include <map>

namespace orderlab {

namespace {

class ForgetfulTransaction final : public ForwardingTransaction {
public:
    using ForwardingTransaction::ForwardingTransaction;
    Task<Result<std::vector<bool>>> markProcessed(std::string_view, std::span<const EventId> events) override
    {
        co_return std::vector<bool>(events.size(), true);
    }
};

class ForgetfulStore final : public ForwardingStore {
public:
    ForgetfulStore(std::shared_ptr<Store> inner, Journal& journal)
        : ForwardingStore(std::move(inner)), m_journal(journal)
    {}
    std::unique_ptr<Transaction> begin() override
    {
        return std::make_unique<ForgetfulTransaction>(m_journal, m_inner->begin());
    }

private:
    Journal& m_journal;
};

/// Writes something else than what it was asked for.
class WritingTransaction final : public ForwardingTransaction {
public:
    WritingTransaction(Mutation mutation, Journal& journal, std::unique_ptr<Transaction> inner)
        : ForwardingTransaction(journal, std::move(inner)), m_mutation(mutation)
    {}
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override
    {
        auto order = co_await m_inner->findOrder(id);
        if (order && *order && m_mutation == Mutation::ReadsStaleOrders)
            (*order)->status = OrderStatus::Created;
        if (order && *order && m_mutation == Mutation::BelievesItIsDone && hashValue(id) % 4 == 0)
            (*order)->status = OrderStatus::Paid;
        co_return order;
    }

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override
    {
        if (m_mutation == Mutation::SkipsAheadInABatch) {
            const std::vector<Event> once = writes.outbox;
            for (Event event : once) {
                event.id = EventId{Uuid{event.id.high, ~event.id.low}};
                writes.outbox.push_back(std::move(event));
            }
        }
        if (m_mutation == Mutation::KeepsTryingTheDead) {
            for (const DeadLetter& letter : writes.dead_letters) {
                ParkedEvent parked;
                parked.group = letter.group;
                parked.event = letter.event;
                parked.partition = letter.partition;
                parked.offset = letter.offset;
                parked.attempts = letter.attempts;
                parked.parked_at = parked.due_at = letter.created_at;
                writes.parked.push_back(std::move(parked));
            }
            writes.unparked.clear();
        }
        return ForwardingTransaction::commitWrites(writes);
    }

private:
    const Mutation m_mutation;
};

class WritingStore final : public ForwardingStore {
public:
    WritingStore(Mutation mutation, std::shared_ptr<Store> inner, Journal& journal)
        : ForwardingStore(std::move(inner)), m_mutation(mutation), m_journal(journal)
    {}
    std::unique_ptr<Transaction> begin() override
    {
        return std::make_unique<WritingTransaction>(m_mutation, m_journal, m_inner->begin());
    }

private:
    const Mutation m_mutation;
    Journal& m_journal;
};

class KeylessLedger final : public GatewayLedger {
public:
    explicit KeylessLedger(GatewayLedger& inner) : m_inner(inner) {}
    Task<Result<void>> append(LedgerEntry entry) override
    {
        entry.payment_key = {};
        return m_inner.append(std::move(entry));
    }
    Task<Result<std::vector<LedgerEntry>>> find(Uuid) override { co_return std::vector<LedgerEntry>{}; }
    Task<Result<std::int64_t>> count(LedgerEntry::Kind kind) override { return m_inner.count(kind); }

private:
    GatewayLedger& m_inner;
};

class KeylessStore final : public ForwardingStore {
public:
    explicit KeylessStore(std::shared_ptr<Store> inner) : ForwardingStore(std::move(inner)), m_ledger(m_inner->ledger())
    {}
    GatewayLedger& ledger() override { return m_ledger; }

private:
    KeylessLedger m_ledger;
};

/// A table's sequence, and the relay's idea of where it is.
struct RowNumbers {
    std::uint64_t next = 1;
    std::uint64_t last_published = 0;
    std::map<Uuid, std::uint64_t> of_event;
};

class NumberedTransaction final : public ForwardingTransaction {
public:
    NumberedTransaction(Journal& journal, std::unique_ptr<Transaction> inner, std::shared_ptr<RowNumbers> numbers)
        : ForwardingTransaction(journal, std::move(inner)), m_numbers(std::move(numbers)), m_number(m_numbers->next++)
    {}

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override
    {
        for (const Event& event : writes.outbox)
            m_numbers->of_event[event.id] = m_number;
        return ForwardingTransaction::commitWrites(writes);
    }

private:
    const std::shared_ptr<RowNumbers> m_numbers;
    const std::uint64_t m_number;
};

class RowsBeyondTheLast final : public OutboxClaim {
public:
    RowsBeyondTheLast(std::unique_ptr<OutboxClaim> inner, std::shared_ptr<RowNumbers> numbers)
        : m_inner(std::move(inner)), m_numbers(std::move(numbers))
    {
        for (const Event& event : m_inner->events()) {
            if (m_numbers->of_event[event.id] > m_numbers->last_published)
                m_visible.push_back(event);
        }
    }
    std::span<const Event> events() const override { return m_visible; }
    Task<Result<void>> markPublished(std::vector<LogOffset>) override
    {
        for (const Event& event : m_visible)
            m_numbers->last_published = std::max(m_numbers->last_published, m_numbers->of_event[event.id]);
        return m_inner->markPublished(); // also those that were not seen: no later query has them
    }

private:
    const std::unique_ptr<OutboxClaim> m_inner;
    const std::shared_ptr<RowNumbers> m_numbers;
    std::vector<Event> m_visible;
};

class LastIdStore final : public ForwardingStore {
public:
    LastIdStore(std::shared_ptr<Store> inner, Journal& journal) : ForwardingStore(std::move(inner)), m_journal(journal)
    {}
    std::unique_ptr<Transaction> begin() override
    {
        return std::make_unique<NumberedTransaction>(m_journal, m_inner->begin(), m_numbers);
    }
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override
    {
        for (;;) {
            auto claim = co_await m_inner->claimOutbox(max);
            if (!claim || !*claim)
                co_return claim;
            std::unique_ptr<OutboxClaim> seen = std::make_unique<RowsBeyondTheLast>(std::move(*claim), m_numbers);
            if (!seen->events().empty())
                co_return seen;
            const auto hidden = co_await seen->markPublished();
            if (!hidden)
                co_return hidden.error();
        }
    }

private:
    Journal& m_journal;
    const std::shared_ptr<RowNumbers> m_numbers = std::make_shared<RowNumbers>();
};

/// Rows of which the outbox believes that they are published.
class MarkedClaim final : public OutboxClaim {
public:
    explicit MarkedClaim(std::span<const Event> events) : m_events(events.begin(), events.end()) {}
    std::span<const Event> events() const override { return m_events; }
    Task<Result<void>> markPublished(std::vector<LogOffset>) override { co_return Result<void>{}; }

private:
    const std::vector<Event> m_events;
};

class HastyStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override
    {
        auto claim = co_await m_inner->claimOutbox(max);
        if (!claim || !*claim)
            co_return claim;
        std::unique_ptr<OutboxClaim> marked = std::make_unique<MarkedClaim>((*claim)->events());
        const auto done = co_await (*claim)->markPublished();
        if (!done)
            co_return done.error();
        co_return marked;
    }
};

class ForwardingConsumer : public Consumer {
public:
    explicit ForwardingConsumer(std::shared_ptr<Consumer> inner) : m_inner(std::move(inner)) {}
    Task<Result<DeliveryBatch>> poll(std::size_t max) override { return m_inner->poll(max); }
    Task<Result<void>> commit(TopicPartition where, std::int64_t next_offset) override
    {
        return m_inner->commit(where, next_offset);
    }
    Task<Result<void>> seek(TopicPartition where, std::int64_t offset) override { return m_inner->seek(where, offset); }
    void keepAlive() override { m_inner->keepAlive(); }
    void drain() override { m_inner->drain(); }
    Task<void> close() override { return m_inner->close(); }

protected:
    const std::shared_ptr<Consumer> m_inner;
};

class AckingConsumer final : public ForwardingConsumer {
public:
    using ForwardingConsumer::ForwardingConsumer;
    Task<Result<DeliveryBatch>> poll(std::size_t max) override
    {
        auto batch = co_await m_inner->poll(max);
        if (!batch)
            co_return batch;
        const auto committed = co_await m_inner->commit(batch->where, batch->endOffset());
        if (!committed)
            co_return committed.error();
        co_return batch;
    }
    Task<Result<void>> commit(TopicPartition, std::int64_t) override { co_return Result<void>{}; }
};

using DeliveredUntil = std::map<TopicPartition, std::int64_t>;

class ResumingConsumer final : public ForwardingConsumer {
public:
    ResumingConsumer(std::shared_ptr<Consumer> inner, std::shared_ptr<DeliveredUntil> delivered)
        : ForwardingConsumer(std::move(inner)), m_delivered(std::move(delivered))
    {}
    Task<Result<DeliveryBatch>> poll(std::size_t max) override
    {
        for (;;) {
            auto batch = co_await m_inner->poll(max);
            if (!batch)
                co_return batch;
            std::int64_t& until = (*m_delivered)[batch->where];
            if (batch->first_offset >= until) {
                until = batch->endOffset();
                co_return batch;
            }
            const auto sought = co_await m_inner->seek(batch->where, until);
            if (!sought)
                co_return sought.error();
        }
    }
    Task<Result<void>> seek(TopicPartition where, std::int64_t offset) override
    {
        (*m_delivered)[where] = offset;
        return m_inner->seek(where, offset);
    }

private:
    const std::shared_ptr<DeliveredUntil> m_delivered;
};

/// After each offset the broker takes the one before it once more.
class RewindingConsumer final : public ForwardingConsumer {
public:
    RewindingConsumer(std::shared_ptr<Consumer> inner, Journal& journal, std::string group)
        : ForwardingConsumer(std::move(inner)), m_journal(journal), m_group(std::move(group))
    {}
    Task<Result<void>> commit(TopicPartition where, std::int64_t next_offset) override
    {
        auto committed = co_await m_inner->commit(where, next_offset);
        if (!committed || next_offset < 2)
            co_return committed;
        Entry entry; // As a broker that took it would have it told.
        entry.kind = EntryKind::OffsetCommitted;
        entry.group = m_journal.names().intern(m_group);
        entry.topic = m_journal.names().intern(topicName(where.topic));
        entry.partition = where.partition;
        entry.offset = next_offset - 1;
        m_journal.append(entry);
        co_return committed;
    }

private:
    Journal& m_journal;
    const std::string m_group;
};

class HastyConsumer final : public ForwardingConsumer {
public:
    using ForwardingConsumer::ForwardingConsumer;
    Task<Result<DeliveryBatch>> poll(std::size_t max) override
    {
        if (m_left) {
            DeliveryBatch left = std::move(*m_left);
            m_left.reset();
            co_return left;
        }
        auto batch = co_await m_inner->poll(max);
        if (!batch || batch->events.size() < 2 || m_left)
            co_return batch;
        const std::size_t half = batch->events.size() / 2;
        m_left = *batch;
        m_left->events = batch->events.first(half);
        batch->events = batch->events.subspan(half);
        batch->first_offset += std::int64_t(half);
        co_return batch;
    }

private:
    std::optional<DeliveryBatch> m_left;
};

class MutatedBus final : public EventBus {
public:
    MutatedBus(Mutation mutation, std::unique_ptr<EventBus> inner, Journal& journal)
        : m_mutation(mutation), m_inner(std::move(inner)), m_journal(journal)
    {}
    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override
    {
        return m_inner->publish(events);
    }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override
    {
        std::shared_ptr<DeliveredUntil>& delivered = m_delivered[options.group];
        if (!delivered)
            delivered = std::make_shared<DeliveredUntil>();
        const std::shared_ptr<DeliveredUntil> of_group = delivered;
        const std::string group = options.group;
        auto consumer = co_await m_inner->subscribe(std::move(options));
        if (!consumer)
            co_return consumer;
        std::shared_ptr<Consumer> mutant;
        switch (m_mutation) {
        case Mutation::AcksBeforeCommit: mutant = std::make_shared<AckingConsumer>(std::move(*consumer)); break;
        case Mutation::CommitsOldOffsets:
            mutant = std::make_shared<RewindingConsumer>(std::move(*consumer), m_journal, group);
            break;
        case Mutation::SkipsAheadInABatch: mutant = std::make_shared<HastyConsumer>(std::move(*consumer)); break;
        default: mutant = std::make_shared<ResumingConsumer>(std::move(*consumer), of_group); break;
        }
        co_return mutant;
    }
    bool hasDeadLetterTopic() const override { return m_inner->hasDeadLetterTopic(); }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override
    {
        return m_inner->publishDeadLetters(letters);
    }
    Task<Result<std::vector<GroupStatus>>> groups() override { return m_inner->groups(); }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override
    {
        return m_inner->resetGroup(std::move(reset));
    }
    std::string identity() const override { return m_inner->identity(); }
    std::string description() const override { return m_inner->description(); }
    Task<void> close() override { return m_inner->close(); }
    std::uint16_t partitionCount() const override { return m_inner->partitionCount(); }

private:
    const Mutation m_mutation;
    const std::unique_ptr<EventBus> m_inner;
    Journal& m_journal;
    std::map<std::string, std::shared_ptr<DeliveredUntil>> m_delivered; ///< By group; the runs have one thread.
};

} // namespace

std::shared_ptr<Store> mutatedStore(Mutation mutation, std::shared_ptr<Store> store, Journal& journal)
{
    switch (mutation) {
    case Mutation::SkipsInboxInsert: return std::make_shared<ForgetfulStore>(std::move(store), journal);
    case Mutation::RelaysByLastId: return std::make_shared<LastIdStore>(std::move(store), journal);
    case Mutation::MarksBeforePublishing: return std::make_shared<HastyStore>(std::move(store));
    case Mutation::GatewayForgetsKeys: return std::make_shared<KeylessStore>(std::move(store));
    case Mutation::ReadsStaleOrders:
    case Mutation::SkipsAheadInABatch:
    case Mutation::KeepsTryingTheDead:
    case Mutation::BelievesItIsDone: return std::make_shared<WritingStore>(mutation, std::move(store), journal);
    default: return store;
    }
}

std::unique_ptr<EventBus> mutatedBus(Mutation mutation, std::unique_ptr<EventBus> bus, Journal& journal)
{
    switch (mutation) {
    case Mutation::AcksBeforeCommit:
    case Mutation::ForgetsToResetOnCrash:
    case Mutation::CommitsOldOffsets:
    case Mutation::SkipsAheadInABatch: return std::make_unique<MutatedBus>(mutation, std::move(bus), journal);
    default: return bus;
    }
}

} // namespace orderlab
