#include "lessons/lesson_check.h"

#include "lessons/lesson_text.h"

namespace orderlab {

namespace {

class LessonChecker {
public:
    LessonChecker(const Lesson& lesson, const PlayedWorld& world) : m_lesson(lesson), m_world(world) {}

    void checkTexts()
    {
        checkMarks("## Told", m_lesson.told);
        checkMarks("## What happened", m_lesson.what_happened);
        checkMarks("## Why", m_lesson.why);
        for (const Prediction& prediction : m_lesson.predictions) {
            for (const Choice& choice : prediction.choices)
                checkMarks("predict " + prediction.id, choice.refute);
        }
    }

    void checkObserving()
    {
        if (m_lesson.story && m_world.firstOrder(*m_lesson.story).isNull())
            note("observe.story", "finds no order in this run");
        if (m_lesson.stop && m_world.find(*m_lesson.stop).empty())
            note("observe.stop", "never happens in this run");
        if (m_lesson.drill && m_world.find(*m_lesson.drill->began).empty())
            note("drill.began", "never happens in this run");
        for (const RefusedChange& refused : m_world.report().refused)
            note("world.changes", toString(refused.change.setting) + " could not be done: " + refused.reason);
    }

    void checkPredictions()
    {
        for (const Prediction& prediction : m_lesson.predictions) {
            std::string right;
            for (std::size_t i = 0; i < prediction.choices.size(); ++i) {
                if (m_world.isTrue(prediction.choices[i].when))
                    right += letterOf(i);
            }
            const char expected = letterOf(prediction.expected);
            if (right == std::string(1, expected))
                continue;
            std::string counts;
            for (std::size_t i = 0; i < prediction.choices.size(); ++i)
                counts += std::string(counts.empty() ? "" : ", ") + letterOf(i) + ' '
                          + std::to_string(m_world.count(prediction.choices[i].when));
            note("predict " + prediction.id, std::string("expects ") + expected + ", but in this run "
                                                 + (right.empty() ? "no choice is right" : right + " would be right")
                                                 + "; counted are " + counts);
        }
    }

    void checkPuzzle()
    {
        if (!m_lesson.puzzle)
            return;
        const auto chain = causalChain(m_lesson, m_world);
        if (!chain)
            note("puzzle", chain.error().message);
        else if (chain->size() < 3)
            note("puzzle", "fewer than three of its cards are in the order's story");
    }

    Result<void> checkTask(std::uint64_t worlds, const GradeOptions& options)
    {
        if (!m_lesson.modify)
            return {};
        const auto unchanged = gradeTask(m_lesson, std::vector<Change>{}, worlds, options);
        if (!unchanged)
            return unchanged.error();
        if (unchanged->isRight())
            note("modify", "is solved already, without any change");
        const auto solved = gradeTask(m_lesson, m_lesson.modify->solution, worlds, options);
        if (!solved)
            return solved.error();
        if (!solved->isRight())
            note("modify.solution", "does not solve the task: "
                                        + (solved->refutation.empty() ? "seed " + std::to_string(solved->first_failing)
                                                                            + ": " + solved->what_failed
                                                                      : solved->refutation));
        for (std::size_t i = 0; i < m_lesson.modify->wrong.size(); ++i) {
            const auto tried = gradeTask(m_lesson, m_lesson.modify->wrong[i].changes, worlds, options);
            if (!tried)
                return tried.error();
            const std::string name = "modify.wrong[" + std::to_string(i + 1) + ']';
            if (tried->solved == tried->worlds && tried->worlds > 0)
                note(name, "does solve the task");
            else if (tried->refutation != m_lesson.modify->wrong[i].refute)
                note(name, "is refused before it is tried: " + tried->refutation);
        }
        return {};
    }

    std::vector<std::string> take() { return std::move(m_notes); }

private:
    void note(const std::string& where, const std::string& what) { m_notes.push_back(where + ": " + what); }
    void checkMarks(const std::string& where, const std::string& text)
    {
        for (const std::string& problem : markProblems(text))
            note(where, problem);
        if (text.find("{{story}}") != std::string::npos && !m_lesson.story)
            note(where, "{{story}} needs observe.story");
    }

    const Lesson& m_lesson;
    const PlayedWorld& m_world;
    std::vector<std::string> m_notes;
};

} // namespace

Result<std::vector<std::string>> checkLesson(const Lesson& lesson, std::uint64_t worlds, const GradeOptions& options)
{
    const auto world = PlayedWorld::play(lesson.world, lesson.seed, options.give_up);
    if (!world)
        return world.error();
    LessonChecker checker(lesson, *world);
    checker.checkTexts();
    checker.checkObserving();
    checker.checkPredictions();
    checker.checkPuzzle();
    ORDERLAB_TRY(return, checker.checkTask(worlds, options));
    return checker.take();
}

} // namespace orderlab
