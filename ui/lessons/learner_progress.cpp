#include "ui/lessons/learner_progress.h"

#include "ui/export/whole_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

namespace orderlab::ui {

namespace {

constexpr int file_version = 1;
constexpr qsizetype changes_kept_max = 20, name_max = 200;
constexpr const char* path_names[] = {"none", "novice", "expert"};

QJsonObject jsonOfRecord(const LessonRecord& record)
{
    QJsonObject predictions;
    for (const auto& [id, answer] : record.predictions) {
        QJsonObject one{{QStringLiteral("choice"), QString(QLatin1Char(letterOf(answer.choice)))}};
        if (answer.confidence)
            one[QStringLiteral("confidence")] = int(*answer.confidence);
        predictions[fromCore(id)] = one;
    }
    QJsonArray puzzle;
    for (const std::size_t card : record.puzzle)
        puzzle.append(QString(QLatin1Char(letterOf(card))));
    QJsonObject object{{QStringLiteral("step"), stepName(record.step)},
                       {QStringLiteral("begun"), record.is_begun},
                       {QStringLiteral("done"), record.is_done},
                       {QStringLiteral("predictions"), predictions},
                       {QStringLiteral("committed"), record.is_committed},
                       {QStringLiteral("predictions_right"), record.predictions_right},
                       {QStringLiteral("puzzle"), puzzle},
                       {QStringLiteral("puzzle_right"), record.is_puzzle_right},
                       {QStringLiteral("changes"), QJsonArray::fromStringList(record.changes)},
                       {QStringLiteral("solved"), qint64(record.solved)},
                       {QStringLiteral("worlds"), qint64(record.worlds)},
                       {QStringLiteral("task_right"), record.is_task_right},
                       {QStringLiteral("worker"), record.worker},
                       {QStringLiteral("worker_right"), record.is_worker_right}};
    if (record.diagnosed_at)
        object[QStringLiteral("diagnosed_at_us")] = qint64(record.diagnosed_at->count());
    if (record.repaired_at)
        object[QStringLiteral("repaired_at_us")] = qint64(record.repaired_at->count());
    return object;
}

std::optional<LessonRecord> recordFrom(const QJsonObject& object)
{
    LessonRecord record;
    const auto step = stepNamed(object[QStringLiteral("step")].toString());
    if (!step)
        return std::nullopt;
    record.step = *step;
    record.is_begun = object[QStringLiteral("begun")].toBool();
    record.is_done = object[QStringLiteral("done")].toBool();
    record.is_committed = object[QStringLiteral("committed")].toBool();
    record.predictions_right = object[QStringLiteral("predictions_right")].toInt(-1);
    const QJsonObject predictions = object[QStringLiteral("predictions")].toObject();
    for (auto one = predictions.begin(); one != predictions.end(); ++one) {
        const QJsonObject value = one.value().toObject();
        const auto choice =
            indexOfLetter(value[QStringLiteral("choice")].toString().toStdString(), Prediction::choices_max);
        if (!choice)
            return std::nullopt;
        PredictionAnswer answer{*choice, {}};
        if (value.contains(QStringLiteral("confidence")))
            answer.confidence = unsigned(std::clamp(value[QStringLiteral("confidence")].toInt(), 0, 100));
        record.predictions[one.key().toStdString()] = answer;
    }
    for (const QJsonValue& card : object[QStringLiteral("puzzle")].toArray()) {
        const auto index = indexOfLetter(card.toString().toStdString(), Puzzle::cards_max);
        if (!index || record.puzzle.size() >= Puzzle::cards_max)
            return std::nullopt;
        record.puzzle.push_back(*index);
    }
    record.is_puzzle_right = object[QStringLiteral("puzzle_right")].toBool();
    for (const QJsonValue& change : object[QStringLiteral("changes")].toArray()) {
        if (record.changes.size() < changes_kept_max)
            record.changes << change.toString();
    }
    record.solved = std::uint64_t(std::max<qint64>(0, object[QStringLiteral("solved")].toInteger()));
    record.worlds = std::uint64_t(std::max<qint64>(0, object[QStringLiteral("worlds")].toInteger()));
    record.is_task_right = object[QStringLiteral("task_right")].toBool();
    record.worker = object[QStringLiteral("worker")].toString().left(LessonRecord::command_max);
    record.is_worker_right = object[QStringLiteral("worker_right")].toBool();
    if (const QJsonValue at = object[QStringLiteral("diagnosed_at_us")]; at.isDouble())
        record.diagnosed_at = Duration{at.toInteger()};
    if (const QJsonValue at = object[QStringLiteral("repaired_at_us")]; at.isDouble())
        record.repaired_at = Duration{at.toInteger()};
    return record;
}

} // namespace

bool LessonRecord::isComplete(const Lesson& lesson) const
{
    return (lesson.predictions.empty() || is_committed) && (!lesson.puzzle || is_puzzle_right)
           && (!lesson.modify || is_task_right);
}

QString LearnerProgress::usualFile()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("lessons.json"));
}

QString LearnerProgress::read()
{
    forgetAll();
    const QFileInfo info(m_file);
    if (m_file.isEmpty() || !info.exists())
        return {};
    QFile file(m_file);
    if (info.isFile() && info.size() <= bytes_max && file.open(QIODevice::ReadOnly)) {
        const QJsonDocument document = QJsonDocument::fromJson(file.read(bytes_max));
        if (document.isObject() && take(document.object()))
            return {};
    }
    file.close();
    forgetAll();
    const QString aside = m_file + QStringLiteral(".broken");
    if (info.isFile()) {
        QFile::remove(aside);
        if (QFile::rename(m_file, aside))
            return tr("Your progress in the lessons could not be read. The file was set aside as %1, and all lessons "
                      "are new now.")
                .arg(aside);
    }
    const QString unusable = std::exchange(m_file, QString());
    return tr("Your progress in the lessons cannot be kept: %1 can neither be read nor be set aside.").arg(unusable);
}

bool LearnerProgress::take(const QJsonObject& object)
{
    if (object[QStringLiteral("version")].toInt() != file_version)
        return false;
    const QString path = object[QStringLiteral("path")].toString();
    for (std::size_t i = 0; i < std::size(path_names); ++i) {
        if (path == QLatin1String(path_names[i]))
            m_path = LessonPath(i);
    }
    m_is_asked = object[QStringLiteral("asked")].toBool();
    const QJsonObject lessons = object[QStringLiteral("lessons")].toObject();
    if (lessons.size() > lessons_max)
        return false;
    for (auto one = lessons.begin(); one != lessons.end(); ++one) {
        const auto record = recordFrom(one.value().toObject());
        if (!record || one.key().size() > name_max)
            return false;
        m_records[one.key()] = *record;
    }
    return true;
}

QString LearnerProgress::write() const
{
    if (m_file.isEmpty())
        return {};
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return tr("Your progress is not kept: the folder of %1 cannot be made.").arg(m_file);
    const QString problem = writeWhole(m_file, QJsonDocument(toJson()).toJson());
    return problem.isEmpty() ? QString() : tr("Your progress is not kept in %1: %2").arg(m_file, problem);
}

void LearnerProgress::setRecord(const QString& lesson, const LessonRecord& record)
{
    if (m_records.contains(lesson) || m_records.size() < lessons_max)
        m_records[lesson] = record;
}

void LearnerProgress::forgetAll()
{
    m_records.clear();
    m_path = LessonPath::None;
    m_is_asked = false;
}

void LearnerProgress::setPath(LessonPath path)
{
    m_path = path;
    m_is_asked = true;
}

QJsonObject LearnerProgress::toJson() const
{
    QJsonObject lessons;
    for (auto one = m_records.begin(); one != m_records.end(); ++one)
        lessons[one.key()] = jsonOfRecord(one.value());
    return {{QStringLiteral("version"), file_version},
            {QStringLiteral("path"), QLatin1String(path_names[std::size_t(m_path)])},
            {QStringLiteral("asked"), m_is_asked},
            {QStringLiteral("lessons"), lessons}};
}

QString LearnerProgress::toMarkdown(const std::vector<std::pair<QString, QString>>& titles) const
{
    QString text = tr("# Progress in the lessons of Orderlab") + QStringLiteral("\n\n| ") + tr("Lesson")
                   + QStringLiteral(" | ") + tr("State") + QStringLiteral(" | ") + tr("Predictions right")
                   + QStringLiteral(" | ") + tr("Puzzle") + QStringLiteral(" | ") + tr("Task")
                   + QStringLiteral(" |\n|---|---|---|---|---|\n");
    for (const auto& [name, title] : titles) {
        const LessonRecord record = recordOf(name);
        const QString state = record.is_done ? tr("done") : record.is_begun ? tr("begun") : tr("new");
        const QString predictions = record.predictions_right < 0
                                        ? QStringLiteral("–")
                                        : tr("%1 of %2").arg(record.predictions_right).arg(record.predictions.size());
        const QString task =
            record.worlds == 0 ? QStringLiteral("–") : tr("%1 of %2 worlds").arg(record.solved).arg(record.worlds);
        QString shown = title;
        text += QStringLiteral("| %1 | %2 | %3 | %4 | %5 |\n")
                    .arg(shown.replace(QLatin1Char('|'), QLatin1String("\\|")), state, predictions,
                         record.is_puzzle_right ? tr("solved") : QStringLiteral("–"), task);
    }
    return text;
}

} // namespace orderlab::ui
