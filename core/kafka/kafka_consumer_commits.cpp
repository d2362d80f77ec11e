#include "kafka/kafka_consumer.h"

#include "kafka/kafka_back_pressure.h"

#include <algorithm>

namespace orderlab {

// Offsets: what is asked for while a commit is on its way goes together in the next. While there is much, commits keep
// a distance, too: each costs the broker a record and an answer.

namespace {

constexpr Duration commit_pace{std::chrono::milliseconds{20}}; ///< After a commit of many events.
constexpr std::int64_t many_events = 64;                       ///< More than a few orders bring at once.

/// Errors of a commit that end by themselves once the group has settled; the partition is ours until we are told
/// otherwise.
bool isRebalancing(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS || error == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION
           || error == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID;
}

} // namespace

Task<Result<void>> KafkaConsumer::commit(TopicPartition where, std::int64_t next_offset)
{
    MutexLock lock(m_mutex);
    if (m_closed && !m_put_out)
        co_return closedError("consumer " + m_options.member);
    const AssignmentPtr assignment = find(where);
    if (!assignment)
        co_return lost(where);
    m_last_sign = m_context.runtime.now();
    if (next_offset > assignment->position)
        co_return invalidArgument("offset", "is past what was delivered");
    assignment->wanted = std::max(assignment->wanted, next_offset);
    if (assignment->committed < next_offset)
        m_signal.raise();
    // What is behind may be delivered while the broker takes the offset: the commit is tried until it has it.
    if (assignment->in_flight_end >= 0 && next_offset >= assignment->in_flight_end)
        settle(*assignment);
    while (assignment->committed < next_offset) {
        if (assignment->lost)
            co_return m_put_out || !m_closed ? lost(where) : closedError("consumer " + m_options.member);
        co_await assignment->answered.wait(lock);
        lock.lock();
    }
    m_last_sign = m_context.runtime.now();
    co_return Result<void>{};
}

Task<void> KafkaConsumer::raiseLater(std::shared_ptr<KafkaConsumer> self, Duration after)
{
    co_await self->m_context.runtime.sleep(after);
    {
        const MutexLock guard(self->m_mutex);
        self->m_commit_is_late = false;
    }
    self->m_signal.raise();
}

/// Whoever gives a partition away or leaves waits for nothing.
bool KafkaConsumer::hasToWaitForCommits()
{
    const Duration left = m_next_commit - m_context.runtime.now();
    if (left.count() <= 0 || m_draining || m_closed || m_revoked)
        return false;
    if (!std::exchange(m_commit_is_late, true))
        m_context.tasks.spawn(raiseLater(shared_from_this(), std::min(left, commit_pace)));
    return true;
}

void KafkaConsumer::sendCommits()
{
    if (m_committing)
        return;
    std::int64_t events = 0;
    for (const AssignmentPtr& assignment : m_assignments)
        events += std::max<std::int64_t>(0, assignment->wanted - assignment->committed);
    if (events == 0 || hasToWaitForCommits())
        return;
    const KafkaPartitions offsets(rd_kafka_topic_partition_list_new(int(m_assignments.size())));
    for (const AssignmentPtr& assignment : m_assignments) {
        if (assignment->wanted > assignment->committed) {
            rd_kafka_topic_partition_list_add(offsets.get(), m_context.topic(assignment->where.topic).c_str(),
                                              assignment->where.partition)
                ->offset = assignment->wanted;
        }
    }
    if (offsets->cnt == 0)
        return;
    const auto answered = [](rd_kafka_t*, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t* answer,
                             void* opaque) { static_cast<KafkaConsumer*>(opaque)->onCommitted(error, answer); };
    const auto error = rd_kafka_commit_queue(m_handle.get(), offsets.get(), m_events.get(), answered, this);
    m_committing = error == RD_KAFKA_RESP_ERR_NO_ERROR; // Else again at the next tick.
    if (events >= many_events)
        m_next_commit = m_context.runtime.now() + commit_pace;
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
        const AssignmentPtr assignment = where ? find(*where) : nullptr;
        if (!assignment)
            continue;
        const rd_kafka_resp_err_t failure = answer.err ? answer.err : error;
        if (failure) {
            if (!isRebalancing(failure) && !isTransient(failure)) {
                m_trouble = kafkaError(failure, "committing offsets of group " + m_options.group);
                m_has_trouble = true;
            }
            continue; // It is tried again as long as the partition is ours.
        }
        assignment->committed = std::max(assignment->committed, answer.offset);
        if (m_context.renewals.committed(m_options.group, assignment->where, answer.offset))
            record(EntryKind::OffsetsReset, assignment.get(), answer.offset);
        record(EntryKind::OffsetCommitted, assignment.get(), answer.offset);
        if (m_context.back_pressure)
            m_context.back_pressure->committed(m_options.group, assignment->where, answer.offset);
        assignment->answered.notifyAll();
    }
    if (!error)
        sendCommits(); // What has been asked for meanwhile.
}

} // namespace orderlab
