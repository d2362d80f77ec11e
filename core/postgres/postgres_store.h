#pragma once
#include "postgres/postgres_outbox.h"
#include "postgres/postgres_pool.h"
#include "store/store.h"

namespace orderlab {

struct PostgresOptions {
    std::string url;                  ///< URI or key=value; may hold a password, so it is never printed.
    std::string where;                ///< For people, without secrets: "private, /path". Empty: the server's host.
    std::size_t connections_max = 16; ///< For transactions, reads and relays (a relay holds one while it publishes).
    std::size_t ledger_connections_max = 4; ///< The payment gateway's own.
    PostgresPoolOptions pool;               ///< Limits and backoff; url and connections_max are taken from above.
    PostgresOutboxOptions outbox;
    std::function<void(const std::string&)> on_notice = {}; ///< What migratePostgres() has to say. For logs.
};

/// Connects, brings the schema `orderlab` up to date and returns the store. Tables: store/migrations. For RealRuntime.
/// Two further connections are used for wake-ups (LISTEN and NOTIFY). Close the store before dropping it.
/// Errors: InvalidArgument (field "postgres") for the URL, Unavailable (Later) when the server is away, Rejected
/// (Never) when it refuses for good (connectFailure()), when the database cannot be used (checkPostgres()) or is newer
/// than this program.
Task<Result<std::shared_ptr<Store>>> openPostgresStore(Runtime& runtime, Journal& journal, PostgresOptions options);

} // namespace orderlab
