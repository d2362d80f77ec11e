#pragma once
#include "journal/recording.h"
#include "simulation/scenario.h"

#include <map>
#include <unordered_map>

namespace orderlab {

/// What a recording tells of its customers, read once, for who makes a scenario of it. One thread.
struct RecordedRun {
    struct Purchase {
        Uuid name;                     ///< Of the purchase; of an order without one its own id.
        std::int64_t at_us = 0;        ///< When it was first asked for; else when it was accepted.
        std::int64_t answered_us = -1; ///< When the customer knew; -1: never.
        std::int64_t canceled_us = -1; ///< -1: it was not.
        bool was_asked = false;        ///< The customer's asking is in the recording.
        bool is_accepted = false;
        NameId customer = 0;
        std::int64_t amount_minor = 0;
        NameId currency = 0;
    };

    /// `recording` outlives it.
    explicit RecordedRun(const Recording& recording);

    /// Forgets later purchases.
    void keepFirst(std::size_t count);
    /// Of an entry, by its order or its purchase; null: none of `purchases`.
    const Purchase* purchaseOf(const Entry& entry) const;
    std::string_view text(NameId id) const { return recording.names->text(id); }

    const Recording& recording;
    std::vector<Purchase> purchases; ///< Those that were accepted, by time.
    std::uint64_t never_accepted = 0;
    std::uint64_t without_beginning = 0; ///< Orders of which the acceptance is missing.
    std::uint64_t gaps = 0, missed = 0;  ///< Entries `entries-missed`, and how many they stand for.
    std::uint64_t customers = 0;
    std::uint64_t unnamed = 0; ///< Purchases of customers for whose names there was no room.

private:
    using Places = std::unordered_map<Uuid, std::size_t, UuidHash>;
    void read();
    void readOrder(const Entry& entry);
    void sort();
    void count();
    Purchase& purchase(Uuid name, std::int64_t at_us);

    Places m_by_name, m_by_order;
};

/// The failures that struck, as changes: each strikes there, and only there, as often as it did. Times are since
/// `origin_us`. At most `changes_max`; what cannot be told is appended to `left_out`, a sentence each.
std::vector<Change> strikesOf(const RecordedRun& run, std::int64_t origin_us, std::size_t changes_max,
                              std::vector<std::string>& left_out);

/// How many members the groups had (without prefix).
struct RecordedMembers {
    std::map<std::string, std::size_t> at_start; ///< By `first_us`, as far as the entries tell.
    std::vector<Change> changes;                 ///< Later, for good: no crash, and nobody who came back.
};
/// Times of the changes are since `origin_us`.
RecordedMembers membersOf(const RecordedRun& run, std::int64_t first_us, std::int64_t origin_us);

} // namespace orderlab
