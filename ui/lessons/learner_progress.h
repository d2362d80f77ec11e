#pragma once
#include "lessons/lesson_answers.h"
#include "ui/lessons/lesson_steps.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QStringList>

#include <map>

namespace orderlab::ui {

/// How far a learner has come in one lesson. A value.
struct LessonRecord {
    static constexpr qsizetype command_max = 1'000; ///< Characters of `worker`.

    LessonStep step = LessonStep::Told; ///< Where they left it.
    bool is_begun = false;
    bool is_done = false; ///< All that the lesson asks was answered, and the last step was left.
    /// By the prediction's id; they count once `is_committed`.
    std::map<std::string, PredictionAnswer> predictions;
    bool is_committed = false;
    int predictions_right = -1; ///< Once the run has answered them.
    std::vector<std::size_t> puzzle;
    bool is_puzzle_right = false;
    QStringList changes;                  ///< As parseChange() reads them.
    std::uint64_t solved = 0, worlds = 0; ///< Of the task, when it was graded last.
    bool is_task_right = false;
    QString worker; ///< A command.
    bool is_worker_right = false;
    std::optional<Duration> diagnosed_at, repaired_at; ///< Of a drill, since the start of its run.

    /// Whether everything is answered rightly that has to be; predictions only have to be made.
    bool isComplete(const Lesson& lesson) const;
};

/// Which way through the lessons is recommended.
enum class LessonPath : std::uint8_t { None, Novice, Expert };

/// What one learner has done in all lessons, in a file of theirs: written whole after each step. GUI thread.
class LearnerProgress {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::LearnerProgress)
public:
    static constexpr qsizetype lessons_max = 500;
    static constexpr qint64 bytes_max = 4 << 20;

    /// `file`: empty: nothing is kept beyond the program's end.
    explicit LearnerProgress(QString file) : m_file(std::move(file)) {}
    /// In the program's data folder.
    static QString usualFile();

    /// Reads the file, if there is one. One that cannot be read is renamed to FILE.broken. A sentence for a person;
    /// empty: there was nothing wrong.
    QString read();
    /// Empty, or what went wrong.
    QString write() const;

    /// An empty one where nothing is known.
    LessonRecord recordOf(const QString& lesson) const { return m_records.value(lesson); }
    void setRecord(const QString& lesson, const LessonRecord& record);
    void forget(const QString& lesson) { m_records.remove(lesson); }
    void forgetAll();
    bool isEmpty() const { return m_records.isEmpty() && m_path == LessonPath::None; }
    LessonPath path() const { return m_path; }
    /// None, and nobody has asked yet.
    bool isAsked() const { return m_is_asked; }
    void setPath(LessonPath path);
    const QString& file() const { return m_file; }

    /// All of it, as the file has it.
    QJsonObject toJson() const;
    /// For people: a table, a line a lesson. `titles`: by name, in the order of the table.
    QString toMarkdown(const std::vector<std::pair<QString, QString>>& titles) const;

private:
    bool take(const QJsonObject& object);

    QString m_file;
    QMap<QString, LessonRecord> m_records;
    LessonPath m_path = LessonPath::None;
    bool m_is_asked = false;
};

} // namespace orderlab::ui
