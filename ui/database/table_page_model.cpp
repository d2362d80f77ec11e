#include "ui/database/table_page_model.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

QString changeText(RowChange change)
{
    switch (change) {
    case RowChange::Same: return {};
    case RowChange::Added: return TablePageModel::tr("+ added");
    case RowChange::Changed: return TablePageModel::tr("± changed");
    case RowChange::Gone: return TablePageModel::tr("− gone");
    }
    return {};
}

QString shown(const Cell& cell)
{
    return cell ? QString::fromStdString(*cell) : QStringLiteral("NULL");
}

} // namespace

CellStyle styleOf(const std::string& type)
{
    if (type == "bigint" || type == "integer" || type == "smallint")
        return CellStyle::Number;
    const bool is_mono = type == "uuid" || type == "bytea" || type.starts_with("timestamp") || type.starts_with("json");
    return is_mono ? CellStyle::Mono : CellStyle::Words;
}

int widthOf(const TableColumn& column)
{
    if (column.type == "uuid")
        return 112;
    if (column.type.starts_with("timestamp"))
        return 218;
    if (column.type.starts_with("json") || column.name == "error" || column.name == "consumer_group"
        || column.name == "traceparent" || column.name == "key" || column.name == "fingerprint")
        return 170;
    if (styleOf(column.type) == CellStyle::Number)
        return 96;
    return column.type == "text" || column.type == "event_type" ? 124 : 80;
}

void TablePageModel::show(const TableInfo& table, TablePage page)
{
    const bool has_changes = !page.changes.empty() || (page.rows.empty() && m_has_changes);
    if (table.name != m_table.name || table.columns != m_table.columns || has_changes != m_has_changes) {
        beginResetModel();
        m_table = table;
        m_has_changes = has_changes;
        m_page = std::move(page);
        m_rows = int(m_page.total);
        endResetModel();
        return;
    }
    const int rows = int(page.total);
    m_page = std::move(page);
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    // Rows come and go at the end; the others are new as they are.
    if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    } else if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
}

void TablePageModel::clear()
{
    beginResetModel();
    m_table = {};
    m_page = {};
    m_has_changes = false;
    m_rows = 0;
    endResetModel();
}

void TablePageModel::setTouched(std::vector<RowsPlace> places)
{
    if (places == m_touched)
        return;
    m_touched = std::move(places);
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1), {TouchedRole, Qt::ToolTipRole});
}

bool TablePageModel::isTouched(int row) const
{
    const CellRow* cells = rowAt(row);
    return cells && std::any_of(m_touched.begin(), m_touched.end(), [&](const RowsPlace& place) {
               return place.has(m_table, *cells);
           });
}

const CellRow* TablePageModel::rowAt(int row) const
{
    const std::int64_t place = row - m_page.first;
    return place >= 0 && place < std::int64_t(m_page.rows.size()) ? &m_page.rows[std::size_t(place)] : nullptr;
}

Cell TablePageModel::cellAt(int row, const std::string& column) const
{
    const CellRow* cells = rowAt(row);
    for (std::size_t i = 0; cells && i < m_table.columns.size() && i < cells->size(); ++i) {
        if (m_table.columns[i].name == column)
            return (*cells)[i];
    }
    return {};
}

RowChange TablePageModel::changeAt(int row) const
{
    const std::int64_t place = row - m_page.first;
    return place >= 0 && place < std::int64_t(m_page.changes.size()) ? m_page.changes[std::size_t(place)]
                                                                     : RowChange::Same;
}

QString TablePageModel::keyOf(int row) const
{
    const CellRow* cells = rowAt(row);
    QStringList key;
    for (std::size_t i = 0; cells && i < m_table.columns.size() && i < cells->size(); ++i) {
        if (m_table.columns[i].is_key)
            key << shown((*cells)[i]);
    }
    return key.join(QLatin1Char('\n'));
}

std::optional<std::int64_t> TablePageModel::wantedPage(int first, int last) const
{
    first = std::clamp(first, 0, std::max(0, m_rows - 1));
    last = std::clamp(last, first, std::max(0, m_rows - 1));
    if (m_rows == 0 || (rowAt(first) && rowAt(last)))
        return std::nullopt;
    const std::int64_t middle = (std::int64_t(first) + last) / 2;
    return std::max<std::int64_t>(0, middle - Tables::page_rows / 2);
}

int TablePageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int TablePageModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_table.columns.size()) + (m_has_changes ? 1 : 0);
}

QVariant TablePageModel::changeData(int row, int role) const
{
    const RowChange change = changeAt(row);
    switch (role) {
    case Qt::DisplayRole: return changeText(change);
    case ChangeRole: return int(change);
    case Qt::ToolTipRole: return change == RowChange::Gone ? tr("The row as it was at the marked moment") : QVariant();
    default: return {};
    }
}

bool TablePageModel::isCellChanged(std::size_t row, std::size_t column) const
{
    return row < m_page.before.size() && column < m_page.before[row].size()
           && m_page.before[row][column] != m_page.rows[row][column];
}

QVariant TablePageModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int column = tableColumn(index.column());
    if (column < 0)
        return changeData(index.row(), role);
    const CellRow* row = rowAt(index.row());
    if (!row || std::size_t(column) >= row->size())
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    const Cell& cell = (*row)[std::size_t(column)];
    const std::size_t place = std::size_t(index.row() - m_page.first);
    switch (role) {
    case Qt::DisplayRole: return shown(cell);
    case NullRole: return !cell.has_value();
    case ChangeRole: return int(changeAt(index.row()));
    case CellChangedRole: return isCellChanged(place, std::size_t(column));
    case TouchedRole: return isTouched(index.row());
    case StyleRole: return int(styleOf(m_table.columns[std::size_t(column)].type));
    case Qt::TextAlignmentRole:
        return int(styleOf(m_table.columns[std::size_t(column)].type) == CellStyle::Number
                       ? Qt::AlignRight | Qt::AlignVCenter
                       : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (isCellChanged(place, std::size_t(column)))
            return tr("%1\nwas: %2").arg(shown(cell), shown(m_page.before[place][std::size_t(column)]));
        return cell && cell->empty() ? tr("(an empty text)") : shown(cell);
    default: return {};
    }
}

QVariant TablePageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const int column = tableColumn(section);
    if (column < 0)
        return role == Qt::DisplayRole ? QVariant(tr("since")) : QVariant();
    const TableColumn& shown_column = m_table.columns[std::size_t(column)];
    if (role == Qt::DisplayRole)
        return QString::fromStdString(shown_column.name);
    if (role == Qt::ToolTipRole)
        return (shown_column.is_key ? tr("%1 %2 (key)") : QStringLiteral("%1 %2"))
            .arg(QString::fromStdString(shown_column.name), QString::fromStdString(shown_column.type));
    if (role == Qt::TextAlignmentRole)
        return int(styleOf(shown_column.type) == CellStyle::Number ? Qt::AlignRight | Qt::AlignVCenter
                                                                   : Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace orderlab::ui
