#include "kafka/kafka_cleanup.h"

#include "kafka/kafka_context.h"

namespace orderlab {

namespace {

constexpr int answer_limit_ms = 10'000;

bool isGone(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART
           || error == RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND;
}

Result<void> deleteTopics(rd_kafka_t* client, const KafkaContext& context)
{
    using Request = std::unique_ptr<rd_kafka_DeleteTopic_t, KafkaDelete<rd_kafka_DeleteTopic_destroy>>;
    std::vector<Request> requests;
    std::vector<rd_kafka_DeleteTopic_t*> raw;
    std::vector<std::string> topics{context.deadLetterTopic()};
    for (const EventType type : all_event_types)
        topics.push_back(context.topic(type));
    for (const std::string& topic : topics) {
        requests.emplace_back(rd_kafka_DeleteTopic_new(topic.c_str()));
        raw.push_back(requests.back().get());
    }
    const KafkaQueue queue(rd_kafka_queue_new(client));
    rd_kafka_DeleteTopics(client, raw.data(), raw.size(), nullptr, queue.get());
    const auto event = kafkaAnswer(queue.get(), answer_limit_ms, "deleting topics");
    if (!event)
        return event.error();
    std::size_t count = 0;
    const auto* results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto error = rd_kafka_topic_result_error(results[i]);
        if (!isGone(error))
            return kafkaError(error, std::string("deleting topic ") + rd_kafka_topic_result_name(results[i]));
    }
    return {};
}

Result<void> deleteGroups(rd_kafka_t* client, const std::vector<std::string>& groups)
{
    using Request = std::unique_ptr<rd_kafka_DeleteGroup_t, KafkaDelete<rd_kafka_DeleteGroup_destroy>>;
    std::vector<Request> requests;
    std::vector<rd_kafka_DeleteGroup_t*> raw;
    for (const std::string& group : groups) {
        requests.emplace_back(rd_kafka_DeleteGroup_new(group.c_str()));
        raw.push_back(requests.back().get());
    }
    const KafkaQueue queue(rd_kafka_queue_new(client));
    rd_kafka_DeleteGroups(client, raw.data(), raw.size(), nullptr, queue.get());
    const auto event = kafkaAnswer(queue.get(), answer_limit_ms, "deleting groups");
    if (!event)
        return event.error();
    std::size_t count = 0;
    const auto* results = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const rd_kafka_error_t* error = rd_kafka_group_result_error(results[i]);
        if (error && !isGone(rd_kafka_error_code(error)))
            return kafkaError(rd_kafka_error_code(error),
                              std::string("deleting group ") + rd_kafka_group_result_name(results[i]));
    }
    return {};
}

} // namespace

Result<void> removeFromKafka(Runtime& runtime, Journal& journal, KafkaOptions options,
                             const std::vector<std::string>& groups)
{
    const KafkaContext context(runtime, journal, std::move(options));
    auto conf = context.conf("orderlab-cleanup");
    if (!conf)
        return conf.error();
    const auto client = KafkaContext::client(RD_KAFKA_PRODUCER, std::move(*conf));
    if (!client)
        return client.error();
    if (!groups.empty())
        ORDERLAB_TRY(return, deleteGroups(client->get(), groups));
    return deleteTopics(client->get(), context);
}

} // namespace orderlab
