#include "tables/postgres_tables.h"

#include "tables/page_sql.h"
#include "tables/reading_connection.h"
#include "tables/result_bounds.h"
#include "tables/select_text.h"

#include <algorithm>

namespace orderlab {

namespace {

using Rows = ReadingConnection::Rows;

/// Rows of a cursor that are fetched at once: with cells of cell_characters_max some megabytes.
constexpr int fetched_rows = 50;

constexpr const char* columns_of_tables =
    "SELECT c.relname, c.relkind = 'v', a.attname, format_type(a.atttypid, a.atttypmod), greatest(c.reltuples, "
    "0)::bigint,"
    " coalesce(a.attnum = ANY(i.indkey), false)"
    " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
    " WHERE c.relnamespace = 'orderlab'::regnamespace AND c.relkind IN ('r', 'v')"
    " AND has_table_privilege(c.oid, 'SELECT') ORDER BY c.relname, a.attnum";

/// A function that is not VOLATILE changes nothing, waits for nothing and locks nothing. Every name of the statement is
/// asked for, as (x).f calls f(x). Of the others those that do no harm.
constexpr const char* forbidden_function =
    "SELECT proname FROM pg_catalog.pg_proc WHERE provolatile = 'v' AND proname = ANY(string_to_array($1, E'\\n'))"
    " AND proname <> ALL('{random,clock_timestamp,timeofday,gen_random_uuid}') ORDER BY proname LIMIT 1";

/// The transaction of one call.
class Reading {
public:
    explicit Reading(ReadingConnection& connection) : m_connection(connection), m_begun(connection.begin()) {}
    ~Reading()
    {
        if (m_begun)
            m_connection.end();
    }
    const Result<void>& begun() const { return m_begun; }

private:
    ReadingConnection& m_connection;
    const Result<void> m_begun;
};

class PostgresTables final : public Tables {
public:
    explicit PostgresTables(std::string url) : m_connection(std::move(url)) {}

    Result<std::vector<TableInfo>> list() override;
    Result<TablePage> page(const PageQuery& query) override;
    Result<Selected> select(const std::string& sql) override;
    Result<SelectPlan> plan(const std::string& sql) override;
    void cancel() override { m_connection.cancel(); }
    std::string notice() const override
    {
        return m_connection.actsAsReader()
                   ? std::string()
                   : "this user may not act as orderlab_read: its own rights count, still without "
                     "any change (see orderlabd roles)";
    }

private:
    /// Within a transaction. An error of the server is an Error.
    Result<Rows> rowsOf(const std::string& sql, const std::vector<std::string>& parameters = {});
    Result<std::vector<TableInfo>> readColumns();
    Result<std::int64_t> countUpTo(const std::string& sql, const std::vector<std::string>& parameters);
    /// Nothing where it may run; `columns`: how many it gives.
    Result<std::optional<SqlProblem>> check(const SelectText& text, int& columns, std::vector<std::string>& names);
    Result<void> fetchInto(Selected& selected, const SelectText& text);

    ReadingConnection m_connection;
    std::vector<TableInfo> m_known; ///< Columns of the last list().
};

Result<Rows> PostgresTables::rowsOf(const std::string& sql, const std::vector<std::string>& parameters)
{
    if (m_connection.isCanceled())
        return canceledError();
    auto rows = m_connection.run(sql, parameters);
    if (rows && ReadingConnection::isError(*rows))
        return m_connection.errorOf(*rows);
    return rows;
}

Result<std::int64_t> PostgresTables::countUpTo(const std::string& sql, const std::vector<std::string>& parameters)
{
    const auto rows = rowsOf(sql, parameters);
    if (!rows)
        return rows.error();
    return std::atoll(PQgetvalue(rows->get(), 0, 0));
}

Result<std::vector<TableInfo>> PostgresTables::readColumns()
{
    const auto rows = rowsOf(columns_of_tables);
    if (!rows)
        return rows.error();
    std::vector<TableInfo> tables;
    for (int row = 0; row < PQntuples(rows->get()); ++row) {
        const auto text = [&](int column) { return ReadingConnection::cell(*rows, row, column).value_or(""); };
        if (tables.empty() || tables.back().name != text(0)) {
            tables.emplace_back();
            tables.back().name = text(0);
            tables.back().is_view = text(1) == "t";
            tables.back().rows = std::atoll(text(4).c_str());
        }
        bool is_key = text(5) == "t";
        if (const TableKind* kind = findTableKind(tables.back().name)) {
            const auto keys = namesIn(kind->keys);
            is_key = std::find(keys.begin(), keys.end(), text(2)) != keys.end();
        }
        tables.back().columns.push_back({text(2), text(3), is_key});
    }
    // In the order in which they are known, then the others.
    const auto kinds = tableKinds();
    std::stable_sort(tables.begin(), tables.end(), [&](const TableInfo& a, const TableInfo& b) {
        const auto placeOf = [&](const TableInfo& table) {
            return std::find_if(kinds.begin(), kinds.end(),
                                [&](const TableKind& kind) { return kind.name == table.name; })
                   - kinds.begin();
        };
        return placeOf(a) < placeOf(b);
    });
    return tables;
}

Result<std::vector<TableInfo>> PostgresTables::list()
{
    const Reading reading(m_connection);
    if (!reading.begun())
        return reading.begun().error();
    auto tables = readColumns();
    if (!tables)
        return tables;
    m_known = *tables;
    for (TableInfo& table : *tables) {
        const auto counted = countUpTo("SELECT count(*) FROM (SELECT 1 FROM orderlab." + sqlName(table.name) + " LIMIT "
                                           + std::to_string(counted_max + 1) + ") AS c",
                                       {});
        if (!counted)
            return counted.error();
        table.is_estimate = *counted > counted_max;
        table.rows = table.is_estimate ? std::max(table.rows, counted_max) : *counted;
    }
    return tables;
}

Result<TablePage> PostgresTables::page(const PageQuery& query)
{
    const Reading reading(m_connection);
    if (!reading.begun())
        return reading.begun().error();
    const auto find = [&] {
        return std::find_if(m_known.begin(), m_known.end(),
                            [&](const TableInfo& table) { return table.name == query.table; });
    };
    auto table = find();
    if (table == m_known.end()) {
        auto tables = readColumns();
        if (!tables)
            return tables.error();
        m_known = std::move(*tables);
        table = find();
    }
    if (table == m_known.end())
        return Error{ErrorCode::NotFound, Retry::Never, "there is no table " + query.table + " that may be read", {}};
    const auto sql = pageSql(*table, query, SqlDialect::Postgres);
    if (!sql)
        return sql.error();
    const auto total = countUpTo(sql->count, sql->parameters);
    if (!total)
        return total.error();
    const auto rows = rowsOf(sql->rows, sql->parameters);
    if (!rows)
        return rows.error();
    TablePage page;
    page.first = query.first;
    page.has_more = *total > counted_max;
    page.total = std::min(*total, counted_max);
    for (int row = 0; row < PQntuples(rows->get()); ++row) {
        CellRow cells;
        for (int column = 0; column < PQnfields(rows->get()); ++column) {
            Cell cell = ReadingConnection::cell(*rows, row, column);
            cells.push_back(cell ? Cell(shownText(*cell)) : cell);
        }
        page.rows.push_back(std::move(cells));
    }
    return page;
}

Result<std::optional<SqlProblem>> PostgresTables::check(const SelectText& text, int& columns,
                                                        std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : text.names)
        list += (list.empty() ? "" : "\n") + name;
    const auto forbidden = rowsOf(forbidden_function, {list});
    if (!forbidden)
        return forbidden.error();
    if (PQntuples(forbidden->get()) > 0)
        return std::optional(
            SqlProblem{"The function " + ReadingConnection::cell(*forbidden, 0, 0).value_or("")
                           + " is not for here: it may change something, lock, wait or leave the database.",
                       -1});
    const auto described = m_connection.describe(text.statement);
    if (!described)
        return described.error();
    if (ReadingConnection::isError(*described))
        return std::optional(m_connection.problemOf(*described, text.statement));
    columns = PQnfields(described->get());
    if (columns == 0)
        return std::optional(SqlProblem{"This gives no columns: name at least one.", -1});
    if (columns > int(selected_columns_max))
        return std::optional(tooManyColumns(columns));
    if (PQnparams(described->get()) > 0)
        return std::optional(
            SqlProblem{"There are no values for parameters ($1) here: write them into the statement.", -1});
    for (int column = 0; column < columns; ++column)
        names.emplace_back(PQfname(described->get(), column));
    return std::optional<SqlProblem>();
}

/// From a cursor, so that the server makes no more rows than are taken, with cells that it has cut: none is so long
/// that it would fill this process's memory.
Result<void> PostgresTables::fetchInto(Selected& selected, const SelectText& text)
{
    std::string cells, columns;
    for (std::size_t i = 0; i < selected.columns.size(); ++i) {
        const std::string name = "c" + std::to_string(i);
        columns += (i == 0 ? "" : ", ") + name;
        cells += (i == 0 ? "left(" : ", left(") + name + "::text, " + std::to_string(cell_characters_max + 1) + ")";
    }
    // The line break ends a comment at the end of the statement.
    const std::string before = "DECLARE shown NO SCROLL CURSOR FOR SELECT " + cells + " FROM (";
    const auto declared = m_connection.run(before + text.statement + "\n) AS t (" + columns + ")");
    if (!declared)
        return declared.error();
    const auto problem = [&](const Rows& rows) {
        SqlProblem found = m_connection.problemOf(rows, before + text.statement);
        found.position = found.position < int(before.size()) ? -1 : found.position - int(before.size());
        selected.problem = std::move(found);
    };
    if (ReadingConnection::isError(*declared)) {
        problem(*declared);
        return {};
    }
    ResultBounds bounds(selected);
    for (;;) {
        const auto rows = m_connection.run("FETCH " + std::to_string(fetched_rows) + " FROM shown");
        if (!rows)
            return rows.error();
        if (ReadingConnection::isError(*rows)) {
            problem(*rows);
            return {};
        }
        const int fetched = PQntuples(rows->get());
        for (int row = 0; row < fetched; ++row) {
            CellRow values;
            for (int column = 0; column < PQnfields(rows->get()); ++column) {
                Cell value = ReadingConnection::cell(*rows, row, column);
                values.push_back(value ? Cell(shownText(*value)) : value);
            }
            if (!bounds.add(std::move(values)))
                return {};
        }
        if (fetched < fetched_rows)
            return {};
        if (m_connection.isCanceled()) {
            selected.problem = SqlProblem{"Canceled.", -1};
            return {};
        }
    }
}

Result<Selected> PostgresTables::select(const std::string& sql)
{
    Selected selected;
    SelectText text;
    if ((selected.problem = readSelect(sql, text)))
        return selected;
    const Reading reading(m_connection);
    if (!reading.begun())
        return reading.begun().error();
    int columns = 0;
    auto checked = check(text, columns, selected.columns);
    if (!checked)
        return checked.error();
    selected.problem = std::move(*checked);
    if (!selected.problem)
        ORDERLAB_TRY(return, fetchInto(selected, text));
    return selected;
}

Result<SelectPlan> PostgresTables::plan(const std::string& sql)
{
    SelectPlan plan;
    SelectText text;
    if ((plan.problem = readSelect(sql, text)))
        return plan;
    const Reading reading(m_connection);
    if (!reading.begun())
        return reading.begun().error();
    int columns = 0;
    std::vector<std::string> names;
    auto checked = check(text, columns, names);
    if (!checked)
        return checked.error();
    if ((plan.problem = std::move(*checked)))
        return plan;
    const auto rows = rowsOf("EXPLAIN " + text.statement);
    if (!rows)
        return rows.error();
    for (int row = 0; row < PQntuples(rows->get()); ++row)
        plan.text += ReadingConnection::cell(*rows, row, 0).value_or("") + '\n';
    return plan;
}

} // namespace

std::unique_ptr<Tables> makePostgresTables(std::string url)
{
    return std::make_unique<PostgresTables>(std::move(url));
}

} // namespace orderlab
