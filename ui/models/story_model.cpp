#include "ui/models/story_model.h"

#include "ui/models/format.h"

#include <algorithm>

namespace orderlab::ui {

StoryModel::StoryModel(QObject* parent) : QAbstractTableModel(parent) {}

void StoryModel::show(Story story)
{
    const std::size_t had = m_story.steps.size();
    const bool continues = had > 0 && story.steps.size() >= had
                           && story.steps.front().entry == m_story.steps.front().entry
                           && story.steps[had - 1].entry == m_story.steps[had - 1].entry;
    if (!continues) {
        beginResetModel();
        m_story = std::move(story);
        endResetModel();
        return;
    }
    const std::size_t has = story.steps.size();
    if (has == had) {
        m_story = std::move(story);
        return;
    }
    beginInsertRows({}, int(had), int(has) - 1);
    m_story = std::move(story);
    endInsertRows();
}

int StoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_story.steps.size());
}

int StoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant StoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_story.steps.size())
        return {};
    const StoryStep& step = m_story.steps[std::size_t(index.row())];
    if (role == Qt::ToolTipRole)
        return step.summary;
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == Time)
        return afterText(step.entry.time_us - firstUs());
    return step.title;
}

QVariant StoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Time ? QStringLiteral("After") : QStringLiteral("What happened");
}

std::int64_t StoryModel::firstUs() const
{
    std::int64_t first_us = INT64_MAX;
    for (const StoryStep& step : m_story.steps) {
        if (!step.entry.order.isNull())
            first_us = std::min(first_us, step.entry.time_us);
    }
    return first_us == INT64_MAX ? 0 : first_us;
}

} // namespace orderlab::ui
