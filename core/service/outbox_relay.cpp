#include "service/outbox_relay.h"

#include "runtime/uncancelled.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace orderlab {

namespace asio = boost::asio;

namespace {

constexpr std::size_t many = 32; ///< Events of a claim: more than a few orders have at once.

} // namespace

OutboxRelay::OutboxRelay(Runtime& runtime, Journal& journal, FaultPlan& faults, Store& store, EventBus& bus,
                         RelayOptions options)
    : m_runtime(runtime), m_journal(journal), m_faults(faults), m_store(store), m_bus(bus),
      m_options(std::move(options)), m_running(runtime)
{}

void OutboxRelay::start()
{
    m_running.spawn(run());
}

Task<void> OutboxRelay::stop()
{
    m_stopping = true;
    m_running.cancel();
    co_await m_running.join();
}

Task<void> OutboxRelay::run()
{
    const Executor executor = co_await asio::this_coro::executor;
    Duration pause{0};
    while (!m_stopping) {
        if (isDown())
            co_await waitWhileDown();
        const TimePoint began = m_runtime.now();
        m_last_claim = 0;
        // Only waits can be cancelled: a step in hand is always finished.
        Task<Result<bool>> step = publishOnce();
        const auto published = co_await uncancelled(std::move(step));
        if (m_stopping)
            co_return;
        if (m_restart_after) {
            const Duration restart_after = *m_restart_after;
            m_restart_after.reset();
            co_await m_runtime.sleep(restart_after);
            m_journal.append(entryOf(EntryKind::ProcessRestarted));
        }
        if (published && *published) {
            pause = Duration{0};
            if (const Duration left = began + m_options.pace - m_runtime.now();
                m_last_claim >= many && left.count() > 0)
                co_await m_runtime.sleep(std::min(left, m_options.pace));
            co_await asio::post(executor, asio::use_awaitable);
            continue;
        }
        if (published) {
            const auto woken = co_await m_store.waitForOutbox();
            if (woken)
                continue;
            if (woken.error().code == ErrorCode::Closed)
                co_return;
        } else if (published.error().code == ErrorCode::Closed) {
            co_return;
        }
        pause = std::min(std::max(pause * 2, m_options.initial_pause), m_options.max_pause);
        co_await m_runtime.sleep(pause);
    }
}

Entry OutboxRelay::entryOf(EntryKind kind) const
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.actor = m_journal.names().intern(m_options.name);
    return entry;
}

Task<Injection> OutboxRelay::pass(Seam seam, const OutboxClaim& claim)
{
    const Event& first = claim.events().front();
    FaultPoint point;
    point.seam = seam;
    point.worker = m_options.name;
    point.event_type = first.type;
    point.order = first.order;
    point.event = first.id;
    point.customer = first.data.user_id;
    return m_faults.pass(point);
}

Result<void> OutboxRelay::kill(Duration restart_after)
{
    if (isDown())
        return Error{ErrorCode::Conflict, Retry::Later, m_options.name + " is down already", {}};
    m_down_until_us = toMicros(m_runtime.now() + restart_after);
    ++m_kills;
    Entry entry = entryOf(EntryKind::ProcessCrashed);
    entry.value = std::int32_t(restart_after.count() / 1000);
    m_journal.append(entry);
    m_running.spawn(tellOfRestart(restart_after));
    return {};
}

Task<void> OutboxRelay::waitWhileDown()
{
    while (isDown()) {
        const Duration left = fromMicros(m_down_until_us) - m_runtime.now();
        co_await m_runtime.sleep(left);
    }
}

Task<void> OutboxRelay::tellOfRestart(Duration after)
{
    co_await m_runtime.sleep(after);
    m_journal.append(entryOf(EntryKind::ProcessRestarted));
}

/// Killed: the caller drops what it holds.
void OutboxRelay::crash(Duration restart_after)
{
    m_restart_after = restart_after;
    Entry entry = entryOf(EntryKind::ProcessCrashed);
    entry.value = std::int32_t(restart_after.count() / 1000);
    m_journal.append(entry);
}

/// True: there may be more to publish.
Task<Result<bool>> OutboxRelay::publishOnce()
{
    const std::uint64_t kills = m_kills;
    const auto claim = co_await m_store.claimOutbox(m_options.batch_max);
    if (!claim)
        co_return claim.error();
    if (m_kills != kills)
        co_return true;
    if (!*claim)
        co_return false;
    m_last_claim = (*claim)->events().size();
    const Injection claimed = co_await pass(Seam::RelayClaim, **claim);
    if (claimed.action == FaultAction::Fail)
        co_return unavailable("the relay lost its claim");
    if (claimed.action == FaultAction::Crash) {
        crash(claimed.delay);
        co_return true;
    }
    if (m_kills != kills)
        co_return true;
    const auto positions = co_await m_bus.publish((*claim)->events());
    if (m_kills != kills)
        co_return true;
    if (!positions) {
        Entry entry = entryOf(EntryKind::PublishFailed);
        entry.detail = m_journal.names().intern(positions.error().message, NameUse::Text);
        m_journal.append(entry);
        co_return positions.error();
    }
    const Injection published = co_await pass(Seam::Published, **claim);
    if (published.action == FaultAction::Crash) {
        crash(published.delay);
        co_return true;
    }
    if (m_kills != kills)
        co_return true;
    std::vector<LogOffset> offsets;
    offsets.reserve(positions->size());
    for (const Position& position : *positions)
        offsets.push_back({position.where.partition, position.offset});
    const auto marked = co_await (*claim)->markPublished(std::move(offsets));
    if (!marked)
        co_return marked.error();
    co_return true;
}

} // namespace orderlab
