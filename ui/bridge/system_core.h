#pragma once
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"
#include "ui/bridge/answers.h"

#include <QString>

namespace orderlab::ui {

/// What runs behind the window, shared by the classes of this folder: threads, a Lab, and the way back. Whoever watches
/// other processes never starts the Lab; its journal takes what they share.
struct SystemCore {
    explicit SystemCore(LabConfig config) : lab(runtime, std::move(config)), tasks(runtime), to_the_end(runtime) {}

    RealRuntime runtime;
    Lab lab;
    TaskGroup tasks; ///< Cancelled at the end.
    TaskGroup
        to_the_end; ///< Bounded work that is awaited at the end: what one bus has given up, the other has to have.
    Answers answers;
};

/// The error for a person: "The broker is away."
QString sentence(const Error& error);
/// Why a question was refused: there is no place for its answer.
QString tooManyQuestions();

} // namespace orderlab::ui
