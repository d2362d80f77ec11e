#pragma once
#include "lessons/lesson_grade.h"
#include "simulation/worker_trial.h"

namespace orderlab {

/// How a worker of one's own does what a lesson asks for.
struct MakeGrade {
    std::string lesson, group, command;
    WorkerTrial trial; ///< In the lesson's world, put right as its task asks.

    bool isRight() const { return trial.holds(); }
    /// One JSON object, as `orderlabd lesson check --worker --json` prints it.
    JsonNode toJsonNode() const;
    /// For people, several lines.
    std::string toText() const;
};

/// The lesson's world with the solution of its task, and `command` as the worker that the lesson asks for. Errors:
/// InvalidArgument: the lesson asks for no worker, or the command is none.
Result<Scenario> makeWorld(const Lesson& lesson, const std::string& command);

/// Puts `command` through `worlds` such worlds (0: 200). Starts programs; blocks. Errors: as makeWorld(); those of
/// tryWorkers().
Result<MakeGrade> gradeMake(const Lesson& lesson, const std::string& command, std::uint64_t worlds,
                            const GradeOptions& options = {});

} // namespace orderlab
