#pragma once
#include "domain/event.h"
#include "simulation/divergence.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace orderlab {

/// A run as compareRuns() takes it.
struct RunJournal {
    std::string_view where;         ///< In sentences: "in memory", "on Kafka".
    std::span<const Entry> entries; ///< All of them, in the order of the journal.
    const Names& names;
    /// What the customers call their purchases, by the order's number in the scenario, from 0; null: has not come.
    std::span<const Uuid> purchases;
};

/// How two runs of one scenario differ in an order. The first eight are about how it ended, EventOrder is about the
/// order of its events, and with the others its end is the same.
enum class DifferenceKind : std::uint8_t {
    NotAccepted,    ///< Only one run has it.
    Status,         ///< It ended otherwise, or in one of them not at all.
    Charges,        ///< The customer was charged, or given back the money, more often.
    EventMissing,   ///< Only one run has the event.
    DeadLettered,   ///< A group gave up what it handled in the other run.
    NotHandled,     ///< A group did not handle what it handled in the other run.
    HandledAgain,   ///< A group did it twice.
    MoreOrders,     ///< One purchase became several orders.
    EventOrder,     ///< Events that are ordered changed places; see compareRuns().
    PublishedAgain, ///< The log has the event more often.
    Redelivered,    ///< A group was given the event more often.
    Retried,        ///< A group failed more often at it.
};
inline constexpr std::size_t difference_kind_count = 12;
/// "final-status", "redelivered"…
std::string_view name(DifferenceKind kind);
bool changesTheEnd(DifferenceKind kind);

struct Difference {
    DifferenceKind kind = DifferenceKind::Status;
    std::uint64_t order = 0; ///< Its number in the scenario, from 1.
    std::string explanation; ///< "order 7: on Kafka …".
    Divergence at;           ///< The entries behind it.
    double seconds = 0;      ///< Since the start of the run, where it shows first.
};

/// What a run came to.
struct RunCounts {
    std::uint64_t orders = 0, paid = 0, failed = 0, canceled = 0, dead_lettered = 0, in_flight = 0;
    std::uint64_t published = 0, deliveries = 0;
    std::uint64_t redeliveries = 0; ///< Deliveries of an event to a group that had been given it before; no retries.
    std::uint64_t duplicates_skipped = 0, retries = 0, dead_letters = 0, charges = 0, refunds = 0;

    bool operator==(const RunCounts&) const = default;
};

struct Comparison {
    RunCounts first, second;
    std::uint64_t orders = 0;                                  ///< Purchases of both runs.
    std::array<std::uint64_t, difference_kind_count> counts{}; ///< By kind: all of them.
    /// By time, and bounded: those that change the end or the order are kept before others.
    std::vector<Difference> differences;
    /// Orders of which a group handled events of different topics in another sequence. No log orders these: for readers
    /// only.
    std::uint64_t unordered_swaps = 0;

    std::uint64_t count(DifferenceKind kind) const { return counts[std::size_t(kind)]; }
    bool haveSameFinalStates() const;
    bool haveSameOrder() const { return count(DifferenceKind::EventOrder) == 0; }
    /// The first difference that changes the end or the order; else the first of all; null: both runs are the same.
    const Difference* firstDifference() const;
};

/// Aligns two runs of one scenario by order, event type, group and attempt, and tells what differs. Pure.
///
/// Times and ids differ and are not compared, nor is what happens between orders. Of one order's events these are
/// ordered, and have to be in both runs: the sequence in which the log got them; the sequence in which a group settled
/// those of one topic; and the last status. What comes by cause and effect (published, delivered, handled) is aligned,
/// not ordered: a journal's threads may tell it in any sequence.
Comparison compareRuns(const RunJournal& first, const RunJournal& second, std::size_t differences_max = 100);

} // namespace orderlab
