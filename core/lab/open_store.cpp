#include "lab/open_store.h"

#include "store/memory_store.h"

namespace orderlab {

Task<Result<OpenedStore>> openStore(Runtime& runtime, Journal& journal, const LabConfig& config)
{
    if (config.store != StoreKind::Memory)
        co_return invalidArgument("store", "PostgreSQL is not built in");
    co_return OpenedStore{makeMemoryStore(runtime, journal)};
}

Task<void> closeStore(OpenedStore& opened)
{
    co_await opened.store->close();
}

} // namespace orderlab
