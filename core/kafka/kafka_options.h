#pragma once
#include "base/result.h"
#include "base/time.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace orderlab {

using KafkaProperty = std::pair<std::string, std::string>;

/// How to reach a Kafka cluster and what to keep there.
struct KafkaOptions {
    std::string brokers;                  ///< "host:port,host:port".
    std::string topic_prefix = "orders."; ///< Before every topic's name.
    std::uint16_t partitions = 3;         ///< Of each topic that is created; 1 to 64.
    bool creates_topics = true; ///< Those that are missing. False: for who only looks; it is an error when all are.
    std::string process; ///< "host/pid": told with each member's name, as groups span processes. Empty: not told.
    std::string static_membership; ///< A name of this process that a restart does not change: its members keep their
                                   ///< partitions meanwhile (KIP-345). Empty: they do not.
    std::vector<KafkaProperty> properties = {}; ///< Of librdkafka: TLS, SASL and the like; they win over ours.
    Duration session_timeout{
        std::chrono::seconds{10}}; ///< A process that the broker does not hear for so long is gone.
    Duration publish_timeout{std::chrono::seconds{10}}; ///< What the log does not have by then is Unavailable.
    Duration revoke_limit{
        std::chrono::seconds{5}}; ///< What is in hand of a partition that moves may be finished for so long.

    /// Error: InvalidArgument for an option, or for a property on which our promises rest.
    Result<void> validate() const;
};

/// The properties that the environment names: ORDERLAB_KAFKA_SASL_USERNAME=ada is sasl.username=ada.
/// `environment`: "NAME=value" each. ORDERLAB_KAFKA_BROKERS is an option of its own, not a property.
std::vector<KafkaProperty> kafkaPropertiesOf(const char* const* environment);
/// Whether a property's value is not to be shown: passwords, keys and whatever else tells a secret.
bool isSecret(std::string_view property);

} // namespace orderlab
