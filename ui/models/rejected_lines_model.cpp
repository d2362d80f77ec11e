#include "ui/models/rejected_lines_model.h"

#include "ui/models/format.h"

namespace orderlab::ui {

void RejectedLinesModel::add(std::vector<RejectedLine> lines)
{
    if (lines.empty())
        return;
    beginInsertRows({}, int(m_lines.size()), int(m_lines.size() + lines.size()) - 1);
    m_lines.insert(m_lines.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
    endInsertRows();
}

int RejectedLinesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int RejectedLinesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant RejectedLinesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_lines.size()
        || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const RejectedLine& line = m_lines[std::size_t(index.row())];
    switch (index.column()) {
    case Line: return qulonglong(line.line);
    case Field: return line.field.empty() ? QStringLiteral("–") : toQt(line.field);
    case Reason: return toQt(line.reason);
    case Text: return toQt(line.text).simplified();
    default: return {};
    }
}

QVariant RejectedLinesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles = {tr("Line"), tr("Field"), tr("Why"), tr("What it says")};
    return titles.value(section);
}

} // namespace orderlab::ui
