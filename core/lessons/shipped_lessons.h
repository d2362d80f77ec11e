#pragma once
#include "lessons/lesson.h"
#include "simulation/shipped_scenarios.h"

namespace orderlab {

/// resources/lessons/*.md, in the order in which they are taken; drills last.
std::span<const EmbeddedText> shippedLessons();

/// A lesson's text and what people call it.
struct LessonSource {
    std::string file; ///< As problems name it.
    std::string name; ///< See Lesson::name.
    std::string text;
};
/// `name`: a file, or a lesson that the program carries. Blocks. Errors: NotFound, which lists those there are;
/// Unavailable when the file cannot be read.
Result<LessonSource> findLesson(const std::string& name);
/// Of a lesson that the program carries. A mistake in one of those is a bug: the tests read all.
Lesson shippedLesson(std::string_view name);

} // namespace orderlab
