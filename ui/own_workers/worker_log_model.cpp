#include "ui/own_workers/worker_log_model.h"

#include "ui/models/format.h"
#include "ui/models/row_trouble.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"

#include <algorithm>

namespace orderlab::ui {

void WorkerLogModel::append(std::vector<Line> lines)
{
    if (lines.empty())
        return;
    if (lines.size() > lines_max)
        lines.erase(lines.begin(), lines.end() - std::ptrdiff_t(lines_max));
    const std::size_t over = m_lines.size() + lines.size();
    if (over > lines_max) {
        const std::size_t gone = over - lines_max;
        beginRemoveRows({}, 0, int(gone) - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + std::ptrdiff_t(gone));
        endRemoveRows();
    }
    beginInsertRows({}, int(m_lines.size()), int(m_lines.size() + lines.size()) - 1);
    std::move(lines.begin(), lines.end(), std::back_inserter(m_lines));
    endInsertRows();
}

void WorkerLogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

void WorkerLogModel::forget(bool attempts)
{
    beginResetModel();
    std::erase_if(m_lines, [attempts](const Line& line) { return line.order.isNull() != attempts; });
    endResetModel();
}

QString WorkerLogModel::cell(const Line& line, int column) const
{
    switch (column) {
    case Time: return m_start_us ? momentText(line.time_us - *m_start_us) : clockText(line.time_us);
    case Member: return toQt(line.member);
    case Text:
        if (line.order.isNull())
            return toQt(line.text);
        return (line.is_last ? tr("Given up, order %1: %2") : tr("Attempt failed, order %1: %2"))
            .arg(shortId(line.order), toQt(line.text));
    default: return {};
    }
}

QString WorkerLogModel::text(int row) const
{
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells << cell(line(row), column);
    return cells.join(QLatin1Char('\t'));
}

int WorkerLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int WorkerLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant WorkerLogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Line& one = line(index.row());
    switch (role) {
    case Qt::DisplayRole: return cell(one, index.column());
    case Qt::ToolTipRole: return one.order.isNull() ? toQt(one.text) : tr("Enter tells the story of this order.");
    case Qt::FontRole: return index.column() == Text ? QVariant() : Theme::monoFont(11);
    case Qt::ForegroundRole: return one.order.isNull() ? QVariant() : colours().failure;
    case time_role: return qint64(one.time_us);
    default: return {};
    }
}

QVariant WorkerLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Member: return tr("Member");
    case Text: return tr("What it says on standard error");
    default: return {};
    }
}

} // namespace orderlab::ui
