#include "kafka/kafka_consumer.h"

#include "kafka/kafka_back_pressure.h"

#include <algorithm>

namespace orderlab {

// Which partitions are a member's own. Callbacks of the client come on the strand of run().

KafkaConsumer::AssignmentPtr KafkaConsumer::find(TopicPartition where) const
{
    const auto found = std::find_if(m_assignments.begin(), m_assignments.end(),
                                    [&](const AssignmentPtr& assignment) { return assignment->where == where; });
    return found == m_assignments.end() ? nullptr : *found;
}

std::optional<TopicPartition> KafkaConsumer::placeOf(const rd_kafka_topic_partition_t& partition) const
{
    const auto type = m_context.typeOfTopic(partition.topic);
    return type ? std::optional(TopicPartition{*type, std::uint16_t(partition.partition)}) : std::nullopt;
}

void KafkaConsumer::onRebalance(rd_kafka_t* client, rd_kafka_resp_err_t what,
                                rd_kafka_topic_partition_list_t* partitions, void* opaque)
{
    auto& self = *static_cast<KafkaConsumer*>(static_cast<KafkaNetwork::Opaque*>(opaque)->owner);
    if (self.m_ending) {
        const bool assigns = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
        self.m_was_assigned = self.m_was_assigned || assigns;
        const KafkaFailure failed(assigns ? rd_kafka_incremental_assign(client, partitions)
                                          : rd_kafka_incremental_unassign(client, partitions));
        return;
    }
    if (what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
        self.onAssigned(partitions);
    else
        self.onRevoked(partitions);
}

void KafkaConsumer::onAssigned(rd_kafka_topic_partition_list_t* partitions)
{
    const MutexLock guard(m_mutex);
    m_was_assigned = true;
    for (int i = 0; i < partitions->cnt && !m_closed; ++i) {
        const auto where = placeOf(partitions->elems[i]);
        if (!where)
            continue;
        auto assignment = std::make_shared<Assignment>();
        assignment->where = *where;
        assignment->queue.reset(
            rd_kafka_queue_get_partition(m_handle.get(), partitions->elems[i].topic, where->partition));
        rd_kafka_queue_forward(assignment->queue.get(), nullptr); // Not into the common queue.
        m_signal.watch(assignment->queue.get());
        m_assignments.push_back(assignment);
        record(EntryKind::PartitionAssigned, assignment.get());
        if (m_context.renewals.startsAnew(m_options.group, *where))
            partitions->elems[i].offset = RD_KAFKA_OFFSET_BEGINNING;
        if (m_context.back_pressure)
            m_context.back_pressure->addReader(m_options.group, *where, 0);
    }
    const KafkaFailure failed(rd_kafka_incremental_assign(m_handle.get(), partitions));
    if (failed) {
        m_trouble = kafkaError(rd_kafka_error_code(failed.get()), "taking partitions");
        m_has_trouble = true;
    }
}

/// What is in hand may be finished and committed first, for a while; a partition that was lost is somebody else's
/// already.
void KafkaConsumer::onRevoked(rd_kafka_topic_partition_list_t* partitions)
{
    const MutexLock guard(m_mutex);
    m_revoked.reset(rd_kafka_topic_partition_list_copy(partitions));
    const TimePoint now = m_context.runtime.now();
    m_revoke_until = rd_kafka_assignment_lost(m_handle.get()) || m_closed ? now : now + m_context.options.revoke_limit;
    for (int i = 0; i < partitions->cnt; ++i) {
        const auto where = placeOf(partitions->elems[i]);
        if (const AssignmentPtr assignment = where ? find(*where) : nullptr)
            assignment->revoking = true;
    }
    finishRevocation(now);
}

void KafkaConsumer::finishRevocation(TimePoint now)
{
    if (!m_revoked)
        return;
    const bool in_hand = std::any_of(m_assignments.begin(), m_assignments.end(), [](const AssignmentPtr& assignment) {
        return assignment->revoking
               && (assignment->busy || assignment->in_flight_end >= 0 || assignment->wanted > assignment->committed);
    });
    if (in_hand && now < m_revoke_until)
        return;
    const auto assignments = m_assignments; // drop() takes out of the list.
    for (const AssignmentPtr& assignment : assignments) {
        if (assignment->revoking)
            drop(assignment);
    }
    const KafkaFailure failed(rd_kafka_incremental_unassign(m_handle.get(), m_revoked.get()));
    m_revoked.reset(); // A failure says that all of them are gone already.
}

void KafkaConsumer::drop(AssignmentPtr assignment)
{
    record(EntryKind::PartitionRevoked, assignment.get());
    assignment->lost = true;
    if (!assignment->busy) {
        assignment->stash.reset();
        assignment->queue.reset();
    }
    assignment->answered.notifyAll();
    std::erase(m_assignments, assignment);
}

} // namespace orderlab
