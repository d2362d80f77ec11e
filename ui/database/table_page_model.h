#pragma once
#include "ui/database/rows_place.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace orderlab::ui {

/// What a column of a table is shown as.
enum class CellStyle : std::uint8_t { Words, Mono, Number };
CellStyle styleOf(const std::string& type);
/// About how wide it is, in pixels.
int widthOf(const TableColumn& column);

/// The rows of a table, of which it has one page: the others are asked for when they come into sight. GUI thread.
class TablePageModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        NullRole = Qt::UserRole + 60, ///< bool: the cell is NULL, not empty.
        ChangeRole,                   ///< int of RowChange.
        CellChangedRole,              ///< bool: of a changed row this cell.
        StyleRole,                    ///< int of CellStyle.
        TouchedRole,                  ///< bool: the row is at one of the touched places.
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// Shows a page of `table`. The same columns as before: rows change; else everything is new.
    void show(const TableInfo& table, TablePage page);
    void clear();
    /// Rows at these places are marked.
    void setTouched(std::vector<RowsPlace> places);
    bool isTouched(int row) const;

    const TableInfo& table() const { return m_table; }
    const TablePage& page() const { return m_page; }
    bool hasChanges() const { return m_has_changes; }
    /// Nothing: the row is not on the page.
    const CellRow* rowAt(int row) const;
    Cell cellAt(int row, const std::string& column) const;
    RowChange changeAt(int row) const;
    /// What tells the row apart, as text; empty: it is not on the page.
    QString keyOf(int row) const;
    /// The first row of the page that is to be asked for so that these are on it; nothing: they are.
    std::optional<std::int64_t> wantedPage(int first, int last) const;
    /// The column of the table that a column of the model shows; -1: the change.
    int tableColumn(int column) const { return column - (m_has_changes ? 1 : 0); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant changeData(int row, int role) const;
    bool isCellChanged(std::size_t row, std::size_t column) const;

    TableInfo m_table;
    TablePage m_page;
    std::vector<RowsPlace> m_touched;
    bool m_has_changes = false;
    int m_rows = 0;
};

} // namespace orderlab::ui
