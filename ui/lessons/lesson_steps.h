#pragma once
#include "lessons/lesson.h"

#include <QString>

#include <vector>

namespace orderlab::ui {

/// A step of a lesson. The numbers are in files: append, never renumber.
enum class LessonStep : std::uint8_t {
    Told,    ///< What the system does in a correct run; of a drill: the alert.
    Predict, ///< Choices and how sure one is; of a drill: the diagnosis.
    Run,     ///< The world of the lesson in the window; of a drill: on call, with the clock running.
    What,    ///< What happened: facts only.
    Why,     ///< The answers, and why.
    Puzzle,  ///< Causes in order.
    Modify,  ///< The task; of a drill: the repair.
    Make,    ///< A worker of one's own.
};
inline constexpr int lesson_step_count = 8;

/// Those that this lesson has, in their order.
std::vector<LessonStep> stepsOf(const Lesson& lesson);
/// In a word, for the bar: "predict".
QString stepWord(LessonStep step, bool is_drill);
/// As a file has it: "predict".
QString stepName(LessonStep step);
/// Nothing for any other text.
std::optional<LessonStep> stepNamed(const QString& name);

/// How sure somebody is, in a word.
QString confidenceWord(int percent);

inline QString fromCore(const std::string& text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace orderlab::ui
