#pragma once
#include "ui/panels/panel.h"

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace orderlab::ui {

/// The worlds of the simulated engine with what became of each, and the changes of the one that is shown. GUI thread.
class WorldsPanel final : public Panel {
    Q_OBJECT
public:
    explicit WorldsPanel(LabBridge& bridge, QWidget* parent = nullptr);

public Q_SLOTS:
    /// How all of them have ended, in a table.
    void showOutcomes();

Q_SIGNALS:
    void compareWanted(int world);

private:
    QWidget* makeWorlds(QWidget* parent);
    QWidget* makeChanges(QWidget* parent);
    void chooseOther();
    void refresh();
    void showWorlds();
    void showChanges();

    LabBridge& m_bridge;
    QTreeWidget* m_worlds = nullptr;
    QTreeWidget* m_changes = nullptr;
    QPushButton* m_compare = nullptr;
    QPushButton* m_remove_world = nullptr;
    QPushButton* m_remove_change = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_no_changes = nullptr;
    bool m_is_filling = false;
};

} // namespace orderlab::ui
