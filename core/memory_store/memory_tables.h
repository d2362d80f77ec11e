#pragma once
#include "store/store.h"
#include "memory_store/uuid_index.h"

#include <boost/container/deque.hpp>
#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
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
    std::mutex mutex;
    MemoryTable<Order> rows;
    std::int64_t by_status[4] = {};
};
struct MemoryPayments {
    explicit MemoryPayments(BlockArena& arena) : rows(arena) {}
    std::mutex mutex;
    MemoryTable<Payment> rows;
};

/// The inbox of one consumer group: events in generations, each of an eighth of the time that they are kept, so that old
/// ones are forgotten all at once.
struct MemoryInbox {
    static constexpr int generations_in_bound = 8;

    explicit MemoryInbox(BlockArena& memory) : arena(memory) { begin({}); }

    bool contains(const Uuid& event)
    {
        return std::any_of(generations.rbegin(), generations.rend(), [&](Generation& g) { return g.events.contains(event); });
    }
    void insert(const Uuid& event) { generations.back().events.insert(event); }
    std::size_t size() const;
    /// Forgets what was done before `now` - `bound`, as far as whole generations are. Returns how many events.
    std::int64_t clean(TimePoint now, Duration bound);

    std::mutex mutex;

private:
    struct Generation {
        UuidSet events;
        TimePoint ended; ///< When the next one began.
    };
    void begin(TimePoint now);

    BlockArena& arena;
    std::deque<Generation> generations; ///< Oldest first; never empty.
    TimePoint m_began;                  ///< The newest; the epoch: at a time that nobody has asked for.
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
    std::mutex mutex;
    SpareBlocks blocks;
    RowDeque<Notification> rows;
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
    std::mutex mutex;
    std::map<std::pair<TimePoint, Currency>, AnalyticsBucket> analytics;
    std::map<Uuid, DeadLetter> dead_letters;
    std::map<std::pair<std::string, EventId>, Uuid> dead_letter_ids; ///< By group and event.
    std::set<std::pair<TimePoint, Uuid>> unpublished_dead_letters;   ///< When they were given up, and which.
    bool dead_letters_claimed = false; ///< One relay at a time.
    std::map<std::string, MemoryParked, std::less<>> parked; ///< By group.
    std::map<std::string, IdempotencyRecord, std::less<>> answers;
    std::deque<std::pair<TimePoint, std::string>> answer_times; ///< When which key came; oldest first.

    void giveUp(DeadLetter letter)
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

/// The tables of a memory store but the outbox, each with a lock of its own, and how write sets get into them. Any thread.
class MemoryTables {
public:
    static constexpr std::size_t shard_count = 8;

    explicit MemoryTables(BlockArena& arena)
        : orders(partsOn<MemoryOrders>(arena, Shards())), payments(partsOn<MemoryPayments>(arena, Shards())),
          notifications(arena), m_arena(arena)
    {
    }

    MemoryOrders& ordersOf(const Uuid& id) { return orders[shardOf(id)]; }
    MemoryPayments& paymentsOf(const Uuid& id) { return payments[shardOf(id)]; }
    MemoryInbox& inboxOf(std::string_view group);

    /// All of `writes` but its outbox, or nothing. `payments_read`: as they were; what is updated must still be so.
    /// Errors: those of Transaction::commit().
    Result<void> write(WriteSet& writes, std::span<const Payment> payments_read);
    StoreCounts counts();
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
    using Locks = boost::container::small_vector<std::unique_lock<std::mutex>, 12>;

    static std::size_t shardOf(const Uuid& id) { return (hashValue(id) >> 40) % shard_count; }
    InboxRuns inboxRuns(const WriteSet& writes);
    Locks lockAllThatIsWritten(const WriteSet& writes, const InboxRuns& runs);
    Result<void> check(const WriteSet& writes, const InboxRuns& runs, std::span<const Payment> payments_read);
    void apply(WriteSet& writes, const InboxRuns& runs);
    void applyEffects(WriteSet& writes);

    BlockArena& m_arena;
    std::mutex m_inboxes_mutex; ///< Guards the table, not the inboxes.
    std::map<std::string, std::unique_ptr<MemoryInbox>, std::less<>> m_inboxes;
};

} // namespace orderlab
