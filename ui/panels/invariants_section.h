#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace orderlab::ui {

/// The nine promises, each with whether it holds so far; a broken one says when, and leads to its order. GUI thread.
class InvariantsSection final : public QWidget {
    Q_OBJECT
public:
    explicit InvariantsSection(const LabBridge& bridge, QWidget* parent = nullptr);

public Q_SLOTS:
    void refresh();

Q_SIGNALS:
    void violationPicked(const orderlab::Violation& violation);

private:
    struct Row {
        QLabel* sign;
        QLabel* title;
        QPushButton* link;
    };

    const LabBridge& m_bridge;
    std::vector<Row> m_rows;
};

/// "13.9 s" after the start of the run.
QString runTimeText(const LabBridge& bridge, std::int64_t time_us);

} // namespace orderlab::ui
