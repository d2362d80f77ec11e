#include "kafka/kafka_browser.h"

#include "kafka/kafka_message.h"
#include "kafka/kafka_topics.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::chrono::milliseconds first_record_limit{10'000}; ///< For a broker to send something.
constexpr std::chrono::milliseconds page_limit{2'000};          ///< For the rest of a page, which may come later.

/// What a cluster says of a topic that has gone since it was listed.
bool hasVanished(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || error == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC
           || error == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;
}

Error browseError(rd_kafka_resp_err_t error, const std::string& topic)
{
    return hasVanished(error) ? noSuchTopic(topic) : kafkaError(error, "reading topic " + topic);
}

} // namespace

Task<Result<std::vector<BrowsedTopic>>> KafkaBrowser::topics()
{
    std::function<Result<std::vector<BrowsedTopic>>()> question = [this]() -> Result<std::vector<BrowsedTopic>> {
        const auto names = list();
        if (!names)
            return names.error();
        std::vector<BrowsedTopic> topics;
        for (const auto& [topic, partitions] : *names)
            topics.push_back({topic, m_context.typeOfTopic(topic), topic == m_context.deadLetterTopic(), partitions});
        std::stable_partition(topics.begin(), topics.end(), [](const BrowsedTopic& topic) { return topic.isOurs(); });
        return topics;
    };
    co_return co_await m_questions.ask(std::move(question));
}

Task<Result<std::vector<LogEnds>>> KafkaBrowser::ends(std::string topic)
{
    std::function<Result<std::vector<LogEnds>>()> question = [this, topic]() -> Result<std::vector<LogEnds>> {
        const auto earliest = askOffsets(topic, RD_KAFKA_OFFSET_BEGINNING);
        if (!earliest)
            return earliest.error();
        const auto end = askOffsets(topic, RD_KAFKA_OFFSET_END);
        if (!end)
            return end.error();
        std::vector<LogEnds> ends;
        for (std::size_t partition = 0; partition < std::min(earliest->size(), end->size()); ++partition)
            ends.push_back({(*earliest)[partition], (*end)[partition]});
        return ends;
    };
    co_return co_await m_questions.ask(std::move(question));
}

Task<Result<RecordPage>> KafkaBrowser::records(RecordQuery query)
{
    ORDERLAB_TRY(co_return, query.validate());
    std::function<Result<RecordPage>()> question = [this, query] { return read(query); };
    co_return co_await m_questions.ask(std::move(question));
}

Task<Result<std::vector<std::int64_t>>> KafkaBrowser::offsetsAt(std::string topic, TimePoint time)
{
    std::function<Result<std::vector<std::int64_t>>()> question = [this, topic,
                                                                   time]() -> Result<std::vector<std::int64_t>> {
        const auto partitions = partitionsOf(topic);
        if (!partitions)
            return partitions.error();
        std::vector<std::int64_t> offsets;
        if (!m_is_embedded) {
            auto found = askOffsets(topic, std::max<std::int64_t>(0, toMicros(time) / 1'000));
            if (!found)
                return found.error();
            offsets = std::move(*found);
        }
        for (std::uint16_t partition = 0; partition < *partitions; ++partition) {
            if (m_is_embedded) {
                const auto found = find(topic, partition, time);
                if (!found)
                    return found.error();
                offsets.push_back(*found);
            } else if (offsets[partition] < 0) { // Nothing is that young.
                const auto ends = endsOf(topic, partition);
                if (!ends)
                    return ends.error();
                offsets[partition] = ends->end;
            }
        }
        return offsets;
    };
    co_return co_await m_questions.ask(std::move(question));
}

// What blocks ------------------------------------------------------------------------------------------------------

Result<rd_kafka_t*> KafkaBrowser::client()
{
    if (m_context.closing)
        return closedError("bus");
    if (m_client)
        return m_client.get();
    const std::vector<KafkaProperty> properties{
        {"group.id", "orderlab.topic-browsers"}, // The client wants one; it is never joined, and nothing is committed.
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"auto.offset.reset", "earliest"}, // What was retained when it was asked may be gone when it is read.
        {"allow.auto.create.topics", "false"},
        {"enable.partition.eof", "true"},
        {"fetch.wait.max.ms", "100"},
        {"queued.min.messages", "1000"}, // No more in memory than a person looks at.
        {"queued.max.messages.kbytes", "4096"},
    };
    auto conf = m_context.conf("topic-browser", properties);
    if (!conf)
        return conf.error();
    auto made = KafkaContext::client(RD_KAFKA_CONSUMER, std::move(*conf));
    if (!made)
        return made.error();
    m_client.reset(made->release());
    rd_kafka_poll_set_consumer(m_client.get());
    return m_client.get();
}

Result<std::map<std::string, std::uint16_t>> KafkaBrowser::list()
{
    const auto handle = client();
    if (!handle)
        return handle.error();
    const rd_kafka_metadata_t* raw = nullptr;
    const auto error = rd_kafka_metadata(*handle, 1, nullptr, &raw, kafka_question_limit_ms);
    if (error)
        return kafkaError(error, "listing topics");
    m_partitions.clear();
    for (int i = 0; i < raw->topic_cnt; ++i) {
        const rd_kafka_metadata_topic_t& topic = raw->topics[i];
        if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && topic.partition_cnt > 0)
            m_partitions[topic.topic] = std::uint16_t(topic.partition_cnt);
    }
    rd_kafka_metadata_destroy(raw);
    return m_partitions;
}

/// Only topics that were listed are asked about: a cluster may make one that somebody asks for.
Result<std::uint16_t> KafkaBrowser::partitionsOf(const std::string& topic)
{
    auto found = m_partitions.find(topic);
    if (found == m_partitions.end()) {
        const auto listed = list();
        if (!listed)
            return listed.error();
        found = m_partitions.find(topic);
    }
    if (found == m_partitions.end())
        return noSuchTopic(topic);
    return found->second;
}

/// For each partition the first offset at `time_ms` or later; also the protocol's -1 (end) and -2 (earliest).
Result<std::vector<std::int64_t>> KafkaBrowser::askOffsets(const std::string& topic, std::int64_t time_ms)
{
    const auto partitions = partitionsOf(topic);
    if (!partitions)
        return partitions.error();
    const auto handle = client();
    if (!handle)
        return handle.error();
    const KafkaPartitions all(rd_kafka_topic_partition_list_new(*partitions));
    for (int partition = 0; partition < *partitions; ++partition)
        rd_kafka_topic_partition_list_add(all.get(), topic.c_str(), partition)->offset = time_ms;
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{kafka_question_limit_ms};
    for (;;) {
        rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(*handle, all.get(), kafka_question_limit_ms);
        std::vector<std::int64_t> offsets;
        for (int i = 0; i < all->cnt && !error; ++i) {
            error = all->elems[i].err;
            offsets.push_back(all->elems[i].offset);
        }
        if (!error)
            return offsets;
        if (hasVanished(error) || m_context.closing || m_context.runtime.now() > give_up) {
            m_partitions.erase(topic);
            return browseError(error, topic);
        }
        for (int i = 0; i < all->cnt; ++i) { // Leaders are being elected, or have moved.
            all->elems[i].offset = time_ms;
            all->elems[i].err = RD_KAFKA_RESP_ERR_NO_ERROR;
        }
        m_reading = {}; // A record of what is read may be lost here.
        KafkaMessage(rd_kafka_consumer_poll(*handle, kafka_ask_again_ms));
    }
}

Result<LogEnds> KafkaBrowser::endsOf(const std::string& topic, std::uint16_t partition)
{
    const auto partitions = partitionsOf(topic);
    if (!partitions)
        return partitions.error();
    if (partition >= *partitions)
        return noSuchPartition(topic, partition, *partitions);
    const auto handle = client();
    if (!handle)
        return handle.error();
    LogEnds ends;
    const auto error = rd_kafka_query_watermark_offsets(*handle, topic.c_str(), partition, &ends.earliest, &ends.end,
                                                        kafka_question_limit_ms);
    if (error) {
        m_partitions.erase(topic);
        return browseError(error, topic);
    }
    return ends;
}

Result<void> KafkaBrowser::assign(const RecordQuery& query, std::int64_t from)
{
    if (m_reading == Reading{query.topic, query.partition, from})
        return {};
    const KafkaPartitions one(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(one.get(), query.topic.c_str(), query.partition)->offset = from;
    if (const auto error = rd_kafka_assign(m_client.get(), one.get()))
        return browseError(error, query.topic);
    return {};
}

/// Takes what comes until the page is full, the log has no more, or it takes too long.
Result<void> KafkaBrowser::poll(const RecordQuery& query, RecordPage& page)
{
    const TimePoint begin = m_context.runtime.now();
    std::size_t bytes = 0;
    while (page.next < page.ends.end && page.records.size() < query.records_max && bytes < query.bytes_max) {
        const Duration waited = m_context.runtime.now() - begin;
        if (m_context.closing)
            return closedError("bus");
        if (page.records.empty() ? waited > first_record_limit : waited > page_limit)
            break;
        const KafkaMessage message(rd_kafka_consumer_poll(m_client.get(), kafka_ask_again_ms));
        if (!message)
            continue;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            page.next = page.ends.end; // Nothing but marks of transactions is left.
            return {};
        }
        if (message->err && isTransient(message->err))
            continue;
        if (message->err)
            return browseError(message->err, query.topic);
        if (message->offset < page.next)
            continue;
        page.records.push_back(recordIn(*message));
        bytes += page.records.back().bytes();
        page.next = message->offset + 1;
    }
    if (page.records.empty() && page.next < page.ends.end)
        return unavailable("Kafka sent no record of topic " + query.topic + " in time");
    return {};
}

Result<RecordPage> KafkaBrowser::read(const RecordQuery& query)
{
    const auto ends = endsOf(query.topic, query.partition);
    if (!ends)
        return ends.error();
    RecordPage page;
    page.ends = *ends;
    page.next = std::clamp(query.from, ends->earliest, ends->end);
    if (page.next == ends->end)
        return page;
    const auto assigned = assign(query, page.next);
    m_reading = {};
    if (!assigned)
        return assigned.error();
    if (const auto polled = poll(query, page); !polled) {
        rd_kafka_assign(m_client.get(), nullptr);
        return polled.error();
    }
    if (page.next < page.ends.end)
        m_reading = {query.topic, query.partition, page.next};
    else
        rd_kafka_assign(m_client.get(), nullptr); // It would ask for more again and again.
    return page;
}

/// As askOffsets() for a time, by looking at a record here and there: a log gets its records in order of time.
Result<std::int64_t> KafkaBrowser::find(const std::string& topic, std::uint16_t partition, TimePoint time)
{
    const auto ends = endsOf(topic, partition);
    if (!ends)
        return ends.error();
    std::int64_t low = ends->earliest, high = ends->end;
    while (low < high) {
        RecordQuery query{topic, partition, low + (high - low) / 2, 1};
        const auto page = read(query);
        if (!page)
            return page.error();
        if (page->records.empty() || page->records.front().appended_at >= time)
            high = query.from;
        else
            low = page->next;
    }
    return low;
}

} // namespace orderlab
