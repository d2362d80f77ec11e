#pragma once
#include "simulation/compare.h"

#include <map>
#include <unordered_map>

namespace orderlab {

/// An event of an order, as both runs know it: its type, and which of this type it is (from 0).
struct EventRef {
    EventType type = EventType::OrderCreated;
    int number = 0;
    auto operator<=>(const EventRef&) const = default;
};

/// What a group did with one event. Numbers are places in the run's journal.
struct Handling {
    using Places = std::vector<std::size_t>;
    Places deliveries; ///< As new: neither a further attempt nor from the retry topic.
    Places failures, retries, handled, skipped, dead;
    std::size_t last = 0;

    bool isSettled() const { return !handled.empty() || !dead.empty(); }
};

struct EventTrack {
    Uuid id;
    std::vector<std::size_t> published;
    std::map<std::string_view, Handling> groups; ///< By name without prefix.
};

/// All that a journal says about one order, ready to be laid beside the other run's.
struct OrderTrack {
    Uuid id;
    std::size_t accepted = 0;
    std::vector<std::size_t> statuses, charges, refunds, declines;
    std::map<EventRef, EventTrack> events;
    std::vector<EventRef> log;                                 ///< As first published.
    std::map<std::string_view, std::vector<EventRef>> settled; ///< By group, as first settled.
    std::size_t letters = 0;                                   ///< Dead letters.
};

/// A run, sorted by order.
class RunTrack {
public:
    explicit RunTrack(const RunJournal& journal);

    /// The orders of a purchase by its number from 0, as accepted; several where one purchase became several.
    const std::vector<OrderTrack>& ordersOf(std::size_t number) const;
    std::size_t purchases() const { return m_orders.size(); }
    const RunJournal& journal() const { return m_journal; }
    const Entry& entry(std::size_t place) const { return m_journal.entries[place]; }
    std::string_view text(NameId name) const { return m_journal.names.text(name); }
    /// "paid"; "dead-lettered" or "under way" where it is not final.
    std::string_view statusOf(const OrderTrack& order) const;
    EntryOfRun at(std::size_t place) const { return {&entry(place), &m_journal.names, m_start_us}; }
    RunCounts counts() const;

    static constexpr std::string_view under_way = "under way";

private:
    void findOrders();
    void follow(std::size_t place);
    void followEvent(OrderTrack& order, std::size_t place);
    EventTrack* eventOf(OrderTrack& order, const Entry& entry, EventRef& ref);

    RunJournal m_journal;
    std::int64_t m_start_us = 0;
    std::vector<std::vector<OrderTrack>> m_orders;                                    ///< By number, from 0.
    std::unordered_map<Uuid, std::pair<std::size_t, std::size_t>, UuidHash> m_places; ///< By the order's id.
    std::vector<std::optional<EventType>> m_types;                                    ///< By the topic's name.
};

/// "payment" of "orderlab.payment".
std::string_view shortGroup(std::string_view group);

} // namespace orderlab
