#pragma once
#include "ui/models/story_model.h"
#include "ui/panels/panel.h"

class QCheckBox;
class QLabel;
class QTabBar;
class QTableView;
class QStackedWidget;
class QTreeWidget;

namespace orderlab::ui {

class ChipRow;
class SequenceView;

/// Everything that happened to one order: a sequence diagram, and what is known of the chosen step. Follows the order
/// while it is under way. GUI thread.
class StoryPanel final : public Panel {
    Q_OBJECT
public:
    explicit StoryPanel(LabBridge& bridge, QWidget* parent = nullptr);

    StoryModel& model() { return m_model; }
    OrderId order() const { return m_order; }
    QString title() const;
    /// The violation that is explained; null: none is known of this order.
    const Violation* violation() const;
    /// The one that a person has chosen, else violation(), if any.
    std::optional<Violation> explained() const;
    /// Explains this one of the order's violations, not the latest.
    void explain(const orderlab::Violation& violation);

public Q_SLOTS:
    void tell(orderlab::OrderId id);
    void showFrame(const orderlab::ui::Frame& frame) override;

Q_SIGNALS:
    /// Another violation, of any order.
    void violationWanted(bool next);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showTitle();
    QWidget* makeHead(QWidget* parent);
    QWidget* makeDetail(QWidget* parent);
    void refresh();
    void showHead();
    void goToStep(int step);
    void chooseStep(int step);
    void showGroups();
    bool needsAllGroups() const;
    void showMoment();
    void showWhy();
    QWidget* makeWhy(QWidget* parent);
    void showStep(int step);

    LabBridge& m_bridge;
    StoryModel m_model;
    OrderId m_told; ///< Whose story is on the screen.
    OrderId m_order;
    std::optional<Violation> m_explained; ///< Chosen by a person; else the latest of the order.
    bool m_refresh_planned = false;
    bool m_head_planned = false;
    bool m_needed_none = true; ///< Of the groups that decide nothing, when it was told last.
    QLabel* m_heading = nullptr;
    QLabel* m_title = nullptr;
    QString m_title_text;
    ChipRow* m_chips = nullptr;
    QCheckBox* m_all_groups = nullptr;
    QStackedWidget* m_pages = nullptr;
    SequenceView* m_sequence = nullptr;
    QWidget* m_why = nullptr; ///< Which promise was broken here, and how.
    QLabel* m_why_title = nullptr;
    QLabel* m_why_text = nullptr;
    QLabel* m_why_place = nullptr; ///< "3 of 17"
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_tab_pages = nullptr;
    QLabel* m_step_title = nullptr;
    QLabel* m_summary = nullptr;
    QTreeWidget* m_details = nullptr;
    QTableView* m_steps = nullptr;
};

} // namespace orderlab::ui
