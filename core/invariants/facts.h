#pragma once
#include "invariants/name_roles.h"
#include "journal/event_progress.h"
#include "journal/position_table.h"

#include <array>
#include <deque>
#include <span>

namespace orderlab {

inline constexpr std::uint32_t no_record = PositionTable::npos;

/// What the journal has said so far about one order. Times are microseconds since 1970; -1: has not happened.
struct OrderFacts {
    OrderId id;
    std::uint32_t generation = 0; ///< Counts the orders that have had this record.
    std::uint32_t purchase = no_record;
    std::uint32_t first_event = no_record; ///< Its events are linked by EventFacts::next_of_order.
    std::uint8_t statuses_seen = 0;        ///< A bit an OrderStatus.
    OrderStatus status = OrderStatus::Created;
    bool accepted_without_outbox = false;
    std::int64_t accepted_us = -1;
    std::int64_t answered_us = -1;          ///< The customer knows that it was accepted.
    std::int64_t created_published_us = -1; ///< Its order-created is in the log.
    std::int64_t status_us = -1;            ///< Of the last change of status.
    std::int64_t charged_us = -1;           ///< Of the last charge.
    std::int64_t payment_us = -1;           ///< When a payment was first recorded as succeeded.
    std::int64_t last_us = -1;              ///< Of the last entry about it.
    std::int64_t waits_until_us = -1;       ///< Of a retry or of the retry topic: before, nothing will happen.
    std::int64_t dead_us = -1;              ///< When one of its events went to dead letters.
    std::int32_t net_charges = 0;           ///< Charges less refunds.
    std::uint64_t last_note = 0;            ///< See Evidence.

    bool isFinal() const { return orderlab::isFinal(status); }
};

/// What a group did with an event for the first time.
struct FirstHandling {
    std::int64_t time_us = -1;
    std::int64_t offset = -1;
};

/// The same about one event.
struct EventFacts {
    EventId id;
    std::uint32_t order = no_record;
    std::uint32_t next_of_order = no_record;
    std::uint32_t generation = 0;
    NameId topic = 0;
    std::uint16_t partition = 0;
    std::uint16_t publications = 0; ///< Saturates.
    // A bit a group.
    std::uint8_t handled = 0;
    std::uint8_t skipped = 0;
    std::uint8_t parked = 0; ///< Waits in the retry topic.
    std::uint8_t was_parked = 0;
    std::uint8_t dead = 0; ///< In dead letters, and not replayed since.
    std::uint8_t was_dead = 0;
    std::int64_t emitted_us = -1;
    std::int64_t published_us = -1;
    std::int64_t notified_us = -1;
    std::int64_t first_offset = -1; ///< Of its first publication.
    std::int64_t last_offset = -1;
    /// Deliveries that a group has begun and not ended; those of killed workers are never ended. Saturates. What
    /// EventsInWork knows is not enough here: who was put out of the group may still go on.
    std::array<std::uint8_t, NameRoles::groups_max> under_way{};
    std::array<FirstHandling, NameRoles::groups_max> first;
};

/// What one customer means to buy once, however often it asks.
struct PurchaseFacts {
    Uuid id;
    std::uint32_t orders = 0; ///< Known ones.
    std::uint32_t first_order = no_record;
    std::int32_t net_charges = 0;
};

/// A partition that a group reads.
struct PlaceFacts {
    NameId group_name = 0;
    NameId topic = 0;
    std::uint16_t partition = 0;
    std::uint8_t group = NameRoles::group_none;
    std::uint32_t log = no_record;
};

/// A partition's events by offset, as far back as they may be asked for.
struct LogFacts {
    struct At {
        std::uint32_t event = no_record;
        std::uint32_t generation = 0;
    };
    static constexpr std::size_t events_max = 65'536;

    NameId topic = 0;
    std::uint16_t partition = 0;
    std::int64_t base = 0; ///< Offset of events.front().
    std::deque<At> events;

    std::int64_t end() const { return base + std::int64_t(events.size()); }
    void put(std::int64_t offset, At at);
};

/// An entry and the records of what it speaks of (no_record: of none).
struct Step {
    const Entry& entry;
    const Names& names;
    std::uint32_t order = no_record;
    std::uint32_t event = no_record;
    std::uint32_t place = no_record;
    std::uint8_t group = NameRoles::group_none;
};

struct FactsOptions {
    /// Orders that are remembered. Beyond, the oldest that is final is forgotten with its events, and if none of the
    /// oldest few is, the oldest of all. What comes later about a forgotten order is taken as the first news of it,
    /// so that a violation may be missed, never invented. About 1 KiB an order.
    std::size_t orders_max = 65'536;
    /// Whether the journal is read from the run's very beginning: a group's first offset is then 0.
    bool from_start = true;
    /// Whether other processes may have members in the same groups, of which this journal tells nothing: a partition
    /// that comes (back) to a member here may have been worked on elsewhere.
    bool has_others = false;
};

/// What is known of a run, entry by entry: the fold that all checkers share, so that each of them is a rule and not a
/// table. Bounded. One thread at a time.
class Facts {
public:
    explicit Facts(FactsOptions options) : m_options(options) {}

    /// Finds or makes the records that `entry` speaks of. What it says is not taken in yet: checkers see what was
    /// before.
    Step locate(const Entry& entry, const Names& names);
    /// Takes in what the entry says.
    void take(const Step& step);
    /// Entries are missing here: nothing of what was known can be relied on, but which guarantees are on.
    void forgetAll();

    OrderFacts& order(std::uint32_t number) { return m_orders[number]; }
    const OrderFacts& order(std::uint32_t number) const { return m_orders[number]; }
    const EventFacts& event(std::uint32_t number) const { return m_events[number]; }
    const PurchaseFacts& purchase(std::uint32_t number) const { return m_purchases[number]; }
    std::span<const PlaceFacts> places() const { return m_places; }
    const LogFacts& log(std::uint32_t number) const { return m_logs[number]; }
    /// The event at a place's offset; no_record when it is not known any more.
    std::uint32_t eventAt(const PlaceFacts& place, std::int64_t offset) const;
    const NameRoles::Role& role(const Step& step, NameId name) const { return m_roles(name, step.names); }

    /// `visit(number)` for every order that is remembered, the oldest first.
    template <typename Visit>
    void forEachOrder(Visit&& visit) const
    {
        for (const std::uint32_t number : m_by_age)
            visit(number);
    }
    /// `visit(facts)` for an order's events, the latest first.
    template <typename Visit>
    void forEachEvent(const OrderFacts& order, Visit&& visit) const
    {
        for (std::uint32_t at = order.first_event; at != no_record; at = m_events[at].next_of_order)
            visit(m_events[at]);
    }
    /// The number of the entry that is looked at, from 0; forgetAll() does not change it.
    std::uint64_t entryNumber() const { return m_entry; }
    void setEntryNumber(std::uint64_t number) { m_entry = number; }
    std::int64_t accepted() const { return m_accepted; }
    std::int64_t forgotten() const { return m_forgotten; }
    const FactsOptions& options() const { return m_options; }
    /// See FactsOptions::has_others; may change when another bus is taken into use.
    bool hasOthers() const { return m_options.has_others; }
    void setHasOthers(bool has_others) { m_options.has_others = has_others; }

private:
    std::uint32_t orderOf(const Uuid& id);
    std::uint32_t eventOf(const Entry& entry, std::uint32_t order);
    std::uint32_t placeOf(const Entry& entry, std::uint8_t group);
    std::uint32_t logOf(NameId topic, std::uint16_t partition);
    void makeRoom();
    void forget(std::uint32_t order);
    void accept(const Step& step);
    void joinPurchase(const Step& step);
    void publish(const Step& step);
    void takeDelivery(const Step& step);
    static void takeHold(std::uint8_t& under_way, EventProgress::Hold hold);
    void takeOutcome(const Step& step, EventProgress progress);
    void charge(const Step& step, std::int32_t by);

    FactsOptions m_options;
    std::uint64_t m_entry = 0;
    mutable NameRoles m_roles;
    std::vector<OrderFacts> m_orders;
    std::vector<EventFacts> m_events;
    std::vector<PurchaseFacts> m_purchases;
    std::vector<std::uint32_t> m_free_orders, m_free_events, m_free_purchases;
    std::deque<std::uint32_t> m_by_age;
    PositionTable m_order_index, m_event_index, m_purchase_index;
    std::vector<PlaceFacts> m_places;
    std::vector<LogFacts> m_logs;
    PositionTable m_place_index, m_log_index;
    std::int64_t m_accepted = 0;
    std::int64_t m_forgotten = 0;
    bool m_outbox_on = true;
};

} // namespace orderlab
