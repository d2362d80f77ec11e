#include "ui/models/batch_edit.h"

#include "domain/event_codec.h"
#include "ui/models/format.h"
#include "ui/models/row_trouble.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace orderlab::ui {

namespace {

struct BatchEditWords {
    Q_DECLARE_TR_FUNCTIONS(BatchEditWords)
};

QJsonObject dataOf(const DeadLetter& letter)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(encodeData(letter.event.data))).object();
}

/// A text without its quotes; the rest as JSON has it.
QString jsonText(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    const QString list = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    return list.mid(1, list.size() - 2);
}

void addPaths(const QJsonObject& object, const QString& above, QStringList& paths)
{
    for (auto member = object.begin(); member != object.end() && paths.size() < paths_max; ++member) {
        const QString path = above + member.key();
        if (member->isObject())
            addPaths(member->toObject(), path + QLatin1Char('.'), paths);
        else if (!paths.contains(path))
            paths << path;
    }
}

QJsonValue valueAt(const QJsonObject& object, const QStringList& path, qsizetype at = 0)
{
    const QJsonValue member = object.value(path[at]);
    return at + 1 == path.size() ? member : valueAt(member.toObject(), path, at + 1);
}

void setAt(QJsonObject& object, const QStringList& path, const QJsonValue& value, qsizetype at = 0)
{
    if (at + 1 == path.size()) {
        object.insert(path[at], value);
        return;
    }
    QJsonObject below = object.value(path[at]).toObject();
    setAt(below, path, value, at + 1);
    object.insert(path[at], below);
}

/// Nothing: it is no JSON.
std::optional<QJsonValue> valueOf(const QString& typed, bool is_text)
{
    if (is_text)
        return QJsonValue(typed);
    const QJsonArray list = QJsonDocument::fromJson((QLatin1Char('[') + typed + QLatin1Char(']')).toUtf8()).array();
    return list.size() == 1 ? std::optional<QJsonValue>(list.first()) : std::nullopt;
}

BatchChange planOne(const DeadLetter& letter, const QStringList& path, const BatchEdit& edit)
{
    BatchChange change{letter.id, letter.event.order, {}, {}};
    if (letter.event.undecodable) {
        change.problem = BatchEditWords::tr("It is none of our events.");
        return change;
    }
    QJsonObject data = dataOf(letter);
    const QJsonValue before = valueAt(data, path);
    if (before.isUndefined() || before.isObject()) {
        change.problem = BatchEditWords::tr("It has no such field.");
        return change;
    }
    change.before = jsonText(before);
    const auto after = valueOf(edit.value, before.isString());
    if (!after) {
        change.problem = BatchEditWords::tr("The value is no JSON.");
        return change;
    }
    change.after = jsonText(*after);
    if (*after == before)
        return change;
    setAt(data, path, *after);
    const QString json = QString::fromUtf8(QJsonDocument(data).toJson(QJsonDocument::Compact));
    const auto decoded = decodeData(letter.event.type, json.toStdString());
    if (decoded)
        change.data = json;
    else
        change.problem = toQt(decoded.error().field.empty() ? decoded.error().message
                                                            : decoded.error().field + ' ' + decoded.error().message);
    return change;
}

} // namespace

QStringList pathsOf(const std::vector<DeadLetter>& letters)
{
    QStringList paths;
    for (const DeadLetter& letter : letters) {
        if (!letter.event.undecodable)
            addPaths(dataOf(letter), {}, paths);
    }
    return paths;
}

std::vector<BatchChange> planEdit(const std::vector<DeadLetter>& letters, const BatchEdit& edit)
{
    const QStringList path = edit.path.trimmed().split(QLatin1Char('.'));
    std::vector<BatchChange> changes;
    changes.reserve(letters.size());
    for (const DeadLetter& letter : letters)
        changes.push_back(planOne(letter, path, edit));
    return changes;
}

void BatchEditModel::show(std::vector<BatchChange> changes)
{
    beginResetModel();
    m_changes = std::move(changes);
    endResetModel();
}

int BatchEditModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_changes.size());
}

int BatchEditModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant BatchEditModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_changes.size())
        return {};
    const BatchChange& change = m_changes[std::size_t(index.row())];
    if (role == trouble_role)
        return int(change.problem.isEmpty() ? RowTrouble::None : RowTrouble::Late);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Order: return change.order.isNull() ? QStringLiteral("–") : shortId(change.order);
    case Before: return change.before;
    case After: return change.after;
    case Result: return change.isDone() ? tr("changes") : change.problem.isEmpty() ? tr("stays") : change.problem;
    default: return {};
    }
}

QVariant BatchEditModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles = {tr("Order"), tr("Before"), tr("After"), tr("What happens")};
    return titles.value(section);
}

} // namespace orderlab::ui
