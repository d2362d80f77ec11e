#pragma once
#include "ui/canvas/event_flow_view.h"
#include "ui/worlds/comparison.h"

class QLabel;
class QPushButton;

namespace orderlab::ui {

/// Two worlds side by side on one clock: how each has ended, their event flows, and the differences in words. GUI
/// thread.
class CompareView final : public QWidget {
    Q_OBJECT
public:
    CompareView(LabBridge& bridge, WorldComparison& comparison, QWidget* parent = nullptr);

    EventFlowView& other() { return *m_flows[0]; }
    EventFlowView& shown() { return *m_flows[1]; }
    const WorldComparison& comparison() const { return m_comparison; }
    /// What is said of the differences.
    QString sentence() const;

public Q_SLOTS:
    void goToNext(bool forward);

Q_SIGNALS:
    void leaveWanted();
    void orderPicked(orderlab::OrderId id);

private:
    QWidget* makeSide(std::size_t side, const FlowSource& source);
    QWidget* makeDifferences();
    void refresh();
    void showEnd(std::size_t side, const QString& name, const SimulationReport* report);

    LabBridge& m_bridge;
    WorldComparison& m_comparison;
    std::array<EventFlowView*, 2> m_flows{};
    std::array<QLabel*, 2> m_ends{};
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_previous = nullptr;
    QPushButton* m_next = nullptr;
};

} // namespace orderlab::ui
