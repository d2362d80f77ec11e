#include "lab/open_store.h"

#include "memory_store/memory_store.h"
#include "postgres/postgres_store.h"

#include <boost/asio/this_coro.hpp>

namespace orderlab {

namespace {

Task<Result<OpenedStore>> openPrivate(Runtime& runtime, Journal& journal, const LabConfig& config)
{
    PrivatePostgresOptions server_options;
    server_options.data_dir = config.data_dir;
    OpenedStore opened;
    // To the end even when it is cancelled, so that no server or initdb is left behind half started.
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    auto server = co_await startPrivatePostgres(runtime, std::move(server_options));
    if (!server) {
        co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
        co_return server.error();
    }
    opened.server = std::move(*server);
    PostgresOptions options;
    options.url = opened.server->url();
    options.where = opened.server->where();
    options.on_notice = config.on_store_notice;
    auto store = co_await openPostgresStore(runtime, journal, std::move(options));
    if (!store)
        co_await opened.server->stop();
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
    if (!store)
        co_return store.error();
    opened.store = std::move(*store);
    co_return opened;
}

} // namespace

Task<Result<OpenedStore>> openStore(Runtime& runtime, Journal& journal, const LabConfig& config)
{
    OpenedStore opened;
    switch (config.store) {
    case StoreKind::Memory: opened.store = makeMemoryStore(runtime, journal); break;
    case StoreKind::PostgresPrivate: co_return co_await openPrivate(runtime, journal, config);
    case StoreKind::PostgresUrl: {
        PostgresOptions options;
        options.url = config.postgres_url;
        options.on_notice = config.on_store_notice;
        auto store = co_await openPostgresStore(runtime, journal, std::move(options));
        if (!store)
            co_return store.error();
        opened.store = std::move(*store);
        break;
    }
    }
    co_return opened;
}

Task<void> closeStore(OpenedStore& opened)
{
    if (opened.store)
        co_await opened.store->close();
    opened.store.reset();
    if (opened.server)
        co_await opened.server->stop();
    opened.server.reset();
}

} // namespace orderlab
