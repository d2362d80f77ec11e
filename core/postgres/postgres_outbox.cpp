#include "postgres/postgres_outbox.h"

#include "postgres/postgres_values.h"
#include "store/log_number.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::int32_t log_locks =
    0x4f4c4f47; ///< The first number of advisory locks that say which logs are in use ("OLOG").
/// Few for a small claim, so that several relays find work; all for a large one, as a claim costs more than its rows.
int slotsOf(std::size_t max)
{
    constexpr std::size_t rows_a_slot = 64;
    return std::clamp(int(std::min<std::size_t>(max / rows_a_slot, outbox_slot_count)), 4, int(outbox_slot_count));
}

// Locks free slots that have rows to publish, round from $1. The lock is taken in the CTE, before anything is told.
constexpr const char* lock_slots =
    "WITH locked AS MATERIALIZED (SELECT s.slot FROM orderlab.outbox_slots s"
    " WHERE EXISTS (SELECT FROM orderlab.outbox o WHERE o.slot = s.slot AND o.published_at IS NULL)"
    " ORDER BY (s.slot - $1::integer + 16) % 16 LIMIT $2::integer FOR UPDATE OF s SKIP LOCKED)"
    " SELECT set_config('orderlab.slots', coalesce(array_agg(slot), '{}')::text, true), count(*) FROM locked";

// A statement of its own: its snapshot is taken under the lock, and so sees what the holder before us has published.
// Slots share what may be claimed, so that one with much to publish does not crowd out those claimed with it.
constexpr const char* read_rows =
    "SELECT " ORDERLAB_OUTBOX_EVENT
    ", o.sequence FROM unnest(current_setting('orderlab.slots')::smallint[]) AS locked(slot)"
    " CROSS JOIN LATERAL (SELECT * FROM orderlab.outbox x"
    " WHERE x.slot = locked.slot AND x.published_at IS NULL ORDER BY x.sequence"
    " LIMIT greatest(1, $1::bigint / greatest(1, cardinality(current_setting('orderlab.slots')::smallint[])))) o"
    " ORDER BY o.sequence LIMIT $1::bigint";

/// Shared: processes with one log have the same. Nobody takes it exclusively, so that nobody waits.
std::string lockLog(std::int32_t key)
{
    return "SELECT pg_advisory_unlock_all(); SELECT pg_advisory_lock_shared(" + std::to_string(log_locks) + ", "
           + std::to_string(key) + "); ";
}

} // namespace

class PostgresOutbox::Claim final : public OutboxClaim {
public:
    Claim(std::shared_ptr<PostgresOutbox> outbox, PostgresLease lease, std::vector<Event> events,
          PostgresParameter sequences)
        : m_outbox(std::move(outbox)), m_lease(std::move(lease)), m_events(std::move(events)),
          m_sequences(std::move(sequences))
    {}
    ~Claim() override
    {
        if (m_lease)
            m_outbox->m_tasks.spawn(rollBack(m_outbox, std::move(*m_lease)));
    }
    std::span<const Event> events() const override { return m_events; }
    Task<Result<void>> markPublished(std::vector<LogOffset> offsets) override;

private:
    std::shared_ptr<PostgresOutbox> m_outbox;
    std::optional<PostgresLease> m_lease; ///< Within the transaction that holds the slots.
    std::vector<Event> m_events;
    PostgresParameter m_sequences;
};

Task<Result<void>> PostgresOutbox::Claim::markPublished(std::vector<LogOffset> offsets)
{
    if (!m_lease)
        co_return internalError("an outbox claim was marked twice");
    PostgresLease lease = std::move(*m_lease);
    m_lease.reset();
    std::vector<PostgresStatement> statements;
    const std::string now = toRfc3339(m_outbox->m_runtime.now());
    if (offsets.size() == m_events.size()) {
        PostgresArray partitions, places;
        for (const LogOffset& place : offsets) {
            partitions.add(std::int64_t(place.partition));
            places.add(place.offset);
        }
        statements.push_back({"UPDATE orderlab.outbox o SET published_at = $2::timestamptz, log_partition = "
                              "u.partition, log_offset = u.place"
                              " FROM unnest($1::bigint[], $3::bigint[], $4::bigint[]) AS u(sequence, partition, place)"
                              " WHERE o.sequence = u.sequence",
                              {m_sequences, now, partitions.take(), places.take()},
                              {}});
    } else {
        statements.push_back(
            {"UPDATE orderlab.outbox SET published_at = $2::timestamptz WHERE sequence = ANY($1::bigint[])",
             {m_sequences, now},
             {}});
    }
    statements.push_back({"COMMIT", {}, {}});
    auto marked = co_await lease->run(std::move(statements));
    if (!marked) {
        m_lease.emplace(std::move(lease)); // rolled back when the claim is dropped
        co_return marked.error();
    }
    m_outbox->changed(); // rows that came into these slots meanwhile are free now
    co_return Result<void>{};
}

PostgresOutbox::PostgresOutbox(Runtime& runtime, std::shared_ptr<PostgresPool> pool, PostgresOutboxOptions options)
    : m_runtime(runtime), m_pool(std::move(pool)), m_options(options), m_tasks(runtime)
{}

Task<void> PostgresOutbox::rollBack(std::shared_ptr<PostgresOutbox> self, PostgresLease lease)
{
    if (lease->isInTransaction()) {
        std::vector<PostgresStatement> statements;
        statements.push_back({"ROLLBACK", {}, {}});
        // A connection on which even this fails is closed, which ends the transaction as well.
        const auto ended = co_await lease->run(std::move(statements));
        (void)ended;
    }
    self->changed();
}

Task<Result<std::unique_ptr<OutboxClaim>>> PostgresOutbox::claim(std::size_t max)
{
    if (max == 0)
        co_return invalidArgument("max", "must be above 0");
    const int slots = slotsOf(max);
    std::uint64_t generation;
    int first_slot;
    {
        const MutexLock guard(m_mutex);
        generation = m_generation;
        first_slot = m_next_slot;
        m_next_slot = (m_next_slot + slots) % int(outbox_slot_count);
    }
    auto lease = co_await m_pool->take();
    if (!lease)
        co_return lease.error();
    std::vector<PostgresStatement> statements;
    statements.push_back({"BEGIN", {}, {}});
    // What is marked need not be on the disk: a mark that is lost with the server is a row that is published once more,
    // and the inbox knows the event. Commits that do wait for the disk take it along.
    statements.push_back({"SELECT set_config('synchronous_commit', 'off', true)", {}, {}});
    statements.push_back({lock_slots, {std::to_string(first_slot), std::to_string(slots)}, {}});
    statements.push_back({read_rows, {std::to_string(max)}, {}});
    auto results = co_await (*lease)->run(std::move(statements));
    // From here on the lease is within a transaction: dropped as a claim, it is rolled back.
    std::vector<Event> events;
    PostgresArray sequences;
    std::optional<Error> failure;
    if (!results)
        failure = results.error();
    for (int row = 0; !failure && row < results->back().rows(); ++row) {
        auto event = outboxEventOf(results->back(), row);
        if (event) {
            events.push_back(std::move(*event));
            sequences.add(results->back().number(row, outbox_event_columns));
        } else {
            failure = event.error();
        }
    }
    const bool is_empty = events.empty();
    if (failure || is_empty) {
        std::vector<PostgresStatement> end;
        end.push_back({"ROLLBACK", {}, {}});
        if ((*lease)->isInTransaction())
            co_await (*lease)->run(std::move(end));
        if (failure)
            co_return *failure;
        const MutexLock guard(m_mutex);
        m_seen = std::max(m_seen, generation);
        co_return std::unique_ptr<OutboxClaim>{};
    }
    co_return std::make_unique<Claim>(shared_from_this(), std::move(*lease), std::move(events), sequences.take());
}

void PostgresOutbox::changed()
{
    {
        const MutexLock guard(m_mutex);
        ++m_generation;
    }
    m_changed.notifyAll();
}

void PostgresOutbox::committed()
{
    changed();
    {
        const MutexLock guard(m_mutex);
        m_untold = true;
        if (!m_closed)
            startTasks();
    }
    m_to_tell.notifyOne();
}

void PostgresOutbox::startTasks()
{
    if (m_started)
        return;
    m_started = true;
    m_tasks.spawn(listen());
    m_tasks.spawn(notifyOthers());
    m_tasks.spawn(recheck());
}

Task<Result<void>> PostgresOutbox::wait()
{
    {
        MutexLock lock(m_mutex);
        if (!m_closed)
            startTasks();
        if (!m_closed && m_seen == m_generation)
            co_await m_changed.wait(lock);
    }
    const MutexLock guard(m_mutex);
    if (m_closed)
        co_return closedError("store");
    co_return Result<void>{};
}

Task<void> PostgresOutbox::listenOnce()
{
    auto connection =
        co_await PostgresConnection::open(m_runtime, m_pool->options().url, m_pool->options().connect_limit);
    if (!connection)
        co_return;
    const auto listening = co_await (*connection)->runScript("LISTEN orderlab_outbox");
    if (!listening)
        co_return;
    changed(); // whatever was missed before
    for (;;) {
        const auto senders = co_await (*connection)->waitForNotifications();
        if (!senders)
            co_return;
        for (const int sender : *senders) {
            if (sender != m_notifying_process) {
                changed();
                break;
            }
        }
    }
}

Task<void> PostgresOutbox::listen()
{
    for (;;) {
        co_await listenOnce();
        co_await m_runtime.sleep(m_options.recheck);
    }
}

Task<std::unique_ptr<PostgresConnection>> PostgresOutbox::openToNotify()
{
    auto opened = co_await PostgresConnection::open(m_runtime, m_pool->options().url, m_pool->options().connect_limit);
    if (!opened)
        co_return nullptr;
    m_notifying_process = (*opened)->serverProcess();
    // Losing a wake-up with the server is harmless, waiting for the disk is not.
    const auto set = co_await (*opened)->runScript("SET synchronous_commit = off");
    (void)set;
    co_return std::move(*opened);
}

/// On the connection that also says which log is in use here: a lock that is held as long as the process lives.
Task<void> PostgresOutbox::notifyOthers()
{
    std::unique_ptr<PostgresConnection> connection;
    std::int32_t held = 0;
    for (;;) {
        bool untold;
        std::int32_t log_key;
        {
            MutexLock lock(m_mutex);
            if (!m_untold && !m_unchecked) {
                co_await m_to_tell.wait(lock);
                continue;
            }
            untold = std::exchange(m_untold, false);
            m_unchecked = false;
            log_key = m_log_key;
        }
        if (!connection || !connection->isAlive()) {
            connection = co_await openToNotify();
            held = 0;
        }
        std::string script = held == log_key ? "" : lockLog(log_key);
        script += untold ? "NOTIFY orderlab_outbox" : "";
        if (connection && !script.empty()) {
            const auto told = co_await connection->runScript(std::move(script));
            if (told)
                held = log_key;
            else
                connection.reset();
        }
        co_await m_runtime.sleep(connection ? m_options.notify_interval : m_options.recheck);
    }
}

Task<void> PostgresOutbox::recheck()
{
    for (;;) {
        co_await m_runtime.sleep(m_options.recheck);
        changed();
        {
            const MutexLock guard(m_mutex);
            m_unchecked = true;
        }
        m_to_tell.notifyOne();
    }
}

/// With m_mutex held. A log without an identity is gone with its process, and like no other.
void PostgresOutbox::useLog(const std::string& identity)
{
    if (m_log_key == 0 || identity != m_log) {
        m_log = identity;
        m_log_key = identity.empty() ? numberOfOwnLog(m_runtime.randomBelow(log_numbers)) : logNumberOf(identity);
    }
    m_unchecked = true;
    if (!m_closed)
        startTasks();
}

Task<Result<std::vector<std::int64_t>>> PostgresOutbox::otherLogs()
{
    std::int32_t ours;
    {
        const MutexLock guard(m_mutex);
        ours = m_log_key;
    }
    std::vector<PostgresStatement> statements;
    statements.push_back(
        {"SELECT DISTINCT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
         " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
         " AND classid = $1::oid AND objid <> $2::oid ORDER BY 1",
         {std::to_string(log_locks), std::to_string(ours)},
         {}});
    const auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    std::vector<std::int64_t> others;
    for (int row = 0; row < results->front().rows(); ++row)
        others.push_back(results->front().number(row, 0));
    co_return others;
}

Task<void> PostgresOutbox::close()
{
    {
        const MutexLock guard(m_mutex);
        m_closed = true;
    }
    m_changed.notifyAll();
    m_tasks.cancel();
    co_await m_tasks.join();
}

} // namespace orderlab
