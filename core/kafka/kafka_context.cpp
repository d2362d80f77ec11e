#include "kafka/kafka_context.h"

#include "kafka/kafka_back_pressure.h"

namespace orderlab {

Error kafkaError(rd_kafka_resp_err_t code, const std::string& what)
{
    const std::string message = what + ": " + rd_kafka_err2str(code);
    switch (code) {
    case RD_KAFKA_RESP_ERR__DESTROY:
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
        return {ErrorCode::Closed, Retry::Never, "the connection to Kafka is closed", {}};
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        return unavailable(message + " (the broker refuses this user: grant it the rights, or name another)");
    case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP: // From 4.0 on, an hour.
        return unavailable(message + " (this machine's clock is far ahead of the broker's: set it right)");
    default: return unavailable(message);
    }
}

bool isTransient(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || error == RD_KAFKA_RESP_ERR__TRANSPORT
           || error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || error == RD_KAFKA_RESP_ERR__PARTITION_EOF;
}

Result<KafkaEvent> kafkaAnswer(rd_kafka_queue_t* queue, int limit_ms, const std::string& what)
{
    KafkaEvent event(rd_kafka_queue_poll(queue, limit_ms));
    if (!event)
        return unavailable(what + ": Kafka gave no answer in time");
    if (const auto error = rd_kafka_event_error(event.get()))
        return kafkaError(error, what);
    return event;
}

namespace {

Result<void> set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value)
{
    char reason[256];
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason, sizeof reason) != RD_KAFKA_CONF_OK)
        return invalidArgument("kafka-property",
                               std::string(reason)); // It names the property; the value may be a secret.
    return {};
}

/// librdkafka tells on its own log what it tells us by error codes as well.
void ignoreLog(const rd_kafka_t*, int, const char*, const char*) {}

} // namespace

KafkaContext::KafkaContext(Runtime& r, Journal& j, KafkaOptions o)
    : runtime(r), journal(j), options(std::move(o)), tasks(r)
{
    for (const EventType type : all_event_types) {
        m_topics[std::size_t(type)] = options.topic_prefix + std::string(topicName(type));
        m_topic_names[std::size_t(type)] = journal.names().intern(topicName(type));
    }
    m_dead_letter_topic = options.topic_prefix + "dead-letter";
}

KafkaContext::~KafkaContext()
{
    m_threads.join();
}

std::optional<EventType> KafkaContext::typeOfTopic(std::string_view topic) const
{
    for (const EventType type : all_event_types) {
        if (m_topics[std::size_t(type)] == topic)
            return type;
    }
    return std::nullopt;
}

namespace {

/// librdkafka 2.4 to 2.9 has a memory fault around deleted topics (mended in 2.10). Its clients keep clear of it where
/// they ask more often than a missing topic is made again: KafkaTopics::restore().
bool missesTopicsThatAreReplaced()
{
    constexpr int since = 0x020400ff, mended = 0x020a00ff;
    return rd_kafka_version() >= since && rd_kafka_version() < mended;
}

} // namespace

Result<KafkaConf> KafkaContext::conf(const std::string& client_id, std::span<const KafkaProperty> ours) const
{
    KafkaConf conf(rd_kafka_conf_new());
    rd_kafka_conf_set_log_cb(conf.get(), ignoreLog);
    const std::vector<KafkaProperty> always{
        {"bootstrap.servers", options.brokers},
        {"client.id", options.process.empty() ? client_id : client_id + '@' + options.process},
        {"socket.keepalive.enable", "true"},
        {"reconnect.backoff.max.ms", "1000"}, // A broker that comes back is found within a second.
        {"topic.metadata.refresh.interval.ms", missesTopicsThatAreReplaced() ? "1000" : "30000"},
    };
    for (const auto& [name, value] : always)
        ORDERLAB_TRY(return, set(conf.get(), name, value));
    for (const auto& [name, value] : ours)
        ORDERLAB_TRY(return, set(conf.get(), name, value));
    for (const auto& [name, value] : options.properties)
        ORDERLAB_TRY(return, set(conf.get(), name, value));
    rd_kafka_conf_set_opaque(conf.get(), opaque.get());
    if (opaque->network)
        KafkaNetwork::carry(conf.get());
    return conf;
}

Result<KafkaHandle> KafkaContext::client(rd_kafka_type_t type, KafkaConf conf)
{
    char reason[512];
    KafkaHandle handle(rd_kafka_new(type, conf.get(), reason, sizeof reason));
    if (!handle)
        return invalidArgument("kafka-property", std::string(reason));
    (void)conf.release(); // The client's now.
    return handle;
}

} // namespace orderlab
