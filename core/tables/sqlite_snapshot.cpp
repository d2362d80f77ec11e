#include "tables/sqlite_snapshot.h"

#include "tables/page_sql.h"

namespace orderlab {

namespace {

std::string_view sqliteType(std::string_view type)
{
    if (type == "boolean")
        return "BOOLEAN"; // Its values are numbers, as SQLite's true and false are.
    const bool is_number = type == "bigint" || type == "integer" || type == "smallint";
    return is_number ? "INTEGER" : "TEXT";
}

std::string createTable(const std::string& schema, const TableKind& kind)
{
    std::string columns;
    for (const TableKind::Column& column : kind.columns)
        columns.append(columns.empty() ? "" : ", ")
            .append(sqlName(column.name))
            .append(" ")
            .append(sqliteType(column.type));
    std::string keys;
    for (const std::string& key : namesIn(kind.keys))
        keys += (keys.empty() ? "" : ", ") + sqlName(key);
    const std::string name(kind.name);
    return "CREATE TABLE " + schema + "." + sqlName(name) + " (" + columns + "); CREATE INDEX " + schema + "."
           + sqlName(name + "_by_key") + " ON " + sqlName(name) + " (" + keys + ");";
}

std::string insertInto(const std::string& schema, const TableKind& kind)
{
    std::string values;
    for (std::size_t i = 0; i < kind.columns.size(); ++i)
        values += i == 0 ? "?" : ", ?";
    return "INSERT INTO " + schema + "." + sqlName(kind.name) + " VALUES (" + values + ")";
}

class SchemaFiller {
public:
    SchemaFiller(sqlite3* database, std::string schema) : m_database(database), m_schema(std::move(schema)) {}

    /// Of what went wrong first.
    const std::optional<Error>& failure() const { return m_failure; }
    void run(const std::string& sql)
    {
        if (!m_failure && sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            m_failure = sqliteError(m_database);
    }
    void insert(std::string_view table, const CellRow& row)
    {
        sqlite3_stmt* statement = statementFor(table);
        if (m_failure)
            return;
        sqlite3_reset(statement);
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i]) // They outlive the step.
                sqlite3_bind_text(statement, int(i) + 1, row[i]->data(), int(row[i]->size()), SQLITE_STATIC);
            else
                sqlite3_bind_null(statement, int(i) + 1);
        }
        if (sqlite3_step(statement) != SQLITE_DONE)
            m_failure = sqliteError(m_database);
    }

private:
    sqlite3_stmt* statementFor(std::string_view table)
    {
        if (table == m_table)
            return m_statement.get();
        m_table = table;
        sqlite3_stmt* statement = nullptr;
        const std::string sql = insertInto(m_schema, *findTableKind(table));
        if (sqlite3_prepare_v2(m_database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            m_failure = m_failure ? m_failure : std::optional(sqliteError(m_database));
        m_statement.reset(statement);
        return statement;
    }

    sqlite3* m_database;
    const std::string m_schema;
    std::optional<Error> m_failure;
    std::string_view m_table; ///< That of m_statement.
    SqliteStatement m_statement;
};

constexpr const char* inbox_view = "processed_events AS SELECT g.name AS consumer_group, i.event_id,"
                                   " CAST(NULL AS TEXT) AS processed_at"
                                   " FROM inbox i JOIN consumer_groups g ON g.id = i.group_id";

} // namespace

Error sqliteError(sqlite3* database)
{
    return internalError(std::string("SQLite: ") + sqlite3_errmsg(database));
}

Result<void> makeSqliteSchema(sqlite3* database, const char* schema, const StoreRows& rows, GroupNumbers& groups)
{
    const std::string name(schema);
    SchemaFiller filler(database, name);
    filler.run("ATTACH ':memory:' AS " + name + "; BEGIN");
    for (const TableKind& kind : tableKinds()) {
        if (!kind.is_view)
            filler.run(createTable(name, kind));
    }
    filler.run("CREATE VIEW " + name + "." + inbox_view);
    eachRow(rows, groups, [&](std::string_view table, const CellRow& row) { filler.insert(table, row); });
    filler.run("COMMIT");
    if (filler.failure())
        return *filler.failure();
    return {};
}

} // namespace orderlab
