#include "ui/panels/story_panel.h"

#include "handlers/group_registry.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/models/orders_model.h"
#include "ui/panels/chip_row.h"
#include "ui/panels/delegates.h"
#include "ui/panels/invariants_section.h"
#include "ui/panels/labels.h"
#include "ui/panels/sequence_view.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int story_every_ms = 150;
constexpr std::size_t steps_max = 500;

/// What a reader looks for first: where a promise was broken or it went wrong for good, else how it began.
int tellingStep(const Story& story)
{
    for (std::size_t i = 0; i < story.steps.size(); ++i) {
        if (story.steps[i].entry.kind == EntryKind::InvariantViolated)
            return int(i);
    }
    for (std::size_t i = 0; i < story.steps.size(); ++i) {
        if (story.steps[i].entry.kind == EntryKind::DeadLettered)
            return int(i);
    }
    for (std::size_t i = 0; i < story.steps.size(); ++i) {
        if (!story.steps[i].entry.order.isNull())
            return int(i);
    }
    return story.steps.empty() ? -1 : 0;
}

} // namespace

StoryPanel::StoryPanel(LabBridge& bridge, QWidget* parent)
    : Panel(QStringLiteral("Order story"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("storyDock"));
    setTitleBarWidget(new QWidget(this));
    setMinimumWidth(272);
    m_pages = new QStackedWidget(this);
    auto* empty = new QWidget(m_pages);
    empty->setObjectName(QStringLiteral("panel"));
    auto* empty_column = new QVBoxLayout(empty);
    empty_column->setContentsMargins(metrics::margin, 18, metrics::margin, 14);
    empty_column->addWidget(headingLabel(QStringLiteral("Order story"), empty));
    auto* hint =
        new QLabel(QStringLiteral("Select an order in the table, or click one of its events in the event flow, to "
                                  "see everything that happened to it."),
                   empty);
    hint->setProperty("role", QStringLiteral("empty"));
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    empty_column->addWidget(hint, 1);
    m_pages->addWidget(empty);

    auto* body = new QWidget(m_pages);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(metrics::margin, 18, metrics::margin - 4, 10);
    column->setSpacing(6);
    column->addWidget(makeHead(body));
    auto* splitter = new QSplitter(Qt::Vertical, body);
    m_sequence = new SequenceView(splitter);
    splitter->addWidget(m_sequence);
    splitter->addWidget(makeDetail(splitter));
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    column->addWidget(makeWhy(body));
    column->addWidget(splitter, 1);
    m_pages->addWidget(body);
    setWidget(m_pages);
    setFocusProxy(m_sequence);
    connect(m_sequence, &SequenceView::stepSelected, this, &StoryPanel::chooseStep);
    connect(m_sequence, &SequenceView::stepActivated, this, &StoryPanel::goToStep);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &StoryPanel::showMoment);
    connect(m_all_groups, &QCheckBox::toggled, this, &StoryPanel::showGroups);
    connect(&Theme::instance(), &Theme::changed, this, &StoryPanel::showHead);
    connect(&Theme::instance(), &Theme::changed, this, [this] { // A text in the window's own colour follows by itself.
        for (int row = 0; row < m_details->topLevelItemCount(); ++row)
            m_details->topLevelItem(row)->setForeground(0, colours().muted);
    });
    connect(&bridge.faults(), &FaultControl::invariantsChanged, this, &StoryPanel::showWhy);
}

QWidget* StoryPanel::makeWhy(QWidget* parent)
{
    m_why = new QFrame(parent);
    m_why->setObjectName(QStringLiteral("why"));
    auto* column = new QVBoxLayout(m_why);
    column->setContentsMargins(12, 8, 12, 9);
    column->setSpacing(3);
    m_why_title = new QLabel(m_why);
    m_why_title->setObjectName(QStringLiteral("whyTitle"));
    m_why_title->setWordWrap(true);
    m_why_text = new QLabel(m_why);
    m_why_text->setObjectName(QStringLiteral("whyText"));
    m_why_text->setTextFormat(Qt::PlainText);
    m_why_text->setFont(Theme::textFont(11));
    m_why_text->setWordWrap(true);
    m_why_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // The time is a link.
    m_why_title->setTextFormat(Qt::RichText);
    m_why_title->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_why_title, &QLabel::linkActivated, this, [this] {
        if (const Violation* shown = violation())
            m_bridge.places().goToTime(shown->time_us);
    });
    column->addWidget(m_why_title);
    column->addWidget(m_why_text);
    auto* foot = new QHBoxLayout;
    m_why_place = mutedLabel({}, m_why);
    m_why_place->setObjectName(QStringLiteral("whyPlace"));
    foot->addWidget(m_why_place, 1);
    const auto button = [&](const char* object, const QString& text, const QString& name, const QString& keys,
                            bool next) {
        auto* made = new QPushButton(text, m_why);
        made->setObjectName(QLatin1String(object));
        made->setProperty("link", true);
        made->setAccessibleName(name);
        made->setToolTip(name + QStringLiteral(" (%1)").arg(keys));
        connect(made, &QPushButton::clicked, this, [this, next] { Q_EMIT violationWanted(next); });
        foot->addWidget(made);
    };
    button("previousViolation", QStringLiteral("‹ previous"), QStringLiteral("Previous broken promise"),
           QStringLiteral("Shift+F3"), false);
    button("nextViolation", QStringLiteral("next ›"), QStringLiteral("Next broken promise"), QStringLiteral("F3"),
           true);
    column->addLayout(foot);
    m_why->hide();
    return m_why;
}

const Violation* StoryPanel::violation() const
{
    const InvariantReport& report = m_bridge.faults().invariants();
    const std::vector<const Violation*> all = report.violationsOf(m_order);
    if (m_explained) {
        if (const int place = report.placeOf(*m_explained); place >= 0 && m_explained->order == m_order)
            return &report.violations[std::size_t(place)];
    }
    return all.empty() ? nullptr : all.back();
}

std::optional<Violation> StoryPanel::explained() const
{
    if (m_explained && (m_explained->order == m_order || m_explained->order.isNull()))
        return m_explained;
    const Violation* shown = violation();
    return shown ? std::optional(*shown) : std::nullopt;
}

void StoryPanel::explain(const Violation& violation)
{
    m_explained = violation;
    if (violation.order == m_order)
        showWhy();
}

void StoryPanel::showWhy()
{
    const InvariantReport& report = m_bridge.faults().invariants();
    const Violation* shown = violation();
    m_why->setVisible(shown != nullptr);
    if (!shown)
        return;
    const auto all = report.violationsOf(m_order);
    const auto times = std::count_if(all.begin(), all.end(),
                                     [shown](const Violation* one) { return one->invariant == shown->invariant; });
    m_why_title->setText(QStringLiteral("✕ %1: broken %2<a href='moment' style='color:%3'>at %4</a>")
                             .arg(invariantTitle(shown->invariant).toHtmlEscaped(),
                                  times == 1 ? QString() : QStringLiteral("%1 times, ").arg(times),
                                  colours().dead.name(),
                                  runTimeText(m_bridge, shown->time_us).replace(QLatin1Char(' '), QChar(0xa0))));
    m_why_title->setToolTip(QStringLiteral("Click on the time to go to it"));
    m_why_text->setText(QString::fromStdString(shown->explanation));
    std::uint64_t found = 0; ///< More than are kept.
    for (const InvariantStatus& status : report.statuses)
        found += status.violations;
    const InvariantReport known{{}, knownViolations(m_bridge)};
    m_why_place->setText(QStringLiteral("broken promise %1 of %2%3")
                             .arg(grouped(known.placeOf(*shown) + 1), grouped(std::int64_t(known.violations.size())),
                                  found > known.violations.size()
                                      ? QStringLiteral(" (%1 in all)").arg(grouped(std::int64_t(found)))
                                      : QString()));
}

QWidget* StoryPanel::makeHead(QWidget* parent)
{
    auto* head = new QWidget(parent);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* first = new QHBoxLayout;
    m_heading = headingLabel(QStringLiteral("Order story"), head);
    first->addWidget(m_heading);
    first->addStretch(1);
    m_title = new QLabel(head);
    m_title->setObjectName(QStringLiteral("storyTitle"));
    m_title->setFont(Theme::textFont(12, QFont::DemiBold));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    first->addWidget(m_title);
    column->addLayout(first);
    auto* second = new QHBoxLayout;
    m_chips = new ChipRow(head);
    second->addWidget(m_chips, 1);
    m_all_groups = new QCheckBox(QStringLiteral("all groups"), head);
    m_all_groups->setObjectName(QStringLiteral("allGroups"));
    m_all_groups->setFont(Theme::textFont(11));
    m_all_groups->setToolTip(
        QStringLiteral("Also show notification and analytics, which follow along but decide nothing"));
    second->addWidget(m_all_groups);
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
    m_tabs->setExpanding(false);
    m_tabs->addTab(QStringLiteral("Event"));
    m_tabs->addTab(QStringLiteral("All steps"));
    m_tabs->setAccessibleName(QStringLiteral("Detail of the order's story"));
    column->addWidget(m_tabs);
    m_tab_pages = new QStackedWidget(detail);

    // Scrolls as a whole: a long sentence is never cut for the sake of the table below it.
    auto* event_page = new QScrollArea(m_tab_pages);
    event_page->setWidgetResizable(true);
    event_page->setFrameShape(QFrame::NoFrame);
    event_page->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    event_page->setFocusPolicy(Qt::NoFocus);
    auto* event = new QWidget(event_page);
    auto* event_column = new QVBoxLayout(event);
    event_column->setContentsMargins(4, 0, 0, 0);
    event_column->setSpacing(4);
    m_step_title = new QLabel(event);
    m_step_title->setFont(Theme::textFont(12, QFont::DemiBold));
    m_step_title->setWordWrap(true);
    m_summary = new QLabel(event);
    m_summary->setObjectName(QStringLiteral("stepSummary"));
    m_summary->setWordWrap(true);
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details = new QTreeWidget(event);
    m_details->setObjectName(QStringLiteral("eventDetail"));
    m_details->setAccessibleName(QStringLiteral("Event detail"));
    m_details->setColumnCount(2);
    m_details->setHeaderHidden(true);
    m_details->setRootIsDecorated(false);
    m_details->setItemDelegate(new CellDelegate(true, m_details));
    m_details->setFocusPolicy(Qt::TabFocus);
    m_details->setUniformRowHeights(true);
    m_details->setTextElideMode(Qt::ElideMiddle);
    m_details->setIndentation(0);
    m_details->setFont(Theme::monoFont(11));
    event_column->addWidget(m_step_title);
    event_column->addWidget(m_summary);
    event_column->addWidget(m_details);
    event_column->addStretch(1);
    m_details->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    event_page->setWidget(event);
    m_tab_pages->addWidget(event_page);

    m_steps = new QTableView(m_tab_pages);
    m_steps->setObjectName(QStringLiteral("allSteps"));
    m_steps->setAccessibleName(QStringLiteral("All steps of the story"));
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
    m_steps->setColumnWidth(StoryModel::Time, 78);
    m_tab_pages->addWidget(m_steps);
    column->addWidget(m_tab_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_tab_pages, &QStackedWidget::setCurrentIndex);
    connect(m_steps->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid())
                    return;
                m_sequence->selectStep(current.row());
                chooseStep(current.row());
            });
    connect(m_steps, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { goToStep(index.row()); });
    return detail;
}

/// A click in a live system's story does not stop what is shown.
void StoryPanel::chooseStep(int step)
{
    showStep(step);
    if (!m_bridge.frames().isFollowing())
        goToStep(step);
}

/// Groups that decide nothing are left out, unless they are wanted, or are where it went wrong.
void StoryPanel::showGroups()
{
    m_sequence->setAllGroups(m_all_groups->isChecked());
    for (int row = 0; row < m_model.rowCount(); ++row)
        m_steps->setRowHidden(row, !m_sequence->hasLifelines(row));
}

bool StoryPanel::needsAllGroups() const
{
    const JournalNames& names = m_bridge.frames().names();
    const auto decides = [&](NameId group) {
        const GroupKind* kind = findGroupKind(names.groupLabel(group).toStdString());
        return group == 0 || !kind || kind->settles_orders;
    };
    const Violation* broken = violation();
    for (const StoryStep& step : m_model.story().steps) {
        const Entry& entry = step.entry;
        const bool is_bad = step.tone == Tone::Bad || step.tone == Tone::Dead;
        const bool is_evidence =
            broken
            && QString::fromStdString(broken->explanation).contains(names.text(entry.group), Qt::CaseInsensitive);
        if (!decides(entry.group) && (is_bad || is_evidence))
            return true;
    }
    return false;
}

void StoryPanel::tell(OrderId id)
{
    if (id != m_order)
        m_explained.reset();
    m_order = id;
    refresh();
}

void StoryPanel::showFrame(const Frame& frame)
{
    if (m_order.isNull() || m_refresh_planned)
        return;
    // Another world tells another story; played back and forth, one is known as a whole.
    const bool concerned = frame.move == Move::Jump
                           || std::any_of(frame.fresh.begin(), frame.fresh.end(),
                                          [this](const Entry& entry) { return entry.order == m_order; });
    if (!concerned)
        return;
    m_refresh_planned = true;
    QTimer::singleShot(story_every_ms, this, &StoryPanel::refresh);
}

void StoryPanel::refresh()
{
    m_refresh_planned = false;
    if (m_order.isNull())
        return;
    const std::vector<Entry> entries =
        collectStory(m_bridge.frames().timeline(), m_bridge.frames().names().names(), m_order, steps_max);
    const OrderId shown = std::exchange(m_told, m_order);
    m_model.show(tellStory(entries, m_bridge.frames().names()));
    QStringList groups;
    for (const std::string& group : m_bridge.session().config().workers)
        groups << toQt(group);
    m_sequence->show(m_model.story(), m_bridge.frames().names(), groups, m_bridge.session().texts().store_lane);
    showHead();
    showWhy();
    m_pages->setCurrentIndex(1);
    const bool is_other = shown != m_order || m_sequence->selectedStep() < 0;
    if (is_other)
        m_all_groups->setChecked(needsAllGroups());
    else if (!m_all_groups->isChecked() && needsAllGroups() && m_needed_none)
        m_all_groups->setChecked(true);
    m_needed_none = !needsAllGroups();
    showGroups();
    if (is_other) {
        const int step = tellingStep(m_model.story());
        m_sequence->selectStep(step);
        showStep(step);
    }
}

void StoryPanel::goToStep(int step)
{
    if (step < 0 || step >= m_model.rowCount())
        return;
    if (const auto index = m_bridge.frames().indexOf(m_model.stepAt(step).entry))
        m_bridge.places().go(*index + 1);
}

/// What is still to come is dim.
void StoryPanel::showMoment()
{
    m_sequence->setNow(m_bridge.frames().isFollowing() ? INT64_MAX : m_bridge.frames().nowUs());
    if (!m_head_planned && !m_order.isNull()) {
        m_head_planned = true;
        QTimer::singleShot(story_every_ms, this, [this] {
            m_head_planned = false;
            showHead();
        });
    }
}

QString StoryPanel::title() const
{
    return m_title_text;
}

void StoryPanel::showHead()
{
    if (m_order.isNull())
        return;
    const StoryFacts& facts = m_model.story().facts;
    const OrderState* order = m_bridge.store().findOrder(m_order);
    QStringList parts = {shortId(m_order).right(4)};
    const JournalNames& names = m_bridge.frames().names();
    if (!facts.customer.isEmpty())
        parts << facts.customer << amountText(facts.amount_minor) + QLatin1Char(' ') + facts.currency;
    else if (order && order->user != 0)
        parts << names.text(order->user)
              << amountText(order->amount_minor) + QLatin1Char(' ') + names.text(order->currency);
    m_title_text = parts.join(QStringLiteral(" · "));
    showTitle();
    m_title->setToolTip(QString::fromStdString(m_order.toString()));
    const Palette& p = colours();
    std::vector<ChipRow::Chip> chips;
    if (order) {
        const QString status = statusText(*order);
        const auto [text, fill] = statusColours(status);
        chips.push_back({status, text, fill});
    }
    if (facts.failed_attempts > 0)
        chips.push_back({facts.failed_attempts == 1 ? QStringLiteral("1 failed attempt")
                                                    : QStringLiteral("%1 failed attempts").arg(facts.failed_attempts),
                         p.warning, p.warning_fill});
    if (facts.duplicates > 0)
        chips.push_back({facts.duplicates == 1 ? QStringLiteral("1 duplicate skipped")
                                               : QStringLiteral("%1 duplicates skipped").arg(facts.duplicates),
                         p.muted, p.neutral_fill});
    if (facts.charges > 1)
        chips.push_back({QStringLiteral("charged %1 times").arg(facts.charges), p.failure, p.failure_fill});
    if (facts.refunds > 0)
        chips.push_back({QStringLiteral("refunded"), p.warning, p.warning_fill});
    m_chips->show(std::move(chips));
}

void StoryPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    showTitle();
}

void StoryPanel::showTitle()
{
    // In a narrow panel the heading gives way: what is told matters more than that it is a story.
    const int room = width() - 2 * metrics::margin;
    const int beside = room - m_heading->sizeHint().width() - 12;
    const QFontMetrics metrics(m_title->font());
    const bool has_room = metrics.horizontalAdvance(m_title_text) <= beside;
    m_heading->setVisible(has_room);
    m_title->setText(metrics.elidedText(m_title_text, Qt::ElideRight, std::max(60, has_room ? beside : room)));
}

void StoryPanel::showStep(int step)
{
    m_details->clear();
    if (step < 0 || step >= m_model.rowCount()) {
        m_step_title->clear();
        m_summary->setText(
            QStringLiteral("The journal of this run has nothing about this order: it was made in an earlier run, or so "
                           "long ago that its entries had to make room. What is shown above is in the store."));
        return;
    }
    const StoryStep& chosen = m_model.stepAt(step);
    m_step_title->setText(chosen.title);
    m_summary->setText(chosen.summary);
    for (const auto& [name, value] : detailsOf(chosen, m_model.firstUs(), m_bridge.frames().names())) {
        auto* item = new QTreeWidgetItem(m_details, {name, value});
        item->setForeground(0, colours().muted);
        item->setToolTip(1, value);
    }
    m_details->setColumnWidth(0, 112);
    int height = 2;
    for (int row = 0; row < m_details->topLevelItemCount(); ++row)
        height += m_details->sizeHintForIndex(m_details->model()->index(row, 0)).height();
    m_details->setFixedHeight(height);
}

} // namespace orderlab::ui
