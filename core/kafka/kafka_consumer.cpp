#include "kafka/kafka_consumer.h"

#include "kafka/kafka_ending.h"
#include "kafka/kafka_message.h"
#include "kafka/kafka_room.h"

#include <algorithm>

namespace orderlab {

namespace {

/// For leaving the group and ending the client: the group learns of what takes longer by the session's end.
constexpr Duration end_limit{std::chrono::seconds{6}};
constexpr int end_steps_ms = 5'000; ///< For the steps that can be told to stop.
constexpr Duration seek_limit{std::chrono::seconds{5}};

std::string milliseconds(Duration duration)
{
    return std::to_string(duration.count() / 1'000);
}

/// What passes by itself while polls wait: a topic that not every broker knows yet, a broker that is away.
bool passes(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || error == RD_KAFKA_RESP_ERR__TRANSPORT
        || error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || error == RD_KAFKA_RESP_ERR__PARTITION_EOF;
}

/// Errors of a commit that end by themselves once the group has settled; the partition is ours until we are told otherwise.
bool isRebalancing(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS || error == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION
        || error == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID;
}

/// Whether the group has it, as far as the client knows.
bool hasMemberId(rd_kafka_t* consumer)
{
    char* const id = rd_kafka_memberid(consumer);
    const bool has = id && *id;
    rd_kafka_mem_free(consumer, id);
    return has;
}

/// A client that has left its group, or whose session will end, but that cannot be destroyed. Its threads idle until the
/// program ends, and ask their network when they connect.
struct Undying {
    KafkaHandle client;
    KafkaQueue events;
    std::unique_ptr<KafkaNetwork::Opaque> opaque;
};

void keepForEver(Undying client)
{
    static Mutex mutex;
    static std::vector<Undying>& all ORDERLAB_GUARDED_BY(mutex) = *new std::vector<Undying>; // Not destroyed at exit either.
    const MutexLock guard(mutex);
    all.push_back(std::move(client));
}

} // namespace

KafkaConsumer::KafkaConsumer(KafkaContext& context, SubscribeOptions options, std::function<void()> on_left)
    : m_context(context), m_options(std::move(options)), m_group_name(context.journal.names().intern(m_options.group)),
      m_member_name(context.journal.names().intern(m_options.member)), m_on_left(std::move(on_left)),
      m_opaque(new KafkaNetwork::Opaque{context.opaque.network, this}),
      m_is_dynamic(context.options.static_membership.empty()), m_last_sign(context.runtime.now())
{
}

Result<KafkaConf> KafkaConsumer::conf()
{
    std::vector<KafkaProperty> properties{
        {"group.id", m_options.group},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"auto.offset.reset", "earliest"},
        {"partition.assignment.strategy", "cooperative-sticky"},
        {"session.timeout.ms", milliseconds(m_context.options.session_timeout)},
        {"heartbeat.interval.ms", milliseconds(m_context.options.session_timeout / 10)},
        {"max.poll.interval.ms", milliseconds(std::max(m_context.options.session_timeout, Duration{std::chrono::minutes{1}}))},
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

// What follows runs on one strand: the client's callbacks come only from serve().

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
        if (passes(message->err))
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
    return std::any_of(m_shares.begin(), m_shares.end(), [](const SharePtr& share) {
        return share->in_flight_end >= 0 && share->wanted <= share->committed;
    });
}

void KafkaConsumer::sendCommits()
{
    if (m_committing)
        return;
    const KafkaPartitions offsets(rd_kafka_topic_partition_list_new(int(m_shares.size())));
    for (const SharePtr& share : m_shares) {
        if (share->wanted > share->committed) {
            rd_kafka_topic_partition_list_add(offsets.get(), m_context.topic(share->where.topic).c_str(), share->where.partition)
                ->offset = share->wanted;
        }
    }
    if (offsets->cnt == 0)
        return;
    const auto answered = [](rd_kafka_t*, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t* answer, void* opaque) {
        static_cast<KafkaConsumer*>(opaque)->onCommitted(error, answer);
    };
    const auto error = rd_kafka_commit_queue(m_handle.get(), offsets.get(), m_events.get(), answered, this);
    m_committing = error == RD_KAFKA_RESP_ERR_NO_ERROR; // Else again at the next tick.
}

void KafkaConsumer::onCommitted(rd_kafka_resp_err_t error, const rd_kafka_topic_partition_list_t* offsets)
{
    if (m_ending)
        return;
    const MutexLock guard(m_mutex);
    m_committing = false;
    for (int i = 0; offsets && i < offsets->cnt; ++i) {
        const rd_kafka_topic_partition_t& answer = offsets->elems[i];
        const auto where = placeOf(answer);
        const SharePtr share = where ? find(*where) : nullptr;
        if (!share)
            continue;
        const rd_kafka_resp_err_t failure = answer.err ? answer.err : error;
        if (failure) {
            if (!isRebalancing(failure) && !passes(failure)) {
                m_trouble = kafkaError(failure, "committing offsets of group " + m_options.group);
                m_has_trouble = true;
            }
            continue; // It is tried again as long as the partition is ours.
        }
        share->committed = std::max(share->committed, answer.offset);
        if (m_context.renewals.committed(m_options.group, share->where, answer.offset))
            record(EntryKind::OffsetsReset, share.get(), answer.offset);
        record(EntryKind::OffsetCommitted, share.get(), answer.offset);
        if (m_context.room)
            m_context.room->committed(m_options.group, share->where, answer.offset);
        share->answered.notifyAll();
    }
    if (!error)
        sendCommits(); // What has been asked for meanwhile.
}

void KafkaConsumer::onRebalance(rd_kafka_t* client, rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t* partitions, void* opaque)
{
    auto& self = *static_cast<KafkaConsumer*>(static_cast<KafkaNetwork::Opaque*>(opaque)->owner);
    if (self.m_ending) {
        const bool assigns = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
        self.m_was_assigned = self.m_was_assigned || assigns;
        const KafkaFailure failed(assigns ? rd_kafka_incremental_assign(client, partitions) : rd_kafka_incremental_unassign(client, partitions));
        return;
    }
    if (what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
        self.onAssigned(partitions);
    else
        self.onRevoked(partitions);
}

std::optional<TopicPartition> KafkaConsumer::placeOf(const rd_kafka_topic_partition_t& partition) const
{
    const auto type = m_context.typeOfTopic(partition.topic);
    return type ? std::optional(TopicPartition{*type, std::uint16_t(partition.partition)}) : std::nullopt;
}

void KafkaConsumer::onAssigned(rd_kafka_topic_partition_list_t* partitions)
{
    const MutexLock guard(m_mutex);
    m_was_assigned = true;
    for (int i = 0; i < partitions->cnt && !m_closed; ++i) {
        const auto where = placeOf(partitions->elems[i]);
        if (!where)
            continue;
        auto share = std::make_shared<Share>();
        share->where = *where;
        share->queue.reset(rd_kafka_queue_get_partition(m_handle.get(), partitions->elems[i].topic, where->partition));
        rd_kafka_queue_forward(share->queue.get(), nullptr); // Not into the common queue.
        m_signal.watch(share->queue.get());
        m_shares.push_back(share);
        record(EntryKind::PartitionAssigned, share.get());
        if (m_context.renewals.startsAnew(m_options.group, *where))
            partitions->elems[i].offset = RD_KAFKA_OFFSET_BEGINNING;
        if (m_context.room)
            m_context.room->addReader(m_options.group, *where, 0);
    }
    const KafkaFailure failed(rd_kafka_incremental_assign(m_handle.get(), partitions));
    if (failed) {
        m_trouble = kafkaError(rd_kafka_error_code(failed.get()), "taking partitions");
        m_has_trouble = true;
    }
}

/// What is in hand may be finished and committed first, for a while; a partition that was lost is somebody else's already.
void KafkaConsumer::onRevoked(rd_kafka_topic_partition_list_t* partitions)
{
    const MutexLock guard(m_mutex);
    m_revoked.reset(rd_kafka_topic_partition_list_copy(partitions));
    const TimePoint now = m_context.runtime.now();
    m_revoke_until = rd_kafka_assignment_lost(m_handle.get()) || m_closed ? now : now + m_context.options.revoke_limit;
    for (int i = 0; i < partitions->cnt; ++i) {
        const auto where = placeOf(partitions->elems[i]);
        if (const SharePtr share = where ? find(*where) : nullptr)
            share->revoking = true;
    }
    finishRevocation(now);
}

void KafkaConsumer::finishRevocation(TimePoint now)
{
    if (!m_revoked)
        return;
    const bool in_hand = std::any_of(m_shares.begin(), m_shares.end(), [](const SharePtr& share) {
        return share->revoking && (share->busy || share->in_flight_end >= 0 || share->wanted > share->committed);
    });
    if (in_hand && now < m_revoke_until)
        return;
    const auto shares = m_shares; // drop() takes out of the list.
    for (const SharePtr& share : shares) {
        if (share->revoking)
            drop(share);
    }
    const KafkaFailure failed(rd_kafka_incremental_unassign(m_handle.get(), m_revoked.get()));
    m_revoked.reset(); // A failure says that all of them are gone already.
}

// What follows is called from anywhere.

KafkaConsumer::SharePtr KafkaConsumer::find(TopicPartition where) const
{
    const auto found = std::find_if(m_shares.begin(), m_shares.end(), [&](const SharePtr& share) { return share->where == where; });
    return found == m_shares.end() ? nullptr : *found;
}

/// The next partition that may have events and may be delivered from.
KafkaConsumer::SharePtr KafkaConsumer::nextReady()
{
    for (std::size_t i = 0; i < m_shares.size(); ++i) {
        const std::size_t index = (m_next_share + i) % m_shares.size();
        const SharePtr& share = m_shares[index];
        const bool held = m_options.in_flight == InFlight::UntilCommitted && share->in_flight_end >= 0;
        if (!share->busy && !share->revoking && !held && share->empty_at != m_signals) {
            m_next_share = index + 1;
            return share;
        }
    }
    return nullptr;
}

/// Without the mutex; the share is `busy` for the caller.
DeliveryBatch KafkaConsumer::take(Share& share, std::size_t max)
{
    auto events = std::make_shared<std::vector<Event>>();
    DeliveryBatch batch;
    batch.where = share.where;
    while (events->size() < max) {
        KafkaMessage message = share.stash ? std::move(share.stash) : KafkaMessage(rd_kafka_consume_queue(share.queue.get(), 0));
        if (!message)
            break;
        if (message->err)
            continue; // Of this partition's fetcher, which goes on by itself.
        if (events->empty())
            batch.first_offset = message->offset;
        else if (message->offset != batch.first_offset + std::int64_t(events->size())) {
            share.stash = std::move(message); // A gap: compaction, or records that are no messages.
            break;
        }
        events->push_back(decodeRecord(*message, share.where));
    }
    batch.events = *events;
    batch.owner = std::move(events);
    return batch;
}

Task<Result<DeliveryBatch>> KafkaConsumer::poll(std::size_t max)
{
    if (max == 0)
        co_return invalidArgument("max", "must be at least 1");
    for (;;) {
        MutexLock lock(m_mutex);
        if (m_closed || m_draining)
            co_return closedError("consumer " + m_options.member);
        m_last_sign = m_context.runtime.now();
        if (std::exchange(m_has_trouble, false))
            co_return m_trouble;
        SharePtr share = nextReady();
        if (!share) {
            co_await m_wake.wait(lock);
            continue;
        }
        share->busy = true;
        ++m_readers;
        const std::uint64_t signals = m_signals;
        lock.unlock();
        DeliveryBatch batch = take(*share, max);
        lock.lock();
        const bool empty = batch.events.empty();
        const bool ours = !share->lost && !m_closed && !m_draining;
        if (empty)
            share->empty_at = signals;
        if (!empty && ours) {
            if (share->position >= 0 && batch.first_offset > share->position)
                record(EntryKind::OffsetsReset, share.get(), batch.first_offset); // What was between is gone.
            share->position = share->in_flight_end = batch.endOffset();
        }
        endReading(*share);
        if (!empty && ours)
            co_return batch;
    }
}

/// The caller, who has set `busy`, is done with the queue.
void KafkaConsumer::endReading(Share& share)
{
    share.busy = false;
    if (share.lost) { // The client may be gone before the last who remembers the share.
        share.stash.reset();
        share.queue.reset();
    } else if (share.revoking) {
        m_signal.raise();
    }
    if (--m_readers == 0 && m_closed)
        m_ended.notifyAll();
}

/// Nothing is in hand any more.
void KafkaConsumer::settle(Share& share)
{
    share.in_flight_end = -1;
    if (share.revoking)
        m_signal.raise();
    else
        m_wake.notifyOne();
}

Task<Result<void>> KafkaConsumer::commit(TopicPartition where, std::int64_t next_offset)
{
    MutexLock lock(m_mutex);
    if (m_closed && !m_put_out)
        co_return closedError("consumer " + m_options.member);
    const SharePtr share = find(where);
    if (!share)
        co_return lost(where);
    m_last_sign = m_context.runtime.now();
    if (next_offset > share->position)
        co_return invalidArgument("offset", "is past what was delivered");
    share->wanted = std::max(share->wanted, next_offset);
    if (share->committed < next_offset)
        m_signal.raise();
    // What is behind may be delivered while the broker takes the offset: the commit is tried until it has it.
    if (share->in_flight_end >= 0 && next_offset >= share->in_flight_end)
        settle(*share);
    while (share->committed < next_offset) {
        if (share->lost)
            co_return m_put_out || !m_closed ? lost(where) : closedError("consumer " + m_options.member);
        co_await share->answered.wait(lock);
        lock.lock();
    }
    m_last_sign = m_context.runtime.now();
    co_return Result<void>{};
}

Task<Result<void>> KafkaConsumer::seek(TopicPartition where, std::int64_t offset)
{
    MutexLock lock(m_mutex);
    if (m_closed && !m_put_out)
        co_return closedError("consumer " + m_options.member);
    SharePtr share = find(where);
    if (!share || share->busy)
        co_return lost(where);
    m_last_sign = m_context.runtime.now();
    share->busy = true;
    ++m_readers;
    lock.unlock();
    share->stash.reset();
    const std::function<rd_kafka_resp_err_t()> seek = [handle = m_handle.get(), topic = m_context.topic(where.topic), where, offset] {
        constexpr int limit_ms = int(seek_limit.count() / 1'000);
        const KafkaPartitions target(rd_kafka_topic_partition_list_new(1));
        rd_kafka_topic_partition_list_add(target.get(), topic.c_str(), where.partition)->offset = std::max<std::int64_t>(0, offset);
        const KafkaFailure failed(rd_kafka_seek_partitions(handle, target.get(), limit_ms));
        return failed ? rd_kafka_error_code(failed.get()) : target->elems[0].err;
    };
    const rd_kafka_resp_err_t error = co_await m_context.blocking<rd_kafka_resp_err_t>(seek);
    lock.lock();
    share->empty_at = 0;
    if (!error && !share->lost) {
        share->position = offset;
        settle(*share);
    }
    if (error && !share->lost)
        beginClose(true); // What is in hand would never be settled: it comes again to whoever joins next.
    endReading(*share);
    if (share->lost)
        co_return lost(where);
    co_return Result<void>{};
}

void KafkaConsumer::leaveIfReading(std::span<const TopicPartition> renewed)
{
    const MutexLock guard(m_mutex);
    const auto reads = [this](const TopicPartition& where) ORDERLAB_REQUIRES(m_mutex) { return find(where) != nullptr; };
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
    for (const SharePtr& share : m_shares)
        places.push_back(share->where);
    return places;
}

Error KafkaConsumer::lost(TopicPartition where) const
{
    return {ErrorCode::Conflict, Retry::Never,
            "partition " + std::to_string(where.partition) + " of " + std::string(topicName(where.topic))
                + " is no longer assigned to " + m_options.member,
            {}};
}

void KafkaConsumer::drop(SharePtr share)
{
    record(EntryKind::PartitionRevoked, share.get());
    share->lost = true;
    if (!share->busy) {
        share->stash.reset();
        share->queue.reset();
    }
    share->answered.notifyAll();
    std::erase(m_shares, share);
}

void KafkaConsumer::beginClose(bool put_out)
{
    if (m_closed)
        return;
    m_closed = true;
    m_put_out = put_out;
    while (!m_shares.empty())
        drop(m_shares.back());
    record(EntryKind::MemberLeft, nullptr);
    m_wake.notifyAll();
    m_signal.raise();
    m_context.tasks.spawn(leave(shared_from_this()));
}

/// Leaves the group once nobody uses the client any more.
Task<void> KafkaConsumer::leave(std::shared_ptr<KafkaConsumer> self)
{
    for (;;) {
        MutexLock lock(self->m_mutex);
        if (!self->m_running && self->m_readers == 0)
            break;
        co_await self->m_ended.wait(lock);
    }
    self->m_ending = true;
    const std::function<void()> leave = [self] { self->endClient(); };
    co_await endWithin(self->m_context.runtime, end_limit, leave); // Given up, its session tells the group.
    self->m_on_left();
    {
        const MutexLock guard(self->m_mutex);
        self->m_left = true;
    }
    self->m_ended.notifyAll();
}

bool KafkaConsumer::mayBeDestroyed() const
{
    // Up to librdkafka 2.2 a member is not safe to end before its group has told it what is its own (its issue 4312).
    constexpr int mended = 0x020300ff;
    const char* protocol = rd_kafka_rebalance_protocol(m_handle.get());
    return rd_kafka_version() >= mended || m_was_assigned || (protocol && std::string_view(protocol) == "NONE");
}

/// May hang, so that it uses only what is this consumer's own. Nobody else uses the client any more.
void KafkaConsumer::endClient()
{
    constexpr int poll_ms = 50;
    int polls = end_steps_ms / poll_ms; // For all steps together.
    const auto serve = [&] {
        --polls;
        KafkaMessage(rd_kafka_consumer_poll(m_handle.get(), poll_ms));
    };
    KafkaPartitions revoked;
    KafkaQueue events;
    {
        const MutexLock guard(m_mutex);
        revoked = std::move(m_revoked);
        events = std::move(m_events);
    }
    if (revoked) { // Closing would wait for this.
        const KafkaFailure failed(rd_kafka_incremental_unassign(m_handle.get(), revoked.get()));
        revoked.reset();
    }
    while (polls > 0 && !mayBeDestroyed())
        serve();
    events.reset();
    // librdkafka 2.0 does not tell the group that a member leaves when it is closed while joining, or while it has no
    // partitions; the next rebalance would wait for it until its session is over. Unsubscribing tells, once a join is done.
    // A static member does not leave.
    if (m_is_dynamic) {
        rd_kafka_unsubscribe(m_handle.get());
        while (polls > 0 && hasMemberId(m_handle.get()))
            serve();
    }
    // Not rd_kafka_consumer_close(): after an outage in the middle of a rebalance it may wait for ever.
    KafkaQueue closing(rd_kafka_queue_new(m_handle.get()));
    const KafkaFailure refused(rd_kafka_consumer_close_queue(m_handle.get(), closing.get()));
    for (; polls > 0 && !refused && !rd_kafka_consumer_closed(m_handle.get()); --polls)
        rd_kafka_queue_poll_callback(closing.get(), poll_ms);
    const bool is_closed = rd_kafka_consumer_closed(m_handle.get());
    if (is_closed)
        closing.reset();
    if (!is_closed || !mayBeDestroyed())
        keepForEver({std::move(m_handle), std::move(closing), std::move(m_opaque)});
    closing.reset();
    m_handle.reset();
}

Task<void> KafkaConsumer::close()
{
    const auto self = shared_from_this();
    {
        const MutexLock guard(m_mutex);
        beginClose(false);
    }
    for (;;) {
        MutexLock lock(m_mutex);
        m_put_out = false; // It is closed from here on, whatever ended it.
        if (m_left)
            break;
        co_await m_ended.wait(lock);
    }
}

void KafkaConsumer::record(EntryKind kind, const Share* share, std::int64_t offset)
{
    Entry entry;
    entry.time_us = toMicros(m_context.runtime.now());
    entry.kind = kind;
    entry.group = m_group_name;
    entry.actor = m_member_name;
    entry.offset = offset;
    if (share) {
        entry.topic = m_context.topicNameId(share->where.topic);
        entry.partition = share->where.partition;
    }
    m_context.journal.append(entry);
}

} // namespace orderlab
