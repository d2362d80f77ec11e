#include "kafka/kafka_topics.h"

#include "kafka/embedded_kafka.h"

#include <algorithm>

namespace orderlab {

namespace {

struct MetadataDelete {
    void operator()(const rd_kafka_metadata_t* metadata) const { rd_kafka_metadata_destroy(metadata); }
};

constexpr int new_leaders_limit_ms = 30'000; ///< A broker that is starting on a busy machine takes many seconds.
constexpr int replicas_max = 3;              ///< Of what is made here: one broker may go, and another while it is away.

} // namespace

std::optional<Error> refusalOfTopic(rd_kafka_resp_err_t code, const std::string& topic, const char* sentence)
{
    const char* way_out = nullptr;
    const char* field = "";
    switch (code) {
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION: // An invalid name, or one that collides with another's: dots and _ are one
                                            // in its metrics.
        way_out = "take another --topic-prefix";
        field = "topic-prefix";
        break;
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
        way_out = "take another number of --partitions";
        field = "partitions";
        break;
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICA_ASSIGNMENT:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
        way_out = "have the topics made with Kafka's own tools, as the cluster wants them, and start again";
        break;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        way_out = "grant this user the right to make topics, name another user, or have the topics made before";
        break;
    default: return std::nullopt;
    }
    std::string said = sentence && *sentence ? sentence : rd_kafka_err2str(code);
    if (said.ends_with('.'))
        said.pop_back();
    return Error{ErrorCode::Rejected, Retry::Never, "the broker refuses topic " + topic + ": " + said + ": " + way_out,
                 field};
}

KafkaTopics::KafkaTopics(KafkaContext& context, rd_kafka_t* client, std::shared_ptr<EmbeddedKafka> embedded)
    : m_context(context), m_client(client), m_embedded(std::move(embedded))
{}

Result<std::map<std::string, std::uint16_t>> KafkaTopics::list()
{
    if (m_context.closing)
        return closedError("bus");
    const rd_kafka_metadata_t* raw = nullptr;
    const auto error = rd_kafka_metadata(m_client, 1, nullptr, &raw, kafka_question_limit_ms);
    const std::unique_ptr<const rd_kafka_metadata_t, MetadataDelete> metadata(raw);
    if (error) {
        const std::string what =
            "no Kafka broker answers at " + m_context.options.brokers + " (" + rd_kafka_err2str(error) + ')';
        m_context.reach.failed(what);
        return unavailable(what + ": start one, name another with --kafka-brokers, or use --kafka-brokers embedded");
    }
    m_context.reach.answered();
    m_brokers = metadata->broker_cnt;
    std::map<std::string, std::uint16_t> topics;
    for (int i = 0; i < metadata->topic_cnt; ++i) {
        const rd_kafka_metadata_topic_t& topic = metadata->topics[i];
        const bool led =
            std::all_of(topic.partitions, topic.partitions + topic.partition_cnt,
                        [](const rd_kafka_metadata_partition_t& partition) { return partition.leader >= 0; });
        if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && topic.partition_cnt > 0 && led)
            topics[topic.topic] = std::uint16_t(topic.partition_cnt);
    }
    return topics;
}

Result<void> KafkaTopics::create(const std::vector<std::string>& names, int partitions,
                                 const std::vector<KafkaProperty>& settings)
{
    if (m_embedded) {
        for (const std::string& name : names)
            ORDERLAB_TRY(return, m_embedded->createTopic(name, partitions));
        return {};
    }
    for (int replicas = std::min(m_brokers, replicas_max);; replicas = std::min(m_brokers, replicas_max)) {
        bool lacks_brokers = false;
        auto created = createOnce(names, partitions, replicas, settings, lacks_brokers);
        if (created || !lacks_brokers)
            return created;
        // One may have gone since they were counted; then as many as are left will do.
        const auto again = list();
        if (!again)
            return again.error();
        if (std::min(m_brokers, replicas_max) >= replicas)
            return created;
    }
}

Result<void> KafkaTopics::createOnce(const std::vector<std::string>& names, int partitions, int replicas,
                                     const std::vector<KafkaProperty>& settings, bool& lacks_brokers)
{
    using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, KafkaDelete<rd_kafka_NewTopic_destroy>>;
    std::vector<NewTopic> topics;
    std::vector<rd_kafka_NewTopic_t*> raw;
    char reason[256];
    for (const std::string& name : names) {
        topics.emplace_back(rd_kafka_NewTopic_new(name.c_str(), partitions, replicas, reason, sizeof reason));
        if (!topics.back())
            return invalidArgument("topic-prefix", std::string(reason));
        for (const auto& [setting, value] : settings)
            rd_kafka_NewTopic_set_config(topics.back().get(), setting.c_str(), value.c_str());
        raw.push_back(topics.back().get());
    }
    const KafkaQueue queue(rd_kafka_queue_new(m_client));
    rd_kafka_CreateTopics(m_client, raw.data(), raw.size(), nullptr, queue.get());
    auto event = kafkaAnswer(queue.get(), kafka_answer_limit_ms, "creating topics");
    if (!event)
        return event.error();
    std::size_t count = 0;
    const auto* results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto error = rd_kafka_topic_result_error(results[i]);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR && error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
            const std::string name = rd_kafka_topic_result_name(results[i]);
            lacks_brokers = error == RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR;
            if (auto refusal = refusalOfTopic(error, name, rd_kafka_topic_result_error_string(results[i])))
                return *refusal;
            return kafkaError(error, "creating topic " + name);
        }
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
            madeAnew(rd_kafka_topic_result_name(results[i]));
    }
    return {};
}

void KafkaTopics::madeAnew(const std::string& topic)
{
    if (const auto type = m_context.typeOfTopic(topic))
        m_remade.insert(*type);
}

Result<void> KafkaTopics::addPartitions(const std::string& topic, int partitions)
{
    using NewPartitions = std::unique_ptr<rd_kafka_NewPartitions_t, KafkaDelete<rd_kafka_NewPartitions_destroy>>;
    char reason[256];
    const NewPartitions request(
        rd_kafka_NewPartitions_new(topic.c_str(), std::size_t(partitions), reason, sizeof reason));
    if (!request)
        return invalidArgument("partitions", std::string(reason));
    rd_kafka_NewPartitions_t* raw[] = {request.get()};
    const KafkaQueue queue(rd_kafka_queue_new(m_client));
    rd_kafka_CreatePartitions(m_client, raw, 1, nullptr, queue.get());
    auto event = kafkaAnswer(queue.get(), kafka_answer_limit_ms, "adding partitions");
    if (!event)
        return event.error();
    std::size_t count = 0;
    const auto* results =
        rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto error = rd_kafka_topic_result_error(results[i]))
            return kafkaError(error, "adding partitions to topic " + topic);
    }
    return {};
}

std::vector<std::string> KafkaTopics::missingFrom(const std::map<std::string, std::uint16_t>& existing) const
{
    std::vector<std::string> missing;
    for (const EventType type : all_event_types) {
        if (!existing.contains(m_context.topic(type)))
            missing.push_back(m_context.topic(type));
    }
    if (!existing.contains(m_context.deadLetterTopic()))
        missing.push_back(m_context.deadLetterTopic());
    return missing;
}

Result<void> KafkaTopics::take(const std::map<std::string, std::uint16_t>& existing)
{
    bool is_any_there = false;
    for (const EventType type : all_event_types) {
        const auto found = existing.find(m_context.topic(type));
        if (found == existing.end())
            continue;
        m_context.m_partitions[std::size_t(type)] = found->second;
        is_any_there = true;
    }
    if (is_any_there)
        return {};
    return Error{ErrorCode::NotFound, Retry::Never,
                 "there are no topics of Orderlab named " + m_context.options.topic_prefix + "… at "
                     + m_context.options.brokers
                     + ": name the prefix with --topic-prefix, or start orderlabd serve --bus kafka, which makes them",
                 "topic-prefix"};
}

Result<void> KafkaTopics::ensure()
{
    auto existing = list();
    if (!existing)
        return existing.error();
    if (!m_context.options.creates_topics)
        return take(*existing);
    std::vector<std::string> missing = missingFrom(*existing);
    if (!missing.empty())
        ORDERLAB_TRY(return, create(missing, m_context.options.partitions));
    // A topic that was created is there once its partitions are led.
    const std::vector<std::string> created = missing;
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{kafka_question_limit_ms};
    while (!missing.empty()) {
        if (m_context.runtime.now() > give_up)
            return unavailable("topic " + missing.front() + " was created, but no broker leads it yet");
        rd_kafka_poll(m_client, kafka_ask_again_ms);
        existing = list();
        if (!existing)
            return existing.error();
        missing = missingFrom(*existing);
    }
    const std::uint16_t wanted = m_context.options.partitions;
    for (const EventType type : all_event_types) {
        const std::string& name = m_context.topic(type);
        const std::uint16_t partitions = (*existing)[name];
        if (partitions < wanted) {
            return invalidArgument(
                "partitions", "topic " + name + " has " + std::to_string(partitions) + ", not " + std::to_string(wanted)
                                  + ": start with --partitions " + std::to_string(partitions)
                                  + ", add partitions with Kafka's own tools, or take another --topic-prefix");
        }
        m_context.m_partitions[std::size_t(type)] = partitions;
    }
    m_context.m_dead_letter_partitions = (*existing)[m_context.deadLetterTopic()]; // Any number will do.
    for (const std::string& topic : created)
        ORDERLAB_TRY(return, awaitLeaders(topic, (*existing)[topic]));
    return {};
}

/// A broker is named as the leader of a new partition before it knows: until then it refuses what it is sent. It knows
/// once it can tell where the partition begins.
Result<void> KafkaTopics::awaitLeaders(const std::string& topic, int partitions)
{
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{new_leaders_limit_ms};
    for (int partition = 0; partition < partitions && !m_embedded;) {
        std::int64_t begin = 0, end = 0;
        const auto error =
            rd_kafka_query_watermark_offsets(m_client, topic.c_str(), partition, &begin, &end, kafka_question_limit_ms);
        if (!error) {
            ++partition;
            continue;
        }
        if (m_context.closing)
            return closedError("bus");
        if (m_context.runtime.now() > give_up)
            return kafkaError(error, "waiting for the leaders of the new topic " + topic);
        rd_kafka_poll(m_client, kafka_ask_again_ms);
    }
    return {};
}

Result<void> KafkaTopics::restore()
{
    auto existing = list();
    if (!existing)
        return existing.error();
    if (!m_context.options.creates_topics || m_embedded)
        return {};
    std::vector<std::string> missing = missingFrom(*existing);
    // All clients of all processes shall have heard that it is gone: see KafkaContext::conf().
    const std::set<std::string> missed = std::exchange(m_missed, {missing.begin(), missing.end()});
    if (!std::includes(missed.begin(), missed.end(), m_missed.begin(), m_missed.end()))
        return unavailable("topic " + missing.front() + " is gone; the next look makes it again");
    // One may only be without a leader for now: then the cluster says that it is there already.
    if (!missing.empty())
        ORDERLAB_TRY(return, create(missing, m_context.options.partitions));
    for (const EventType type : all_event_types) {
        const auto found = existing->find(m_context.topic(type));
        if (found == existing->end() || found->second >= m_context.partitions(type))
            continue;
        m_remade.insert(type); // Kafka takes no partitions away: this is another topic.
        ORDERLAB_TRY(return, addPartitions(found->first, m_context.partitions(type)));
        missing.push_back(found->first);
    }
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{kafka_question_limit_ms};
    while (!missing.empty() && m_context.runtime.now() < give_up) { // Else at the next look.
        rd_kafka_poll(m_client, kafka_ask_again_ms);
        existing = list();
        if (!existing)
            return existing.error();
        std::erase_if(missing, [&](const std::string& topic) {
            const auto type = m_context.typeOfTopic(topic);
            const auto found = existing->find(topic);
            return found != existing->end() && (!type || found->second >= m_context.partitions(*type));
        });
    }
    return {};
}

Result<void> KafkaTopics::ensureBounded(const std::string& topic, Duration retention, std::int64_t bytes_max)
{
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{kafka_question_limit_ms};
    const std::int64_t retention_ms = retention.count() / 1'000;
    // Kafka drops whole segments, so they have to be small beside the bounds.
    const std::vector<KafkaProperty> settings{{"retention.ms", std::to_string(retention_ms)},
                                              {"retention.bytes", std::to_string(bytes_max)},
                                              {"segment.ms", std::to_string(retention_ms / 4)},
                                              {"segment.bytes", std::to_string(bytes_max / 4)}};
    for (bool is_asked_for = false;; is_asked_for = true) {
        const auto existing = list();
        if (!existing)
            return existing.error();
        if (existing->contains(topic))
            return {};
        if (!is_asked_for)
            ORDERLAB_TRY(return, create({topic}, 1, settings));
        if (m_context.runtime.now() > give_up)
            return unavailable("topic " + topic + " was created, but no broker leads it yet");
        rd_kafka_poll(m_client, kafka_ask_again_ms);
    }
}

Result<int> KafkaTopics::partitionsOf(const std::string& topic)
{
    const auto existing = list();
    if (!existing)
        return existing.error();
    const auto found = existing->find(topic);
    if (found == existing->end())
        return unavailable("there is no topic " + topic);
    return int(found->second);
}

std::string KafkaTopics::clusterId() const
{
    const std::unique_ptr<char, KafkaDelete<free>> id(rd_kafka_clusterid(m_client, kafka_question_limit_ms));
    return id ? id.get() : "";
}

} // namespace orderlab
