#include "ui/lessons/lesson_desk.h"

#include "lessons/lesson_text.h"
#include "lessons/shipped_lessons.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr std::size_t lessons_from_files_max = 50;
constexpr std::uint64_t worker_worlds = 200, counted_worlds = 200;
constexpr std::uint64_t told_steps = 100; ///< Of a bar of progress.

} // namespace

LessonDesk::LessonDesk(const QString& file, QObject* parent) : QObject(parent), m_progress(file)
{
    m_problem = m_progress.read();
    for (const EmbeddedText& text : shippedLessons())
        m_lessons.push_back(shippedLesson(text.name));
}

LessonDesk::~LessonDesk() = default;

const Lesson* LessonDesk::find(const QString& name) const
{
    const auto found =
        std::find_if(m_lessons.begin(), m_lessons.end(), [&](const Lesson& one) { return fromCore(one.name) == name; });
    return found == m_lessons.end() ? nullptr : &*found;
}

LessonDesk::State LessonDesk::stateOf(const QString& name) const
{
    const LessonRecord record = m_progress.recordOf(name);
    return record.is_done ? State::Done : record.is_begun ? State::Begun : State::New;
}

/// What was begun goes on; then the first new one. Whoever knows the field begins where effects are doubled.
const Lesson* LessonDesk::recommended() const
{
    for (const State wanted : {State::Begun, State::New}) {
        std::size_t first = 0;
        if (wanted == State::New && m_progress.path() == LessonPath::Expert) {
            const Lesson* const begin = find(QStringLiteral("idempotent-handlers"));
            first = begin ? std::size_t(begin - m_lessons.data()) : 0;
        }
        for (std::size_t i = 0; i < m_lessons.size(); ++i) {
            const Lesson& one = m_lessons[(first + i) % m_lessons.size()];
            if (stateOf(fromCore(one.name)) == wanted)
                return &one;
        }
    }
    return nullptr;
}

void LessonDesk::choosePath(LessonPath path)
{
    m_progress.setPath(path);
    if (const QString problem = m_progress.write(); !problem.isEmpty())
        Q_EMIT told(problem);
    Q_EMIT changed();
}

bool LessonDesk::open(const QString& name)
{
    const Lesson* const lesson = find(name);
    if (!lesson)
        return false;
    begin(*lesson);
    return true;
}

QString LessonDesk::openFile(const QString& file)
{
    const auto source = findLesson(file.toStdString());
    if (!source)
        return fromCore(source.error().message);
    std::vector<LessonProblem> problems;
    const auto lesson = readLesson(source->text, source->name, problems);
    if (!lesson) {
        QStringList lines;
        for (const LessonProblem& problem : problems)
            lines << fromCore(toString(problem, source->file));
        return lines.join(QLatin1Char('\n'));
    }
    if (const Lesson* known = find(fromCore(lesson->name)))
        m_lessons[std::size_t(known - m_lessons.data())] = *lesson; // An author reads it again and again.
    else if (m_lessons.size() < shippedLessons().size() + lessons_from_files_max)
        m_lessons.push_back(*lesson);
    begin(*lesson);
    return {};
}

void LessonDesk::begin(const Lesson& lesson)
{
    close();
    m_open = lesson;
    LessonRecord record = this->record();
    const auto all = steps();
    if (std::find(all.begin(), all.end(), record.step) == all.end() || record.is_done || !mayGoTo(record.step))
        record.step = LessonStep::Told;
    record.is_begun = true;
    keep(record);
    play();
    Q_EMIT changed();
    Q_EMIT stepChanged();
}

void LessonDesk::close()
{
    if (!m_open)
        return;
    m_player.giveUp();
    cancel();
    m_open.reset();
    m_played.reset();
    m_task.reset();
    m_make.reset();
    m_counts.reset();
    m_work_problem.clear();
    Q_EMIT changed();
    Q_EMIT stepChanged();
}

void LessonDesk::reset(const QString& name)
{
    const bool is_open = m_open && fromCore(m_open->name) == name;
    close();
    m_progress.forget(name);
    if (const QString problem = m_progress.write(); !problem.isEmpty())
        Q_EMIT told(problem);
    if (is_open)
        open(name);
    else
        Q_EMIT changed();
}

void LessonDesk::resetAll()
{
    close();
    m_progress.forgetAll();
    if (const QString problem = m_progress.write(); !problem.isEmpty())
        Q_EMIT told(problem);
    Q_EMIT changed();
}

LessonRecord LessonDesk::record() const
{
    return m_open ? m_progress.recordOf(fromCore(m_open->name)) : LessonRecord{};
}

void LessonDesk::keep(const LessonRecord& record)
{
    m_progress.setRecord(fromCore(m_open->name), record);
    if (const QString problem = m_progress.write(); !problem.isEmpty())
        Q_EMIT told(problem);
}

LessonStep LessonDesk::step() const
{
    return record().step;
}

std::vector<LessonStep> LessonDesk::steps() const
{
    return m_open ? stepsOf(*m_open) : std::vector<LessonStep>{};
}

int LessonDesk::place() const
{
    const auto all = steps();
    return int(std::find(all.begin(), all.end(), step()) - all.begin());
}

bool LessonDesk::mayGoTo(LessonStep step) const
{
    if (!m_open)
        return false;
    const LessonRecord record = this->record();
    using enum LessonStep;
    if (m_open->isDrill()) {
        const bool is_diagnosed = record.diagnosed_at.has_value(), is_repaired = record.repaired_at.has_value();
        if (step == Predict)
            return is_diagnosed;
        if (step == Modify)
            return is_diagnosed && record.is_committed;
        return step == Told || step == Run || (record.is_committed && is_repaired);
    }
    return step == Told || step == Predict || record.is_committed || m_open->predictions.empty();
}

QString LessonDesk::whyNotOn() const
{
    if (!m_open || isAtEnd())
        return {};
    const auto all = steps();
    if (mayGoTo(all[std::size_t(place() + 1)]))
        return {};
    switch (step()) {
    case LessonStep::Run: return tr("Say first when you know the cause.");
    case LessonStep::Modify: return tr("Repair it first.");
    default: return tr("Commit your prediction first.");
    }
}

bool LessonDesk::isAtEnd() const
{
    return m_open && place() + 1 >= int(steps().size());
}

bool LessonDesk::canGoBack() const
{
    return m_open && place() > 0;
}

bool LessonDesk::canGoOn() const
{
    return m_open && whyNotOn().isEmpty();
}

void LessonDesk::goTo(LessonStep step)
{
    if (!mayGoTo(step) || step == this->step())
        return;
    LessonRecord record = this->record();
    record.step = step;
    keep(record);
    Q_EMIT changed();
    Q_EMIT stepChanged();
}

void LessonDesk::back()
{
    if (canGoBack())
        goTo(steps()[std::size_t(place() - 1)]);
}

void LessonDesk::next()
{
    if (!canGoOn())
        return;
    if (!isAtEnd())
        return goTo(steps()[std::size_t(place() + 1)]);
    LessonRecord record = this->record();
    record.is_done = record.isComplete(*m_open);
    keep(record);
    const bool is_done = record.is_done;
    close();
    Q_EMIT told(is_done ? tr("This lesson is done.")
                        : tr("Something in this lesson is still open. It waits for you in the list."));
}

void LessonDesk::commit(const std::map<std::string, PredictionAnswer>& predictions)
{
    LessonRecord record = this->record();
    if (!m_open || record.is_committed || predictions.size() != m_open->predictions.size())
        return;
    record.predictions = predictions;
    record.is_committed = true;
    keep(record);
    play();
    Q_EMIT changed();
}

/// Made ahead, so that the run is there when it is asked for.
void LessonDesk::play()
{
    if (!m_open || m_played || m_player.isRunning())
        return;
    auto result = std::make_shared<std::optional<Result<PlayedWorld>>>();
    m_player.start(
        [world = m_open->world, seed = m_open->seed, result](const std::function<bool()>& is_given_up) {
            *result = PlayedWorld::play(world, seed, is_given_up);
        },
        [this, result] {
            if (**result)
                m_played = std::make_shared<const PlayedWorld>(std::move(***result));
            else
                m_work_problem =
                    tr("The run of this lesson cannot be made: %1").arg(fromCore((*result)->error().message));
            Q_EMIT changed();
        });
}

std::vector<PredictionGrade> LessonDesk::predictionGrades() const
{
    std::vector<PredictionGrade> grades;
    if (!m_open || !m_played)
        return grades;
    const LessonRecord record = this->record();
    for (const Prediction& prediction : m_open->predictions) {
        const auto answer = record.predictions.find(prediction.id);
        auto grade =
            gradePrediction(*m_open, prediction, *m_played,
                            answer == record.predictions.end() || answer->second.choice >= prediction.choices.size()
                                ? std::nullopt
                                : std::optional(answer->second));
        if (grade)
            grades.push_back(std::move(*grade));
    }
    return grades;
}

std::optional<std::uint64_t> LessonDesk::stopEntry() const
{
    if (!m_open || !m_played || !m_open->stop)
        return std::nullopt;
    const auto hits = m_played->find(*m_open->stop);
    return hits.empty() ? std::nullopt : std::optional(hits.front());
}

QString LessonDesk::filledText(const std::string& text) const
{
    return m_open && m_played ? fromCore(filled(text, *m_open, *m_played)) : QString();
}

Result<PuzzleGrade> LessonDesk::checkPuzzle(const std::vector<std::size_t>& cards)
{
    if (!m_open || !m_open->puzzle || !m_played)
        return Error{ErrorCode::Unavailable, Retry::Later, "the run is not made yet", {}};
    auto grade = gradePuzzle(*m_open, *m_played, cards);
    if (!grade)
        return grade;
    LessonRecord record = this->record();
    record.puzzle = cards;
    record.is_puzzle_right = grade->isRight();
    keep(record);
    Q_EMIT changed();
    return grade;
}

QString LessonDesk::tryChanges(const QStringList& texts)
{
    if (!m_open || !m_open->modify || m_work_kind != Work::None)
        return {};
    std::vector<Change> changes;
    for (const QString& text : texts) {
        auto change = parseChange(text.toStdString());
        if (!change)
            return tr("%1: %2", "a change of the world, and what is wrong with it")
                .arg(text, fromCore(change.error().message));
        changes.push_back(std::move(*change));
    }
    LessonRecord record = this->record();
    record.changes = texts;
    keep(record);
    m_task.reset();
    auto result = std::make_shared<std::optional<Result<TaskGrade>>>();
    m_of = m_open->isDrill() ? 1 : m_worlds > 0 ? m_worlds : m_open->modify->worlds;
    startWork(
        Work::Task,
        [lesson = *m_open, changes, worlds = m_worlds, result](const GradeOptions& options) {
            *result = gradeTask(lesson, changes, worlds, options);
        },
        [this, result] {
            if (!**result) {
                m_work_problem = fromCore((*result)->error().message);
                return;
            }
            m_task = std::move(***result);
            LessonRecord after = this->record();
            after.solved = m_task->solved;
            after.worlds = m_task->worlds;
            after.is_task_right = m_task->isRight();
            keep(after);
        });
    return {};
}

void LessonDesk::tryWorker(const QString& command)
{
    if (!m_open || !m_open->make || m_work_kind != Work::None)
        return;
    LessonRecord record = this->record();
    record.worker = command.left(LessonRecord::command_max);
    keep(record);
    m_make.reset();
    auto result = std::make_shared<std::optional<Result<MakeGrade>>>();
    m_of = m_worlds > 0 ? m_worlds : worker_worlds;
    startWork(
        Work::Worker,
        [lesson = *m_open, command = record.worker.toStdString(), worlds = m_of, result](const GradeOptions& options) {
            *result = gradeMake(lesson, command, worlds, options);
        },
        [this, result] {
            if (!**result) {
                m_work_problem = fromCore((*result)->error().message);
                return;
            }
            m_make = std::move(***result);
            LessonRecord after = this->record();
            after.is_worker_right = m_make->isRight();
            keep(after);
        });
}

void LessonDesk::countChoices()
{
    if (!m_open || m_open->predictions.empty() || m_work_kind != Work::None)
        return;
    m_counts.reset();
    auto result = std::make_shared<std::optional<Result<WorldCounts>>>();
    m_of = m_worlds > 0 ? m_worlds : counted_worlds;
    startWork(
        Work::Counting,
        [lesson = *m_open, worlds = m_of, result](const GradeOptions& options) {
            std::vector<const Predicate*> predicates;
            for (const Prediction& prediction : lesson.predictions) {
                for (const Choice& choice : prediction.choices)
                    predicates.push_back(&choice.when);
            }
            *result = countWorlds(lesson.world, predicates, worlds, options.threads, options.give_up);
        },
        [this, result] {
            if (**result)
                m_counts = std::move(***result);
            else
                m_work_problem = fromCore((*result)->error().message);
        });
}

void LessonDesk::startWork(Work kind, std::function<void(const GradeOptions&)> work, std::function<void()> done)
{
    m_work_problem.clear();
    m_work_kind = kind;
    m_done = 0;
    m_grader.start(
        [this, work = std::move(work)](const std::function<bool()>& is_given_up) {
            GradeOptions options;
            options.give_up = is_given_up;
            std::uint64_t told = 0;
            options.on_world = [this, &told](std::uint64_t worlds, std::uint64_t all) {
                const std::uint64_t step = worlds * told_steps / std::max<std::uint64_t>(all, 1);
                if (step == std::exchange(told, step))
                    return;
                m_grader.post([this, worlds, all] {
                    m_done = worlds;
                    m_of = all;
                    Q_EMIT worked();
                });
            };
            work(options);
        },
        [this, done = std::move(done)] {
            m_work_kind = Work::None;
            done();
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

void LessonDesk::cancel()
{
    if (m_work_kind == Work::None)
        return;
    m_grader.giveUp();
    m_work_kind = Work::None;
    Q_EMIT changed();
}

void LessonDesk::noteDiagnosis(Duration at)
{
    LessonRecord record = this->record();
    if (!m_open || !m_open->drill || record.diagnosed_at || at < m_open->drill->alert_at)
        return;
    record.diagnosed_at = at;
    keep(record);
    Q_EMIT changed();
}

void LessonDesk::noteRepair(Duration at)
{
    LessonRecord record = this->record();
    if (!m_open || !m_open->drill)
        return;
    record.repaired_at = at;
    keep(record);
    Q_EMIT changed();
}

} // namespace orderlab::ui
