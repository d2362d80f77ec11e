#include "ui/observe/log_model.h"

#include "observe/journal_log.h"
#include "ui/models/format.h"
#include "ui/theme/core_text.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"

#include <algorithm>

namespace orderlab::ui {

LogModel::LogModel(const LabBridge& bridge, QObject* parent) : QAbstractTableModel(parent), m_bridge(bridge) {}

void LogModel::setFilter(const Filter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    forget();
    read();
}

void LogModel::forget()
{
    beginResetModel();
    m_rows.clear();
    m_read = m_skipped = 0;
    endResetModel();
}

bool LogModel::matches(const Entry& entry) const
{
    const JournalLogRow* const row = journalLogRow(entry.kind);
    if (!row || row->level < m_filter.least)
        return false;
    if (m_filter.span && !m_filter.span->meets(entry.time_us, entry.time_us))
        return false;
    if (m_filter.text.isEmpty())
        return true;
    const QString& text = m_filter.text;
    return textOf(entry, Message).contains(text, Qt::CaseInsensitive)
           || textOf(entry, Group).contains(text, Qt::CaseInsensitive)
           || (!entry.order.isNull()
               && QString::fromStdString(entry.order.toString()).contains(text, Qt::CaseInsensitive));
}

void LogModel::read()
{
    const Timeline& timeline = m_bridge.frames().timeline();
    const std::uint64_t end = timeline.endIndex();
    std::uint64_t from = std::max(m_read, timeline.firstIndex());
    if (end - from > scan_max) {
        m_skipped += end - scan_max - from;
        from = end - scan_max;
    }
    std::vector<std::uint64_t> found;
    for (; from < end; ++from) {
        if (matches(timeline.at(from)))
            found.push_back(from);
    }
    m_read = end;
    if (found.size() > rows_max)
        found.erase(found.begin(), found.end() - std::ptrdiff_t(rows_max));
    if (found.empty())
        return;
    if (const std::size_t all = m_rows.size() + found.size(); all > rows_max) {
        const std::size_t gone = std::min(m_rows.size(), all - rows_max);
        beginRemoveRows({}, 0, int(gone) - 1);
        m_rows.erase(m_rows.begin(), m_rows.begin() + std::ptrdiff_t(gone));
        endRemoveRows();
    }
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + found.size()) - 1);
    m_rows.insert(m_rows.end(), found.begin(), found.end());
    endInsertRows();
}

int LogModel::rowsPassed() const
{
    return int(std::lower_bound(m_rows.begin(), m_rows.end(), m_moment) - m_rows.begin());
}

void LogModel::setMoment(std::uint64_t index)
{
    const int before = rowsPassed();
    m_moment = index;
    const int now = rowsPassed();
    if (now != before)
        Q_EMIT dataChanged(this->index(std::min(before, now), 0),
                           this->index(std::max(before, now) - 1, ColumnCount - 1), {Qt::ForegroundRole});
}

OrderId LogModel::orderOf(int row) const
{
    const Timeline& timeline = m_bridge.frames().timeline();
    const std::uint64_t index = entryOf(row);
    return index < timeline.firstIndex() ? OrderId() : OrderId(timeline.at(index).order);
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LogModel::textOf(const Entry& entry, int column) const
{
    const JournalNames& names = m_bridge.frames().names();
    const JournalLogRow& row = *journalLogRow(entry.kind);
    switch (column) {
    case Time: return momentText(entry.time_us - toMicros(m_bridge.session().startedAt()));
    case Level: {
        const QString word = coreText(name(row.level));
        return row.level == LogLevel::Error     ? QStringLiteral("✕ ") + word
               : row.level == LogLevel::Warning ? QStringLiteral("▲ ") + word
                                                : word;
    }
    case Area: return coreText(name(row.area));
    case Message: return QString::fromStdString(journalLogWords(row, entry, names.names()));
    case Order: return entry.order.isNull() ? QString() : shortId(entry.order);
    case Group: return entry.group == 0 ? QString() : names.groupLabel(entry.group);
    case Attempt: return entry.attempt == 0 ? QString() : QString::number(entry.attempt);
    default: return {};
    }
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const std::uint64_t at = entryOf(index.row());
    const Timeline& timeline = m_bridge.frames().timeline();
    if (role == Qt::ForegroundRole && at >= m_moment)
        return colours().faint;
    if (at < timeline.firstIndex())
        return role == Qt::DisplayRole && index.column() == Message
                   ? QVariant(tr("no longer kept: the oldest entries have made room"))
                   : QVariant();
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return textOf(timeline.at(at), index.column());
    if (role == Qt::ForegroundRole) {
        switch (journalLogRow(timeline.at(at).kind)->level) {
        case LogLevel::Error: return colours().failure;
        case LogLevel::Warning: return colours().warning;
        case LogLevel::Debug: return colours().muted;
        default: return colours().text;
        }
    }
    if (role == Qt::TextAlignmentRole && (index.column() == Time || index.column() == Attempt))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QString titles[] = {tr("Time"),  tr("Level"), tr("Area"),   tr("Message"),
                                     tr("Order"), tr("Group"), tr("Attempt")};
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    return titles[section];
}

} // namespace orderlab::ui
