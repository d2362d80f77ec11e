#pragma once
#include "ui/models/story_model.h"
#include "ui/panels/panel.h"
#include "ui/story/causes_model.h"
#include "ui/story/step_rows.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTableView;
class QTreeView;

namespace orderlab::ui {

class ChipRow;
class SequenceView;
class StepDetail;
class StepRowsView;
class WhyBox;

/// Everything that happened to one order: a sequence diagram, and what is known of the chosen step: its event, the rows
/// it wrote, what led to how it ended, and all steps as a list. Follows the order while it is under way. GUI thread.
class StoryPanel final : public Panel {
    Q_OBJECT
public:
    explicit StoryPanel(LabBridge& bridge, QWidget* parent = nullptr);

    StoryModel& model() { return m_model; }
    CausesModel& causes() { return m_causes; }
    OrderId order() const { return m_order; }
    QString title() const { return m_title_text; }
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
    /// A step is chosen: the rows that it has touched; none: no step is.
    void stepChosen(const std::vector<orderlab::ui::RowsPlace>& touched);
    /// The step to be seen in the event flow: the one under the pointer, else the chosen one; nothing: there is none.
    void stepLit(const std::optional<orderlab::Entry>& entry);
    /// A person wants to see these rows in the tables.
    void placeWanted(const orderlab::ui::RowsPlace& place);
    /// A person wants to see the order beside another one.
    void compareWanted(orderlab::OrderId id);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void seenChanged() override { showTab(); }

private:
    void showTitle();
    QWidget* makeEmpty(QWidget* parent);
    QWidget* makeBody(QWidget* parent);
    QWidget* makeEarlier(QWidget* parent);
    QWidget* makeHead(QWidget* parent);
    QWidget* makeDetail(QWidget* parent);
    QWidget* makeSteps(QWidget* parent);
    QWidget* makeCauses(QWidget* parent);
    void refresh();
    void showHead();
    void showTab();
    void goToStep(int step);
    void chooseStep(int step);
    void showGroups();
    bool needsAllGroups() const;
    void showMoment();
    void showWhy();
    void showStep(int step);
    void showCause(int step);
    void light(int step);
    bool isTold() const { return m_model.rowCount() > 0; }

    LabBridge& m_bridge;
    StoryModel m_model;
    CausesModel m_causes;
    OrderId m_told; ///< Whose story is on the screen.
    OrderId m_order;
    std::optional<Violation> m_explained; ///< Chosen by a person; else the latest of the order.
    bool m_refresh_planned = false;
    bool m_head_planned = false;
    bool m_needed_none = true; ///< Of the groups that decide nothing, when it was told last.
    int m_step = -1;           ///< The chosen one.
    QLabel* m_heading = nullptr;
    QLabel* m_title = nullptr;
    QString m_title_text;
    ChipRow* m_chips = nullptr;
    QCheckBox* m_all_groups = nullptr;
    QPushButton* m_compare = nullptr;
    QStackedWidget* m_pages = nullptr;
    QStackedWidget* m_bodies = nullptr; ///< The story, or what the store knows of an order without one.
    SequenceView* m_sequence = nullptr;
    WhyBox* m_why = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_tab_pages = nullptr;
    StepDetail* m_detail = nullptr;
    StepRowsView* m_rows = nullptr;
    StepRowsView* m_earlier = nullptr;
    QTreeView* m_causes_view = nullptr;
    QTableView* m_steps = nullptr;
};

} // namespace orderlab::ui
