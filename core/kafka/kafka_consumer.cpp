#include "kafka/kafka_consumer.h"

#include "kafka/embedded_kafka.h"
#include "kafka/kafka_message.h"

#include <algorithm>

namespace orderlab {

// A member's life: what runs here runs on one strand, as the client's callbacks come only from serve().

namespace {

/// A member learns of a rebalance by the answer to its heartbeat.
constexpr Duration heartbeat_interval{std::chrono::milliseconds{400}};

std::string milliseconds(Duration duration)
{
    return std::to_string(duration.count() / 1'000);
}

} // namespace

KafkaConsumer::KafkaConsumer(KafkaContext& context, SubscribeOptions options, std::function<void()> on_left)
    : m_context(context), m_options(std::move(options)), m_group_name(context.journal.names().intern(m_options.group)),
      m_member_name(context.journal.names().intern(m_options.member)), m_on_left(std::move(on_left)),
      m_opaque(new KafkaNetwork::Opaque{context.opaque->network, this}),
      m_is_dynamic(context.options.static_membership.empty()), m_last_sign(context.runtime.now())
{}

Result<KafkaConf> KafkaConsumer::conf()
{
    std::vector<KafkaProperty> properties{
        {"group.id", m_options.group},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"auto.offset.reset", "earliest"},
        {"partition.assignment.strategy", "cooperative-sticky"},
        {"session.timeout.ms", milliseconds(m_context.options.session_timeout)},
        {"heartbeat.interval.ms", milliseconds(heartbeat_interval)},
        {"max.poll.interval.ms",
         milliseconds(std::max(m_context.options.session_timeout, Duration{std::chrono::minutes{1}}))},
        {"fetch.wait.max.ms", "100"},
        {"queued.max.messages.kbytes", "8192"}, // A partition: what is read ahead.
    };
    if (!m_context.options.static_membership.empty())
        properties.emplace_back("group.instance.id", m_options.member + '@' + m_context.options.static_membership);
    auto conf = m_context.conf(m_options.member, properties);
    if (!conf)
        return conf;
    rd_kafka_conf_set_opaque(conf->get(), m_opaque.get());
    rd_kafka_conf_set_rebalance_cb(conf->get(), &KafkaConsumer::onRebalance);
    if (m_context.back_pressure) // The embedded cluster.
        EmbeddedKafka::letLeadersWait(conf->get());
    return conf;
}

Result<std::shared_ptr<KafkaConsumer>> KafkaConsumer::join(KafkaContext& context, SubscribeOptions options,
                                                           std::function<void()> on_left)
{
    std::shared_ptr<KafkaConsumer> self(new KafkaConsumer(context, std::move(options), std::move(on_left)));
    auto conf = self->conf();
    if (!conf)
        return conf.error();
    auto handle = KafkaContext::client(RD_KAFKA_CONSUMER, std::move(*conf));
    if (!handle)
        return handle.error();
    self->m_handle = std::move(*handle);
    rd_kafka_poll_set_consumer(self->m_handle.get());
    {
        const MutexLock guard(self->m_mutex);
        self->m_events.reset(rd_kafka_queue_get_consumer(self->m_handle.get()));
        self->m_signal.watch(self->m_events.get());
    }
    const KafkaPartitions topics(rd_kafka_topic_partition_list_new(int(self->m_options.topics.size())));
    for (const EventType type : self->m_options.topics)
        rd_kafka_topic_partition_list_add(topics.get(), context.topic(type).c_str(), RD_KAFKA_PARTITION_UA);
    if (const auto error = rd_kafka_subscribe(self->m_handle.get(), topics.get()))
        return kafkaError(error, "joining group " + self->m_options.group);
    self->record(EntryKind::MemberJoined, nullptr);
    context.tasks.spawn(run(self));
    return self;
}

Task<void> KafkaConsumer::run(std::shared_ptr<KafkaConsumer> self)
{
    for (;;) {
        {
            const MutexLock guard(self->m_mutex);
            if (self->m_closed)
                break;
        }
        self->serve();
        self->watchOver();
        self->m_wake.notifyAll();
        co_await self->m_signal.wait();
    }
    {
        const MutexLock guard(self->m_mutex);
        self->m_running = false;
    }
    self->m_ended.notifyAll();
}

/// Lets the client tell what it has to tell.
void KafkaConsumer::serve()
{
    while (const KafkaMessage message{rd_kafka_consumer_poll(m_handle.get(), 0)}) {
        if (isTransient(message->err))
            continue;
        const MutexLock guard(m_mutex);
        // Events come through their partitions' queues. One that came here would be passed over: it has to come again.
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR || message->err == RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED
            || message->err == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) {
            beginClose(true);
            return;
        }
        m_trouble = kafkaError(message->err, "reading as " + m_options.member);
        m_has_trouble = true;
    }
}

void KafkaConsumer::watchOver()
{
    const TimePoint now = m_context.runtime.now();
    const MutexLock guard(m_mutex);
    if (m_closed)
        return;
    ++m_signals;
    if (isSilent(now)) {
        beginClose(true);
        return;
    }
    sendCommits();
    finishRevocation(now);
}

/// Has something in hand, and has given no sign for too long. While a commit is on its way it is the broker's turn.
bool KafkaConsumer::isSilent(TimePoint now) const
{
    if (m_last_sign + m_options.session_timeout > now)
        return false;
    return std::any_of(m_assignments.begin(), m_assignments.end(), [](const AssignmentPtr& assignment) {
        return assignment->in_flight_end >= 0 && assignment->wanted <= assignment->committed;
    });
}

void KafkaConsumer::leaveIfReading(std::span<const TopicPartition> renewed)
{
    const MutexLock guard(m_mutex);
    const auto reads = [this](const TopicPartition& where)
                           ORDERLAB_REQUIRES(m_mutex) { return find(where) != nullptr; };
    if (std::any_of(renewed.begin(), renewed.end(), reads))
        beginClose(true);
}

void KafkaConsumer::keepAlive()
{
    const MutexLock guard(m_mutex);
    m_last_sign = m_context.runtime.now();
}

void KafkaConsumer::drain()
{
    const MutexLock guard(m_mutex);
    m_draining = true;
    m_wake.notifyAll();
}

std::vector<TopicPartition> KafkaConsumer::assigned() const
{
    const MutexLock guard(m_mutex);
    std::vector<TopicPartition> places;
    for (const AssignmentPtr& assignment : m_assignments)
        places.push_back(assignment->where);
    return places;
}

Error KafkaConsumer::lost(TopicPartition where) const
{
    return {ErrorCode::Conflict,
            Retry::Never,
            "partition " + std::to_string(where.partition) + " of " + std::string(topicName(where.topic))
                + " is no longer assigned to " + m_options.member,
            {}};
}

void KafkaConsumer::record(EntryKind kind, const Assignment* assignment, std::int64_t offset)
{
    Entry entry;
    entry.time_us = toMicros(m_context.runtime.now());
    entry.kind = kind;
    entry.group = m_group_name;
    entry.actor = m_member_name;
    entry.offset = offset;
    if (assignment) {
        entry.topic = m_context.topicNameId(assignment->where.topic);
        entry.partition = assignment->where.partition;
    }
    m_context.journal.append(entry);
}

} // namespace orderlab
