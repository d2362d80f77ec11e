#include "tables/sqlite_tables.h"

#include "tables/page_sql.h"
#include "tables/result_bounds.h"
#include "tables/select_text.h"
#include "tables/sqlite_snapshot.h"

#include <algorithm>
#include <atomic>
#include <map>

namespace orderlab {

namespace {

/// SQLite asks for leave as often as this, and gets it so often: about five seconds on the machines of today. Steps and
/// not time, so that the same statement always ends in the same place.
constexpr int steps_between_questions = 10'000;
constexpr int questions_max = 20'000;
/// Of all of SQLite in this process, snapshots included: a statement that sorts without end fails before memory does.
constexpr sqlite3_int64 memory_bytes_max = sqlite3_int64{1} << 30;
/// Of a text that a statement makes: replace() and others can make very long ones.
constexpr int text_bytes_max = 4 << 20;

class SqliteTables final : public Tables {
public:
    Result<void> open(const StoreRows& rows, const StoreRows* before);

    Result<std::vector<TableInfo>> list() override;
    Result<TablePage> page(const PageQuery& query) override;
    Result<Selected> select(const std::string& sql) override;
    Result<SelectPlan> plan(const std::string& sql) override;
    void cancel() override { m_is_canceled = true; }
    bool hasChanges() const override { return m_has_before; }
    std::string notice() const override
    {
        return m_is_cut ? "a table has more than 100,000 rows: only the newest are here" : std::string();
    }

private:
    static int askForLeave(void* self);
    static int mayDo(void* self, int what, const char* a, const char* b, const char* schema, const char* trigger);
    void beginCall()
    {
        m_is_canceled = false;
        m_questions = 0;
    }
    /// Null where `problem` says why.
    SqliteStatement prepare(std::string_view sql, std::optional<SqlProblem>& problem);
    SqlProblem problemNow() const;
    Error errorNow() const;
    Result<std::int64_t> count(const std::string& sql, const std::vector<std::string>& parameters);
    Cell cell(sqlite3_stmt* statement, int column) const;
    static TableInfo infoOf(const TableKind& kind);

    SqliteDatabase m_database;
    bool m_has_before = false;
    bool m_is_cut = false;
    std::atomic<bool> m_is_canceled{false};
    int m_questions = 0;      ///< Of the call that runs.
    bool m_is_denied = false; ///< What was prepared last: mayDo() said so.
};

int SqliteTables::askForLeave(void* self)
{
    auto& tables = *static_cast<SqliteTables*>(self);
    return tables.m_is_canceled || ++tables.m_questions > questions_max ? 1 : 0;
}

/// Reading, and nothing else.
int SqliteTables::mayDo(void* self, int what, const char*, const char* name, const char*, const char*)
{
    const bool reads = what == SQLITE_SELECT || what == SQLITE_READ || what == SQLITE_RECURSIVE
                       || (what == SQLITE_FUNCTION && std::string_view(name) != "load_extension");
    if (!reads)
        static_cast<SqliteTables*>(self)->m_is_denied = true;
    return reads ? SQLITE_OK : SQLITE_DENY;
}

Result<void> SqliteTables::open(const StoreRows& rows, const StoreRows* before)
{
    sqlite3_hard_heap_limit64(memory_bytes_max);
    sqlite3* database = nullptr;
    const int opened = sqlite3_open_v2(":memory:", &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
    m_database.reset(database);
    if (opened != SQLITE_OK)
        return internalError("SQLite cannot be opened");
    // Names without a schema mean the first one that has them, so what is shown comes before what it is compared with.
    GroupNumbers groups;
    ORDERLAB_TRY(return, makeSqliteSchema(database, "orderlab", rows, groups));
    if (before)
        ORDERLAB_TRY(return, makeSqliteSchema(database, "before", *before, groups));
    m_has_before = before != nullptr;
    m_is_cut = rows.is_cut || (before && before->is_cut);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, text_bytes_max);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 2);
    sqlite3_set_authorizer(database, mayDo, this);
    sqlite3_progress_handler(database, steps_between_questions, askForLeave, this);
    return {};
}

SqlProblem SqliteTables::problemNow() const
{
    const int code = sqlite3_errcode(m_database.get());
    if (code == SQLITE_INTERRUPT && m_is_canceled)
        return {"Canceled.", -1};
    if (m_is_denied)
        return {std::string("Only reading is possible here: ") + sqlite3_errmsg(m_database.get()), -1};
    switch (code) {
    case SQLITE_INTERRUPT: return {"Stopped: this takes too long. Add a condition or a LIMIT.", -1};
    case SQLITE_TOOBIG: return {"A text would become too long.", -1};
    case SQLITE_NOMEM: return {"This takes too much memory. Add a condition or a LIMIT.", -1};
    default: return {sqlite3_errmsg(m_database.get()), sqlite3_error_offset(m_database.get())};
    }
}

Error SqliteTables::errorNow() const
{
    const SqlProblem problem = problemNow();
    const int code = sqlite3_errcode(m_database.get());
    if (code == SQLITE_INTERRUPT && m_is_canceled)
        return canceledError();
    const bool is_bound = code == SQLITE_INTERRUPT || code == SQLITE_NOMEM || code == SQLITE_TOOBIG;
    return {is_bound ? ErrorCode::Exhausted : ErrorCode::Internal, Retry::Never, problem.message, {}};
}

SqliteStatement SqliteTables::prepare(std::string_view sql, std::optional<SqlProblem>& problem)
{
    m_is_denied = false;
    sqlite3_stmt* statement = nullptr;
    const int prepared = sqlite3_prepare_v2(m_database.get(), sql.data(), int(sql.size()), &statement, nullptr);
    SqliteStatement owned(statement);
    if (prepared != SQLITE_OK || !statement) {
        problem = problemNow();
        return nullptr;
    }
    return owned;
}

Cell SqliteTables::cell(sqlite3_stmt* statement, int column) const
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return {};
    const char* declared = sqlite3_column_decltype(statement, column);
    if (declared && std::string_view(declared) == "BOOLEAN")
        return sqlite3_column_int(statement, column) ? "true" : "false";
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    return shownText(text ? std::string_view(text, std::size_t(sqlite3_column_bytes(statement, column)))
                          : std::string_view());
}

TableInfo SqliteTables::infoOf(const TableKind& kind)
{
    TableInfo info;
    info.name = kind.name;
    info.is_view = kind.is_view;
    const std::vector<std::string> keys = namesIn(kind.keys);
    for (const TableKind::Column& column : kind.columns)
        info.columns.push_back({std::string(column.name), std::string(column.type),
                                std::find(keys.begin(), keys.end(), column.name) != keys.end()});
    return info;
}

Result<std::int64_t> SqliteTables::count(const std::string& sql, const std::vector<std::string>& parameters)
{
    std::optional<SqlProblem> problem;
    const SqliteStatement statement = prepare(sql, problem);
    if (!statement)
        return errorNow();
    for (std::size_t i = 0; i < parameters.size(); ++i)
        sqlite3_bind_text(statement.get(), int(i) + 1, parameters[i].data(), int(parameters[i].size()), SQLITE_STATIC);
    if (sqlite3_step(statement.get()) != SQLITE_ROW)
        return errorNow();
    return sqlite3_column_int64(statement.get(), 0);
}

Result<std::vector<TableInfo>> SqliteTables::list()
{
    beginCall();
    std::vector<TableInfo> tables;
    for (const TableKind& kind : tableKinds()) {
        TableInfo info = infoOf(kind);
        const auto rows = count("SELECT count(*) FROM orderlab." + sqlName(kind.name), {});
        if (!rows)
            return rows.error();
        info.rows = *rows;
        tables.push_back(std::move(info));
    }
    return tables;
}

Result<TablePage> SqliteTables::page(const PageQuery& query)
{
    beginCall();
    const TableKind* kind = findTableKind(query.table);
    if (!kind)
        return Error{ErrorCode::NotFound, Retry::Never, "there is no table " + query.table, {}};
    const TableInfo info = infoOf(*kind);
    const auto sql = pageSql(info, query, SqlDialect::Sqlite, m_has_before);
    if (!sql)
        return sql.error();
    TablePage page;
    page.first = query.first;
    const auto total = count(sql->count, sql->parameters);
    if (!total)
        return total.error();
    page.has_more = *total > counted_max;
    page.total = std::min(*total, counted_max);
    std::optional<SqlProblem> problem;
    const SqliteStatement statement = prepare(sql->rows, problem);
    if (!statement)
        return errorNow();
    for (std::size_t i = 0; i < sql->parameters.size(); ++i)
        sqlite3_bind_text(statement.get(), int(i) + 1, sql->parameters[i].data(), int(sql->parameters[i].size()),
                          SQLITE_STATIC);
    const int columns = int(info.columns.size());
    int stepped = SQLITE_DONE;
    while ((stepped = sqlite3_step(statement.get())) == SQLITE_ROW) {
        const auto rowFrom = [&](int first) {
            CellRow row;
            for (int column = 0; column < columns; ++column)
                row.push_back(cell(statement.get(), first + column));
            return row;
        };
        page.rows.push_back(rowFrom(m_has_before ? 1 : 0));
        if (!m_has_before)
            continue;
        page.changes.push_back(RowChange(sqlite3_column_int(statement.get(), 0)));
        page.before.push_back(page.changes.back() == RowChange::Changed ? rowFrom(1 + columns) : CellRow());
    }
    if (stepped != SQLITE_DONE)
        return errorNow();
    return page;
}

Result<Selected> SqliteTables::select(const std::string& sql)
{
    beginCall();
    Selected selected;
    SelectText text;
    if ((selected.problem = readSelect(sql, text)))
        return selected;
    const SqliteStatement statement = prepare(text.statement, selected.problem);
    if (!statement)
        return selected;
    const int columns = sqlite3_column_count(statement.get());
    if (columns > int(selected_columns_max)) {
        selected.problem = tooManyColumns(columns);
        return selected;
    }
    for (int column = 0; column < columns; ++column)
        selected.columns.emplace_back(sqlite3_column_name(statement.get(), column));
    ResultBounds bounds(selected);
    int stepped = SQLITE_DONE;
    while ((stepped = sqlite3_step(statement.get())) == SQLITE_ROW) {
        CellRow row;
        for (int column = 0; column < columns; ++column)
            row.push_back(cell(statement.get(), column));
        if (!bounds.add(std::move(row)))
            return selected;
    }
    if (stepped != SQLITE_DONE)
        selected.problem = problemNow();
    return selected;
}

Result<SelectPlan> SqliteTables::plan(const std::string& sql)
{
    beginCall();
    SelectPlan plan;
    SelectText text;
    if ((plan.problem = readSelect(sql, text)))
        return plan;
    // First alone, so that a mistake is told at its place.
    if (!prepare(text.statement, plan.problem))
        return plan;
    const SqliteStatement statement = prepare("EXPLAIN QUERY PLAN " + text.statement, plan.problem);
    if (!statement)
        return plan;
    std::map<int, int> depths{{0, 0}};
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
        const int depth = depths[sqlite3_column_int(statement.get(), 1)];
        depths[sqlite3_column_int(statement.get(), 0)] = depth + 1;
        plan.text.append(std::size_t(depth) * 2, ' ');
        plan.text += reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 3));
        plan.text += '\n';
    }
    return plan;
}

} // namespace

Result<std::unique_ptr<Tables>> makeSqliteTables(const StoreRows& rows, const StoreRows* before)
{
    auto tables = std::make_unique<SqliteTables>();
    ORDERLAB_TRY(return, tables->open(rows, before));
    return std::unique_ptr<Tables>(std::move(tables));
}

} // namespace orderlab
