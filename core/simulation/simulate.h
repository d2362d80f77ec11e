#pragma once
#include "invariants/checker.h"
#include "journal/world_state.h"
#include "simulation/scenario.h"

#include <functional>
#include <optional>

namespace orderlab {

class Lab;
class VirtualRuntime;

struct SimulationOptions {
    /// Whether the report has the journal's SHA-256: a fifth of the time.
    bool hash = true;
    /// Keeps what Orderlab and the scenario's own workers say to each other; see WorkerTranscript. Outlives the run.
    WorkerTranscript* transcript = nullptr;
    /// What own workers write to standard error, and when in virtual time. On the thread of the run.
    std::function<void(TimePoint at, std::string_view member, std::string_view line)> on_worker_output = {};
    Duration worker_patience{0}; ///< See OwnWorkerOptions; 0: the usual one.
    /// Every entry as it happens, in batches, with the table of their names.
    std::function<void(std::span<const Entry>, const Names&)> on_entries = {};
    /// Asked now and then, on the thread of the run, also while it waits for an own worker's process; true: the run
    /// ends soon with Canceled.
    std::function<bool()> give_up = {};
    /// A run with more entries ends with Exhausted; 0: no limit.
    std::uint64_t entries_max = 0;
    /// The run stops as soon as at least so many entries are journalled; the report is of the run so far, and only what
    /// is certain by then counts as a violation.
    std::optional<std::uint64_t> stop_after_entries = {};
    /// Called once where the run stops, or else at its end before the system is shut down: looks into the system, for
    /// example into its store. Time stands still meanwhile: what it runs on the runtime takes none, nothing else
    /// happens, and faults do not strike. It must not change anything.
    std::function<void(Lab&, VirtualRuntime&)> at_stop = {};
};

/// What became of one invariant.
struct InvariantOutcome {
    struct First {
        OrderId order; ///< Null where it is about no order.
        double virtual_seconds = 0;
        std::string explanation;
        std::uint64_t entry = 0; ///< See Violation.
        std::string sha = {};    ///< SHA-256 of the journal up to this entry; empty when no hash was asked for.
    };
    std::string name;
    bool holds = true;
    std::uint64_t violations = 0;
    std::optional<First> first; ///< Set when it does not hold.
};

/// What a run has of a query of its scenario's expectation.
struct QueryOutcome {
    std::string query;
    std::uint64_t hits = 0;
    std::uint64_t first = 0; ///< Number of the first entry, from 0; counts when there are hits.
};

struct SimulationReport {
    using Struck = orderlab::Struck;
    static constexpr std::size_t violations_max = 10'000;

    std::string scenario;
    std::uint64_t seed = 0;
    Totals totals;
    double virtual_seconds = 0;
    std::uint64_t journal_entries = 0;
    std::string journal_sha256; ///< The same seed gives the same one. Empty when it was not asked for.
    std::uint64_t faults_injected = 0;
    std::vector<Struck> faults;
    std::vector<InvariantOutcome> invariants; ///< All of them, in the order of INTERFACES.
    std::vector<Violation> violations;  ///< In the order of the journal; at most violations_max, evenly by invariant.
    std::vector<RefusedChange> refused; ///< Changes that could not be made; the run went on without them.
    bool is_whole = true;               ///< False: it stopped; see SimulationOptions::stop_after_entries.

    std::optional<QueryOutcome> happens, never; ///< Where the scenario's expectation has them.

    /// Whether an entry that the scenario never wants is there.
    bool hasForbidden() const { return never && never->hits > 0; }
    /// Whether all invariants hold.
    bool holds() const { return firstViolated() == nullptr; }
    /// The promise that was broken first; null when all hold.
    const InvariantOutcome* firstViolated() const;
    bool isViolated(std::string_view invariant) const;

    /// One JSON object, as `orderlabd simulate --json` prints it, there with the line of a moment; empty: without.
    std::string toJson(const std::string& moment = {}) const;
};

/// Runs the whole system on a virtual clock: customers, API, relay, bus, workers, handlers and gateway are the real
/// ones, with memory bus and store. Ends when every order is final or dead-lettered, every group has caught up and
/// every change is made, or when the scenario's time is over. The same scenario and seed give the same run. Any number
/// of threads may run simulations at once; each blocks its own. Errors: InvalidArgument; Canceled and Exhausted as the
/// options say; Internal when the journal overran.
Result<SimulationReport> simulate(const Scenario& scenario, std::uint64_t seed, const SimulationOptions& options = {});

} // namespace orderlab
