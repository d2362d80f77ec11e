#include "bus/kafka_producer.h"

#include "bus/kafka_room.h"

namespace orderlab {

/// One publish(): what is still out, and what came back.
struct KafkaProducer::Call {
    std::mutex mutex; ///< Guards all.
    std::size_t outstanding = 0;
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR; ///< The first.
    std::vector<Position> positions;
    Notifier done;

    struct Report { ///< One record's; librdkafka hands it back.
        std::shared_ptr<Call> call;
        std::size_t index;
    };
};

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::open(KafkaContext& context)
{
    std::unique_ptr<KafkaProducer> producer(new KafkaProducer(context));
    const std::string publish_ms = std::to_string(context.options.publish_timeout.count() / 1'000);
    const std::vector<KafkaProperty> properties{
        {"enable.idempotence", "true"},
        {"acks", "all"},
        {"linger.ms", "1"}, // What is published together travels together; a lone event waits no longer than this.
        {"message.timeout.ms", publish_ms},
        {"queue.buffering.max.messages", "100000"},
        {"queue.buffering.max.kbytes", "65536"},
    };
    auto conf = context.conf("relay", properties);
    if (!conf)
        return conf.error();
    rd_kafka_conf_set_opaque(conf->get(), &producer->m_opaque);
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &KafkaProducer::onDelivered);
    auto handle = KafkaContext::client(RD_KAFKA_PRODUCER, std::move(*conf));
    if (!handle)
        return handle.error();
    producer->m_handle = std::move(*handle);
    const KafkaQueue queue(rd_kafka_queue_get_main(producer->m_handle.get()));
    producer->m_signal.watch(queue.get());
    context.tasks.spawn(producer->serve());
    return producer;
}

Task<void> KafkaProducer::serve()
{
    for (;;) {
        while (rd_kafka_poll(m_handle.get(), 0) > 0) {
        }
        if (m_closed && rd_kafka_outq_len(m_handle.get()) == 0)
            break;
        co_await m_signal.wait();
    }
    {
        const std::scoped_lock guard(m_mutex);
        m_serving = false;
    }
    m_served.notifyAll();
}

void KafkaProducer::onDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque)
{
    auto& self = *static_cast<KafkaProducer*>(static_cast<KafkaNetwork::Opaque*>(opaque)->owner);
    const std::unique_ptr<Call::Report> report(static_cast<Call::Report*>(message->_private));
    Call& call = *report->call;
    bool last;
    {
        const std::scoped_lock guard(call.mutex);
        Position& position = call.positions[report->index];
        position.where.partition = std::uint16_t(message->partition);
        position.offset = message->offset;
        if (message->err && !call.error)
            call.error = message->err;
        last = --call.outstanding == 0;
    }
    if (last)
        call.done.notifyAll();
    {
        const std::scoped_lock guard(self.m_mutex);
        ++self.m_delivered;
    }
    self.m_room.notifyAll();
}

/// Hands one event to librdkafka, waiting for room in the log where that is bounded.
Task<Result<void>> KafkaProducer::enqueue(const Event& event, std::shared_ptr<Call> call, std::size_t index)
{
    KafkaRecord record = encodeRecord(event);
    const TopicPartition where{event.type, kafkaPartitionOf(record.key, m_context.partitions(event.type))};
    if (m_context.room) {
        const bool has_room = co_await m_context.room->reserve(where, record.bytes());
        if (!has_room)
            co_return closedError("bus");
    }
    call->positions[index].where.topic = event.type;
    const std::string& topic = m_context.topic(event.type);
    const auto error = co_await send(std::move(record), topic, where.partition, std::move(call), index);
    if (error)
        co_return kafkaError(error, "publishing to " + topic);
    co_return Result<void>{};
}

/// Hands one record to librdkafka, waiting for room in its queue.
Task<rd_kafka_resp_err_t> KafkaProducer::send(KafkaRecord record, const std::string& topic, std::uint16_t partition,
                                              std::shared_ptr<Call> call, std::size_t index)
{
    {
        const std::scoped_lock guard(call->mutex);
        ++call->outstanding;
    }
    auto report = std::make_unique<Call::Report>(call, index);
    // An empty one is none: of a record that is none of our events nobody knows the difference any more.
    const char* const key = record.key.empty() ? nullptr : record.key.data();
    char* const value = record.value.empty() ? nullptr : record.value.data();
    for (;;) {
        std::uint64_t delivered;
        {
            const std::scoped_lock guard(m_mutex);
            delivered = m_delivered;
        }
        const rd_kafka_resp_err_t error = rd_kafka_producev(
            m_handle.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, record.key.size()),
            RD_KAFKA_V_VALUE(value, record.value.size()), RD_KAFKA_V_HEADERS(record.headers.get()),
            RD_KAFKA_V_OPAQUE(report.get()), RD_KAFKA_V_END);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
            (void)record.headers.release(); // librdkafka's from here on, as is the report.
            (void)report.release();
            co_return RD_KAFKA_RESP_ERR_NO_ERROR;
        }
        if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            const std::scoped_lock guard(call->mutex);
            --call->outstanding;
            co_return error;
        }
        std::unique_lock lock(m_mutex);
        if (m_delivered == delivered)
            co_await m_room.wait(std::move(lock));
    }
}

Task<void> KafkaProducer::allReported(std::shared_ptr<Call> call)
{
    for (;;) {
        std::unique_lock lock(call->mutex);
        if (call->outstanding == 0)
            co_return;
        co_await call->done.wait(std::move(lock));
    }
}

Task<Result<std::vector<Position>>> KafkaProducer::publish(std::span<const Event> events)
{
    if (m_closed)
        co_return closedError("bus");
    auto call = std::make_shared<Call>();
    call->positions.resize(events.size());
    Result<void> enqueued;
    for (std::size_t i = 0; i < events.size() && enqueued; ++i)
        enqueued = co_await enqueue(events[i], call, i);
    co_await allReported(call);
    if (!enqueued)
        co_return enqueued.error();
    if (call->error)
        co_return kafkaError(call->error, "publishing");
    record(events, call->positions);
    co_return std::move(call->positions);
}

Task<rd_kafka_resp_err_t> KafkaProducer::sendDeadLetters(std::span<const DeadLetterNotice> letters, DeadLetterParts parts)
{
    auto call = std::make_shared<Call>();
    call->positions.resize(letters.size());
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (std::size_t i = 0; i < letters.size() && !error; ++i) {
        KafkaRecord record = encodeRecord(letters[i], m_context.topic(letters[i].source.where.topic), parts);
        const std::string spread_by = record.key.empty() ? letters[i].id.toString() : record.key;
        const std::uint16_t partition = kafkaPartitionOf(spread_by, m_context.deadLetterPartitions());
        error = co_await send(std::move(record), m_context.deadLetterTopic(), partition, call, i);
    }
    co_await allReported(call);
    co_return error ? error : call->error;
}

Task<Result<void>> KafkaProducer::publishDeadLetters(std::span<const DeadLetterNotice> letters)
{
    if (m_closed)
        co_return closedError("bus");
    auto error = co_await sendDeadLetters(letters, DeadLetterParts::Whole);
    if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) { // Ours or the broker's limit; one by one shows whose record it is.
        error = RD_KAFKA_RESP_ERR_NO_ERROR;
        for (std::size_t i = 0; i < letters.size() && !error; ++i) {
            error = co_await sendDeadLetters(letters.subspan(i, 1), DeadLetterParts::Whole);
            if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
                error = co_await sendDeadLetters(letters.subspan(i, 1), DeadLetterParts::OnlyNotice);
        }
    }
    if (error)
        co_return kafkaError(error, "publishing to " + m_context.deadLetterTopic());
    co_return Result<void>{};
}

void KafkaProducer::record(std::span<const Event> events, const std::vector<Position>& positions)
{
    std::vector<Entry> entries(events.size());
    const std::int64_t time_us = toMicros(m_context.runtime.now());
    for (std::size_t i = 0; i < events.size(); ++i) {
        Entry& entry = entries[i];
        entry.time_us = time_us;
        entry.kind = EntryKind::EventPublished;
        entry.order = events[i].order;
        entry.event = events[i].id;
        entry.topic = m_context.topicNameId(events[i].type);
        entry.partition = positions[i].where.partition;
        entry.offset = positions[i].offset;
    }
    m_context.journal.append(entries);
}

Task<void> KafkaProducer::close()
{
    constexpr int flush_ms = 3'000;
    m_closed = true;
    if (m_context.room)
        m_context.room->close();
    const std::function<bool()> flush = [handle = m_handle.get()] {
        const auto flushed = rd_kafka_flush(handle, flush_ms);
        if (flushed != RD_KAFKA_RESP_ERR_NO_ERROR)
            rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        return true;
    };
    co_await m_context.blocking<bool>(flush);
    m_signal.raise();
    for (;;) {
        std::unique_lock lock(m_mutex);
        if (!m_serving)
            break;
        co_await m_served.wait(std::move(lock));
    }
}

} // namespace orderlab
