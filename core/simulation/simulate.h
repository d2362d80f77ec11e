#pragma once
#include "journal/world_state.h"
#include "lab/lab_config.h"

#include <functional>
#include <optional>

namespace orderlab {

struct SimulationOptions {
    std::uint64_t seed = 1;
    std::uint64_t orders = 50;
    Duration mean_pause{std::chrono::milliseconds{20}};  ///< Between two orders of the virtual customers; exponential.
    std::uint64_t test_customer_every = 8;               ///< One in so many orders is one of the test customers; at least 1.
    std::uint16_t partitions = 3;
    std::size_t members = 2;                             ///< Of each group.
    Duration time_limit{std::chrono::hours{1}};          ///< Virtual; then what is not final stays in flight.
    /// Every entry as it happens, in batches, with the table of their names.
    std::function<void(std::span<const Entry>, const Names&)> on_entries = {};
};

/// What became of one invariant.
struct InvariantOutcome {
    struct First {
        OrderId order; ///< Null where it is about no order.
        double virtual_seconds = 0;
        std::string explanation;
    };
    std::string name;
    bool holds = true;
    std::uint64_t violations = 0;
    std::optional<First> first; ///< Set when it does not hold.
};

struct SimulationReport {
    std::uint64_t seed = 0;
    Totals totals;
    double virtual_seconds = 0;
    std::uint64_t journal_entries = 0;
    std::string journal_sha256; ///< The same seed gives the same one.
    std::vector<InvariantOutcome> invariants;
    /// Whether all invariants hold.
    bool holds() const;

    /// One JSON object, as `orderlabd simulate --json` prints it.
    std::string toJson() const;
};

/// Runs the whole system on a virtual clock: the real relay, bus, workers, handlers and gateway, with memory bus and
/// store. Ends when every order is final or dead-lettered and every
/// group has caught up. Blocks the calling thread. Errors: InvalidArgument; Exhausted when the journal overran.
Result<SimulationReport> simulate(const SimulationOptions& options);

} // namespace orderlab
