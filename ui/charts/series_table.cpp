#include "ui/charts/series_table.h"

#include <algorithm>

namespace orderlab::ui {

void SeriesTable::show(const std::vector<Chart>& charts)
{
    beginResetModel();
    m_seconds.clear();
    m_columns.clear();
    for (const Chart& chart : charts) {
        for (const ChartLine& line : chart.lines) {
            for (const auto* points : {&line.points, &line.other}) {
                for (const QPointF& point : *points)
                    m_seconds.push_back(point.x());
            }
            for (const ChartLine::Band& one : line.band)
                m_seconds.push_back(one.x);
        }
    }
    std::sort(m_seconds.begin(), m_seconds.end());
    m_seconds.erase(std::unique(m_seconds.begin(), m_seconds.end()), m_seconds.end());
    const auto add = [&](const QString& title, const std::vector<QPointF>& points) {
        Column column{title, std::vector<std::optional<double>>(m_seconds.size())};
        for (const QPointF& point : points) {
            const auto at = std::lower_bound(m_seconds.begin(), m_seconds.end(), point.x());
            column.values[std::size_t(at - m_seconds.begin())] = point.y();
        }
        m_columns.push_back(std::move(column));
    };
    for (const Chart& chart : charts) {
        for (const ChartLine& line : chart.lines) {
            const QString title = QStringLiteral("%1: %2 (%3)").arg(chart.title, line.name, chart.unit);
            add(title, line.points);
            if (!line.other.empty())
                add(tr("%1, other world").arg(title), line.other);
            if (line.band.empty())
                continue;
            std::vector<QPointF> low, median, high;
            for (const ChartLine::Band& one : line.band) {
                low.emplace_back(one.x, one.low);
                median.emplace_back(one.x, one.median);
                high.emplace_back(one.x, one.high);
            }
            add(tr("%1, a tenth of the worlds is below").arg(title), low);
            add(tr("%1, half of the worlds is below").arg(title), median);
            add(tr("%1, a tenth of the worlds is above").arg(title), high);
        }
    }
    endResetModel();
}

int SeriesTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_seconds.size());
}

int SeriesTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size()) + 1;
}

QVariant SeriesTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == 0)
        return QString::number(m_seconds[std::size_t(index.row())], 'f', 4);
    const auto& value = m_columns[std::size_t(index.column() - 1)].values[std::size_t(index.row())];
    return value ? QString::number(*value, 'f', *value == double(std::int64_t(*value)) ? 0 : 3) : QStringLiteral("–");
}

QVariant SeriesTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return section == 0 ? tr("Second") : m_columns[std::size_t(section - 1)].title;
}

} // namespace orderlab::ui
