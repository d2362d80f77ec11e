#pragma once
#include "base/result.h"
#include "base/time.h"
#include "domain/group_name.h"
#include "handlers/group_registry.h"
#include "kafka/kafka_options.h"
#include "own_worker/own_worker.h"
#include "redis/redis_options.h"
#include "store/upkeep.h"
#include "worker/policies.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace orderlab {

class EventBus;
class Journal;
class Store;
struct HealthPart;
struct Violation;
struct Recovery;

enum class StoreKind : std::uint8_t {
    Memory,          ///< Gone at exit.
    PostgresPrivate, ///< A cluster of our own in the data directory.
    PostgresUrl,     ///< A server somebody else runs.
};

enum class BusKind : std::uint8_t {
    Memory,        ///< Gone at exit; what was not done is published again at the next start.
    Kafka,         ///< A cluster that somebody else runs.
    EmbeddedKafka, ///< Kafka's protocol in this process, nothing to install; gone at exit.
};

struct GatewayConfig {
    Duration latency{std::chrono::milliseconds{2}}; ///< Median of the simulated gateway's answer time; 0: at once.
};

/// Everything that makes one system. Defaults are what `orderlabd serve` starts with.
struct LabConfig {
    StoreKind store = StoreKind::Memory;
    std::string postgres_url;       ///< For PostgresUrl. May hold a password: never print it whole.
    std::filesystem::path data_dir; ///< For PostgresPrivate.
    BusKind bus = BusKind::Memory;
    KafkaOptions kafka;                             ///< Of a Kafka bus; its topics follow the two options below.
    std::uint16_t partitions = 3;                   ///< A topic; 1 to 64. More: more workers can share a group's load.
    std::string topic_prefix{default_topic_prefix}; ///< Letters, digits, . - and _, as Kafka allows; at most 200.
    /// Before a consumer group's name on the bus; the same characters, at most 210. defaultGroupPrefix(topic_prefix),
    /// unless told.
    std::string group_prefix{stored_group_prefix};
    std::vector<std::string> workers = groupNames(); ///< Groups run here.
    /// Groups whose handler is a program, in the place of a group of the registry or besides; they run here.
    std::vector<OwnWorker> own_workers = {};
    OwnWorkerOptions own_worker_options = {};
    std::size_t members = 1; ///< Of each group at start; 1 to 16.
    bool relay = true;       ///< Whether this process publishes the outbox and dead letters.
    std::size_t journal_capacity = std::size_t{1} << 18; ///< Entries of 64 bytes; see Journal.
    std::size_t retention_events = 65'536; ///< A partition of the memory bus: committed events kept for replay.
    StoreBounds keep;                      ///< How long the store keeps what only protects or informs.
    Duration clean_interval{0}; ///< Between looks at what has passed these bounds; 0: never, as in simulation.
    GatewayConfig gateway;
    std::optional<RedisOptions> redis; ///< For first looks; empty: without Redis.
    Policies policies;                 ///< Of every group at the start; see Lab::setPolicies().
    bool watch_invariants = false;     ///< Whether all nine invariants are checked while it runs; see InvariantWatch.
    /// An accepted order of which nothing was heard for so long, though no fault is set and nothing is away, is a
    /// violation (all-orders-finish); 0: never. The longest wait between two attempts is half of the default, and a
    /// person who sees nothing move for a minute wants to know why.
    Duration finish_within{std::chrono::seconds{60}};
    std::function<void(const Violation&)> on_violation = {};  ///< By the watch; for logs.
    std::function<void(const Recovery&)> on_recovery = {};    ///< Likewise.
    std::function<void(const std::string&)> on_log_loss = {}; ///< Of what Kafka no longer has; see LogWatch. For logs.
    /// That other processes have a log of their own on the same database, and what they left behind; see LogNeighbours.
    /// For logs.
    std::function<void(const std::string&)> on_other_logs = {};
    /// That groups go on under a new name where they were under the old one; see LabBus. For logs.
    std::function<void(const std::string&)> on_groups_renamed = {};
    std::function<void(const std::string&)> on_store_notice = {}; ///< See PostgresOptions. For logs.
    bool watch_health = false; ///< Whether Lab::ready() also knows of relay and groups; see HealthWatch.
    std::function<void(const HealthPart&, Duration was)> on_health = {}; ///< By that watch; for logs.
    /// For tests: what stands between the system and its store and bus, in front of their faults. May be empty.
    std::function<std::shared_ptr<Store>(std::shared_ptr<Store>, Journal&)> decorate_store = {};
    std::function<std::unique_ptr<EventBus>(std::unique_ptr<EventBus>, Journal&)> decorate_bus = {};

    /// Error: InvalidArgument; `field` is the option's name.
    Result<void> validate() const;
};

} // namespace orderlab
