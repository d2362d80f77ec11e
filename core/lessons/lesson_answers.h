#pragma once
#include "lessons/lesson.h"

namespace orderlab {

struct PredictionAnswer {
    std::size_t choice = 0;
    std::optional<unsigned> confidence; ///< Percent.
};

/// What a learner answers, in a JSON file:
///   {"predictions": {"charged": "B", "worlds": {"choice": "C", "confidence": 80}},
///    "puzzle": ["B", "A", "C"], "modify": ["payment-key=on"], "diagnosed_at": "3.2s", "worlds": 200}
struct LessonAnswers {
    static constexpr std::size_t bytes_max = 64 << 10;

    std::map<std::string, PredictionAnswer> predictions; ///< By Prediction::id.
    std::optional<std::vector<std::size_t>> puzzle;      ///< Cards, the first cause first.
    std::optional<std::vector<Change>> modify;           ///< Of ModifyTask, or the repair of a drill.
    std::optional<Duration> diagnosed_at;                ///< Of a drill: when the learner knew, since the start.
    std::uint64_t worlds = 0; ///< In so many worlds predictions are counted and the task is graded; 0: predictions in
                              ///< none, the task in as many as it says.
};

/// All problems are noted, in the order of the text. Nothing when there is one.
std::optional<LessonAnswers> readAnswers(std::string_view json, const Lesson& lesson,
                                         std::vector<JsonProblem>& problems);

} // namespace orderlab
