#include "ui/panels/story_panel.h"

#include "handlers/group_registry.h"
#include "ui/models/format.h"
#include "ui/models/orders_model.h"
#include "ui/panels/chip_row.h"
#include "ui/panels/delegates.h"
#include "ui/panels/sequence_view.h"
#include "ui/story/step_detail.h"
#include "ui/story/step_rows_view.h"
#include "ui/story/why_box.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

// What the panel shows and when; story_panel_parts.cpp makes its parts.

namespace orderlab::ui {

namespace {

constexpr int story_every_ms = 150;
constexpr std::size_t steps_max = 500;

/// What a reader looks for first: where a promise was broken or it went wrong for good, else how it began.
int tellingStep(const Story& story)
{
    for (const EntryKind kind : {EntryKind::InvariantViolated, EntryKind::DeadLettered}) {
        for (std::size_t i = 0; i < story.steps.size(); ++i) {
            if (story.steps[i].entry.kind == kind)
                return int(i);
        }
    }
    for (std::size_t i = 0; i < story.steps.size(); ++i) {
        if (!story.steps[i].entry.order.isNull())
            return int(i);
    }
    return story.steps.empty() ? -1 : 0;
}

} // namespace

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
    m_why->show(m_order, violation());
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
    m_causes.show(m_model.story(), m_bridge.frames().names().names(), m_model.firstUs());
    showHead();
    showWhy();
    m_pages->setCurrentIndex(1);
    m_bodies->setCurrentIndex(isTold() ? 0 : 1);
    m_all_groups->setVisible(isTold());
    m_compare->setVisible(isTold());
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
    showTab();
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

void StoryPanel::showHead()
{
    if (m_order.isNull())
        return;
    const StoryFacts& facts = m_model.story().facts;
    const OrderState* order = m_bridge.store().findOrder(m_order);
    QStringList parts = {shortId(m_order)};
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
        chips.push_back({statusWords(status), text, fill});
    }
    if (facts.failed_attempts > 0)
        chips.push_back({counted(facts.failed_attempts, QT_TRANSLATE_N_NOOP("counted", "%n failed attempts")),
                         p.warning, p.warning_fill});
    if (facts.duplicates > 0)
        chips.push_back({counted(facts.duplicates, QT_TRANSLATE_N_NOOP("counted", "%n duplicates skipped")), p.muted,
                         p.neutral_fill});
    if (facts.charges > 1)
        chips.push_back({tr("charged %1 times").arg(facts.charges), p.failure, p.failure_fill});
    if (facts.refunds > 0)
        chips.push_back({tr("refunded"), p.warning, p.warning_fill});
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

/// Only what is seen asks the tables.
void StoryPanel::showTab()
{
    const int tab = m_tabs->currentIndex();
    m_tab_pages->setCurrentIndex(tab);
    const bool is_here = isSeen() && m_pages->currentIndex() == 1;
    m_detail->setSeen(is_here && isTold() && m_tab_pages->currentWidget() == m_detail);
    m_rows->setSeen(is_here && isTold() && m_tab_pages->currentWidget() == m_rows);
    m_earlier->setSeen(is_here && !isTold());
}

void StoryPanel::showStep(int step)
{
    m_step = step >= 0 && step < m_model.rowCount() ? step : -1;
    if (m_step < 0) {
        m_detail->showNone({});
        m_rows->clear();
        m_earlier->showOrder(m_order);
        light(-1);
        Q_EMIT stepChosen(m_order.isNull() ? std::vector<RowsPlace>() : rowsOfOrder(m_order));
        return;
    }
    m_detail->show(m_model.story(), m_step, m_model.firstUs());
    const StepRows rows = rowsOfStep(m_model.story(), m_step, m_bridge.frames());
    m_rows->show(rows);
    showCause(m_step);
    light(-1);
    Q_EMIT stepChosen(rows.touched());
}

/// Where the step is in the tree of causes, without choosing it once more.
void StoryPanel::showCause(int step)
{
    const QModelIndex cause = m_causes.indexOf(step);
    const QSignalBlocker blocker(m_causes_view->selectionModel());
    if (cause.isValid()) {
        m_causes_view->setCurrentIndex(cause);
    } else {
        m_causes_view->selectionModel()->clear();
    }
    m_causes_view->viewport()->update();
}

void StoryPanel::light(int step)
{
    const int lit = step >= 0 ? step : m_step;
    const bool is_there = lit >= 0 && lit < m_model.rowCount();
    Q_EMIT stepLit(is_there ? std::optional(m_model.stepAt(lit).entry) : std::nullopt);
}

} // namespace orderlab::ui
