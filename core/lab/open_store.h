#pragma once
#include "lab/lab_config.h"
#include "postgres/private_postgres.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// A store and its private server, which must live as long.
struct OpenedStore {
    std::unique_ptr<PrivatePostgres> server; ///< Null without a private PostgreSQL.
    std::shared_ptr<Store> store;
};

/// Opens the store that `config` asks for, and starts a private PostgreSQL first if it asks for one.
/// Errors: Unavailable (Later) while it is unavailable; InvalidArgument; those of startPrivatePostgres() and
/// openPostgresStore().
Task<Result<OpenedStore>> openStore(Runtime& runtime, Journal& journal, const LabConfig& config);
/// Closes the store, then stops what openStore() started.
Task<void> closeStore(OpenedStore& opened);

} // namespace orderlab
