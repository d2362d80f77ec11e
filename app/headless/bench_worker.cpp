#include "headless/commands.h"
#include "headless/say.h"
#include "lab/worker_bench.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

namespace orderlab {

namespace {

/// A few lines of Python that do nothing with each event. Without quotes of one kind, as the command needs them.
constexpr const char* usual_command = R"(python3 -c '
import json
import sys

for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "init":
        print(json.dumps({"type": "ready", "protocol": 1, "pipeline": 128}), flush=True)
    elif message["type"] == "event":
        print(json.dumps({"type": "done", "id": message["id"]}), flush=True)
    elif message["type"] == "shutdown":
        break
')";

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
                options->command = usual_command;
            const auto report = benchWorker(*options);
            if (!report)
                return fail(report.error());
            std::printf("%s\n", report->toJson().c_str());
            return exit_ok;
        };
    });
}

} // namespace orderlab
