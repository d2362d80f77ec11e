#pragma once
#include <QDialog>

class QCheckBox;
class QTableWidget;

namespace orderlab::ui {

class Worlds;

/// How each world has ended: a column each, and a row for each count and each promise. It follows the worlds while it
/// is open. GUI thread.
class OutcomesDialog final : public QDialog {
    Q_OBJECT
public:
    OutcomesDialog(const Worlds& worlds, QWidget* parent);

    /// With tabs between the columns.
    QString text() const;

private:
    void refresh();
    void hideEqual();

    const Worlds& m_worlds;
    QTableWidget* m_table;
    QCheckBox* m_only_different;
};

} // namespace orderlab::ui
