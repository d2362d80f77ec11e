#pragma once
#include "store/records.h"

#include <vector>

namespace orderlab {

/// What the tables of a store hold, as records. A value.
struct StoreRows {
    /// Of a table. More would take longer to copy than a person waits, and more memory than a window may take.
    static constexpr std::size_t rows_max = 100'000;

    struct Done {
        std::string group; ///< Full name, as in inbox rows.
        EventId event;
        bool operator==(const Done&) const = default;
    };

    struct State {         ///< Of a worker of one's own.
        std::string group; ///< Full name, as in inbox rows.
        std::string key;
        std::string value; ///< JSON.
        TimePoint updated_at;
        bool operator==(const State&) const = default;
    };

    std::vector<Order> orders;
    std::vector<Event> outbox; ///< Not published yet.
    std::vector<Done> inbox;
    std::vector<Payment> payments;
    std::vector<Notification> notifications; ///< In the order in which they were written.
    std::vector<AnalyticsBucket> analytics;
    std::vector<DeadLetter> dead_letters;
    std::vector<ParkedEvent> parked;
    std::vector<IdempotencyRecord> answers;
    std::vector<LedgerEntry> ledger; ///< In the order in which they were written.
    std::vector<State> worker_state;
    bool is_cut = false; ///< Some table has more than rows_max rows; the others of it are left out.
};

} // namespace orderlab
