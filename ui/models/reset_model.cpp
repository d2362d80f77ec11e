#include "ui/models/reset_model.h"

#include "ui/models/format.h"

namespace orderlab::ui {

void ResetModel::show(std::vector<OffsetChange> changes)
{
    beginResetModel();
    m_changes = std::move(changes);
    endResetModel();
}

int ResetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_changes.size());
}

int ResetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ResetModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_changes.size())
        return {};
    const OffsetChange& change = m_changes[std::size_t(index.row())];
    const std::int64_t again = change.seenAgain();
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Topic: return toQt(topicName(change.where.topic));
    case Partition: return QString::number(change.where.partition);
    case From: return grouped(change.from);
    case To: return grouped(change.to);
    case Effect:
        return again > 0   ? tr("%1 seen again").arg(grouped(again))
               : again < 0 ? tr("%1 never seen").arg(grouped(-again))
                           : tr("stays");
    default: return {};
    }
}

QVariant ResetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles = {tr("Topic"), tr("Partition"), tr("From"), tr("To"), tr("Events")};
    return titles.value(section);
}

} // namespace orderlab::ui
