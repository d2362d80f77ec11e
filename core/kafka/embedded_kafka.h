#pragma once
#include "base/result.h"
#include "bus/broker_faults.h"
#include "kafka/kafka_handles.h"

#include <memory>
#include <string>

struct rd_kafka_mock_cluster_s;

namespace orderlab {

/// librdkafka's mock cluster: Kafka's protocol, several brokers and consumer groups in this process, with nothing to
/// install. Not for keeping anything: a partition drops its oldest records beyond 5 MiB or 100,000 messages, and all is
/// gone at exit. Any thread.
class EmbeddedKafka final : public BrokerFaults {
public:
    /// Error: Unavailable (Later) when its sockets cannot be opened.
    static Result<std::shared_ptr<EmbeddedKafka>> start(int brokers = 3);

    /// "host:port,…", for this process or others on this machine.
    std::string bootstrap() const;
    int brokerCount() const { return m_brokers; }
    Result<void> createTopic(const std::string& topic, int partitions);

    /// For `conf` of a consumer: a group's leader lets the others ask first. The mock cluster answers all members as
    /// soon as the leader says who gets what; one that asks after that is refused and misses everything until the group
    /// has been made anew, a whole session later.
    static void letLeadersWait(rd_kafka_conf_t* conf);

    /// Faults. `broker`: from 1 to brokerCount().
    void setDown(int broker);
    void setUp(int broker);
    /// Every answer of the broker takes `delay` longer.
    void setDelay(int broker, Duration delay);
    static constexpr int refusals_max =
        100'000; ///< Requests; by setConditions(). A client asks some hundred times a second.

    /// Of all brokers; their answers take the delays of both ways longer.
    void setConditions(const BrokerConditions& conditions) override;
    bool canRefuse() const override { return true; }
    bool canThrottle() const override { return false; }
    /// The next `count` produce requests are refused with `error`.
    void refuseProduce(rd_kafka_resp_err_t error, int count);

private:
    explicit EmbeddedKafka(int brokers) : m_brokers(brokers) {}

    struct DestroyCluster {
        void operator()(rd_kafka_mock_cluster_s* cluster) const;
    };
    const int m_brokers;
    KafkaHandle m_host; ///< The cluster lives in a client, which outlives it.
    std::unique_ptr<rd_kafka_mock_cluster_s, DestroyCluster> m_cluster;
};

} // namespace orderlab
