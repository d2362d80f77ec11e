#pragma once
#include "lab/lab_config.h"
#include "postgres/private_postgres.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// A store, and whatever has to live as long as it does.
struct OpenedStore {
    std::unique_ptr<PrivatePostgres> server; ///< Null for a store that somebody else runs.
    std::shared_ptr<Store> store;
};

/// Opens the store that `config` asks for, starting a private PostgreSQL first where it says so.
/// Errors: Unavailable (Later) when it is away; InvalidArgument; those of startPrivatePostgres() and
/// openPostgresStore().
Task<Result<OpenedStore>> openStore(Runtime& runtime, Journal& journal, const LabConfig& config);
/// Closes the store, then stops what openStore() started.
Task<void> closeStore(OpenedStore& opened);

} // namespace orderlab
