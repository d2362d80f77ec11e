#include "kafka/kafka_producer.h"

#include "kafka/kafka_back_pressure.h"
#include "kafka/kafka_ending.h"
#include "runtime/with_timeout.h"

namespace orderlab {

namespace {

constexpr int producer_flush_ms = 2'000;                        ///< For what was accepted to be sent.
constexpr Duration report_limit{std::chrono::seconds{2}};       ///< For what could not be sent to be told as failed.
constexpr Duration producer_end_limit{std::chrono::seconds{2}}; ///< For librdkafka's threads to end.

std::vector<Position> positionsOf(std::span<const Event> events)
{
    std::vector<Position> positions(events.size());
    for (std::size_t i = 0; i < events.size(); ++i)
        positions[i].where.topic = events[i].type;
    return positions;
}

constexpr rd_kafka_resp_err_t fate_unknown = RD_KAFKA_RESP_ERR__INCONSISTENT; ///< Our own use of it.

/// What a report says of its record. An idempotent client takes a record for written once one behind it was
/// acknowledged
/// ("implicitly acked"), and then knows no offset. That does not hold where the broker refused the first record of a
/// partition and took the next: it keeps no sequence yet that would forbid this, as while a new topic's leader starts.
rd_kafka_resp_err_t fateOf(const rd_kafka_message_t& message)
{
    if (message.err)
        return message.err;
    return message.offset < 0 ? fate_unknown : RD_KAFKA_RESP_ERR_NO_ERROR;
}

} // namespace

/// One publish(): what is still out, and what came back.
struct KafkaProducer::Call {
    explicit Call(std::vector<Position> places, bool has_events)
        : is_of_events(has_events), positions(std::move(places))
    {}

    const bool is_of_events; ///< Else dead letters, whose topic has no type.
    Mutex mutex;
    std::size_t outstanding ORDERLAB_GUARDED_BY(mutex) = 0;
    rd_kafka_resp_err_t error ORDERLAB_GUARDED_BY(mutex) = RD_KAFKA_RESP_ERR_NO_ERROR; ///< The first.
    std::vector<Position> positions ORDERLAB_GUARDED_BY(mutex);
    Notifier done;

    struct Report { ///< One record's; librdkafka hands it back.
        std::shared_ptr<Call> call;
        std::size_t index;
    };
};

/// Who publishes by a client, which stays until then; close() waits for it, too.
struct KafkaProducer::Use {
    ~Use()
    {
        {
            const MutexLock guard(producer.m_mutex);
            --producer.m_uses;
            if (--client->uses == 0 && client->is_replaced)
                client->signal.raise();
        }
        producer.m_served.notifyAll();
    }

    KafkaProducer& producer;
    const ClientPtr client;
};

/// Records under way that close() waits for, however they end.
struct KafkaProducer::Underway {
    Underway(KafkaProducer& producer, std::span<const Event> events)
        : Underway(producer, std::make_shared<Call>(positionsOf(events), true))
    {}
    Underway(KafkaProducer& producer, std::span<const DeadLetterNotice> letters)
        : Underway(producer, std::make_shared<Call>(std::vector<Position>(letters.size()), false))
    {}
    Underway(KafkaProducer& producer, std::shared_ptr<Call> under_way) : producer(producer), call(std::move(under_way))
    {
        const MutexLock guard(producer.m_mutex);
        producer.m_calls.insert(call);
    }
    ~Underway()
    {
        {
            const MutexLock guard(producer.m_mutex);
            producer.m_calls.erase(call);
        }
        producer.m_served.notifyAll();
    }
    Underway(const Underway&) = delete;
    Underway& operator=(const Underway&) = delete;

    KafkaProducer& producer;
    const std::shared_ptr<Call> call;
};

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::open(KafkaContext& context)
{
    std::unique_ptr<KafkaProducer> producer(new KafkaProducer(context));
    const MutexLock guard(producer->m_mutex);
    auto client = producer->openClient();
    if (!client)
        return client.error();
    producer->m_first = producer->m_sender = *client;
    return producer;
}

/// A client that is served from here on.
Result<KafkaProducer::ClientPtr> KafkaProducer::openClient()
{
    const ClientPtr client(new Client{{m_context.opaque->network, this}, {}, {}, {}});
    const std::string publish_ms = std::to_string(m_context.options.publish_timeout.count() / 1'000);
    const std::vector<KafkaProperty> properties{
        {"enable.idempotence", "true"},
        {"acks", "all"},
        {"linger.ms", "1"}, // What is published together travels together; a lone event waits no longer than this.
        {"message.timeout.ms", publish_ms},
        {"queue.buffering.max.messages", "100000"},
        {"queue.buffering.max.kbytes", "65536"},
    };
    auto conf = m_context.conf("relay", properties);
    if (!conf)
        return conf.error();
    rd_kafka_conf_set_opaque(conf->get(), &client->opaque);
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &KafkaProducer::onDelivered);
    rd_kafka_conf_set_error_cb(conf->get(), &KafkaProducer::onError);
    auto handle = KafkaContext::client(RD_KAFKA_PRODUCER, std::move(*conf));
    if (!handle)
        return handle.error();
    client->handle = std::move(*handle);
    const KafkaQueue queue(rd_kafka_queue_get_main(client->handle.get()));
    client->signal.watch(queue.get());
    m_serving.insert(client);
    m_context.tasks.spawn(serve(client));
    return client;
}

/// The client to send by. One that can send no more is replaced: librdkafka up to 2.2 meets fatal errors when a broker
/// that comes back refuses for a moment what was on its way when it went ("sequence desynchronization", its issue
/// 3584). What the old one had accepted fails and is published again by whoever published it.
Result<std::unique_ptr<KafkaProducer::Use>> KafkaProducer::use()
{
    const MutexLock guard(m_mutex);
    if (m_closed)
        return closedError("bus");
    if (rd_kafka_fatal_error(m_sender->handle.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        auto next = openClient();
        if (!next)
            return unavailable("Kafka's client can send no more, and there is no other: " + next.error().message);
        const ClientPtr old = std::exchange(m_sender, *next);
        old->is_replaced = true;
        old->signal.raise();
    }
    ++m_uses;
    ++m_sender->uses;
    return std::unique_ptr<Use>(new Use{*this, m_sender});
}

rd_kafka_t* KafkaProducer::sender() const
{
    const MutexLock guard(m_mutex);
    return m_sender->handle.get();
}

/// Nothing is to be reported any more.
bool KafkaProducer::isDone(Client& client) const
{
    const MutexLock guard(m_mutex);
    const bool is_ending = m_closed || (client.is_replaced && client.uses == 0 && &client != m_first.get());
    return m_abandoned || (is_ending && rd_kafka_outq_len(client.handle.get()) == 0);
}

Task<void> KafkaProducer::serve(ClientPtr client)
{
    for (;;) {
        while (rd_kafka_poll(client->handle.get(), 0) > 0) {
        }
        if (isDone(*client))
            break;
        co_await client->signal.wait();
    }
    bool is_replaced;
    {
        const MutexLock guard(m_mutex);
        is_replaced = client->is_replaced && client != m_first;
    }
    if (is_replaced)
        co_await endClient(client);
    {
        const MutexLock guard(m_mutex);
        m_serving.erase(client);
    }
    m_served.notifyAll();
}

/// In our terms. A fatal error has its own words; what is thrown out of a queue is unsent, unless it is for the end.
Error KafkaProducer::errorOf(rd_kafka_resp_err_t code, const Client& client, const std::string& what) const
{
    char reason[512] = "";
    const bool is_fatal =
        rd_kafka_fatal_error(client.handle.get(), reason, sizeof reason) != RD_KAFKA_RESP_ERR_NO_ERROR;
    if (is_fatal && !m_closed)
        return unavailable(what + ": the client of Kafka can send no more and is replaced (" + reason + ')');
    if (code == fate_unknown)
        return unavailable(what + ": the broker acknowledged what followed a record, but not the record");
    return kafkaError(code, what);
}

void KafkaProducer::onDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque)
{
    auto& self = *static_cast<KafkaProducer*>(static_cast<KafkaNetwork::Opaque*>(opaque)->owner);
    const std::unique_ptr<Call::Report> report(static_cast<Call::Report*>(message->_private));
    Call& call = *report->call;
    bool last;
    Position published;
    {
        const MutexLock guard(call.mutex);
        Position& position = call.positions[report->index];
        position.where.partition = std::uint16_t(message->partition);
        position.offset = message->offset;
        const rd_kafka_resp_err_t error = fateOf(*message);
        if (error && !call.error)
            call.error = error;
        last = --call.outstanding == 0;
        published = position;
    }
    if (last)
        call.done.notifyAll();
    {
        const MutexLock guard(self.m_mutex);
        ++self.m_delivered;
        if (call.is_of_events && !message->err && published.offset >= 0) {
            Progress& progress = self.m_progress[published.where];
            progress.went_back = progress.went_back || published.offset <= progress.highest;
            progress.highest = published.offset;
        }
    }
    self.m_room.notifyAll();
}

void KafkaProducer::onError(rd_kafka_t*, int, const char*, void* opaque)
{
    static_cast<KafkaProducer*>(static_cast<KafkaNetwork::Opaque*>(opaque)->owner)->m_context.reach.doubt();
}

/// Hands one event to librdkafka, waiting for room in the log where that is bounded.
Task<Result<void>> KafkaProducer::enqueue(const Event& event, ClientPtr client, std::shared_ptr<Call> call,
                                          std::size_t index)
{
    KafkaRecord record = encodeRecord(event);
    const TopicPartition where{event.type, kafkaPartitionOf(record.key.value_or(""), m_context.partitions(event.type))};
    if (m_context.back_pressure) {
        const bool has_room = co_await m_context.back_pressure->reserve(where, record.bytes());
        if (!has_room)
            co_return closedError("bus");
    }
    const std::string& topic = m_context.topic(event.type);
    const auto error = co_await send(std::move(record), topic, where.partition, client, std::move(call), index);
    if (error)
        co_return errorOf(error, *client, "publishing to " + topic);
    co_return Result<void>{};
}

/// Hands one record to librdkafka, waiting for room in its queue.
Task<rd_kafka_resp_err_t> KafkaProducer::send(KafkaRecord record, const std::string& topic, std::uint16_t partition,
                                              ClientPtr client, std::shared_ptr<Call> call, std::size_t index)
{
    {
        const MutexLock guard(call->mutex);
        ++call->outstanding;
    }
    auto report = std::make_unique<Call::Report>(call, index);
    // An empty one is none: of a record that is none of our events nobody knows the difference any more.
    const char* const key = record.key ? record.key->data() : nullptr;
    char* const value = record.value ? record.value->data() : nullptr;
    for (;;) {
        std::uint64_t delivered;
        {
            const MutexLock guard(m_mutex);
            delivered = m_delivered;
        }
        const rd_kafka_resp_err_t error = rd_kafka_producev(
            client->handle.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, key ? record.key->size() : 0),
            RD_KAFKA_V_VALUE(value, value ? record.value->size() : 0), RD_KAFKA_V_HEADERS(record.headers.get()),
            RD_KAFKA_V_OPAQUE(report.get()), RD_KAFKA_V_END);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
            (void)record.headers.release(); // librdkafka's from here on, as is the report.
            (void)report.release();
            co_return RD_KAFKA_RESP_ERR_NO_ERROR;
        }
        if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            const MutexLock guard(call->mutex);
            --call->outstanding;
            co_return error;
        }
        if (m_closed) {
            const MutexLock guard(call->mutex);
            --call->outstanding;
            co_return RD_KAFKA_RESP_ERR__DESTROY;
        }
        MutexLock lock(m_mutex);
        if (m_delivered == delivered)
            co_await m_room.wait(lock);
    }
}

Task<void> KafkaProducer::allReported(std::shared_ptr<Call> call)
{
    for (;;) {
        MutexLock lock(call->mutex);
        if (call->outstanding == 0)
            co_return;
        if (m_abandoned) {
            call->error = RD_KAFKA_RESP_ERR__DESTROY;
            co_return;
        }
        co_await call->done.wait(lock);
    }
}

Task<Result<std::vector<Position>>> KafkaProducer::publish(std::span<const Event> events)
{
    const auto use = this->use();
    if (!use)
        co_return use.error();
    const ClientPtr& client = (*use)->client;
    const Underway underway(*this, events);
    const std::shared_ptr<Call>& call = underway.call;
    Result<void> enqueued;
    for (std::size_t i = 0; i < events.size() && enqueued; ++i)
        enqueued = co_await enqueue(events[i], client, call, i);
    co_await allReported(call);
    if (!enqueued)
        co_return enqueued.error();
    const MutexLock guard(call->mutex);
    if (call->error)
        co_return errorOf(call->error, *client, "publishing");
    record(events, call->positions);
    co_return std::move(call->positions);
}

Task<rd_kafka_resp_err_t> KafkaProducer::sendDeadLetters(std::span<const DeadLetterNotice> letters,
                                                         DeadLetterParts parts, ClientPtr client)
{
    const Underway underway(*this, letters);
    const std::shared_ptr<Call>& call = underway.call;
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (std::size_t i = 0; i < letters.size() && !error; ++i) {
        KafkaRecord record = encodeRecord(letters[i], m_context.topic(letters[i].source.where.topic), parts);
        const std::string spread_by = record.key && !record.key->empty() ? *record.key : letters[i].id.toString();
        const std::uint16_t partition = kafkaPartitionOf(spread_by, m_context.deadLetterPartitions());
        error = co_await send(std::move(record), m_context.deadLetterTopic(), partition, client, call, i);
    }
    co_await allReported(call);
    const MutexLock guard(call->mutex);
    co_return error ? error : call->error;
}

Task<Result<void>> KafkaProducer::publishDeadLetters(std::span<const DeadLetterNotice> letters)
{
    const auto use = this->use();
    if (!use)
        co_return use.error();
    const ClientPtr& client = (*use)->client;
    auto error = co_await sendDeadLetters(letters, DeadLetterParts::Whole, client);
    if (error
        == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) { // Ours or the broker's limit; one by one shows whose record it is.
        error = RD_KAFKA_RESP_ERR_NO_ERROR;
        for (std::size_t i = 0; i < letters.size() && !error; ++i) {
            error = co_await sendDeadLetters(letters.subspan(i, 1), DeadLetterParts::Whole, client);
            if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
                error = co_await sendDeadLetters(letters.subspan(i, 1), DeadLetterParts::OnlyNotice, client);
        }
    }
    if (error)
        co_return errorOf(error, *client, "publishing to " + m_context.deadLetterTopic());
    co_return Result<void>{};
}

void KafkaProducer::record(std::span<const Event> events, const std::vector<Position>& positions)
{
    std::vector<Entry> entries;
    const std::int64_t time_us = toMicros(m_context.runtime.now());
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events[i].undecodable) // Readers name it by its place: see decodeRecord().
            continue;
        Entry& entry = entries.emplace_back();
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

KafkaProducer::Progress KafkaProducer::progress(TopicPartition where) const
{
    const MutexLock guard(m_mutex);
    const auto found = m_progress.find(where);
    return found == m_progress.end() ? Progress{} : found->second;
}

void KafkaProducer::forgetProgress(TopicPartition where)
{
    const MutexLock guard(m_mutex);
    m_progress.erase(where);
}

/// Nothing is under way any more.
Task<Result<void>> KafkaProducer::served()
{
    for (;;) {
        MutexLock lock(m_mutex);
        if (m_serving.empty() && m_uses == 0)
            co_return Result<void>{};
        co_await m_served.wait(lock);
    }
}

void KafkaProducer::abandonCalls()
{
    m_abandoned = true;
    std::set<std::shared_ptr<Call>> calls;
    {
        const MutexLock guard(m_mutex);
        calls = m_calls;
        for (const ClientPtr& client : m_serving)
            client->signal.raise();
    }
    for (const auto& call : calls) {
        {
            const MutexLock guard(call->mutex);
        } // Who is about to wait has looked, or waits.
        call->done.notifyAll();
    }
}

Task<void> KafkaProducer::close()
{
    if (m_context.back_pressure)
        m_context.back_pressure->close();
    ClientPtr sender;
    {
        const MutexLock guard(m_mutex);
        m_closed = true;
        sender = m_sender;
    }
    const std::function<void()> flush = [sender] {
        const auto flushed = rd_kafka_flush(sender->handle.get(), producer_flush_ms);
        if (flushed != RD_KAFKA_RESP_ERR_NO_ERROR)
            rd_kafka_purge(sender->handle.get(),
                           RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING);
    };
    sender.reset();
    co_await endWithin(m_context.runtime, std::chrono::milliseconds{2 * producer_flush_ms}, flush);
    {
        const MutexLock guard(m_mutex);
        for (const ClientPtr& client : m_serving)
            client->signal.raise();
    }
    m_room.notifyAll();
    const auto reported = co_await withTimeout<void>(m_context.runtime, report_limit, "ending the producer", served());
    if (!reported) {
        abandonCalls();
        const auto ended = co_await served();
        (void)ended;
    }
}

/// Nobody sends by it any more.
Task<void> KafkaProducer::endClient(ClientPtr client)
{
    const std::function<void()> end = [client = std::move(client)] { client->handle.reset(); };
    co_await endWithin(m_context.runtime, producer_end_limit, end);
}

Task<void> KafkaProducer::endClients()
{
    ClientPtr sender;
    {
        const MutexLock guard(m_mutex);
        sender = std::move(m_sender);
    }
    const ClientPtr first = std::move(m_first);
    if (sender != first)
        co_await endClient(sender);
    co_await endClient(first);
}

} // namespace orderlab
