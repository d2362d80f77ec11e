#include "lab/lab_tables.h"

#include "lab/lab.h"
#include "memory_store/memory_rows.h"
#include "postgres/private_postgres.h"
#include "tables/postgres_tables.h"
#include "tables/sqlite_tables.h"

namespace orderlab {

bool storesInMemory(const Lab& lab)
{
    return lab.config().store == StoreKind::Memory;
}

Result<StoreRows> copyRows(Lab& lab)
{
    return copyMemoryRows(lab.store());
}

Result<std::unique_ptr<Tables>> openTables(Lab& lab, const StoreRows* before)
{
    switch (lab.config().store) {
    case StoreKind::PostgresPrivate: return makePostgresTables(privatePostgresUrl(lab.config().data_dir));
    case StoreKind::PostgresUrl: return makePostgresTables(lab.config().postgres_url);
    case StoreKind::Memory: break;
    }
    const auto rows = copyRows(lab);
    if (!rows)
        return rows.error();
    return makeSqliteTables(*rows, before);
}

} // namespace orderlab
