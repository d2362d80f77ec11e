#include "ui/story/step_rows_view.h"

#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace orderlab::ui {

namespace {

enum RowsRole { RowPlaceRole = Qt::UserRole };

QString shownCell(const Cell& cell)
{
    return cell ? QString::fromStdString(*cell) : QStringLiteral("NULL");
}

QColor colourOf(WrittenRow::Change change)
{
    switch (change) {
    case WrittenRow::Change::Added: return colours().ok;
    case WrittenRow::Change::Changed: return colours().warning;
    case WrittenRow::Change::Gone: return colours().failure;
    default: return colours().muted;
    }
}

} // namespace

StepRowsView::StepRowsView(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 0, 0, 0);
    column->setSpacing(4);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("stepRowsNote"));
    m_note->setProperty("role", QStringLiteral("muted"));
    m_note->setWordWrap(true);
    m_tree = new QTreeWidget(this);
    m_tree->setObjectName(QStringLiteral("stepRows"));
    m_tree->setAccessibleName(tr("Rows that the step has written"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(12);
    m_tree->setItemDelegate(new RowDelegate(true, m_tree));
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->header()->setStretchLastSection(true);
    m_go = new QPushButton(tr("Show in the database"), this);
    m_go->setObjectName(QStringLiteral("showInDatabase"));
    m_go->setProperty("link", true);
    m_go->setToolTip(tr("Opens the table with these rows only (Enter on a row)"));
    column->addWidget(m_note);
    column->addWidget(m_tree, 1);
    column->addWidget(m_go, 0, Qt::AlignLeft);
    setFocusProxy(m_tree);
    m_again.setSingleShot(true);
    m_again.setInterval(refresh_every_ms);
    connect(&m_again, &QTimer::timeout, this, [this] {
        m_is_stale = true;
        ask();
    });
    connect(m_go, &QPushButton::clicked, this, &StepRowsView::goToCurrent);
    connect(m_tree, &QTreeWidget::itemActivated, this, &StepRowsView::goToCurrent);
    connect(&bridge.session(), &Session::stateChanged, this, &StepRowsView::ask);
    // Rows of a step of a simulated run never change; those of a real system are as they are now.
    connect(&bridge.tables(), &TableDesk::stale, this, [this] {
        if (!m_bridge.tables().followsMoment() && m_is_seen && !m_places.empty() && !m_again.isActive())
            m_again.start();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] { fill(m_rows); });
    clear();
}

void StepRowsView::clear()
{
    m_places.clear();
    m_rows.clear();
    m_tree->clear();
    m_is_stale = false;
    m_note->setText(tr("Select a step to see the rows that it wrote."));
    m_note->show();
    m_tree->hide();
    m_go->hide();
}

void StepRowsView::show(const StepRows& rows)
{
    if (!rows.why_none.isEmpty()) {
        clear();
        m_note->setText(rows.why_none);
        return;
    }
    m_moment = rows.moment;
    if (m_bridge.tables().followsMoment() && !m_moment) {
        clear();
        m_note->setText(tr("This step is too long ago: the journal no longer keeps the moment at which it wrote."));
        return;
    }
    wantPlaces(rows.written, m_bridge.tables().followsMoment()
                                 ? tr("Right after this step, and what it was right before.")
                                 : tr("As they are now: this system keeps no earlier rows, and later steps may have "
                                      "changed them."));
}

void StepRowsView::showOrder(OrderId order)
{
    m_moment = TableMoment{m_bridge.frames().index(), {}};
    wantPlaces(rowsOfOrder(order), tr("What the store knows of this order."));
}

void StepRowsView::wantPlaces(std::vector<RowsPlace> places, const QString& about)
{
    m_about = about;
    if (places != m_places || m_bridge.tables().followsMoment()) {
        m_places = std::move(places);
        m_rows.clear();
        m_tree->clear();
    }
    m_note->setText(tr("Looking for the rows…"));
    m_is_stale = true;
    ask();
}

void StepRowsView::setSeen(bool is_seen)
{
    m_is_seen = is_seen;
    ask();
}

/// One question at a time; the latest step counts.
void StepRowsView::ask()
{
    if (!m_is_stale || m_is_asking || !m_is_seen || m_places.empty())
        return;
    const QString why_none = m_bridge.tables().whyNone();
    if (!why_none.isEmpty() || !m_bridge.session().isRunning()) {
        m_note->setText(!why_none.isEmpty() ? tr("Not known here: %1").arg(why_none)
                                            : tr("Not known while the system does not run."));
        m_tree->hide();
        m_go->hide();
        return;
    }
    m_is_stale = false;
    m_asked = m_places;
    m_is_asking = m_bridge.tables().askAt<std::vector<WrittenRow>>(
        m_moment.value_or(TableMoment{m_bridge.frames().index(), {}}), this,
        [places = m_places](Tables& tables) { return findRows(tables, places); },
        [this](const Result<std::vector<WrittenRow>>& rows) { take(rows); });
    if (!m_is_asking)
        m_note->setText(tooManyQuestions());
}

void StepRowsView::take(const Result<std::vector<WrittenRow>>& rows)
{
    m_is_asking = false;
    const bool is_wanted = m_asked == m_places && !m_is_stale;
    if (!is_wanted || (!rows && rows.error().code == ErrorCode::Canceled)) {
        m_is_stale = !m_places.empty();
        ask();
        return;
    }
    if (!rows) {
        m_note->setText(tr("Not known: %1").arg(sentence(rows.error())));
        m_tree->hide();
        m_go->hide();
        return;
    }
    m_rows = *rows;
    fill(m_rows);
}

void StepRowsView::fill(const std::vector<WrittenRow>& rows)
{
    if (m_places.empty() || m_is_stale || m_is_asking)
        return;
    m_tree->clear();
    m_note->setText(rows.empty() ? tr("No row of it is there any more.") : m_about);
    m_tree->setVisible(!rows.empty());
    m_go->setVisible(!rows.empty());
    for (const WrittenRow& row : rows)
        addRow(row);
    m_tree->setColumnWidth(0, 128);
    if (m_tree->topLevelItemCount() > 0)
        m_tree->setCurrentItem(m_tree->topLevelItem(0));
}

/// Of a changed row the cells that changed come first; of others those that are empty are left out.
void StepRowsView::addRow(const WrittenRow& row)
{
    using Change = WrittenRow::Change;
    auto* top = new QTreeWidgetItem(m_tree, {QString::fromStdString(row.table), changeWords(row.change)});
    top->setFont(0, Theme::textFont(12, QFont::DemiBold));
    top->setFont(1, Theme::textFont(11, QFont::DemiBold));
    top->setForeground(1, colourOf(row.change));
    const auto place =
        std::find_if(m_places.begin(), m_places.end(), [&](const RowsPlace& one) { return one.table == row.table; });
    top->setData(0, RowPlaceRole, int(place - m_places.begin()));
    QList<QTreeWidgetItem*> changed, others;
    for (std::size_t i = 0; i < row.columns.size() && i < row.row.size(); ++i) {
        const bool is_changed = row.change == Change::Changed && i < row.before.size() && row.before[i] != row.row[i];
        if (!is_changed && !row.row[i])
            continue;
        const QString now = shownCell(row.row[i]);
        const QString text = is_changed ? tr("%1 → %2").arg(shownCell(row.before[i]), now) : now;
        auto* item = new QTreeWidgetItem({QString::fromStdString(row.columns[i]), text});
        item->setToolTip(1, text);
        item->setForeground(0, colours().muted);
        if (is_changed) {
            item->setForeground(1, colours().warning);
            item->setFont(1, Theme::monoFont(11, QFont::DemiBold));
        }
        item->setData(0, RowPlaceRole, top->data(0, RowPlaceRole));
        (is_changed ? changed : others) << item;
    }
    top->addChildren(changed + others);
    top->setExpanded(row.change != Change::Same);
}

void StepRowsView::goToCurrent()
{
    const QTreeWidgetItem* item = m_tree->currentItem();
    const int place = item ? item->data(0, RowPlaceRole).toInt() : 0;
    if (place >= 0 && std::size_t(place) < m_places.size())
        Q_EMIT placeWanted(m_places[std::size_t(place)]);
}

} // namespace orderlab::ui
