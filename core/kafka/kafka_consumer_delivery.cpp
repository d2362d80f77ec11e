#include "kafka/kafka_consumer.h"

#include "kafka/kafka_message.h"

#include <algorithm>

namespace orderlab {

// Events, partition by partition.

namespace {

constexpr Duration seek_limit{std::chrono::seconds{5}};

} // namespace

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
        AssignmentPtr assignment = nextReady();
        if (!assignment) {
            co_await m_wake.wait(lock);
            continue;
        }
        assignment->busy = true;
        ++m_readers;
        const std::uint64_t signals = m_signals;
        lock.unlock();
        DeliveryBatch batch = take(*assignment, max);
        lock.lock();
        const bool empty = batch.events.empty();
        const bool ours = !assignment->lost && !m_closed && !m_draining;
        if (empty)
            assignment->empty_at = signals;
        if (!empty && ours) {
            if (assignment->position >= 0 && batch.first_offset > assignment->position)
                record(EntryKind::OffsetsReset, assignment.get(), batch.first_offset); // What was between is gone.
            assignment->position = assignment->in_flight_end = batch.endOffset();
        }
        endReading(*assignment);
        if (!empty && ours)
            co_return batch;
    }
}

/// The next partition that may have events and may be delivered from.
KafkaConsumer::AssignmentPtr KafkaConsumer::nextReady()
{
    for (std::size_t i = 0; i < m_assignments.size(); ++i) {
        const std::size_t index = (m_next_assignment + i) % m_assignments.size();
        const AssignmentPtr& assignment = m_assignments[index];
        const bool held = m_options.in_flight == InFlight::UntilCommitted && assignment->in_flight_end >= 0;
        if (!assignment->busy && !assignment->revoking && !held && assignment->empty_at != m_signals) {
            m_next_assignment = index + 1;
            return assignment;
        }
    }
    return nullptr;
}

/// Without the mutex; the assignment is `busy` for the caller.
DeliveryBatch KafkaConsumer::take(Assignment& assignment, std::size_t max)
{
    auto events = std::make_shared<std::vector<Event>>();
    DeliveryBatch batch;
    batch.where = assignment.where;
    while (events->size() < max) {
        KafkaMessage message = assignment.stash ? std::move(assignment.stash)
                                                : KafkaMessage(rd_kafka_consume_queue(assignment.queue.get(), 0));
        if (!message)
            break;
        if (message->err)
            continue; // Of this partition's fetcher, which goes on by itself.
        if (events->empty())
            batch.first_offset = message->offset;
        else if (message->offset != batch.first_offset + std::int64_t(events->size())) {
            assignment.stash = std::move(message); // A gap: compaction, or records that are no messages.
            break;
        }
        events->push_back(decodeRecord(*message, assignment.where));
    }
    batch.events = *events;
    batch.owner = std::move(events);
    return batch;
}

/// The caller, who has set `busy`, is done with the queue.
void KafkaConsumer::endReading(Assignment& assignment)
{
    assignment.busy = false;
    if (assignment.lost) { // The client may be gone before the last who remembers the assignment.
        assignment.stash.reset();
        assignment.queue.reset();
    } else if (assignment.revoking) {
        m_signal.raise();
    }
    if (--m_readers == 0 && m_closed)
        m_ended.notifyAll();
}

/// Nothing is in hand any more.
void KafkaConsumer::settle(Assignment& assignment)
{
    assignment.in_flight_end = -1;
    if (assignment.revoking)
        m_signal.raise();
    else
        m_wake.notifyOne();
}

Task<Result<void>> KafkaConsumer::seek(TopicPartition where, std::int64_t offset)
{
    MutexLock lock(m_mutex);
    if (m_closed && !m_put_out)
        co_return closedError("consumer " + m_options.member);
    AssignmentPtr assignment = find(where);
    if (!assignment || assignment->busy)
        co_return lost(where);
    m_last_sign = m_context.runtime.now();
    assignment->busy = true;
    ++m_readers;
    lock.unlock();
    assignment->stash.reset();
    const std::function<rd_kafka_resp_err_t()> seek = [&context = m_context, handle = m_handle.get(),
                                                       topic = m_context.topic(where.topic), where, offset] {
        constexpr int limit_ms = int(seek_limit.count() / 1'000);
        const TimePoint give_up = context.runtime.now() + seek_limit;
        const KafkaPartitions target(rd_kafka_topic_partition_list_new(1));
        rd_kafka_topic_partition_list_add(target.get(), topic.c_str(), where.partition)->offset =
            std::max<std::int64_t>(0, offset);
        // librdkafka 2.0 takes the limit for microseconds and gives up after 5 ms. To seek again does no harm.
        for (;;) {
            const KafkaFailure failed(rd_kafka_seek_partitions(handle, target.get(), limit_ms));
            const auto error = failed ? rd_kafka_error_code(failed.get()) : target->elems[0].err;
            if (error != RD_KAFKA_RESP_ERR__TIMED_OUT || context.runtime.now() > give_up || context.closing)
                return error;
        }
    };
    const rd_kafka_resp_err_t error = co_await m_context.blocking<rd_kafka_resp_err_t>(seek);
    lock.lock();
    assignment->empty_at = 0;
    if (!error && !assignment->lost) {
        assignment->position = offset;
        settle(*assignment);
    }
    if (error && !assignment->lost)
        beginClose(true); // What is in hand would never be settled: it comes again to whoever joins next.
    endReading(*assignment);
    if (assignment->lost)
        co_return lost(where);
    co_return Result<void>{};
}

} // namespace orderlab
