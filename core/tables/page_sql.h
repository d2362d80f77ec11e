#pragma once
#include "tables/table_kinds.h"

namespace orderlab {

enum class SqlDialect : std::uint8_t { Postgres, Sqlite };

/// A statement for a database, with texts for its parameters $1, $2… (?1, ?2… in SQLite).
struct PageSql {
    std::string rows;                    ///< One row more than a page is not asked for.
    std::string count;                   ///< At most counted_max + 1.
    std::vector<std::string> parameters; ///< Of both.
};

/// "orders": in double quotes, whatever it holds.
std::string sqlName(std::string_view name);
/// The statements of a page. With `with_changes` (SQLite only) a first column tells the RowChange, and the columns of
/// the row before follow those of the row. Error: NotFound for a column that the table does not have.
Result<PageSql> pageSql(const TableInfo& table, const PageQuery& query, SqlDialect dialect, bool with_changes = false);

} // namespace orderlab
