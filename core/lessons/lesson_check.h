#pragma once
#include "lessons/lesson_grade.h"

namespace orderlab {

/// Plays a lesson as a learner would and tells its author what does not fit, each in one sentence that begins with the
/// member to mend: a prediction of which not exactly the expected choice is right, a query without a hit, a mark that
/// is none, a solution that does not solve, a wrong try that does. `worlds`: for tasks; 0: as many as each says.
/// Blocks. Errors: those of simulate().
Result<std::vector<std::string>> checkLesson(const Lesson& lesson, std::uint64_t worlds,
                                             const GradeOptions& options = {});

} // namespace orderlab
