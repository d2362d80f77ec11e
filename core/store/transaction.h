#pragma once
#include "journal/journal.h"
#include "runtime/task.h"
#include "store/records.h"

#include <compare>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace orderlab {

/// An inbox row: `group` has handled `event`.
struct InboxRow {
    std::string_view group; ///< Must outlive the transaction.
    EventId event;
};

/// What workers of one's own keep (docs/worker-protocol.md): a row of the table worker_state.
struct WorkerStateKey {
    std::string group; ///< As in inbox rows.
    std::string key;
    auto operator<=>(const WorkerStateKey&) const = default;
};

/// What a transaction has read and wants to write under a key. Values are JSON texts; nothing: there is none.
struct WorkerStateChange {
    bool was_read = false;
    std::optional<std::string> read; ///< The row, as it has to be still when the transaction commits.
    bool is_written = false;
    std::optional<std::string> value;
    TimePoint updated_at;
    std::uint32_t writes = 0; ///< Counts those of this transaction.
};

/// Everything that one transaction writes; collected until commit().
struct WriteSet {
    std::vector<Order> inserted_orders;
    std::vector<Order> updated_orders; ///< `version` is the new one; the row must still have the one before.
    std::vector<Payment> inserted_payments;
    std::vector<Payment> updated_payments;
    std::vector<Notification> notifications;
    std::vector<AnalyticsBucket> analytics;
    std::vector<DeadLetter> dead_letters;
    std::vector<DeadLetter> updated_dead_letters; ///< The row must still wait, given up at the same moment.
    std::vector<ParkedEvent> parked;
    std::vector<InboxRow> unparked;
    std::vector<IdempotencyRecord> answers;
    std::vector<InboxRow> inbox;
    std::vector<Event> outbox;
    std::map<WorkerStateKey, WorkerStateChange> worker_state; ///< Also what was only read.
};

/// A unit of work: reads happen at once, writes are kept and become durable together at commit(), or not at all.
/// Used by one coroutine at a time. Without a successful commit() nothing happened; the destructor rolls back.
/// What was written is recorded in the journal once it is durable, never before.
class Transaction {
public:
    explicit Transaction(Journal& journal) : m_journal(journal) {}
    virtual ~Transaction() = default;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// The row, or nothing. A row that is read and then updated fails the commit with Conflict (Now) if another
    /// transaction changed it in between. Does not see this transaction's own writes. Error: Unavailable.
    virtual Task<Result<std::optional<Order>>> findOrder(OrderId id) = 0;
    virtual Task<Result<std::optional<Payment>>> findPayment(OrderId id) = 0;
    /// Reads these rows at once, so that findOrder() or findPayment() of them need not ask. Error: Unavailable.
    virtual Task<Result<void>> readOrdersAhead(std::vector<OrderId> orders)
    {
        (void)orders;
        co_return Result<void>{};
    }
    virtual Task<Result<void>> readPaymentsAhead(std::vector<OrderId> orders)
    {
        (void)orders;
        co_return Result<void>{};
    }
    /// For each event whether `group` has yet to handle it; adds inbox rows for those. If a concurrent transaction
    /// handles the same event, this call waits or commit() fails with Conflict (Now). Error: Unavailable.
    virtual Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) = 0;

    /// The row of a worker's state, or nothing. Does not see this transaction's own writes; see readState().
    virtual Task<Result<std::optional<std::string>>> findState(WorkerStateKey key) = 0;

    /// The value under `key`: JSON, as this transaction has written it, else as the store has it. A value that is read
    /// and then written fails the commit with Conflict (Now) if another transaction changed it in between. Coroutines
    /// of one strand may read at the same time. Error: Unavailable.
    Task<Result<std::optional<std::string>>> readState(WorkerStateKey key);
    /// Nothing deletes. `now`: when.
    void writeState(WorkerStateKey key, std::optional<std::string> value, TimePoint now);
    /// How often this transaction has written under `key`.
    std::uint32_t stateWrites(const WorkerStateKey& key) const;

    /// The same as markProcessed() without asking the store: for events of which somebody thinks that `group` has not
    /// handled them. False for what this transaction has already. Where the store knows better, commit() fails with
    /// Conflict (Now), and nothing has happened.
    std::vector<bool> assumeUnprocessed(std::string_view group, std::span<const EventId> events);

    /// About how many rows each table will get; avoids reallocation.
    void expectRows(std::size_t count) { m_expected_rows = count; }
    /// `purchase`: identifies what the customer wants to buy once, for the journal; null: not known.
    void insertOrder(Order order, Uuid purchase = {})
    {
        add(m_writes.inserted_orders, std::move(order));
        m_purchases.push_back(purchase);
    }
    /// `order.version` is one more than the version read.
    void updateOrder(Order order) { add(m_writes.updated_orders, std::move(order)); }
    void insertPayment(Payment payment) { add(m_writes.inserted_payments, std::move(payment)); }
    void updatePayment(Payment payment) { m_writes.updated_payments.push_back(std::move(payment)); }
    void insertNotification(Notification n) { add(m_writes.notifications, std::move(n)); }
    void addAnalytics(const AnalyticsBucket& delta);
    /// One row for each group and event: an existing one is changed by DeadLetter::giveUpAgain(). Writing the same
    /// again, after a lost answer, changes nothing.
    void insertDeadLetter(DeadLetter letter);
    /// Writes data, state and audit of a dead letter that was read in state Waiting. The commit fails with Conflict
    /// (Now) if it no longer waits, or was given up again meanwhile.
    void updateDeadLetter(DeadLetter letter) { m_writes.updated_dead_letters.push_back(std::move(letter)); }
    /// Of two rows for the same group and event the one with more attempts stays; of equal ones the first. An event
    /// that is parked again (ParkedEvent::is_again) must be alone in its transaction. The commit fails with
    /// AlreadyExists (Never) if the event was handled or given up meanwhile, because its lease had ended. Writing the
    /// same again (same attempts and parked_at), after a lost answer, changes nothing and succeeds.
    void park(ParkedEvent parked) { m_writes.parked.push_back(std::move(parked)); }
    /// Deletes the parked row of an event that is handled or given up, if there is one. `group` must outlive the
    /// transaction.
    void unpark(std::string_view group, EventId event) { m_writes.unparked.push_back({group, event}); }
    void rememberAnswer(IdempotencyRecord answer) { m_writes.answers.push_back(std::move(answer)); }
    /// Puts `event` into the outbox.
    void emit(Event event) { add(m_writes.outbox, std::move(event)); }
    /// Takes emitted events out again: they do not become durable with the rest.
    std::vector<Event> takeEmitted() { return std::exchange(m_writes.outbox, {}); }

    /// Makes all writes durable, or none. Call it at most once. `now` is the time of the journal entries.
    /// Errors: Conflict (Now) when a row changed since it was read or a key was taken meanwhile; AlreadyExists (Never)
    /// for an order id or idempotency key that exists; Unavailable (Later): whether it was committed is unknown.
    Task<Result<void>> commit(TimePoint now);

    const WriteSet& writes() const { return m_writes; }

protected:
    virtual Task<Result<void>> commitWrites(WriteSet& writes) = 0;
    /// For a transaction that stands in front of another; see also writes().
    static Task<Result<void>> commitWritesOf(Transaction& other, WriteSet& writes)
    {
        return other.commitWrites(writes);
    }
    WriteSet m_writes;

private:
    template <typename Row>
    void add(std::vector<Row>& rows, Row row)
    {
        if (rows.empty())
            rows.reserve(m_expected_rows);
        rows.push_back(std::move(row));
    }

    Journal& m_journal;
    std::vector<Uuid> m_purchases; ///< One for each inserted order.
    std::size_t m_expected_rows = 1;
};

} // namespace orderlab
