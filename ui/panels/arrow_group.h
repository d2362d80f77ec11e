#pragma once
#include <QObject>
#include <QWidget>

#include <vector>

namespace orderlab::ui {

/// Rows of controls that are one stop of Tab: Up and Down go from row to row, Left and Right along a row, Home and End
/// to the ends; Tab leaves them, and comes back to the one that was used last. GUI thread.
class ArrowGroup final : public QObject {
    Q_OBJECT
public:
    explicit ArrowGroup(QObject* parent) : QObject(parent) {}
    /// Each outlives this, and takes the focus.
    void addRow(std::vector<QWidget*> controls);

    bool eventFilter(QObject* object, QEvent* event) override;

private:
    bool move(QWidget* from, int key);
    void makeStop(QWidget* stop);

    std::vector<std::vector<QWidget*>> m_rows;
};

} // namespace orderlab::ui
