#include "service/outbox_relay.h"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace orderlab {

namespace asio = boost::asio;

OutboxRelay::OutboxRelay(Runtime& runtime, Journal& journal, Store& store, EventBus& bus, RelayOptions options)
    : m_runtime(runtime), m_journal(journal), m_store(store), m_bus(bus), m_options(std::move(options)),
      m_running(runtime)
{
}

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
        // Only waits can be cancelled: a batch in hand is always finished.
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        const auto published = co_await publishOnce();
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        if (m_stopping)
            co_return;
        if (published && *published) {
            pause = Duration{0};
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

/// True: some rows were published; there may be more.
Task<Result<bool>> OutboxRelay::publishOnce()
{
    const auto claim = co_await m_store.claimOutbox(m_options.batch_max);
    if (!claim)
        co_return claim.error();
    if (!*claim)
        co_return false;
    const auto positions = co_await m_bus.publish((*claim)->events());
    if (!positions) {
        Entry entry;
        entry.time_us = toMicros(m_runtime.now());
        entry.kind = EntryKind::PublishFailed;
        entry.actor = m_journal.names().intern(m_options.name);
        entry.detail = m_journal.names().intern(positions.error().message);
        m_journal.append(entry);
        co_return positions.error();
    }
    const auto marked = co_await (*claim)->markPublished();
    if (!marked)
        co_return marked.error();
    co_return true;
}

} // namespace orderlab
