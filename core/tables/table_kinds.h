#pragma once
#include "tables/tables.h"

#include <span>
#include <string_view>

namespace orderlab {

/// What is known of a table without asking the database. A row each; tst_postgres_tables holds it against the schema
/// that the migrations make.
struct TableKind {
    struct Column {
        std::string_view name;
        std::string_view type;
    };
    std::string_view name;
    std::span<const Column> columns;
    std::string_view keys;   ///< What tells rows apart, separated by commas; also where the schema has no such key.
    std::string_view newest; ///< ORDER BY, newest first.
    bool is_view = false;
};

/// Without the schema: for a table that has the name of a group, which stands in core/handlers only.
constexpr std::string_view tableIn(std::string_view schema_and_name)
{
    return schema_and_name.substr(schema_and_name.find('.') + 1);
}
/// The tables that every store has, in the order in which they are shown. PostgreSQL has a few more, of its own use.
std::span<const TableKind> tableKinds();
/// Null for another table.
const TableKind* findTableKind(std::string_view name);
/// The names in a list that is separated by commas.
std::vector<std::string> namesIn(std::string_view list);

} // namespace orderlab
