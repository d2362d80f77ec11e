#pragma once
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/table_desk.h"
#include "ui/database/rows_place.h"
#include "ui/models/story.h"

namespace orderlab::ui {

/// Which rows a step of a story has written, as far as its journal entry tells. The other way round from
/// findRowWriter(). A value.
struct StepRows {
    std::vector<RowsPlace> written;    ///< By the transaction that the step tells of.
    std::vector<RowsPlace> of_event;   ///< Where it wrote none: what is known of its event.
    QString why_none;                  ///< A sentence for a person; empty: it has written some.
    std::optional<TableMoment> moment; ///< Right after the step, compared with right before it; nothing: the entry is
                                       ///< no longer kept.

    /// What a person wants to see of it in the tables.
    const std::vector<RowsPlace>& touched() const { return written.empty() ? of_event : written; }
};
StepRows rowsOfStep(const Story& story, int step, const FramePump& frames);

/// Everything that the store may have of an order, whatever the journal knows.
std::vector<RowsPlace> rowsOfOrder(OrderId order);

/// A row that was found, and what it was before the step.
struct WrittenRow {
    enum class Change : std::uint8_t {
        Unknown, ///< The tables are as they are now, and know no earlier moment.
        Added,
        Changed,
        Same,
        Gone,
    } change = Change::Unknown;
    std::string table;
    std::vector<std::string> columns;
    CellRow row;    ///< Of a row that is gone: as it was.
    CellRow before; ///< Of a Changed one.
};
/// The rows at `places`, at most `written_rows_max` of each. On the tables' thread. Errors: those of Tables.
Result<std::vector<WrittenRow>> findRows(Tables& tables, const std::vector<RowsPlace>& places);
inline constexpr int written_rows_max = 20;

/// "+ added", "± changed"…; never a colour alone.
QString changeWords(WrittenRow::Change change);

} // namespace orderlab::ui
