#pragma once
#include "base/mutex.h"
#include "memory_store/uuid_index.h"
#include "store/store.h"
#include "store/store_rows.h"

#include <boost/container/deque.hpp>
#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace orderlab {

/// Rows that never move, in blocks of 256 (std::deque has about four in one).
template <typename Row>
using RowDeque = boost::container::deque<Row, std::pmr::polymorphic_allocator<Row>,
                                         boost::container::deque_options_t<boost::container::block_size<256u>>>;

/// Rows by key, in order of insertion; rows never move. Not synchronised.
template <typename Row>
class MemoryTable {
public:
    explicit MemoryTable(BlockArena& arena) : m_rows(&arena), m_index(arena) {}

    Row* find(const Uuid& key)
    {
        Row* const* row = m_index.find(key);
        return row ? *row : nullptr;
    }
    void insert(const Uuid& key, Row row)
    {
        m_rows.push_back(std::move(row));
        m_index.insert(key, &m_rows.back());
    }
    const RowDeque<Row>& rows() const { return m_rows; }

private:
    RowDeque<Row> m_rows;
    UuidIndex<Row*> m_index;
};

/// A part of the orders, and of the payments: those whose order id hashes to it.
struct MemoryOrders {
    explicit MemoryOrders(BlockArena& arena) : rows(arena) {}
    Mutex mutex;
    MemoryTable<Order> rows ORDERLAB_GUARDED_BY(mutex);
    std::int64_t by_status[4] ORDERLAB_GUARDED_BY(mutex) = {};
};
struct MemoryPayments {
    explicit MemoryPayments(BlockArena& arena) : rows(arena) {}
    Mutex mutex;
    MemoryTable<Payment> rows ORDERLAB_GUARDED_BY(mutex);
};

/// The inbox of one consumer group: events in generations, each of an eighth of the time that they are kept, so that
/// old ones are forgotten all at once.
struct MemoryInbox {
    static constexpr int generations_in_bound = 8;

    explicit MemoryInbox(BlockArena& memory) : arena(memory)
    {
        const MutexLock guard(mutex);
        begin({});
    }

    bool contains(const Uuid& event) ORDERLAB_REQUIRES(mutex)
    {
        return std::any_of(generations.rbegin(), generations.rend(),
                           [&](Generation& g) { return g.events.contains(event); });
    }
    void insert(const Uuid& event) ORDERLAB_REQUIRES(mutex) { generations.back().events.insert(event); }
    std::size_t size() const ORDERLAB_REQUIRES(mutex);
    template <typename Take>
    void forEachEvent(Take take) const ORDERLAB_REQUIRES(mutex)
    {
        for (const Generation& generation : generations)
            generation.events.forEachKey(take);
    }
    /// Forgets what was done before `now` - `bound`, as far as whole generations are. Returns how many events.
    std::int64_t clean(TimePoint now, Duration bound) ORDERLAB_REQUIRES(mutex);

    Mutex mutex;

private:
    struct Generation {
        UuidSet events;
        TimePoint ended; ///< When the next one began.
    };
    void begin(TimePoint now) ORDERLAB_REQUIRES(mutex);

    BlockArena& arena;
    std::deque<Generation> generations ORDERLAB_GUARDED_BY(mutex); ///< Oldest first; never empty.
    TimePoint m_began ORDERLAB_GUARDED_BY(mutex); ///< The newest; the epoch: at a time that nobody has asked for.
};

/// Memory for blocks of one size that are freed again: an arena takes nothing back. Not synchronised.
class SpareBlocks final : public std::pmr::memory_resource {
public:
    explicit SpareBlocks(BlockArena& arena) : m_arena(arena) {}

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* block, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override { return this == &other; }

    BlockArena& m_arena;
    std::map<std::size_t, std::vector<void*>> m_spare; ///< By size, of which there are few.
};

/// Oldest first.
struct MemoryNotifications {
    explicit MemoryNotifications(BlockArena& arena) : blocks(arena), rows(&blocks) {}
    Mutex mutex;
    SpareBlocks blocks;
    RowDeque<Notification> rows ORDERLAB_GUARDED_BY(mutex);
};
/// The parked events of one group.
struct MemoryParked {
    std::map<Uuid, ParkedEvent> events;
    std::set<std::pair<TimePoint, Uuid>> due; ///< By the time they may be taken; one an event.

    /// Whether a row for this event is there, with fewer attempts, or parked as `event` wants it to be.
    bool isBehindOrDone(const ParkedEvent& event) const
    {
        const auto known = events.find(event.event.id);
        return known != events.end()
               && (known->second.attempts < event.attempts
                   || (known->second.attempts == event.attempts && known->second.parked_at == event.parked_at));
    }
    /// Puts `event` in, or in the place of the one that is there.
    void put(ParkedEvent event)
    {
        remove(event.event.id);
        due.emplace(event.due_at, event.event.id);
        events.emplace(event.event.id, std::move(event));
    }
    void remove(const Uuid& event)
    {
        const auto found = events.find(event);
        if (found == events.end())
            return;
        due.erase({found->second.due_at, event});
        events.erase(found);
    }
};
struct MemoryEffects {
    Mutex mutex;
    std::map<std::pair<TimePoint, Currency>, AnalyticsBucket> analytics ORDERLAB_GUARDED_BY(mutex);
    std::map<Uuid, DeadLetter> dead_letters ORDERLAB_GUARDED_BY(mutex);
    std::map<std::pair<std::string, EventId>, Uuid> dead_letter_ids ORDERLAB_GUARDED_BY(mutex); ///< By group and event.
    /// When they were given up, and which.
    std::set<std::pair<TimePoint, Uuid>> unpublished_dead_letters ORDERLAB_GUARDED_BY(mutex);
    bool dead_letters_claimed ORDERLAB_GUARDED_BY(mutex) = false;                       ///< One relay at a time.
    std::map<std::string, MemoryParked, std::less<>> parked ORDERLAB_GUARDED_BY(mutex); ///< By group.
    std::map<std::string, IdempotencyRecord, std::less<>> answers ORDERLAB_GUARDED_BY(mutex);
    /// When which key came; oldest first.
    std::deque<std::pair<TimePoint, std::string>> answer_times ORDERLAB_GUARDED_BY(mutex);

    struct State {
        std::string value; ///< JSON.
        TimePoint updated_at;
    };
    std::map<WorkerStateKey, State> worker_state ORDERLAB_GUARDED_BY(mutex);

    std::optional<std::string> stateOf(const WorkerStateKey& key) const ORDERLAB_REQUIRES(mutex)
    {
        const auto found = worker_state.find(key);
        return found == worker_state.end() ? std::nullopt : std::optional(found->second.value);
    }
    void giveUp(DeadLetter letter) ORDERLAB_REQUIRES(mutex)
    {
        const auto [known, is_new] = dead_letter_ids.try_emplace({letter.group, letter.event.id}, letter.id);
        DeadLetter& row = dead_letters[known->second];
        if (!is_new && letter.repeats(row))
            return;
        unpublished_dead_letters.erase({row.created_at, known->second});
        if (is_new)
            row = std::move(letter);
        else
            row.giveUpAgain(std::move(letter));
        unpublished_dead_letters.emplace(row.created_at, known->second);
    }
};

template <typename Part, std::size_t... i>
std::array<Part, sizeof...(i)> partsOn(BlockArena& arena, std::index_sequence<i...>)
{
    return {{(static_cast<void>(i), Part(arena))...}};
}

/// The tables of a memory store but the outbox, each with a lock of its own, and how write sets get into them. Any
/// thread.
class MemoryTables {
public:
    static constexpr std::size_t shard_count = 8;

    explicit MemoryTables(BlockArena& arena)
        : orders(partsOn<MemoryOrders>(arena, Shards())), payments(partsOn<MemoryPayments>(arena, Shards())),
          notifications(arena), m_arena(arena)
    {}

    MemoryOrders& ordersOf(const Uuid& id) { return orders[shardOf(id)]; }
    MemoryPayments& paymentsOf(const Uuid& id) { return payments[shardOf(id)]; }
    MemoryInbox& inboxOf(std::string_view group);

    /// All of `writes` but its outbox, or nothing. `payments_read`: as they were; what is updated must still be so.
    /// Errors: those of Transaction::commit().
    Result<void> write(WriteSet& writes, std::span<const Payment> payments_read);
    StoreCounts counts();
    /// All but outbox and ledger; see copyMemoryRows().
    void copyInto(StoreRows& rows);
    /// See StoreUpkeep::clean().
    Cleaned clean(const StoreBounds& bounds, std::size_t rows_max, TimePoint now);

    std::array<MemoryOrders, shard_count> orders;
    std::array<MemoryPayments, shard_count> payments;
    MemoryNotifications notifications;
    MemoryEffects effects;

private:
    /// Consecutive rows of WriteSet::inbox that go into one inbox.
    struct InboxRun {
        MemoryInbox* inbox;
        std::span<const InboxRow> rows;
    };
    using InboxRuns = boost::container::small_vector<InboxRun, 4>;
    using Shards = std::make_index_sequence<shard_count>;
    using Locks = boost::container::small_vector<UncheckedMutexLock, 12>;

    static std::size_t shardOf(const Uuid& id) { return (hashValue(id) >> 40) % shard_count; }
    InboxRuns inboxRuns(const WriteSet& writes);
    Locks lockAllThatIsWritten(const WriteSet& writes, const InboxRuns& runs);
    // As many locks are held as the write set needs (lockAllThatIsWritten()), which the analysis cannot follow.
    Result<void> check(const WriteSet& writes, const InboxRuns& runs,
                       std::span<const Payment> payments_read) ORDERLAB_NO_THREAD_SAFETY_ANALYSIS;
    void apply(WriteSet& writes, const InboxRuns& runs) ORDERLAB_NO_THREAD_SAFETY_ANALYSIS;
    void applyEffects(WriteSet& writes) ORDERLAB_NO_THREAD_SAFETY_ANALYSIS;

    BlockArena& m_arena;
    Mutex m_inboxes_mutex;
    std::map<std::string, std::unique_ptr<MemoryInbox>, std::less<>> m_inboxes ORDERLAB_GUARDED_BY(m_inboxes_mutex);
};

} // namespace orderlab
