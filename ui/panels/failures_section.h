#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace orderlab::ui {

class AmountField;
class Switch;

/// Failures that can be injected, a switch and an amount each. A switch whose failure has run out goes off by itself.
/// GUI thread.
class FailuresSection final : public QWidget {
    Q_OBJECT
public:
    explicit FailuresSection(LabBridge& bridge, QWidget* parent = nullptr);
    /// Puts the keyboard on the first switch.
    void focusFirst();

Q_SIGNALS:
    /// Any failure is to be composed.
    void moreWanted();

private:
    struct Row {
        Switch* control;
        AmountField* amount;
    };
    void addRow(std::size_t preset, QLayout* column);
    /// The failure of this preset that is on; null: it is off.
    const FaultDesk::Item* active(std::size_t preset) const;
    const FaultDesk::Item* spent(std::size_t preset) const;
    void toggle(std::size_t preset, bool on);
    void changeAmount(std::size_t preset);
    void refresh();

    LabBridge& m_bridge;
    std::vector<Row> m_rows; ///< By preset.
    QLabel* m_count = nullptr;
    QPushButton* m_more = nullptr;
    QPushButton* m_stop = nullptr;
    QTimer* m_clock = nullptr; ///< While one counts down.
};

} // namespace orderlab::ui
