#include "worker/lane.h"

#include "journal/trace_table.h"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace orderlab {

Lane::Lane(WorkerDeps deps, const WorkerOptions& options, const Live<Policies>& policies, Owner owner,
           const Next& attempt_some, const Next& see_through)
    : m_deps(deps), m_options(options), m_policies(policies), m_owner(owner), m_attempt_some(attempt_some),
      m_see_through(see_through)
{}

Task<bool> Lane::run(std::shared_ptr<Consumer> consumer)
{
    const Executor executor = co_await boost::asio::this_coro::executor;
    for (;;) {
        auto batch = co_await consumer->poll(m_options.batch_max);
        if (!batch && batch.error().code == ErrorCode::Closed)
            co_return true;
        if (!batch && batch.error().code == ErrorCode::Canceled)
            co_return false;
        if (!batch) {
            co_await m_deps.runtime.sleep(m_policies.get().pause.initial_pause);
            continue;
        }
        co_await process(*consumer, *batch);
        const auto state = co_await boost::asio::this_coro::cancellation_state;
        if (state.cancelled() != boost::asio::cancellation_type::none)
            co_return false;
        // Let the other lanes of this thread have their turn, even if there is always more.
        co_await boost::asio::post(executor, boost::asio::use_awaitable);
    }
}

/// False: the partition is no longer ours.
Task<bool> Lane::process(Consumer& consumer, const DeliveryBatch& batch)
{
    const NameId topic_name = m_deps.journal.names().intern(topicName(batch.where.topic));
    std::size_t done = 0;
    while (done < batch.events.size()) {
        const std::size_t count = std::min(m_batch_size, batch.events.size() - done);
        Attempt attempt;
        attempt.group = m_owner.group;
        attempt.stored_group = m_owner.stored_group;
        attempt.member = m_owner.member;
        attempt.process = &m_owner.process;
        attempt.group_name = m_owner.group_name;
        attempt.member_name = m_owner.member_name;
        attempt.topic_name = topic_name;
        attempt.where = batch.where;
        attempt.first_offset = batch.first_offset + std::int64_t(done);
        attempt.events = batch.events.subspan(done, count);
        if (m_owner.process.isHanging())
            co_await m_owner.process.waitWhileHanging();
        attempt.delivered_at = m_deps.runtime.now();
        attempt.consumer = &consumer;
        const bool ours = co_await processSome(consumer, attempt);
        if (!ours)
            co_return false;
        done += count;
        adapt(m_deps.runtime.now() - attempt.delivered_at);
    }
    co_return true;
}

Task<bool> Lane::processSome(Consumer& consumer, Attempt attempt)
{
    std::vector<Entry> entries;
    entries.reserve(attempt.events.size());
    for (std::size_t i = 0; i < attempt.events.size(); ++i)
        entries.push_back(attempt.entry(EntryKind::EventDelivered, attempt.delivered_at, i));
    if (TraceTable& traces = m_deps.journal.traces(); traces.isOn()) {
        for (const Event& event : attempt.events)
            traces.noteEvent(event);
    }
    m_deps.journal.append(entries);

    const bool ack_first = !m_deps.faults.isOn(Guarantee::AckAfterProcessing);
    if (ack_first) { // At most once: what fails or crashes from here on is not delivered again.
        const bool ours = co_await acknowledge(consumer, attempt);
        if (!ours)
            co_return false;
    }
    co_return co_await handleSome(consumer, std::move(attempt), ack_first);
}

Task<bool> Lane::handleSome(Consumer& consumer, Attempt attempt, bool ack_first)
{
    if (attempt.events.size() > 1) {
        const auto together = co_await m_attempt_some(attempt);
        if (together && ack_first)
            co_return true;
        if (together)
            co_return co_await acknowledge(consumer, attempt);
        if (isCanceled(together))
            co_return false;
    }
    if (attempt.events.size() > m_options.alone_max) { // What is in the other half is soon done.
        const std::size_t half = attempt.events.size() / 2;
        Attempt first = attempt, second = attempt;
        first.events = attempt.events.first(half);
        second.events = attempt.events.subspan(half);
        second.first_offset = attempt.first_offset + std::int64_t(half);
        const bool ours = co_await handleSome(consumer, std::move(first), ack_first);
        if (!ours)
            co_return false;
        co_return co_await handleSome(consumer, std::move(second), ack_first);
    }
    // One by one, so that an event that fails costs no other its place.
    for (std::size_t i = 0; i < attempt.events.size(); ++i) {
        Attempt single = attempt;
        single.events = attempt.events.subspan(i, 1);
        single.first_offset = attempt.first_offset + std::int64_t(i);
        // Dead letters take what fails; an error that is left says that the store is closed or the lane cancelled.
        const auto seen_through = co_await m_see_through(single);
        if (!seen_through)
            co_return false;
        if (ack_first)
            continue;
        const bool ours = co_await acknowledge(consumer, single);
        if (!ours)
            co_return false;
    }
    co_return true;
}

/// Commits the offset behind the attempt's events. False: the partition is no longer ours.
Task<bool> Lane::acknowledge(Consumer& consumer, const Attempt& attempt)
{
    if (m_owner.process.isHanging())
        co_await m_owner.process.waitWhileHanging();
    if (m_deps.faults.isArmed(Seam::Ack)) {
        const Injection injection = co_await m_deps.faults.pass(attempt.faultPoint(Seam::Ack));
        if (injection.action == FaultAction::Crash) {
            co_await m_owner.process.crash(injection.delay);
            co_return false;
        }
        if (injection.action
            == FaultAction::Lose) { // The broker has not heard of it: what it delivers next is the same again.
            const auto sought = co_await consumer.seek(attempt.where, attempt.first_offset);
            (void)sought; // Not ours any more: then the next owner gets it again.
            co_return false;
        }
    }
    const std::int64_t end_offset = attempt.first_offset + std::int64_t(attempt.events.size());
    co_return co_await commit(consumer, attempt.where, end_offset);
}

Task<bool> Lane::commit(Consumer& consumer, TopicPartition where, std::int64_t next_offset)
{
    Duration pause = m_policies.get().pause.initial_pause;
    for (;;) {
        const auto committed = co_await consumer.commit(where, next_offset);
        if (committed)
            co_return true;
        // The inbox keeps the next owner from doing it twice.
        if (committed.error().retry == Retry::Never)
            co_return false;
        consumer.keepAlive(); // It is the broker that is away, not we.
        co_await m_deps.runtime.sleep(pause);
        pause = std::min(pause * 2, m_policies.get().pause.max_pause);
    }
}

void Lane::adapt(Duration took)
{
    // What every transaction costs, however little it does: the way to the database and its disk. A slow moment is
    // forgotten at once, a quick one little by little.
    m_shortest = m_shortest.count() == 0 ? took : std::min(m_shortest + m_shortest / 16 + Duration{1}, took);
    const Duration limit = m_options.batch_time + m_shortest * m_options.batch_cost;
    if (took > limit)
        m_batch_size = std::max<std::size_t>(1, m_batch_size / 2);
    else if (took * 2 <= limit)
        m_batch_size = std::min(m_options.batch_max, m_batch_size * 2);
}

} // namespace orderlab
