#include "headless/commands.h"
#include "headless/say.h"
#include "lab/worker_bench.h"
#include "number_in.h"
#include "simulation/shipped_scenarios.h"

#include <CLI/CLI.hpp>

namespace orderlab {

namespace {

/// python3 with the embedded worker, which has no quotes and backslashes that would have to be taken out.
std::string usualCommand()
{
    for (const EmbeddedText& text : embeddedWorkerStarts()) {
        if (text.name == "bench")
            return "python3 -c '" + std::string(text.text) + '\'';
    }
    return {};
}

} // namespace

void addWorkerBench(CLI::App& bench, Command& run)
{
    auto options = std::make_shared<WorkerBenchOptions>();
    auto ignored = std::make_shared<bool>(false); // The output is JSON anyway.
    CLI::App* command = bench.add_subcommand(
        "worker", "Events handled by a program (docs/worker-protocol.md), and by a handler that is part of this one; "
                  "in memory");
    command->add_option("--orders", options->orders, "Events to handle, 1 to 10000000")
        ->check(numberIn(1, 10'000'000))
        ->capture_default_str();
    command->add_option("--command", options->command,
                        "The program; default: a few lines of Python that do nothing with each event");
    command->add_option("--members", options->members, "Members of the group, 1 to 16")
        ->check(numberIn(1, 16))
        ->capture_default_str();
    command->add_option("--threads", options->threads, "Threads; 0: one for each core")->check(numberIn(0, 256));
    command->add_flag("--json", *ignored, "One JSON object (the default)");
    command->callback([&run, options, ignored] {
        run = [options] {
            if (options->command.empty())
                options->command = usualCommand();
            const auto report = benchWorker(*options);
            if (!report)
                return fail(report.error());
            std::printf("%s\n", report->toJson().c_str());
            return exit_ok;
        };
    });
}

} // namespace orderlab
