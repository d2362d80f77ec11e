#pragma once
#include "ui/models/groups_model.h"
#include "ui/panels/panel.h"

#include <QSortFilterProxyModel>

class QLabel;
class QPushButton;
class QToolButton;

namespace orderlab::ui {

class ContentOrEmpty;
class FittedTable;

/// Consumer groups: how many members each has (and a way to change that), and how far it is in every partition (and a
/// way to change that, too). A double click, Enter or G goes to the group's last failure. GUI thread.
class GroupsPanel final : public Panel {
    Q_OBJECT
public:
    explicit GroupsPanel(LabBridge& bridge, QWidget* parent = nullptr);
    GroupsModel& model() { return m_model; }

public Q_SLOTS:
    void showFrame(const orderlab::ui::Frame& frame) override;
    void refresh();
    /// Scrolls to the group's rows.
    void showGroup(const QString& group);
    /// Of the selected row's group.
    void goToLastFailure();
    /// Asks where the selected row's group shall go on; without a selected row, the first group.
    void askToReset();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Scaler {
        QString group;
        QLabel* members;
        QToolButton* fewer;
        QToolButton* more;
    };
    QWidget* makeScalers(QWidget* parent);
    FittedTable* makeTable(QWidget* parent);
    void showMembers();

    LabBridge& m_bridge;
    GroupsModel m_model;
    QSortFilterProxyModel m_sorted;
    FittedTable* m_table = nullptr;
    QPushButton *m_last_failure = nullptr, *m_reset = nullptr;
    QAction* m_reset_action = nullptr;
    ContentOrEmpty* m_content = nullptr;
    std::vector<Scaler> m_scalers;
    QTimer m_timer;
};

} // namespace orderlab::ui
