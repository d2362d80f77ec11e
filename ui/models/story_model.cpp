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
        return timeText(index.row());
    return step.title;
}

QVariant StoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Time ? timeFormText(m_form) + QStringLiteral(" ▾") : tr("What happened");
}

QString StoryModel::timeFormText(TimeForm form)
{
    switch (form) {
    case TimeForm::AfterStart: return tr("After");
    case TimeForm::AfterLast: return tr("Step");
    case TimeForm::InRun: return tr("In the run");
    case TimeForm::Clock: return tr("Clock");
    }
    return {};
}

void StoryModel::setTimeForm(TimeForm form, std::int64_t run_start_us)
{
    m_form = form;
    m_run_start_us = run_start_us;
    Q_EMIT headerDataChanged(Qt::Horizontal, Time, Time);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Time), index(rowCount() - 1, Time));
}

QString StoryModel::timeText(int row) const
{
    const std::int64_t time_us = stepAt(row).entry.time_us;
    switch (m_form) {
    case TimeForm::AfterStart: return afterText(time_us - firstUs());
    case TimeForm::AfterLast: return row == 0 ? QString() : afterText(time_us - stepAt(row - 1).entry.time_us);
    case TimeForm::InRun: return QStringLiteral("%1 s").arg(double(time_us - m_run_start_us) / 1e6, 0, 'f', 3);
    case TimeForm::Clock: return clockText(time_us);
    }
    return {};
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
