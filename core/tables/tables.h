#pragma once
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace orderlab {

/// What a cell shows, in PostgreSQL's spelling whatever database it is from; nothing: NULL, which is not an empty text.
using Cell = std::optional<std::string>;
using CellRow = std::vector<Cell>;

struct TableColumn {
    std::string name;
    std::string type;    ///< PostgreSQL's name of it: "timestamp with time zone".
    bool is_key = false; ///< Part of what tells its rows apart.
    bool operator==(const TableColumn&) const = default;
};

struct TableInfo {
    std::string name; ///< Of the schema orderlab.
    bool is_view = false;
    std::vector<TableColumn> columns;
    std::int64_t rows = 0;
    bool is_estimate = false; ///< The database did not count: see Tables::counted_max.
};

/// What became of a row since the moment that a table is compared with.
enum class RowChange : std::uint8_t {
    Same,
    Added,
    Changed,
    Gone, ///< It was there; what is shown is the row of then.
};

struct ColumnFilter {
    std::string column;
    /// A part of the cell, whatever its case; "=x": exactly x; "null": NULL. Empty matches all.
    std::string text;
};

struct PageQuery {
    std::string table;
    std::vector<ColumnFilter> filters; ///< All must match.
    std::string sort;                  ///< A column; empty: newest first.
    bool is_descending = false;        ///< Of `sort`.
    std::int64_t first = 0;            ///< The first row of the page, from 0.
    bool changed_only = false;         ///< Only where hasChanges().
};

/// Rows of a table, in the order asked for.
struct TablePage {
    std::int64_t first = 0;
    std::int64_t total = 0;         ///< Rows that match, at most Tables::counted_max.
    bool has_more = false;          ///< There are more than `total`.
    std::vector<CellRow> rows;      ///< Cells in the order of TableInfo::columns.
    std::vector<RowChange> changes; ///< Beside rows; empty without hasChanges().
    std::vector<CellRow> before;    ///< Beside rows: what Changed rows were; empty for the others.
};

/// What is wrong with a statement.
struct SqlProblem {
    std::string message; ///< For a person.
    int position = -1;   ///< The byte of the text where it is, from 0; -1: nowhere in particular.
};

/// What a SELECT gave, or why it gave nothing.
struct Selected {
    std::optional<SqlProblem> problem;
    std::vector<std::string> columns;
    std::vector<CellRow> rows;
    std::string cut; ///< Why there are no more rows, a sentence; empty: these are all.
};
/// How a database would run a SELECT, or why it would not.
struct SelectPlan {
    std::optional<SqlProblem> problem;
    std::string text; ///< Lines, as the database says it.
};

/// The tables of one store, to look at: nothing here changes anything. Blocks, for a few seconds at most. One thread at
/// a time, but for cancel(). Errors: NotFound for a table or column; Unavailable (Later) when the database is away;
/// Canceled; Exhausted for what takes too long.
class Tables {
public:
    static constexpr std::int64_t page_rows = 200;       ///< A few screens: nothing is asked for at each step.
    static constexpr std::int64_t counted_max = 100'000; ///< Rows; to count more takes longer than a person waits.
    static constexpr std::size_t selected_rows_max = 1'000;
    static constexpr std::size_t selected_columns_max = 200;
    static constexpr std::size_t selected_bytes_max = 16u << 20; ///< Of all cells together.
    static constexpr std::size_t cell_characters_max = 4'096;    ///< Longer ones are cut, and end with "…".
    static constexpr std::size_t statement_bytes_max = 64u << 10;
    static constexpr int seconds_max = 5; ///< For a statement. SQLite counts steps instead: about as long.

    virtual ~Tables() = default;
    virtual Result<std::vector<TableInfo>> list() = 0;
    virtual Result<TablePage> page(const PageQuery& query) = 0;
    /// Runs one SELECT (also VALUES, WITH, TABLE). What writes, locks, sleeps or is more than one statement is refused
    /// in words.
    virtual Result<Selected> select(const std::string& sql) = 0;
    virtual Result<SelectPlan> plan(const std::string& sql) = 0;
    /// Ends the call that runs now, soon, with Canceled; does nothing when none runs. Any thread.
    virtual void cancel() = 0;
    /// Whether rows are compared with those of another moment.
    virtual bool hasChanges() const { return false; }
    /// What is particular about this reader, a sentence for a person; empty: nothing.
    virtual std::string notice() const { return {}; }
};

} // namespace orderlab
