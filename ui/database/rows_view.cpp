#include "ui/database/rows_view.h"

#include "ui/database/filter_header.h"
#include "ui/database/table_cell_delegate.h"
#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/counted_list.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>
#include <QTreeWidget>

namespace orderlab::ui {

namespace {

constexpr int list_width = 196;
constexpr int busy_share = 4; ///< Of the time at most a quarter is spent on asking.
constexpr int change_column_width = 84;

QString rowCountText(const TableInfo& table)
{
    return (table.is_estimate ? QStringLiteral("~") : QString()) + grouped(table.rows);
}

} // namespace

RowsView::RowsView(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge), m_desk(bridge.tables())
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(makeList(this));
    row->addWidget(makeRows(this), 1);
    setFocusProxy(m_rows);
    connect(&m_desk, &TableDesk::stale, this, &RowsView::refresh);
    connect(&bridge.session(), &Session::stateChanged, this, &RowsView::refresh);
    showMark();
    refresh();
}

QWidget* RowsView::makeList(QWidget* parent)
{
    m_list = countedList(tr("Tables"), list_width, parent);
    m_list->setObjectName(QStringLiteral("tableList"));
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item)
            showTable(item->text(0));
    });
    return m_list;
}

QWidget* RowsView::makeBar(QWidget* parent)
{
    auto* bar = new QWidget(parent);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    m_state = mutedLabel({}, bar);
    m_state->setObjectName(QStringLiteral("tableState"));
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_changed_only = new QCheckBox(tr("changed only"), bar);
    m_changed_only->setObjectName(QStringLiteral("changedOnly"));
    m_since_look = new QCheckBox(tr("since my last look"), bar);
    m_since_look->setObjectName(QStringLiteral("sinceLook"));
    m_mark = new QPushButton(bar);
    m_mark->setObjectName(QStringLiteral("markMoment"));
    m_mark->setProperty("link", true);
    row->addWidget(m_state, 1);
    row->addWidget(m_changed_only);
    row->addWidget(m_since_look);
    row->addWidget(m_mark);
    connect(m_changed_only, &QCheckBox::toggled, this, [this] {
        m_first = 0;
        refresh();
    });
    connect(m_since_look, &QCheckBox::toggled, this, [this](bool is_on) {
        is_on ? m_desk.mark() : m_desk.unmark();
        showMark();
    });
    connect(m_mark, &QPushButton::clicked, this, [this] {
        if (m_since_look->isChecked())
            return m_since_look->setChecked(false);
        m_desk.isMarked() ? m_desk.unmark() : m_desk.mark();
        showMark();
    });
    return bar;
}

QWidget* RowsView::makeFoot(QWidget* parent)
{
    auto* foot = new QWidget(parent);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_written = mutedLabel({}, foot);
    m_written->setObjectName(QStringLiteral("writtenBy"));
    m_written->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_go = new QPushButton(tr("Go to that moment"), foot);
    m_go->setObjectName(QStringLiteral("goToWriter"));
    m_go->setProperty("link", true);
    row->addWidget(m_written, 1);
    row->addWidget(m_go);
    connect(m_go, &QPushButton::clicked, this, &RowsView::goToWriter);
    return foot;
}

QWidget* RowsView::makeRows(QWidget* parent)
{
    auto* side = new QWidget(parent);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_rows = new QTableView(side);
    m_rows->setObjectName(QStringLiteral("tableRows"));
    m_rows->setAccessibleName(tr("Rows of the table"));
    m_header = new FilterHeader(m_rows);
    m_rows->setHorizontalHeader(m_header);
    m_rows->setModel(&m_model);
    m_rows->setItemDelegate(new TableCellDelegate(m_rows));
    m_rows->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_rows->setSelectionMode(QAbstractItemView::SingleSelection);
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setShowGrid(false);
    m_rows->setWordWrap(false);
    m_rows->setTabKeyNavigation(false);
    m_rows->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setMinimumSectionSize(metrics::row_height);
    m_rows->verticalHeader()->setDefaultSectionSize(metrics::row_height);
    m_rows->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_bar = makeBar(this);
    column->addWidget(m_rows, 1);
    column->addWidget(makeFoot(side));
    connect(m_header, &FilterHeader::filtersChanged, this, [this] {
        m_first = 0;
        m_rows->scrollToTop();
        refresh();
    });
    connect(m_header, &QHeaderView::sectionClicked, this, &RowsView::sortBy);
    connect(m_rows->verticalScrollBar(), &QScrollBar::valueChanged, this, &RowsView::keepInSight);
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!current.isValid())
                    return;
                m_selected = m_model.keyOf(current.row());
                showSelected();
                const std::string order = m_model.table().name == "orders" ? "id" : "order_id";
                const auto id = Uuid::parse(m_model.cellAt(current.row(), order).value_or(""));
                if (id && !id->isNull())
                    Q_EMIT orderSelected(OrderId{*id});
            });
    return side;
}

bool RowsView::showTable(const QString& name)
{
    const std::string wanted = name.toStdString();
    if (wanted == m_table)
        return true;
    const auto found = m_list->findItems(name, Qt::MatchExactly);
    if (found.isEmpty())
        return false;
    m_table = wanted;
    m_sort.clear();
    m_first = 0;
    m_selected.clear();
    m_header->setSortIndicatorShown(false);
    {
        const QSignalBlocker blocker(m_list);
        m_list->setCurrentItem(found.first());
    }
    refresh();
    return true;
}

void RowsView::showPlace(const RowsPlace& place)
{
    m_wanted = place;
    if (!showTable(QString::fromStdString(place.table))) {
        // The tables are not known yet: the next list has it.
        m_table = place.table;
        refresh();
        return;
    }
    filterWanted();
}

/// Its filters stand in the header, so that a person sees why other rows are not there.
void RowsView::filterWanted()
{
    if (!m_wanted || m_model.table().name != m_wanted->table || m_columns_of.empty()
        || !m_columns_of.starts_with(m_wanted->table))
        return;
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const int place = m_model.tableColumn(column);
        if (place < 0)
            continue;
        const std::string& name = m_model.table().columns[std::size_t(place)].name;
        const auto key = std::find_if(m_wanted->keys.begin(), m_wanted->keys.end(),
                                      [&](const RowsPlace::Key& one) { return one.column == name; });
        m_header->setFilter(
            column, key == m_wanted->keys.end() ? QString() : QLatin1Char('=') + QString::fromStdString(key->value));
    }
    m_wanted.reset();
    m_first = 0;
    refresh();
}

void RowsView::setTouched(std::vector<RowsPlace> places)
{
    m_touched = std::move(places);
    m_model.setTouched(m_touched);
    showTouched();
}

/// A mark beside each table that has touched rows.
void RowsView::showTouched()
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = m_list->topLevelItem(i);
        const bool is_touched = std::any_of(m_touched.begin(), m_touched.end(),
                                            [&](const RowsPlace& place) { return toQt(place.table) == item->text(0); });
        QFont font = Theme::textFont(12, is_touched ? QFont::DemiBold : QFont::Normal);
        font.setUnderline(is_touched);
        item->setFont(0, font);
        item->setToolTip(0, is_touched ? tr("%1: the chosen step of the story has touched rows here").arg(item->text(0))
                                       : item->text(0));
    }
}

void RowsView::sortBy(int column)
{
    const int place = m_model.tableColumn(column);
    if (place < 0 || std::size_t(place) >= m_model.table().columns.size())
        return;
    const std::string& name = m_model.table().columns[std::size_t(place)].name;
    if (m_sort != name) {
        m_sort = name;
        m_is_descending = false;
    } else if (!m_is_descending) {
        m_is_descending = true;
    } else {
        m_sort.clear(); // The newest first again.
    }
    m_header->setSortIndicatorShown(!m_sort.empty());
    m_header->setSortIndicator(column, m_is_descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    m_first = 0;
    refresh();
}

PageQuery RowsView::query() const
{
    PageQuery query;
    query.table = m_table;
    query.sort = m_sort;
    query.is_descending = m_is_descending;
    query.first = m_first;
    query.changed_only = m_desk.isMarked() && m_changed_only->isChecked();
    if (m_model.table().name == m_table) {
        for (int column = 0; column < m_model.columnCount(); ++column) {
            const int place = m_model.tableColumn(column);
            const QString text = m_header->filter(column);
            if (place >= 0 && !text.isEmpty())
                query.filters.push_back({m_model.table().columns[std::size_t(place)].name, text.toStdString()});
        }
    }
    return query;
}

void RowsView::setSeen(bool is_seen)
{
    if (std::exchange(m_is_seen, is_seen) && !is_seen && m_since_look->isChecked())
        markLook();
    askLater();
}

/// The rows of now are those that were seen last.
void RowsView::markLook()
{
    m_desk.mark();
    showMark();
    // Rows of a live store are copied by the first question, which must not be that of the next look.
    const std::function<Result<bool>(Tables&)> nothing = [](Tables&) { return true; };
    m_desk.ask<bool>(this, nothing, [](const Result<bool>&) {});
}

void RowsView::refresh()
{
    m_is_stale = true;
    askLater();
}

/// Not more often than its pause allows, one question at a time, and only while it is seen.
void RowsView::askLater()
{
    if (!m_is_stale || m_is_asking || m_is_planned || !m_is_seen)
        return;
    const qint64 due = m_since_ask.isValid() ? std::max<qint64>(0, m_pause_ms - m_since_ask.elapsed()) : 0;
    m_is_planned = true;
    QTimer::singleShot(int(due), this, [this] {
        m_is_planned = false;
        if (m_is_seen && m_is_stale && !m_is_asking)
            ask();
    });
}

void RowsView::ask()
{
    m_is_stale = false;
    m_problem = !m_desk.whyNone().isEmpty() ? m_desk.whyNone() : m_bridge.session().stateText();
    if (!m_problem.isEmpty() || !m_bridge.session().isRunning()) {
        Q_EMIT changed();
        return;
    }
    m_since_ask.start();
    std::function<Result<Seen>(Tables&)> look = [asked = query(),
                                                 at = m_bridge.frames().nowUs()](Tables& tables) -> Result<Seen> {
        Seen seen;
        auto list = tables.list();
        if (!list)
            return list.error();
        seen.tables = std::move(*list);
        seen.table = asked.table;
        auto page = tables.page(asked);
        if (!page)
            return page.error();
        seen.page = std::move(*page);
        seen.notice = QString::fromStdString(tables.notice());
        seen.at_us = at;
        return seen;
    };
    m_is_asking = m_desk.ask<Seen>(this, std::move(look), [this](const Result<Seen>& seen) { take(seen); });
    if (!m_is_asking) {
        m_problem = tooManyQuestions();
        Q_EMIT changed();
    }
}

void RowsView::take(const Result<Seen>& seen)
{
    m_is_asking = false;
    m_pause_ms = std::max(refresh_every_ms, int(std::min<qint64>(m_since_ask.elapsed() * busy_share, 20'000)));
    if (!seen && seen.error().code == ErrorCode::Canceled) {
        m_is_stale = true;
    } else if (!seen) {
        m_problem = sentence(seen.error());
        if (seen.error().retry != Retry::Never && seen.error().code != ErrorCode::NotFound)
            m_is_stale = true;
    } else {
        m_problem.clear();
        showList(seen->tables);
        if (seen->table == m_table) {
            const auto table = std::find_if(seen->tables.begin(), seen->tables.end(),
                                            [this](const TableInfo& one) { return one.name == m_table; });
            if (table != seen->tables.end())
                m_model.show(*table, seen->page);
            fitColumns();
            filterWanted();
            showState(*seen);
            showSelected();
            keepInSight();
        } else {
            m_is_stale = true; // Another one was chosen meanwhile.
        }
    }
    Q_EMIT changed();
    askLater();
}

void RowsView::showList(const std::vector<TableInfo>& tables)
{
    const QSignalBlocker blocker(m_list);
    const bool is_same = m_list->topLevelItemCount() == int(tables.size());
    if (!is_same)
        m_list->clear();
    for (std::size_t i = 0; i < tables.size(); ++i) {
        QTreeWidgetItem* item = is_same ? m_list->topLevelItem(int(i)) : new QTreeWidgetItem(m_list);
        item->setText(0, QString::fromStdString(tables[i].name));
        item->setText(1, rowCountText(tables[i]));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setFont(1, Theme::monoFont(11.5));
        item->setToolTip(0, tables[i].is_view ? tr("%1 (a view)").arg(item->text(0)) : item->text(0));
        if (tables[i].name == m_table)
            m_list->setCurrentItem(item);
    }
    showTouched();
}

/// Once for each table, and for each set of columns: a person may have made them wider since.
void RowsView::fitColumns()
{
    const std::string columns_of = m_model.table().name + (m_model.hasChanges() ? "+" : "");
    if (m_columns_of == columns_of)
        return;
    const bool is_same_table = !m_columns_of.empty() && m_columns_of.starts_with(m_model.table().name)
                               && columns_of.size() <= m_columns_of.size() + 1;
    QStringList names, filters;
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const int place = m_model.tableColumn(column);
        names << (place < 0 ? QString() : QString::fromStdString(m_model.table().columns[std::size_t(place)].name));
        m_rows->setColumnWidth(column,
                               place < 0 ? change_column_width : widthOf(m_model.table().columns[std::size_t(place)]));
        filters << (is_same_table && place >= 0 ? m_header->filter(place + (m_model.hasChanges() ? 0 : 1)) : QString());
    }
    m_header->setColumns(names);
    for (int column = 0; column < int(filters.size()); ++column)
        m_header->setFilter(column, filters[column]);
    m_columns_of = columns_of;
}

QString RowsView::momentText(std::int64_t at_us) const
{
    const double seconds = double(at_us - toMicros(m_bridge.session().startedAt())) / 1e6;
    return QStringLiteral("%1 s").arg(seconds, 0, 'f', 3);
}

void RowsView::showState(const Seen& seen)
{
    const TablePage& page = seen.page;
    QString text = tr("no rows");
    if (page.total > 0) {
        const std::int64_t last = page.first + std::int64_t(page.rows.size());
        text = (page.has_more ? tr("rows %1–%2 of more than %3") : tr("rows %1–%2 of %3"))
                   .arg(grouped(page.first + 1), grouped(last), grouped(page.total));
    }
    if (m_desk.followsMoment())
        text = tr("%1 at %2").arg(text, momentText(seen.at_us));
    const QString source = m_desk.source();
    if (!source.isEmpty())
        text += QStringLiteral(" · ") + source;
    if (!m_desk.followsMoment() && !m_bridge.frames().isFollowing())
        text = tr("%1, not at the moment shown").arg(text);
    if (!seen.notice.isEmpty())
        text += QStringLiteral(" · ") + seen.notice;
    // Said, not only in the tooltip of the button that cannot be pressed.
    if (const QString why = m_desk.whyNoMark(); !why.isEmpty())
        text += QStringLiteral(" · ") + why.section(QLatin1Char('.'), 0, 0);
    m_state->setText(text);
    m_state->setToolTip(text);
}

void RowsView::showMark()
{
    const bool is_marked = m_desk.isMarked();
    m_changed_only->setVisible(is_marked);
    m_mark->setText(!is_marked               ? tr("Compare from here")
                    : m_desk.followsMoment() ? tr("Since %1 ✕").arg(momentText(m_desk.markedUs()))
                                             : tr("Since the mark ✕"));
    m_since_look->setToolTip(tr("Rows that are added, changed or gone since the rows were last in sight are told: look "
                                "at another panel, and come back"));
    allow(m_since_look, m_desk.whyNoMark());
    m_mark->setToolTip(is_marked ? tr("Compare no more")
                                 : tr("Mark the moment shown: rows that are added, changed or gone since "
                                      "then are told"));
    allow(m_mark, m_desk.whyNoMark());
}

void RowsView::showSelected()
{
    m_writer.reset();
    int row = m_rows->currentIndex().row();
    if (!m_selected.isEmpty() && (row < 0 || m_model.keyOf(row) != m_selected)) {
        // It has moved: newer rows came before it.
        const QSignalBlocker blocker(m_rows->selectionModel());
        row = -1;
        const int first = int(m_model.page().first);
        for (int i = first; i < first + int(m_model.page().rows.size()) && row < 0; ++i) {
            if (m_model.keyOf(i) == m_selected)
                row = i;
        }
        row < 0 ? m_rows->selectionModel()->clear() : m_rows->selectRow(row);
        m_rows->viewport()->update();
    }
    const CellRow* cells = row < 0 || m_selected.isEmpty() ? nullptr : m_model.rowAt(row);
    const FramePump& frames = m_bridge.frames();
    if (cells && m_model.changeAt(row) != RowChange::Gone)
        m_writer = findRowWriter(frames.timeline(), frames.index(), frames.names(), m_model.table(), *cells);
    m_go->setVisible(m_writer.has_value());
    m_written->setText(!cells     ? tr("Select a row to see who wrote it.")
                       : m_writer ? tr("Written by %1 at %2, entry %3")
                                        .arg(writerText(*m_writer, frames.names()), momentText(m_writer->entry.time_us),
                                             grouped(std::int64_t(m_writer->index)))
                                  : tr("Who wrote this row is unknown: the journal does not tell."));
    m_written->setToolTip(m_written->text());
}

void RowsView::goToWriter()
{
    if (!m_writer)
        return;
    m_bridge.player().setPlaying(false);
    m_bridge.frames().goTo(m_writer->index + 1);
}

/// Asks for the page that is in sight.
void RowsView::keepInSight()
{
    const int first = m_rows->rowAt(0);
    const int bottom = m_rows->rowAt(m_rows->viewport()->height() - 1);
    const int last = bottom < 0 ? m_model.rowCount() - 1 : bottom;
    if (const auto wanted = m_model.wantedPage(std::max(first, 0), last)) {
        m_first = *wanted;
        m_pause_ms = std::min(m_pause_ms, refresh_every_ms);
        refresh();
    }
}

} // namespace orderlab::ui
