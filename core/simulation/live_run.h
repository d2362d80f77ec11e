#pragma once
#include "journal/world_state.h"
#include "lab/lab_config.h"
#include "simulation/scenario.h"

#include <atomic>

namespace orderlab {

struct LiveRunOptions {
    std::uint64_t seed = 1;
    Duration limit{std::chrono::minutes{5}};       ///< From the first customer on; then what is under way is left.
    Duration start_limit{std::chrono::minutes{3}}; ///< For workers to join their groups, on a busy broker too.
    /// Called about ten times a second with how far it is. On a thread of the run. May be empty.
    std::function<void(const Totals&)> on_progress = {};
    /// The run is given up soon after this becomes true. May be null; else it outlives the run.
    const std::atomic<bool>* give_up = nullptr;
    bool remove_topics = false; ///< On somebody else's Kafka: the run's topics and groups are deleted at the end.
};

/// A run on a real clock, over.
struct LiveRun {
    std::vector<Entry> entries; ///< The whole journal.
    std::shared_ptr<const Names> names;
    std::vector<Uuid> purchases; ///< By number, from 0; see Customers::purchases().
    std::vector<Struck> struck;
    std::string bus; ///< For people: "memory".
    std::string store;
    double seconds = 0;        ///< From the first customer to the end.
    double silent_seconds = 0; ///< The last of these, in which nothing happened.
    std::string left_behind;   ///< Why its topics could not be deleted; empty: they are.
    bool is_quiet = true;      ///< Nothing was under way any more; false: its time was over first.
    bool stands_still = false; ///< Something was under way, but nothing happened for longer than anything waits.
    bool orders_done = true;   ///< All customers had ordered and knew what became of it.
};

/// Plays `scenario` in a Lab of its own on a RealRuntime and returns when nothing is under way any more, when it stands
/// still, or when the time is over. `config`: bus and store; the rest is the scenario's. Blocks. Several may run at
/// once. Errors: those of Lab::start(); Canceled when it was given up; Unavailable when the workers do not get their
/// partitions in time; Exhausted past 20 million entries, or when the journal came too fast to be read.
Result<LiveRun> runLive(const Scenario& scenario, const LabConfig& config, const LiveRunOptions& options);

} // namespace orderlab
