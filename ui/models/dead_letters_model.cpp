#include "ui/models/dead_letters_model.h"

#include "ui/models/format.h"
#include "ui/models/row_trouble.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

bool isSameCause(const DeadLetterCause& a, const DeadLetterCause& b)
{
    return a.group == b.group && a.event_type == b.event_type && a.code == b.code && a.error == b.error;
}

bool isOf(const DeadLetter& letter, const DeadLetterCause& cause)
{
    return letter.group == cause.group && letter.event.type == cause.event_type && letter.code == cause.code
           && letter.error == cause.error;
}

/// One that was given up again has another place.
bool isSamePlace(const DeadLetter& a, const DeadLetter& b)
{
    return a.id == b.id && a.created_at == b.created_at;
}

QString countText(std::int64_t count)
{
    return counted(count, QT_TRANSLATE_N_NOOP("counted", "%n letters"));
}

/// How often a replay has ended among the dead letters again.
std::int64_t comebacks(const DeadLetter& letter)
{
    if (letter.state != DeadLetterState::Waiting)
        return 0;
    return std::count_if(letter.audit.begin(), letter.audit.end(), [](const DeadLetterAct& act) {
        return act.kind == DeadLetterAct::Kind::Replayed || act.kind == DeadLetterAct::Kind::Edited;
    });
}

QString cameBackText(std::int64_t times)
{
    return times == 1 ? DeadLettersModel::tr("↩ came back") : DeadLettersModel::tr("↩ came back %1×").arg(times);
}

} // namespace

DeadLettersModel::DeadLettersModel(std::string group_prefix, QObject* parent)
    : QAbstractItemModel(parent), m_group_prefix(std::move(group_prefix))
{}

void DeadLettersModel::show(const std::vector<DeadLetterCause>& causes, const std::vector<DeadLetter>& letters)
{
    showCauses(causes);
    for (int row = 0; row < int(m_branches.size()); ++row) {
        std::vector<DeadLetter> mine;
        std::copy_if(letters.begin(), letters.end(), std::back_inserter(mine),
                     [&](const DeadLetter& letter) { return isOf(letter, m_branches[std::size_t(row)].cause); });
        showLetters(row, mine);
    }
}

/// Those that are known keep their places; new ones come behind them.
void DeadLettersModel::showCauses(const std::vector<DeadLetterCause>& causes)
{
    for (int row = int(m_branches.size()) - 1; row >= 0; --row) {
        const DeadLetterCause& known = m_branches[std::size_t(row)].cause;
        if (std::any_of(causes.begin(), causes.end(), [&](const auto& cause) { return isSameCause(cause, known); }))
            continue;
        beginRemoveRows({}, row, row);
        m_branches.erase(m_branches.begin() + row);
        endRemoveRows();
    }
    for (const DeadLetterCause& cause : causes) {
        const auto known = std::find_if(m_branches.begin(), m_branches.end(),
                                        [&](const Branch& branch) { return isSameCause(branch.cause, cause); });
        const int row = int(known - m_branches.begin());
        if (known == m_branches.end()) {
            beginInsertRows({}, row, row);
            m_branches.push_back({++m_branches_made, cause, {}});
            endInsertRows();
        } else if (!(known->cause == cause)) {
            known->cause = cause;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

void DeadLettersModel::showLetters(int row, const std::vector<DeadLetter>& letters)
{
    std::vector<DeadLetter>& shown = m_branches[std::size_t(row)].letters;
    const QModelIndex branch = index(row, 0);
    for (int i = int(shown.size()) - 1; i >= 0; --i) {
        const DeadLetter& known = shown[std::size_t(i)];
        if (std::any_of(letters.begin(), letters.end(), [&](const auto& letter) { return isSamePlace(letter, known); }))
            continue;
        beginRemoveRows(branch, i, i);
        shown.erase(shown.begin() + i);
        endRemoveRows();
    }
    for (int i = 0; i < int(letters.size()); ++i) {
        const DeadLetter& letter = letters[std::size_t(i)];
        if (std::size_t(i) == shown.size() || !isSamePlace(shown[std::size_t(i)], letter)) {
            beginInsertRows(branch, i, i);
            shown.insert(shown.begin() + i, letter);
            endInsertRows();
        } else if (!(shown[std::size_t(i)] == letter)) {
            shown[std::size_t(i)] = letter;
            Q_EMIT dataChanged(index(i, 0, branch), index(i, ColumnCount - 1, branch));
        }
    }
}

const DeadLetterCause* DeadLettersModel::causeAt(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() == 0 ? &m_branches[std::size_t(index.row())].cause : nullptr;
}

const DeadLetter* DeadLettersModel::letterAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_branches[std::size_t(rowOf(index.internalId()))].letters[std::size_t(index.row())];
}

std::vector<DeadLetter> DeadLettersModel::lettersOf(const QModelIndex& index) const
{
    return causeAt(index) ? m_branches[std::size_t(index.row())].letters : std::vector<DeadLetter>();
}

int DeadLettersModel::rowOf(quintptr branch) const
{
    const auto found =
        std::find_if(m_branches.begin(), m_branches.end(), [&](const Branch& one) { return one.id == branch; });
    return int(found - m_branches.begin());
}

QModelIndex DeadLettersModel::indexOf(const Uuid& id) const
{
    for (int row = 0; row < int(m_branches.size()); ++row) {
        const auto& letters = m_branches[std::size_t(row)].letters;
        const auto found =
            std::find_if(letters.begin(), letters.end(), [&](const DeadLetter& letter) { return letter.id == id; });
        if (found != letters.end())
            return index(int(found - letters.begin()), 0, index(row, 0));
    }
    return {};
}

/// A cause's rows have id 0, a letter's that of its cause.
QModelIndex DeadLettersModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? m_branches[std::size_t(parent.row())].id : quintptr(0));
}

QModelIndex DeadLettersModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(rowOf(index.internalId()), 0, quintptr(0));
}

int DeadLettersModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_branches.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return int(m_branches[std::size_t(parent.row())].letters.size());
}

int DeadLettersModel::columnCount(const QModelIndex&) const
{
    return int(ColumnCount);
}

QString DeadLettersModel::groupText(const std::string& group) const
{
    return toQt(!m_group_prefix.empty() && group.starts_with(m_group_prefix)
                    ? std::string_view(group).substr(m_group_prefix.size())
                    : std::string_view(group));
}

QString DeadLettersModel::textOf(const Branch& branch, int column) const
{
    const DeadLetterCause& cause = branch.cause;
    switch (column) {
    case Cause:
        return QStringLiteral("%1 × %2 · %3, %4")
            .arg(grouped(cause.count), toQt(cause.error), groupText(cause.group), toQt(topicName(cause.event_type)));
    case Event: return toQt(topicName(cause.event_type));
    case Group: return groupText(cause.group);
    case When: return clockText(toMicros(cause.newest));
    default: return {};
    }
}

QString DeadLettersModel::textOf(const DeadLetter& letter, int column) const
{
    switch (column) {
    case Cause:
        if (const std::int64_t times = comebacks(letter); times > 0)
            return toQt(letter.event.data.user_id) + QStringLiteral("  ") + cameBackText(times);
        return letter.event.undecodable ? tr("not an event of ours") : toQt(letter.event.data.user_id);
    case Event: return toQt(topicName(letter.event.type));
    case Group: return groupText(letter.group);
    case Order: return letter.event.order.isNull() ? QStringLiteral("–") : shortId(letter.event.order);
    case Attempts: return QString::number(letter.attempts);
    case When: return clockText(toMicros(letter.created_at));
    default: return {};
    }
}

QVariant DeadLettersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const DeadLetter* letter = letterAt(index);
    const Branch& branch = m_branches[std::size_t(letter ? rowOf(index.internalId()) : index.row())];
    switch (role) {
    case Qt::DisplayRole: return letter ? textOf(*letter, index.column()) : textOf(branch, index.column());
    case trouble_role: return int(letter && comebacks(*letter) > 0 ? RowTrouble::Late : RowTrouble::None);
    case Qt::ToolTipRole:
        if (letter && index.column() == Cause && comebacks(*letter) > 0)
            return tr("It was replayed, and was given up again.") + QLatin1Char('\n') + toQt(letter->error);
        if (letter && index.column() == Order && !letter->event.order.isNull())
            return QString::fromStdString(letter->event.order.toString());
        if (!letter && std::int64_t(branch.letters.size()) < branch.cause.count)
            return tr("%1\nThe newest %2 of %3 are listed.")
                .arg(toQt(branch.cause.error), grouped(std::int64_t(branch.letters.size())),
                     grouped(branch.cause.count));
        return toQt(letter ? letter->error : branch.cause.error);
    case Qt::AccessibleTextRole:
        if (index.column() == Cause)
            return letter ? tr("Dead letter of %1, order %2").arg(textOf(*letter, Cause), textOf(*letter, Order))
                          : QStringLiteral("%1: %2").arg(countText(branch.cause.count), toQt(branch.cause.error));
        return {};
    default: return {};
    }
}

QVariant DeadLettersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles = {tr("Cause and customer"), tr("Group"), tr("Order"),
                                       tr("Given up"),           tr("Event"), tr("Attempts")};
    return titles.value(section);
}

} // namespace orderlab::ui
