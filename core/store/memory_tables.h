#pragma once
#include "store/store.h"

#include <boost/container/deque.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <deque>
#include <map>
#include <mutex>
#include <set>

namespace orderlab {

/// Rows that never move, in blocks of 256 (std::deque has about four in one).
template <typename Row>
using RowDeque =
    boost::container::deque<Row, void, boost::container::deque_options_t<boost::container::block_size<256u>>>;

/// Rows by key, in order of insertion; rows never move. Not synchronised.
template <typename Row>
class MemoryTable {
public:
    Row* find(const Uuid& key)
    {
        const auto found = m_index.find(key);
        return found == m_index.end() ? nullptr : found->second;
    }
    void insert(const Uuid& key, Row row)
    {
        m_rows.push_back(std::move(row));
        m_index.emplace(key, &m_rows.back());
    }
    const RowDeque<Row>& rows() const { return m_rows; }

private:
    RowDeque<Row> m_rows;
    boost::unordered_flat_map<Uuid, Row*, UuidHash> m_index;
};

/// A part of the orders, and of the payments: those whose order id hashes to it.
struct MemoryOrders {
    std::mutex mutex;
    MemoryTable<Order> rows;
    std::int64_t by_status[4] = {};
};
struct MemoryPayments {
    std::mutex mutex;
    MemoryTable<Payment> rows;
};

/// The inbox of one consumer group.
struct MemoryInbox {
    std::mutex mutex;
    boost::unordered_flat_set<Uuid, UuidHash> events;
};

/// What only grows and is read rarely.
struct MemoryNotifications {
    std::mutex mutex;
    RowDeque<Notification> rows;
};
/// The parked events of one group.
struct MemoryParked {
    std::map<Uuid, ParkedEvent> events;
    std::set<std::pair<TimePoint, Uuid>> due; ///< By the time they may be taken; one an event.

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
    std::map<std::string, MemoryParked, std::less<>> parked; ///< By group.
    std::map<std::string, IdempotencyRecord, std::less<>> answers;

    void giveUp(DeadLetter letter)
    {
        const auto [known, is_new] = dead_letter_ids.try_emplace({letter.group, letter.event.id}, letter.id);
        if (is_new)
            dead_letters.emplace(known->second, std::move(letter));
        else
            dead_letters.at(known->second).giveUpAgain(std::move(letter));
    }
};

/// Unpublished events of the orders that hash to it, in chunks, so that a claim takes many at once.
struct MemoryOutboxSlot {
    static constexpr std::size_t chunk_events_max = 256;
    std::mutex mutex;
    std::deque<std::vector<Event>> chunks;
    bool claimed = false;

    void push(Event event)
    {
        if (chunks.empty() || chunks.back().size() == chunk_events_max) {
            chunks.emplace_back();
            chunks.back().reserve(chunk_events_max);
        }
        chunks.back().push_back(std::move(event));
    }
};

} // namespace orderlab
