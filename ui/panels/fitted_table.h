#pragma once
#include "ui/models/column_layout.h"

#include <QTableView>

namespace orderlab::ui {

class HeldRows;

/// A table of rows in the window's density, whose columns share its width by weight, so that it never scrolls sideways
/// unless columns would become too narrow to read. A person may size, move and hide columns (the header's menu, or
/// ColumnsDialog by keyboard). Rows that come or go elsewhere do not move those that one is looking at (held_rows.h). A
/// double click, Enter or G goes to the moment of a row. GUI thread.
class FittedTable final : public QTableView {
    Q_OBJECT
public:
    explicit FittedTable(QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;
    /// One a column, in pixels of a table that is as wide as all of them. What a person chose is dropped.
    void setColumnWeights(std::vector<int> weights);
    /// Soon, the current row is scrolled into view.
    void keepInSight();
    HeldRows& heldRows() { return *m_held; }

    ColumnLayout columnLayout() const;
    /// One of another number of columns is not taken.
    void setColumnLayout(const ColumnLayout& layout);
    /// As they were at first.
    void resetColumns();
    /// The last one that is shown stays.
    void showColumn(int column, bool is_shown);
    /// Its title, or a name for one without.
    QString columnTitle(int column) const;

Q_SIGNALS:
    void momentWanted(const QModelIndex& row);
    /// A person has sized, moved, hidden or shown a column.
    void columnsChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    friend class HeldRows;
    void fit();
    void takeWidths();
    std::vector<int> widths() const;
    void openHeaderMenu(const QPoint& at);

    std::vector<int> m_weights, m_weights_at_first;
    std::vector<int> m_widths_before; ///< A drag in the header.
    HeldRows* m_held;
    bool m_is_arranging = false; ///< By this class, not by a person.
};

} // namespace orderlab::ui
