#include "kafka/kafka_consumer.h"

#include "kafka/kafka_ending.h"
#include "kafka/kafka_message.h"

namespace orderlab {

// Leaving the group and ending the client.

namespace {

/// For leaving the group and ending the client: the group learns of what takes longer by the session's end.
constexpr Duration end_limit{std::chrono::seconds{6}};
constexpr int end_steps_ms = 5'000; ///< For the steps that can be told to stop.

/// Whether the group has it, as far as the client knows.
bool hasMemberId(rd_kafka_t* consumer)
{
    char* const id = rd_kafka_memberid(consumer);
    const bool has = id && *id;
    rd_kafka_mem_free(consumer, id);
    return has;
}

/// A client that has left its group, or whose session will end, but that cannot be destroyed. Its threads idle until
/// the program ends, and ask their network when they connect.
struct Undying {
    KafkaHandle client;
    KafkaQueue events;
    std::unique_ptr<KafkaNetwork::Opaque> opaque;
};

void keepForEver(Undying client)
{
    static Mutex mutex;
    static std::vector<Undying>& all ORDERLAB_GUARDED_BY(mutex) =
        *new std::vector<Undying>; // Not destroyed at exit either.
    const MutexLock guard(mutex);
    all.push_back(std::move(client));
}

} // namespace

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

void KafkaConsumer::beginClose(bool put_out)
{
    if (m_closed)
        return;
    m_closed = true;
    m_put_out = put_out;
    while (!m_assignments.empty())
        drop(m_assignments.back());
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
    // partitions; the next rebalance would wait for it until its session is over. Unsubscribing tells, once a join is
    // done. A static member does not leave.
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

} // namespace orderlab
