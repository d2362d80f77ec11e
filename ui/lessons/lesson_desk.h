#pragma once
#include "lessons/make_grade.h"
#include "ui/lessons/learner_progress.h"
#include "ui/worlds/background.h"

#include <QObject>

namespace orderlab::ui {

/// All lessons, the one that is played, and what its learner has done. Plays and grades on threads of its own, and
/// writes the progress after each step. It outlives the window's panels, which another engine makes anew. GUI thread.
class LessonDesk final : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { New, Begun, Done };
    /// What is under way on a thread.
    enum class Work : std::uint8_t { None, Task, Worker, Counting };

    /// `file`: of the progress; see LearnerProgress.
    explicit LessonDesk(const QString& file, QObject* parent = nullptr);
    ~LessonDesk() override;

    /// What was wrong with the file of the progress, once; empty: nothing.
    QString takeProblem() { return std::exchange(m_problem, QString()); }

    /// Those that the program carries, in their order, and those that were opened from files.
    const std::vector<Lesson>& lessons() const { return m_lessons; }
    State stateOf(const QString& name) const;
    /// The next one for this learner; null: all are done.
    const Lesson* recommended() const;
    const LearnerProgress& progress() const { return m_progress; }
    void choosePath(LessonPath path);

    /// Goes on with it where it was left. False: there is no such lesson.
    bool open(const QString& name);
    /// Reads one from a file and opens it. Empty, or every mistake with its line.
    QString openFile(const QString& file);
    /// Gives up what is under way.
    void close();
    /// Forgets what was done in it.
    void reset(const QString& name);
    void resetAll();

    /// Null: none is played.
    const Lesson* lesson() const { return m_open ? &*m_open : nullptr; }
    LessonRecord record() const;
    LessonStep step() const;
    std::vector<LessonStep> steps() const;
    /// Whether one may go there: what happened is not told before one has predicted.
    bool mayGoTo(LessonStep step) const;
    void goTo(LessonStep step);
    bool canGoBack() const;
    bool canGoOn() const;
    /// Why not yet, in a sentence; empty: one can.
    QString whyNotOn() const;
    void back();
    /// To the next step; from the last one it ends the lesson.
    void next();
    bool isAtEnd() const;

    /// Once; they are locked then.
    void commit(const std::map<std::string, PredictionAnswer>& predictions);
    /// Null until the run of the lesson is made; `changed` tells.
    const PlayedWorld* played() const { return m_played.get(); }
    /// Of the run; nothing while it is not made.
    std::vector<PredictionGrade> predictionGrades() const;
    std::optional<std::uint64_t> stopEntry() const;
    /// A text of the lesson with the marks filled from the run.
    QString filledText(const std::string& text) const;

    Result<PuzzleGrade> checkPuzzle(const std::vector<std::size_t>& cards);
    /// The changes as parseChange() reads them. Empty, or what is wrong with one.
    QString tryChanges(const QStringList& changes);
    void tryWorker(const QString& command);
    /// In how many worlds each choice is true.
    void countChoices();
    void cancel();
    Work work() const { return m_work_kind; }
    std::uint64_t done() const { return m_done; }
    std::uint64_t of() const { return m_of; }
    /// Of the last try in this lesson, since it was opened.
    const std::optional<TaskGrade>& taskGrade() const { return m_task; }
    const std::optional<MakeGrade>& makeGrade() const { return m_make; }
    /// In how many of `worlds` each choice is true, in the order of predictions and choices; once they were counted.
    const std::optional<WorldCounts>& counts() const { return m_counts; }
    /// What went wrong with the last work; empty: nothing.
    const QString& workProblem() const { return m_work_problem; }

    /// Of a drill.
    void noteDiagnosis(Duration at);
    void noteRepair(Duration at);

    /// In how many worlds tasks are graded; 0: as many as they say. For tests.
    void setWorlds(std::uint64_t worlds) { m_worlds = worlds; }

Q_SIGNALS:
    /// The lesson, its step, what is known of it, or the list of lessons.
    void changed();
    /// Another step, or another lesson.
    void stepChanged();
    /// More worlds are done.
    void worked();
    /// A sentence for a person.
    void told(const QString& sentence);

private:
    void begin(const Lesson& lesson);
    void play();
    void startWork(Work kind, std::function<void(const GradeOptions&)> work, std::function<void()> done);
    void keep(const LessonRecord& record);
    const Lesson* find(const QString& name) const;
    int place() const;

    LearnerProgress m_progress;
    QString m_problem;
    std::vector<Lesson> m_lessons;
    std::optional<Lesson> m_open;
    std::shared_ptr<const PlayedWorld> m_played;
    std::optional<TaskGrade> m_task;
    std::optional<MakeGrade> m_make;
    std::optional<WorldCounts> m_counts;
    QString m_work_problem;
    Background m_player;
    Background m_grader;
    Work m_work_kind = Work::None;
    std::uint64_t m_done = 0, m_of = 0;
    std::uint64_t m_worlds = 0;
};

} // namespace orderlab::ui
