#include "kafka/embedded_kafka.h"

#include <librdkafka/rdkafka_mock.h>

#include <chrono>
#include <string_view>
#include <thread>
#include <vector>

namespace orderlab {

namespace {

// Numbers of requests in the Kafka protocol.
constexpr std::int16_t produce_request = 0;
constexpr std::int16_t metadata_request = 3;

/// What a leader gives the other members, whose threads may have to wait for a processor.
constexpr std::chrono::milliseconds leader_wait{500};

/// On the thread of the client's connection to `broker`. The only one who asks a coordinator for metadata is a leader,
/// before it says who gets what.
rd_kafka_resp_err_t waitAsLeader(rd_kafka_t*, int, const char* broker, std::int32_t, std::int16_t request, std::int16_t,
                                 std::int32_t, std::size_t, std::int64_t, rd_kafka_resp_err_t, void*)
{
    if (request == metadata_request && std::string_view(broker).find("GroupCoordinator") != std::string_view::npos)
        std::this_thread::sleep_for(leader_wait);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_resp_err_t addLeaderWait(rd_kafka_t* client, const rd_kafka_conf_t*, void*, char*, std::size_t)
{
    return rd_kafka_interceptor_add_on_response_received(client, "leader_wait", waitAsLeader, nullptr);
}

} // namespace

void EmbeddedKafka::DestroyCluster::operator()(rd_kafka_mock_cluster_s* cluster) const
{
    rd_kafka_mock_cluster_destroy(cluster);
}

Result<std::shared_ptr<EmbeddedKafka>> EmbeddedKafka::start(int brokers)
{
    std::shared_ptr<EmbeddedKafka> kafka(new EmbeddedKafka(brokers));
    KafkaConf conf(rd_kafka_conf_new());
    rd_kafka_conf_set_log_cb(conf.get(), [](const rd_kafka_t*, int, const char*, const char*) {});
    char reason[512];
    kafka->m_host.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), reason, sizeof reason));
    if (!kafka->m_host)
        return internalError(reason);
    (void)conf.release();
    kafka->m_cluster.reset(rd_kafka_mock_cluster_new(kafka->m_host.get(), brokers));
    if (!kafka->m_cluster)
        return unavailable("the embedded Kafka cluster could not open its sockets");
    return kafka;
}

std::string EmbeddedKafka::bootstrap() const
{
    return rd_kafka_mock_cluster_bootstraps(m_cluster.get());
}

Result<void> EmbeddedKafka::createTopic(const std::string& topic, int partitions)
{
    const auto error = rd_kafka_mock_topic_create(m_cluster.get(), topic.c_str(), partitions, m_brokers);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return kafkaError(error, "creating topic " + topic);
    return {};
}

void EmbeddedKafka::letLeadersWait(rd_kafka_conf_t* conf)
{
    rd_kafka_conf_interceptor_add_on_new(conf, "leader_wait", addLeaderWait, nullptr);
}

void EmbeddedKafka::setDown(int broker)
{
    rd_kafka_mock_broker_set_down(m_cluster.get(), broker);
}

void EmbeddedKafka::setUp(int broker)
{
    rd_kafka_mock_broker_set_up(m_cluster.get(), broker);
}

void EmbeddedKafka::setDelay(int broker, Duration delay)
{
    rd_kafka_mock_broker_set_rtt(m_cluster.get(), broker, int(delay.count() / 1'000));
}

void EmbeddedKafka::setConditions(const BrokerConditions& conditions)
{
    for (int broker = 1; broker <= m_brokers; ++broker) {
        setDelay(broker, conditions.delay_there + conditions.delay_back);
        if (conditions.is_away)
            setDown(broker);
        else
            setUp(broker);
    }
    rd_kafka_mock_clear_request_errors(m_cluster.get(), produce_request);
    if (conditions.refuses_events)
        refuseProduce(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, refusals_max);
}

void EmbeddedKafka::refuseProduce(rd_kafka_resp_err_t error, int count)
{
    const std::vector<rd_kafka_resp_err_t> errors(std::size_t(count), error);
    rd_kafka_mock_push_request_errors_array(m_cluster.get(), produce_request, errors.size(), errors.data());
}

} // namespace orderlab
