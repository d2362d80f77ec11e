#pragma once
#include "base/json_tree.h"
#include "fault_model/guarantees.h"
#include "faults/fault.h"
#include "lab/lab_config.h"
#include "simulation/change.h"
#include "worker/policies.h"

#include <optional>
#include <span>

namespace orderlab {

/// One purchase of a customer.
struct Arrival {
    Duration at{0};       ///< Since the start of the run; up to 24 h.
    std::string customer; ///< 1 to 64 bytes.
    std::int64_t amount_minor = 1;
    std::string currency = "EUR";          ///< ISO 4217.
    std::optional<Duration> cancels_after; ///< Of the answer, the customer cancels; up to 24 h.

    bool operator==(const Arrival&) const = default;
};

/// What the customers of a scenario do.
struct OrderPlan {
    static constexpr std::size_t arrivals_max = 5'000; ///< So that the file stays below scenario_bytes_max.

    std::uint64_t count = 50; ///< 0 to 1,000,000.
    /// By time. Where there are some, nothing is drawn: the first `count` of these come.
    std::vector<Arrival> arrivals;
    Duration mean_pause{std::chrono::milliseconds{20}}; ///< Between two orders; exponentially distributed; up to 1 min.
    std::vector<std::string> customers;                 ///< Drawn from evenly; empty: user-0 to user-99.
    double test_customer_share = 0.125;                 ///< Orders that come from a test customer instead.
    std::vector<std::string> test_customers = {"user-declined", "user-poison", "user-slow", "user-flaky"};
    double cancel_share = 0; ///< Orders whose customer cancels them soon afterwards.

    bool operator==(const OrderPlan&) const = default;
};

struct Topology {
    std::uint16_t partitions = 3; ///< A topic; 1 to 64.
    std::size_t members = 2;      ///< Of each group; 1 to 16.

    bool operator==(const Topology&) const = default;
};

/// What a scenario is there to show.
struct Expectation {
    /// Invariants that some of the seeds break. Empty: every seed keeps all of them.
    std::vector<std::string> violates;
    std::string happens; ///< A query (journal/query.h) that has a hit in the run of at least one seed. Empty: none.
    std::string never;   ///< One that has a hit in no run. Empty: none.

    bool operator==(const Expectation&) const = default;
};

/// A run of the whole system, told in full: with a seed it is the same run everywhere. A value.
///
/// First the safety phase: customers order, faults strike. When `fault_time` is over the faults stop, and the liveness
/// phase lasts until every order is final or dead-lettered, every group has caught up and every change is made, at most
/// `liveness_time` after the last change. A fault that a change adds after `fault_time` lasts for its own time, or
/// until another change stops it.
struct Scenario {
    std::string name = "custom"; ///< Lower-case letters, digits and hyphens; 1 to 60.
    std::string description;     ///< For readers; up to 1,000 bytes.
    std::uint64_t seed = 1;      ///< Where nobody asks for another.
    OrderPlan orders;
    Topology topology;
    Policies policies;
    Duration gateway_latency = GatewayConfig{}.latency; ///< Median; 0 to 10 min.
    Guarantees guarantees;
    std::vector<Fault> faults;
    Duration fault_time{std::chrono::seconds{10}};    ///< 0 to 24 h.
    std::vector<Change> changes;                      ///< What is set or done in the middle; up to 1,000. Within 24 h.
    Duration liveness_time{std::chrono::minutes{10}}; ///< 1 s to 24 h.
    Expectation expectation;
    /// Groups whose handler is a program. In no file and no moment line: nobody else's text starts a program here.
    std::vector<OwnWorker> own_workers = {};

    bool operator==(const Scenario&) const = default;
    /// As readScenario() reads it, without what is at its default.
    JsonNode toJsonNode() const;
    /// For files.
    std::string toJson() const { return toJsonNode().toPrettyJson(); }
    LabConfig labConfig() const;
};

/// Reads a scenario; all problems are noted, in the order of the text. Nothing when there is one.
/// Members are those of resources/scenarios/scenario.schema.json; unknown ones are refused.
std::optional<Scenario> readScenario(std::string_view text, std::vector<JsonProblem>& problems);
/// Error: InvalidArgument; its message is the first problem as "FILE:LINE:COLUMN: field: reason".
Result<Scenario> parseScenario(std::string_view text, std::string_view file);

/// Names of the invariants, as in reports (invariants/).
std::span<const std::string_view> invariantNames();

} // namespace orderlab
