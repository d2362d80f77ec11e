#pragma once
#include "store/store_rows.h"
#include "tables/tables.h"

#include <functional>
#include <map>

namespace orderlab {

/// Numbers of consumer groups, as the table consumer_groups has them.
using GroupNumbers = std::map<std::string, int, std::less<>>;

/// Calls `take` with each row of each table (not of views), its cells in the order of TableKind::columns. `groups`
/// gives groups that it does not know their numbers.
void eachRow(const StoreRows& rows, GroupNumbers& groups,
             const std::function<void(std::string_view table, const CellRow& row)>& take);

/// As PostgreSQL shows it: "2026-01-01 00:00:00.25+00".
std::string momentText(TimePoint time);

} // namespace orderlab
