#pragma once
#include "lessons/lesson_answers.h"
#include "lessons/played_world.h"

namespace orderlab {

struct GradeOptions {
    unsigned threads = 0; ///< 0: one a core.
    /// As SimulationOptions::give_up, on any thread of the runs. May be empty.
    std::function<bool()> give_up = {};
    /// How many worlds of a task or of a worker are done; on the calling thread, after each.
    std::function<void(std::uint64_t done, std::uint64_t worlds)> on_world = {};
};

struct PredictionGrade {
    std::string id, ask;
    std::vector<std::string> choices;  ///< Their texts.
    std::optional<std::size_t> chosen; ///< Nothing: not answered.
    std::optional<unsigned> confidence;
    std::size_t right = 0;              ///< What this run's journal says.
    std::uint64_t counted = 0;          ///< What the right choice counts in this run.
    std::string refutation;             ///< Of the choice, with this run's own numbers; empty where it is right.
    std::vector<std::uint64_t> true_in; ///< By choice: in how many of `worlds`; empty when none were run.
    std::uint64_t worlds = 0;

    bool isRight() const { return chosen == right; }
};

struct PuzzleGrade {
    std::vector<std::size_t>
        right; ///< The chain, as the order's story tells it; cards that are not in it are left out.
    std::optional<std::vector<std::size_t>> chosen;
    std::string refutation; ///< The first thing that is wrong, with times; empty where nothing is.

    bool isRight() const { return chosen && *chosen == right; }
};

/// How a task fared.
struct TaskGrade {
    bool is_answered = false;
    std::uint64_t worlds = 0;
    std::uint64_t solved = 0;        ///< In how many of them all holds that was asked for.
    std::uint64_t first_failing = 0; ///< Its seed; counts when solved < worlds.
    std::string what_failed;         ///< Its first broken promise, in words.
    std::string moment;              ///< A line (MomentLine) of this world; empty where it does not fit into one.
    std::string refutation;          ///< Of a typical wrong try, where it is one; or what may not be changed.

    bool isRight() const { return is_answered && refutation.empty() && worlds > 0 && solved == worlds; }
};

/// Of a drill, on the clock of its run.
struct DrillGrade {
    Duration began{0}; ///< When the trouble truly began.
    Duration alert{0};
    std::optional<Duration> to_diagnosis, to_repair; ///< After the alert.
};

struct LessonGrade {
    std::string lesson;
    std::uint64_t seed = 0;
    std::vector<PredictionGrade> predictions;
    std::optional<PuzzleGrade> puzzle;
    std::optional<TaskGrade> task;
    std::optional<DrillGrade> drill;

    /// Whether everything that the lesson asks is answered, and rightly.
    bool isPassed() const;
    /// One JSON object, as `orderlabd lesson check --answers --json` prints it.
    JsonNode toJsonNode() const;
    /// For people, several lines.
    std::string toText() const;
};

/// The choice that is right in this run: the first one whose predicate is true. Nothing: none is.
std::optional<std::size_t> rightChoice(const Prediction& prediction, const PlayedWorld& world);
/// Grades one prediction by this run alone. Error: Corrupt when no choice is right in it.
Result<PredictionGrade> gradePrediction(const Lesson& lesson, const Prediction& prediction, const PlayedWorld& world,
                                        const std::optional<PredictionAnswer>& answer);

/// The puzzle's chain in this run: cards in the order of the story of the lesson's order. Error: Corrupt when the run
/// has no such order, or two cards mean the same entry.
Result<std::vector<std::size_t>> causalChain(const Lesson& lesson, const PlayedWorld& world);
Result<PuzzleGrade> gradePuzzle(const Lesson& lesson, const PlayedWorld& world,
                                const std::optional<std::vector<std::size_t>>& answer);

/// Makes these changes in `worlds` worlds (0: as many as the task says) and looks what holds. Blocks. Errors: those of
/// simulate().
Result<TaskGrade> gradeTask(const Lesson& lesson, const std::optional<std::vector<Change>>& answer,
                            std::uint64_t worlds, const GradeOptions& options = {});

/// All of it. Blocks. Errors: those above.
Result<LessonGrade> gradeLesson(const Lesson& lesson, const LessonAnswers& answers, const GradeOptions& options = {});

} // namespace orderlab
