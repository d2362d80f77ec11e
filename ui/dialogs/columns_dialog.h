#pragma once
#include "ui/models/column_layout.h"

#include <QDialog>

class QListWidget;
class QPushButton;
class QSpinBox;

namespace orderlab::ui {

class FittedTable;

/// Which columns a table shows, in which order, and how wide: the way by keyboard. What is chosen applies at once;
/// Cancel takes it back. The table outlives it. GUI thread.
class ColumnsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ColumnsDialog(FittedTable& table);
    void reject() override;

private:
    void fill();
    void apply();
    void move(int by);
    void showCurrent();

    FittedTable& m_table;
    const ColumnLayout m_before;
    ColumnLayout m_layout;
    QListWidget* m_list;
    QPushButton *m_up, *m_down;
    QSpinBox* m_width;
    bool m_is_filling = false;
};

} // namespace orderlab::ui
