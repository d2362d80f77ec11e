#include "ui/panels/chip_row.h"
#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/panels/sequence_view.h"
#include "ui/panels/story_panel.h"
#include "ui/story/step_detail.h"
#include "ui/story/step_rows_view.h"
#include "ui/story/why_box.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

/// Its pages may be lower than their texts want to be: they scroll, and what is above them keeps its room.
class PlainStack final : public QStackedWidget {
public:
    using QStackedWidget::QStackedWidget;
    bool hasHeightForWidth() const override { return false; }
};

/// What went wrong has its colour besides its mark.
class CauseDelegate final : public CellDelegate {
public:
    explicit CauseDelegate(bool mono, QObject* parent) : CellDelegate(mono, parent) {}
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        CellDelegate::initStyleOption(option, index);
        QColor colour = colours().text;
        switch (Tone(index.data(CausesModel::ToneRole).toInt())) {
        case Tone::Bad: colour = colours().failure; break;
        case Tone::Dead: colour = colours().dead; break;
        case Tone::Waiting: colour = colours().warning; break;
        default: break;
        }
        if (index.data(CausesModel::ToldAboveRole).toBool())
            colour = colours().muted;
        option->palette.setColor(QPalette::Text, colour);
        option->palette.setColor(QPalette::HighlightedText, colour);
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {CellDelegate::sizeHint(option, index).width(), 22};
    }
};

} // namespace

StoryPanel::StoryPanel(LabBridge& bridge, QWidget* parent) : Panel(tr("Order story"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("storyDock"));
    setTitleBarWidget(new QWidget(this));
    setMinimumWidth(272);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(makeEmpty(m_pages));
    m_pages->addWidget(makeBody(m_pages));
    setWidget(m_pages);
    setFocusProxy(m_sequence);
    connect(m_sequence, &SequenceView::stepSelected, this, &StoryPanel::chooseStep);
    connect(m_sequence, &SequenceView::stepActivated, this, &StoryPanel::goToStep);
    connect(m_sequence, &SequenceView::stepHovered, this, &StoryPanel::light);
    connect(m_why, &WhyBox::violationWanted, this, &StoryPanel::violationWanted);
    connect(m_rows, &StepRowsView::placeWanted, this, &StoryPanel::placeWanted);
    connect(m_earlier, &StepRowsView::placeWanted, this, &StoryPanel::placeWanted);
    connect(m_tabs, &QTabBar::currentChanged, this, &StoryPanel::showTab);
    connect(m_compare, &QPushButton::clicked, this, [this] { Q_EMIT compareWanted(m_order); });
    connect(&bridge.frames(), &FramePump::momentChanged, this, &StoryPanel::showMoment);
    connect(m_all_groups, &QCheckBox::toggled, this, &StoryPanel::showGroups);
    connect(&Theme::instance(), &Theme::changed, this, &StoryPanel::showHead);
    connect(&bridge.faults(), &FaultControl::invariantsChanged, this, &StoryPanel::showWhy);
}

QWidget* StoryPanel::makeEmpty(QWidget* parent)
{
    auto* empty = new QWidget(parent);
    empty->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(empty);
    column->setContentsMargins(metrics::margin, 18, metrics::margin, 14);
    column->addWidget(headingLabel(tr("Order story"), empty));
    auto* hint = new QLabel(tr("Select an order in the table, or click one of its events in the event flow, to "
                               "see everything that happened to it."),
                            empty);
    hint->setProperty("role", QStringLiteral("empty"));
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    column->addWidget(hint, 1);
    return empty;
}

QWidget* StoryPanel::makeBody(QWidget* parent)
{
    auto* body = new QWidget(parent);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(metrics::margin, 18, metrics::margin - 4, 10);
    column->setSpacing(6);
    column->addWidget(makeHead(body));
    m_why = new WhyBox(m_bridge, body);
    column->addWidget(m_why);
    m_bodies = new PlainStack(body);
    auto* splitter = new QSplitter(Qt::Vertical, m_bodies);
    m_sequence = new SequenceView(splitter);
    splitter->addWidget(m_sequence);
    splitter->addWidget(makeDetail(splitter));
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    m_bodies->addWidget(splitter);
    m_bodies->addWidget(makeEarlier(m_bodies));
    column->addWidget(m_bodies, 1);
    return body;
}

/// No lifelines without a story: what there is are rows.
QWidget* StoryPanel::makeEarlier(QWidget* parent)
{
    auto* earlier = new QWidget(parent);
    auto* column = new QVBoxLayout(earlier);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(8);
    auto* sentence = new QLabel(tr("The journal of this run has nothing about this order: it was made in an earlier "
                                   "run, or so long ago that its entries had to make room."),
                                earlier);
    sentence->setObjectName(QStringLiteral("earlierOrder"));
    sentence->setProperty("role", QStringLiteral("empty"));
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_earlier = new StepRowsView(m_bridge, earlier);
    m_earlier->setObjectName(QStringLiteral("earlierRows"));
    column->addWidget(sentence);
    column->addWidget(m_earlier, 1);
    return earlier;
}

QWidget* StoryPanel::makeHead(QWidget* parent)
{
    auto* head = new QWidget(parent);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* first = new QHBoxLayout;
    m_heading = headingLabel(tr("Order story"), head);
    first->addWidget(m_heading);
    first->addStretch(1);
    m_title = new QLabel(head);
    m_title->setObjectName(QStringLiteral("storyTitle"));
    m_title->setFont(Theme::textFont(12, QFont::DemiBold));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    first->addWidget(m_title);
    column->addLayout(first);
    m_chips = new ChipRow(head);
    column->addWidget(m_chips);
    auto* second = new QHBoxLayout;
    m_all_groups = new QCheckBox(tr("all groups"), head);
    m_all_groups->setObjectName(QStringLiteral("allGroups"));
    m_all_groups->setFont(Theme::textFont(11));
    m_all_groups->setToolTip(tr("Also show notification and analytics, which follow along but decide nothing"));
    m_compare = new QPushButton(tr("Compare with…"), head);
    m_compare->setObjectName(QStringLiteral("compareOrders"));
    m_compare->setProperty("link", true);
    m_compare->setToolTip(tr("Shows this order and another one side by side, step by step"));
    second->addWidget(m_all_groups);
    second->addStretch(1);
    second->addWidget(m_compare);
    column->addLayout(second);
    return head;
}

QWidget* StoryPanel::makeDetail(QWidget* parent)
{
    auto* detail = new QWidget(parent);
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(6);
    m_tabs = new QTabBar(detail);
    m_tabs->setObjectName(QStringLiteral("storyTabs"));
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setAccessibleName(tr("Detail of the order's story"));
    m_tab_pages = new PlainStack(detail);
    const auto add = [&](const QString& title, const QString& about, QWidget* page) {
        const int tab = m_tabs->addTab(title);
        m_tabs->setTabToolTip(tab, about);
        m_tab_pages->addWidget(page);
    };
    m_detail = new StepDetail(m_bridge, m_tab_pages);
    m_rows = new StepRowsView(m_bridge, m_tab_pages);
    m_rows->setObjectName(QStringLiteral("stepRowsView"));
    add(tr("Event"), tr("The chosen step: its entry, and the event's headers and payload"), m_detail);
    add(tr("Rows"), tr("The rows of the tables that the chosen step has written"), m_rows);
    add(tr("Causes"), tr("What led to how it ended, the latest first"), makeCauses(m_tab_pages));
    add(tr("All steps"), tr("The story as a list"), makeSteps(m_tab_pages));
    column->addWidget(m_tabs);
    column->addWidget(m_tab_pages, 1);
    return detail;
}

QWidget* StoryPanel::makeCauses(QWidget* parent)
{
    m_causes_view = new QTreeView(parent);
    m_causes_view->setObjectName(QStringLiteral("storyCauses"));
    m_causes_view->setAccessibleName(tr("What led to how the order ended"));
    m_causes_view->setModel(&m_causes);
    m_causes_view->setUniformRowHeights(true);
    m_causes_view->setIndentation(14);
    m_causes_view->setAllColumnsShowFocus(true);
    m_causes_view->setItemDelegate(new CauseDelegate(false, m_causes_view));
    m_causes_view->setItemDelegateForColumn(CausesModel::When, new CauseDelegate(true, m_causes_view));
    m_causes_view->header()->setStretchLastSection(false);
    m_causes_view->header()->setSectionResizeMode(CausesModel::What, QHeaderView::Stretch);
    m_causes_view->header()->setSectionResizeMode(CausesModel::When, QHeaderView::ResizeToContents);
    m_causes_view->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_causes_view->expandAll();
    connect(&m_causes, &QAbstractItemModel::modelReset, m_causes_view, &QTreeView::expandAll);
    connect(m_causes_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid())
                    return;
                const int step = current.data(CausesModel::StepRole).toInt();
                m_sequence->selectStep(step);
                chooseStep(step);
            });
    connect(m_causes_view, &QTreeView::activated, this,
            [this](const QModelIndex& index) { goToStep(index.data(CausesModel::StepRole).toInt()); });
    return m_causes_view;
}

QWidget* StoryPanel::makeSteps(QWidget* parent)
{
    m_steps = new QTableView(parent);
    m_steps->setObjectName(QStringLiteral("allSteps"));
    m_steps->setAccessibleName(tr("All steps of the story"));
    m_steps->setModel(&m_model);
    m_steps->setShowGrid(false);
    m_steps->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_steps->setSelectionMode(QAbstractItemView::SingleSelection);
    m_steps->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_steps->setTabKeyNavigation(false);
    m_steps->verticalHeader()->hide();
    m_steps->verticalHeader()->setDefaultSectionSize(22);
    m_steps->horizontalHeader()->setStretchLastSection(true);
    m_steps->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_steps->setItemDelegate(new CellDelegate(false, m_steps));
    m_steps->setItemDelegateForColumn(StoryModel::Time, new CellDelegate(true, m_steps));
    m_steps->setColumnWidth(StoryModel::Time, 92);
    m_steps->horizontalHeader()->setSectionsClickable(true);
    m_steps->horizontalHeader()->setToolTip(tr("Click on the first title to choose what the times mean"));
    m_steps->horizontalHeader()->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* forms = new QActionGroup(m_steps);
    for (int i = 0; i < StoryModel::time_form_count; ++i) {
        static const char* const meanings[] = {
            QT_TR_NOOP("Times since the order's beginning"), QT_TR_NOOP("Times since the step before"),
            QT_TR_NOOP("Times since the run's beginning"), QT_TR_NOOP("Times of day")};
        auto* action = new QAction(tr(meanings[i]), forms);
        action->setObjectName(QStringLiteral("storyTimes%1").arg(i));
        action->setCheckable(true);
        action->setChecked(i == 0);
        connect(action, &QAction::triggered, this,
                [this, i] { m_model.setTimeForm(StoryModel::TimeForm(i), toMicros(m_bridge.session().startedAt())); });
        m_steps->horizontalHeader()->addAction(action);
    }
    connect(m_steps->horizontalHeader(), &QHeaderView::sectionClicked, this, [this, forms](int section) {
        if (section != StoryModel::Time)
            return;
        QMenu menu;
        menu.addActions(forms->actions());
        menu.exec(m_steps->horizontalHeader()->mapToGlobal(QPoint(0, m_steps->horizontalHeader()->height())));
    });
    connect(m_steps->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid())
                    return;
                m_sequence->selectStep(current.row());
                chooseStep(current.row());
            });
    connect(m_steps, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { goToStep(index.row()); });
    return m_steps;
}

} // namespace orderlab::ui
