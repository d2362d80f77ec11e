#pragma once
#include "lessons/lesson_text.h"

namespace orderlab {

/// What `lesson list --json` tells of a lesson.
JsonNode lessonSummary(const Lesson& lesson);
/// A lesson as Markdown: up to its questions, and with a run also what happened in it and why.
std::string lessonPage(const Lesson& lesson, const PlayedWorld* world);
/// The same as JSON; with a run also which choices are right in it.
JsonNode lessonJson(const Lesson& lesson, const PlayedWorld* world);

} // namespace orderlab
