#pragma once
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"
#include "ui/bridge/answers.h"

#include <QString>

namespace orderlab::ui {

/// What runs behind the window, shared by the classes of this folder: threads, tasks, and the way back.
struct SystemCore {
    explicit SystemCore(LabConfig as_started) : config(std::move(as_started)), tasks(runtime), to_the_end(runtime) {}
    virtual ~SystemCore() = default;

    const LabConfig config; ///< As the window was started with.
    RealRuntime runtime;
    TaskGroup tasks; ///< Cancelled at the end.
    TaskGroup
        to_the_end; ///< Bounded work that is awaited at the end: what one bus has given up, the other has to have.
    Answers answers;
};

/// With a Lab of this process.
struct LabCore final : SystemCore {
    explicit LabCore(LabConfig as_started) : SystemCore(std::move(as_started)), lab(runtime, config) {}

    Lab lab;
};

/// The error for a person: "The broker is away."
QString sentence(const Error& error);
/// Why a question was refused: there is no place for its answer.
QString tooManyQuestions();

} // namespace orderlab::ui
