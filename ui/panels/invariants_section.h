#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace orderlab::ui {

/// The nine promises, each with whether it holds so far; a broken one says how often and since when, and leads to its
/// orders, one after the other. GUI thread.
class InvariantsSection final : public QWidget {
    Q_OBJECT
public:
    explicit InvariantsSection(const LabBridge& bridge, QWidget* parent = nullptr);

public Q_SLOTS:
    void refresh();

Q_SIGNALS:
    /// Its first violation is wanted, or the next one.
    void invariantPicked(const QString& name);

private:
    struct Row {
        QLabel* sign;
        QLabel* title;
        QPushButton* link;
    };

    const LabBridge& m_bridge;
    std::vector<Row> m_rows;
};

/// All violations that are known, the oldest first; of a simulated world those still to come, too.
std::vector<Violation> knownViolations(const LabBridge& bridge);
/// "13.9 s" after the start of the run.
QString runTimeText(const LabBridge& bridge, std::int64_t time_us);

} // namespace orderlab::ui
