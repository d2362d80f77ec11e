#pragma once
#include "lab/lab_config.h"
#include "own_worker_options.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace orderlab {

/// What the command line, the environment and the configuration file say about bus, store and workers; the same for
/// orderlab and orderlabd.
struct LabOptions {
    std::string bus = "memory";
    std::string kafka_brokers = "localhost:9092";
    std::string store; ///< Empty: a private PostgreSQL where one is installed, else memory.
    std::string postgres = "private";
    std::string redis; ///< A URL; empty: without Redis.
    std::string data_dir;
    std::string workers = "all";
    std::string group_prefix;                  ///< Empty: by the topic prefix.
    std::vector<std::string> kafka_properties; ///< "NAME=VALUE" each.
    double gateway_latency_ms = 2;
    std::string retry_style = "blocking";
    int handler_timeout_ms = 2'000;
    std::string keep_inbox = "7d", keep_keys = "24h", keep_notifications = "30d", keep_outbox = "1m",
                keep_analytics = "400d";
    OwnWorkerTexts own_workers; ///< See addOwnWorkerOptions().
    LabConfig config;           ///< Numbers and prefixes are read straight into it.
};

/// Declares the options, each with its environment variable, and --config.
void addLabOptions(CLI::App& app, LabOptions& options);

/// Properties of librdkafka that the environment and the configuration file name; the environment wins.
std::vector<KafkaProperty> kafkaPropertiesOfUser();
/// The same, and those of --kafka-property, "NAME=VALUE" each, which win. Error: InvalidArgument.
Result<std::vector<KafkaProperty>> kafkaPropertiesOfUser(const std::vector<std::string>& given);

/// Reads a number and its unit: "90s", "15m", "24h", "7d". Error: InvalidArgument, which says so.
Result<Duration> spanOf(std::string_view field, std::string_view text);

struct ChosenLab {
    LabConfig config;
    std::string notice; ///< For the user, when something was chosen that he may not expect; else empty.
};
/// Error: InvalidArgument; `field` is the option's name without dashes.
Result<ChosenLab> chooseLab(const LabOptions& options);

/// $XDG_DATA_HOME/orderlab, or /var/lib/orderlab for root, whose home a database server's user cannot enter.
std::filesystem::path defaultDataDir();

/// Replaces the password of a PostgreSQL URL or conninfo by `*`.
std::string withoutPassword(std::string url);

} // namespace orderlab
