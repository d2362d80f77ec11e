#include "ui/lessons/lesson_steps.h"

#include <QCoreApplication>

namespace orderlab::ui {

std::vector<LessonStep> stepsOf(const Lesson& lesson)
{
    using enum LessonStep;
    if (lesson.isDrill()) // The clock runs from the alert to the diagnosis, and on to the repair.
        return {Told, Run, Predict, Modify, What, Why};
    std::vector<LessonStep> steps{Told, Predict, Run, What, Why};
    if (lesson.puzzle)
        steps.push_back(Puzzle);
    if (lesson.modify)
        steps.push_back(Modify);
    if (lesson.make)
        steps.push_back(Make);
    return steps;
}

QString stepWord(LessonStep step, bool is_drill)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("LessonSteps", text); };
    switch (step) {
    case LessonStep::Told:
        return is_drill ? tr(QT_TRANSLATE_NOOP("LessonSteps", "alert")) : tr(QT_TRANSLATE_NOOP("LessonSteps", "told"));
    case LessonStep::Predict:
        return is_drill ? tr(QT_TRANSLATE_NOOP("LessonSteps", "diagnose"))
                        : tr(QT_TRANSLATE_NOOP("LessonSteps", "predict"));
    case LessonStep::Run:
        return is_drill ? tr(QT_TRANSLATE_NOOP("LessonSteps", "on call")) : tr(QT_TRANSLATE_NOOP("LessonSteps", "run"));
    case LessonStep::What: return tr(QT_TRANSLATE_NOOP("LessonSteps", "what"));
    case LessonStep::Why: return tr(QT_TRANSLATE_NOOP("LessonSteps", "why"));
    case LessonStep::Puzzle: return tr(QT_TRANSLATE_NOOP("LessonSteps", "order"));
    case LessonStep::Modify:
        return is_drill ? tr(QT_TRANSLATE_NOOP("LessonSteps", "repair"))
                        : tr(QT_TRANSLATE_NOOP("LessonSteps", "modify"));
    case LessonStep::Make: return tr(QT_TRANSLATE_NOOP("LessonSteps", "make"));
    }
    return {};
}

QString stepName(LessonStep step)
{
    static constexpr const char* names[lesson_step_count] = {"told", "predict", "run",    "what",
                                                             "why",  "puzzle",  "modify", "make"};
    return QLatin1String(names[std::size_t(step)]);
}

std::optional<LessonStep> stepNamed(const QString& name)
{
    for (int i = 0; i < lesson_step_count; ++i) {
        if (stepName(LessonStep(i)) == name)
            return LessonStep(i);
    }
    return std::nullopt;
}

QString confidenceWord(int percent)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("LessonSteps", text); };
    if (percent < 20)
        return tr(QT_TRANSLATE_NOOP("LessonSteps", "guessing"));
    if (percent < 45)
        return tr(QT_TRANSLATE_NOOP("LessonSteps", "unsure"));
    if (percent < 70)
        return tr(QT_TRANSLATE_NOOP("LessonSteps", "fairly sure"));
    return percent < 95 ? tr(QT_TRANSLATE_NOOP("LessonSteps", "sure"))
                        : tr(QT_TRANSLATE_NOOP("LessonSteps", "certain"));
}

} // namespace orderlab::ui
