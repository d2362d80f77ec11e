#include "ui/own_workers/promises_model.h"

#include "own_worker/worker_message.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"

namespace orderlab::ui {

void PromisesModel::setTrial(std::optional<WorkerTrial> trial)
{
    beginResetModel();
    m_trial = std::move(trial);
    endResetModel();
}

const PromiseVerdict* PromisesModel::promise(int row) const
{
    return m_trial && row >= 0 && std::size_t(row) < m_trial->promises.size() ? &m_trial->promises[std::size_t(row)]
                                                                              : nullptr;
}

bool PromisesModel::isBroken(int row) const
{
    const PromiseVerdict* const one = promise(row);
    return one ? one->broken > 0 : m_trial->difference.has_value();
}

int PromisesModel::firstBroken() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (isBroken(row))
            return row;
    }
    return -1;
}

QString PromisesModel::cell(int row, int column) const
{
    const PromiseVerdict* const one = promise(row);
    const bool is_broken = isBroken(row);
    switch (column) {
    case Promise: return one ? invariantTitle(one->name) : tr("Its answers do not depend on chance");
    case Verdict: return is_broken ? tr("✕ broken") : tr("✓ holds");
    case Worlds:
        if (!is_broken)
            return tr("none");
        return one ? tr("%1 of %2, first seed %3").arg(one->broken).arg(m_trial->worlds).arg(one->first_seed)
                   : tr("seed %1, run twice").arg(m_trial->difference_seed);
    case Smallest:
        if (!is_broken)
            return {};
        return one ? toQt(one->explanation) : details(row);
    default: return {};
    }
}

QString PromisesModel::details(int row) const
{
    const PromiseVerdict* const one = promise(row);
    if (!m_trial || row < 0 || row >= rowCount())
        return {};
    if (!isBroken(row))
        return one ? tr("%1: kept in all %2 worlds.").arg(invariantTitle(one->name)).arg(m_trial->worlds)
                   : tr("The first seeds were run twice, and the program gave the same answers.");
    if (!one) {
        const auto& difference = *m_trial->difference;
        return tr("Seed %1 gave other answers the second time: %2 said “%3”, then “%4”. Take time and chance from "
                  "Orderlab only.")
            .arg(m_trial->difference_seed)
            .arg(toQt(difference.member), toQt(shownText(difference.first, 160)),
                 toQt(shownText(difference.second, 160)));
    }
    const QString smallest = one->explanation.empty() ? tr("No smaller world was found.")
                                                      : tr("The smallest world, at %1: %2")
                                                            .arg(momentText(std::int64_t(one->virtual_seconds * 1e6)),
                                                                 toQt(one->explanation));
    return tr("%1: broken in %2 of %3 worlds, first with seed %4. %5")
        .arg(invariantTitle(one->name))
        .arg(one->broken)
        .arg(m_trial->worlds)
        .arg(one->first_seed)
        .arg(smallest);
}

QString PromisesModel::text() const
{
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column)
            cells << cell(row, column);
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

int PromisesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_trial ? 0 : int(m_trial->promises.size()) + 1;
}

int PromisesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PromisesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole: return cell(index.row(), index.column());
    case Qt::ToolTipRole: return details(index.row());
    case Qt::ForegroundRole:
        if (index.column() == Verdict)
            return isBroken(index.row()) ? colours().failure : colours().ok;
        return {};
    default: return {};
    }
}

QVariant PromisesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Promise: return tr("Promise");
    case Verdict: return tr("Verdict");
    case Worlds: return tr("Worlds that break it");
    case Smallest: return tr("What happens in the smallest");
    default: return {};
    }
}

} // namespace orderlab::ui
