#include "classroom/class_load.h"
#include "classroom/classroom_server.h"
#include "headless/commands.h"
#include "headless/say.h"
#include "lab/lab.h"
#include "lab_options.h"
#include "number_in.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"

#include <CLI/CLI.hpp>

namespace orderlab {

namespace {

struct ClassBenchOptions {
    LabOptions lab;
    std::size_t students = 100;
    double seconds = 60, pace_s = 3;
};

/// The teacher of this hour: asks, lets them discuss, has them vote again, shows the answer, and begins anew.
Task<void> teach(Runtime& runtime, Classroom& classroom, Duration length)
{
    const Duration step = length / 10;
    for (;;) {
        (void)classroom.ask({"How often is an order delivered?", {"never", "once", "at least once"}, 2});
        co_await runtime.sleep(2 * step);
        (void)classroom.closeVotes();
        co_await runtime.sleep(step);
        (void)classroom.openVotes();
        co_await runtime.sleep(2 * step);
        (void)classroom.reveal();
        (void)classroom.show(1);
        co_await runtime.sleep(step);
    }
}

Result<ClassLoadReport> benchClass(const ClassBenchOptions& options)
{
    auto chosen = chooseLab(options.lab);
    if (!chosen)
        return chosen.error();
    RealRuntime runtime;
    Lab lab(runtime, chosen->config);
    ORDERLAB_TRY(return, runtime.run(lab.start()));
    ClassroomServerOptions class_options;
    class_options.address = "127.0.0.1";
    class_options.port = 0;
    ClassroomServer server(
        runtime, lab.journal(), [&lab] { return &lab.orders(); }, class_options);
    Result<ClassLoadReport> report = internalError("it did not run");
    if (const auto started = runtime.run(server.start()); started) {
        ClassLoadOptions load;
        load.port = server.port();
        load.code = server.classroom().code();
        load.students = options.students;
        load.length = Duration{std::int64_t(options.seconds * 1e6)};
        load.pace = Duration{std::int64_t(options.pace_s * 1e6)};
        RealRuntime students(1); // Their browsers are not this machine's: a thread of their own.
        TaskGroup teacher(runtime);
        teacher.spawn(teach(runtime, server.classroom(), load.length));
        report = students.run(runClassLoad(students, load));
        teacher.cancel();
        runtime.run([](TaskGroup& group) -> Task<void> { co_await group.join(); }(teacher));
    } else {
        report = started.error();
    }
    runtime.run(server.stop());
    runtime.run(lab.stop());
    return report;
}

} // namespace

void addClassBench(CLI::App& bench, Command& run)
{
    auto options = std::make_shared<ClassBenchOptions>();
    options->lab.store = "memory";
    auto ignored = std::make_shared<bool>(false); // The output is JSON anyway.
    CLI::App* command = bench.add_subcommand(
        "classroom", "A class of students who buy, look and vote with their pages open; exit code 1 when an order was "
                     "lost or a page does not show how everything ended");
    command->add_option("--students", options->students, "Students, 1 to 200")
        ->check(numberIn(1, 200))
        ->capture_default_str();
    command->add_option("--seconds", options->seconds, "How long the class lasts, 1 to 7200")
        ->check(numberIn(1.0, 7'200.0))
        ->capture_default_str();
    command->add_option("--pace", options->pace_s, "Seconds between two acts of one student, 0.3 to 60")
        ->check(numberIn(0.3, 60.0))
        ->capture_default_str();
    command->add_flag("--json", *ignored, "One JSON object (the default)");
    addLabOptions(*command, options->lab);
    command->callback([&run, options, ignored] {
        run = [options] {
            const auto report = benchClass(*options);
            if (!report)
                return fail(report.error());
            std::printf("%s\n", report->toJson().c_str());
            return report->lost() == 0 && report->stale == 0 && report->failed == 0 ? exit_ok : exit_failed;
        };
    });
}

} // namespace orderlab
