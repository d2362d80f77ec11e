#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QWidget>

class QLabel;

namespace orderlab::ui {

class Switch;

/// What keeps the promises, a switch each: off, the anomaly that it prevents can be seen. GUI thread.
class GuaranteesSection final : public QWidget {
    Q_OBJECT
public:
    explicit GuaranteesSection(LabBridge& bridge, QWidget* parent = nullptr);

private:
    void refresh();

    LabBridge& m_bridge;
    std::array<Switch*, guarantee_count> m_switches{};
    std::array<QLabel*, guarantee_count> m_notes{};
};

} // namespace orderlab::ui
