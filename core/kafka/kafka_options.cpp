#include "kafka/kafka_options.h"

#include <algorithm>
#include <array>

namespace orderlab {

namespace {

/// At-least-once delivery, order per key and a log that is written once rest on these.
constexpr std::array ours{"group.id",
                          "client.id",
                          "enable.auto.commit",
                          "enable.auto.offset.store",
                          "enable.idempotence",
                          "acks",
                          "request.required.acks",
                          "auto.offset.reset",
                          "partition.assignment.strategy",
                          "group.instance.id",
                          "bootstrap.servers",
                          "metadata.broker.list"};

} // namespace

Result<void> KafkaOptions::validate() const
{
    if (brokers.empty())
        return invalidArgument("kafka-brokers", "must name brokers as HOST:PORT,…, or be 'embedded'");
    if (partitions < 1 || partitions > 64)
        return invalidArgument("partitions", "must be from 1 to 64");
    for (const auto& [name, value] : properties) {
        if (std::find(ours.begin(), ours.end(), name) != ours.end())
            return invalidArgument("kafka-property", name + " is set by Orderlab: its promises rest on it");
    }
    return {};
}

std::vector<KafkaProperty> kafkaPropertiesOf(const char* const* environment)
{
    constexpr std::string_view prefix = "ORDERLAB_KAFKA_";
    std::vector<KafkaProperty> properties;
    for (; environment && *environment; ++environment) {
        const std::string_view line = *environment;
        const std::size_t equals = line.find('=');
        if (!line.starts_with(prefix) || equals == std::string_view::npos)
            continue;
        std::string name(line.substr(prefix.size(), equals - prefix.size()));
        if (name.empty() || name == "BROKERS")
            continue;
        std::transform(name.begin(), name.end(), name.begin(), [](char c) {
            return c == '_' ? '.' : c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
        });
        properties.emplace_back(std::move(name), std::string(line.substr(equals + 1)));
    }
    std::sort(properties.begin(), properties.end());
    return properties;
}

bool isSecret(std::string_view property)
{
    for (const char* word : {"password", "secret", ".key", "jaas", "token", "oauthbearer.config", "credential"}) {
        if (property.find(word) != std::string_view::npos)
            return true;
    }
    return false;
}

} // namespace orderlab
