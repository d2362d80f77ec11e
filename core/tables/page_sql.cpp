#include "tables/page_sql.h"

#include <algorithm>

namespace orderlab {

namespace {

class PageWriter {
public:
    PageWriter(const TableInfo& table, const PageQuery& query, SqlDialect dialect, bool with_changes)
        : m_table(table), m_query(query), m_is_postgres(dialect == SqlDialect::Postgres), m_with_changes(with_changes)
    {}

    Result<PageSql> write()
    {
        const auto where = conditions();
        if (!where)
            return where.error();
        const auto order = orderBy();
        if (!order)
            return order.error();
        PageSql sql;
        std::string from = m_with_changes ? " FROM d" : " FROM " + inSchema("orderlab");
        if (m_is_postgres)
            from += " AS t";
        const std::string with = m_with_changes ? compared() : std::string();
        sql.count = with + "SELECT count(*) FROM (SELECT 1" + from + *where + " LIMIT "
                    + std::to_string(Tables::counted_max + 1) + ") AS c";
        sql.rows = with + "SELECT " + columns() + from + *where + *order + " LIMIT " + std::to_string(Tables::page_rows)
                   + " OFFSET " + std::to_string(std::max<std::int64_t>(m_query.first, 0));
        sql.parameters = std::move(m_parameters);
        return sql;
    }

private:
    const TableColumn* find(std::string_view name) const
    {
        const auto found = std::find_if(m_table.columns.begin(), m_table.columns.end(),
                                        [&](const TableColumn& column) { return column.name == name; });
        return found == m_table.columns.end() ? nullptr : &*found;
    }
    Error noColumn(const std::string& name) const
    {
        return {ErrorCode::NotFound, Retry::Never, "the table " + m_table.name + " has no column " + name, {}};
    }
    std::string inSchema(std::string_view schema) const
    {
        return std::string(schema).append(".").append(sqlName(m_table.name));
    }
    std::string asText(const TableColumn& column) const
    {
        std::string name = sqlName(column.name);
        if (m_is_postgres)
            return name + "::text";
        if (column.type == "boolean") // Numbers in SQLite.
            return "CASE " + name + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
        return "CAST(" + name + " AS TEXT)";
    }
    std::string parameter(std::string value)
    {
        m_parameters.push_back(std::move(value));
        return (m_is_postgres ? "$" : "?") + std::to_string(m_parameters.size()) + (m_is_postgres ? "::text" : "");
    }
    std::string contains(const std::string& text, const std::string& part) const
    {
        const char* place = m_is_postgres ? "strpos" : "instr";
        return std::string(place) + "(lower(" + text + "), lower(" + part + ")) > 0";
    }

    Result<std::string> conditions()
    {
        std::string all;
        for (const ColumnFilter& filter : m_query.filters) {
            if (filter.text.empty())
                continue;
            const TableColumn* column = find(filter.column);
            if (!column)
                return noColumn(filter.column);
            all += all.empty() ? " WHERE " : " AND ";
            if (filter.text == "null")
                all += sqlName(column->name) + " IS NULL";
            else if (filter.text.front() == '=')
                all += asText(*column) + " = " + parameter(filter.text.substr(1));
            else
                all += contains(asText(*column), parameter(filter.text));
        }
        if (m_query.changed_only && m_with_changes)
            all += (all.empty() ? " WHERE " : " AND ") + std::string(R"("?change" <> 0)");
        return all;
    }
    Result<std::string> orderBy() const
    {
        const TableKind* kind = findTableKind(m_table.name);
        std::string newest = kind ? std::string(kind->newest) : std::string();
        if (m_query.sort.empty())
            return newest.empty() ? newest : " ORDER BY " + newest;
        if (!find(m_query.sort))
            return noColumn(m_query.sort);
        std::string order =
            " ORDER BY " + sqlName(m_query.sort) + (m_query.is_descending ? " DESC" : " ASC") + " NULLS LAST";
        return newest.empty() ? order : order + ", " + newest;
    }
    std::string columns() const
    {
        std::string list = m_with_changes ? R"("?change")" : "";
        for (const TableColumn& column : m_table.columns) {
            list += list.empty() ? "" : ", ";
            // One character more than is shown tells that it was cut.
            list += m_is_postgres
                        ? "left(" + asText(column) + ", " + std::to_string(Tables::cell_characters_max + 1) + ")"
                        : asText(column);
        }
        if (m_with_changes) {
            for (const TableColumn& column : m_table.columns)
                list += ", " + before(column);
        }
        return list;
    }
    static std::string before(const TableColumn& column) { return sqlName("?" + column.name); }

    /// d: the rows of both moments beside each other. What no longer is shows as it was.
    std::string compared() const
    {
        std::string same_key, same_row, now, was, gone;
        std::string first_key;
        for (const TableColumn& column : m_table.columns) {
            const std::string name = sqlName(column.name);
            const std::string equal = "n." + name + " IS b." + name;
            if (column.is_key) {
                same_key += (same_key.empty() ? "" : " AND ") + equal;
                if (first_key.empty())
                    first_key = "b." + name;
            }
            same_row += (same_row.empty() ? "" : " AND ") + equal;
            now += ", n." + name + " AS " + name;
            was += ", b." + name + " AS " + before(column);
            gone += ", b." + name;
        }
        const std::string n = inSchema("orderlab") + " AS n", b = inSchema("before") + " AS b";
        return "WITH d AS (SELECT CASE WHEN " + first_key + " IS NULL THEN 1 WHEN " + same_row
               + R"( THEN 0 ELSE 2 END AS "?change")" + now + was + " FROM " + n + " LEFT JOIN " + b + " ON " + same_key
               + " UNION ALL SELECT 3" + gone + gone + " FROM " + b + " WHERE NOT EXISTS (SELECT 1 FROM " + n
               + " WHERE " + same_key + ")) ";
    }

    const TableInfo& m_table;
    const PageQuery& m_query;
    const bool m_is_postgres;
    const bool m_with_changes;
    std::vector<std::string> m_parameters;
};

} // namespace

std::string sqlName(std::string_view name)
{
    std::string quoted = "\"";
    for (const char c : name)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

Result<PageSql> pageSql(const TableInfo& table, const PageQuery& query, SqlDialect dialect, bool with_changes)
{
    return PageWriter(table, query, dialect, with_changes).write();
}

} // namespace orderlab
