#include "ui/story/causes_model.h"

#include <algorithm>

namespace orderlab::ui {

void CausesModel::show(const Story& story, const Names& names, std::int64_t first_us, int step)
{
    std::vector<Entry> entries;
    for (const StoryStep& one : story.steps)
        entries.push_back(one.entry);
    std::vector<CauseNode> nodes = causeTree(causesOf(entries, names), step >= 0 ? step : finalStep(entries));
    const bool is_same = nodes == m_nodes && first_us == m_first_us
                         && std::all_of(nodes.begin(), nodes.end(), [&](const CauseNode& node) {
                                const auto place = std::size_t(node.step);
                                return place < m_steps.size() && m_steps[place].entry == entries[place];
                            });
    if (is_same) {
        m_steps = story.steps; // Longer by what led to nothing here.
        return;
    }
    beginResetModel();
    m_steps = story.steps;
    m_first_us = first_us;
    m_nodes = std::move(nodes);
    m_children.assign(m_nodes.size() + 1, {});
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
        m_children[std::size_t(m_nodes[i].parent + 1)].push_back(int(i));
    endResetModel();
}

QModelIndex CausesModel::indexOf(int step) const
{
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i].step != step)
            continue;
        const auto& siblings = childrenOf(m_nodes[i].parent);
        return createIndex(int(std::find(siblings.begin(), siblings.end(), int(i)) - siblings.begin()), 0, quintptr(i));
    }
    return {};
}

QModelIndex CausesModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(childrenOf(nodeOf(parent))[std::size_t(row)]));
}

QModelIndex CausesModel::parent(const QModelIndex& index) const
{
    const int node = index.isValid() ? m_nodes[std::size_t(nodeOf(index))].parent : -1;
    if (node < 0)
        return {};
    const auto& siblings = childrenOf(m_nodes[std::size_t(node)].parent);
    return createIndex(int(std::find(siblings.begin(), siblings.end(), node) - siblings.begin()), 0, quintptr(node));
}

int CausesModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : int(childrenOf(nodeOf(parent)).size());
}

int CausesModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant CausesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CauseNode& node = m_nodes[std::size_t(nodeOf(index))];
    const StoryStep& step = m_steps[std::size_t(node.step)];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == When)
            return afterText(step.entry.time_us - m_first_us);
        if (node.is_told_above)
            return tr("%1 (told above)").arg(step.title);
        return step.is_unusual ? tr("! %1").arg(step.title) : step.title;
    case Qt::ToolTipRole: return step.summary;
    case StepRole: return node.step;
    case ToneRole: return int(step.tone);
    case ToldAboveRole: return node.is_told_above;
    default: return {};
    }
}

QVariant CausesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == When ? tr("After") : tr("What led to it");
}

} // namespace orderlab::ui
