#include "ui/database/selected_model.h"

#include "ui/database/table_page_model.h"

namespace orderlab::ui {

void SelectedModel::show(Selected selected)
{
    beginResetModel();
    m_selected = std::move(selected);
    endResetModel();
}

int SelectedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_selected.rows.size());
}

int SelectedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_selected.columns.size());
}

QVariant SelectedModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Cell& cell = m_selected.rows[std::size_t(index.row())][std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return cell ? QString::fromStdString(*cell) : QStringLiteral("NULL");
    case TablePageModel::NullRole: return !cell.has_value();
    case TablePageModel::StyleRole: return int(CellStyle::Mono);
    default: return {};
    }
}

QVariant SelectedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    return QString::fromStdString(m_selected.columns[std::size_t(section)]);
}

} // namespace orderlab::ui
