#include "ui/story/two_stories_model.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

std::int64_t beginningOf(const Story& story)
{
    std::int64_t first_us = INT64_MAX;
    for (const StoryStep& step : story.steps) {
        if (!step.entry.order.isNull())
            first_us = std::min(first_us, step.entry.time_us);
    }
    return first_us == INT64_MAX ? 0 : first_us;
}

} // namespace

void TwoStoriesModel::show(Story left, Story right, const QString& left_name, const QString& right_name,
                           const JournalNames& names)
{
    beginResetModel();
    m_left = std::move(left);
    m_right = std::move(right);
    m_left_name = left_name;
    m_right_name = right_name;
    m_left_first_us = beginningOf(m_left);
    m_right_first_us = beginningOf(m_right);
    m_rows = alignStories(m_left, m_right, names);
    m_differences = int(std::count_if(m_rows.begin(), m_rows.end(),
                                      [](const AlignedSteps& row) { return row.kind != AlignedSteps::Kind::Same; }));
    endResetModel();
}

int TwoStoriesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TwoStoriesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant TwoStoriesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    using Kind = AlignedSteps::Kind;
    const AlignedSteps& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case KindRole: return int(row.kind);
    case LeftRole: return row.left;
    case RightRole: return row.right;
    case Qt::TextAlignmentRole:
        return index.column() == Mark ? int(Qt::AlignCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    default: break;
    }
    if (index.column() == Mark) {
        const bool asks_for_words = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
        if (role != Qt::DisplayRole && !asks_for_words)
            return {};
        switch (row.kind) {
        case Kind::Same: return asks_for_words ? tr("the same") : QStringLiteral("=");
        case Kind::Different: return asks_for_words ? tr("the same step, with another outcome") : QStringLiteral("≠");
        case Kind::LeftOnly: return asks_for_words ? tr("only in the story at the left") : QStringLiteral("◂");
        case Kind::RightOnly: return asks_for_words ? tr("only in the story at the right") : QStringLiteral("▸");
        }
        return {};
    }
    const bool is_left = index.column() < Mark;
    const int step = is_left ? row.left : row.right;
    if (step < 0)
        return {};
    const StoryStep& shown = (is_left ? m_left : m_right).steps[std::size_t(step)];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == LeftTime || index.column() == RightTime)
            return afterText(shown.entry.time_us - (is_left ? m_left_first_us : m_right_first_us));
        return shown.is_unusual ? tr("! %1").arg(shown.title) : shown.title;
    case Qt::ToolTipRole: return shown.summary;
    case ToneRole: return int(shown.tone);
    default: return {};
    }
}

QVariant TwoStoriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LeftStep: return m_left_name;
    case RightStep: return m_right_name;
    case LeftTime:
    case RightTime: return tr("After");
    default: return QString();
    }
}

} // namespace orderlab::ui
