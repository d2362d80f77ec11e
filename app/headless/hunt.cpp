#include "simulation/hunt.h"

#include "headless/commands.h"
#include "headless/output_file.h"
#include "headless/progress_line.h"
#include "headless/report_text.h"
#include "headless/say.h"
#include "headless/scenario_options.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace orderlab {

namespace {

struct HuntArguments {
    ScenarioOptions scenario;
    std::string seeds = "1..1000";
    unsigned threads = 0;
    std::string invariant;
    std::string never;
    std::size_t tries = 400;
    std::string out;
};

Result<HuntOptions> optionsOf(const HuntArguments& arguments)
{
    HuntOptions options;
    const auto range = parseSeedRange(arguments.seeds);
    if (!range)
        return range.error();
    options.seeds = *range;
    const auto names = invariantNames();
    if (!arguments.invariant.empty() && std::find(names.begin(), names.end(), arguments.invariant) == names.end()) {
        std::string all;
        for (const std::string_view name : names)
            all.append(all.empty() ? "" : ", ").append(name);
        return invalidArgument("invariant", "must be one of " + all);
    }
    options.invariant = arguments.invariant;
    options.never = arguments.never;
    options.threads = arguments.threads;
    options.shrink_runs_max = arguments.tries;
    return options;
}

int tell(const HuntReport& report, const HuntArguments& arguments)
{
    std::FILE* out = arguments.out == "-" ? stderr : stdout;
    if (!report.found) {
        std::fprintf(out, "%llu seeds tried: no invariant broke\n",
                     static_cast<unsigned long long>(report.seeds_tried));
        if (report.is_missing)
            std::fprintf(out, "none of them has an entry of what is to happen: %s\n",
                         report.scenario.expectation.happens.c_str());
        return report.is_missing ? exit_failed : exit_ok;
    }
    const std::string path = arguments.out.empty() ? report.scenario.name + ".json" : arguments.out;
    std::fprintf(out, "seed %llu %s; shrunk in %zu runs to %llu %s and %zu %s:\n",
                 static_cast<unsigned long long>(report.found->seed),
                 report.broken.empty() ? "has what never happens" : ("breaks " + report.broken).c_str(),
                 report.shrink_runs, static_cast<unsigned long long>(report.scenario.orders.count),
                 report.scenario.orders.count == 1 ? "order" : "orders", report.scenario.faults.size(),
                 report.scenario.faults.size() == 1 ? "fault" : "faults");
    for (const Fault& fault : report.scenario.faults)
        std::fprintf(out, "  %s\n", fault.toString().c_str());
    printViolations(out, report.scenario, report.smallest, "orderlabd simulate " + shellWord(path));
    if (const auto written = writeOutput(path, report.scenario.toJson()); !written)
        complain(written.error());
    return exit_failed;
}

int runHunt(const HuntArguments& arguments)
{
    const auto scenario = chooseScenario(arguments.scenario);
    if (!scenario) {
        complain(scenario.error());
        return exit_usage;
    }
    auto options = optionsOf(arguments);
    if (!options) {
        complain(options.error());
        return exit_usage;
    }
    ProgressLine progress;
    options->on_progress = [&progress](const std::string& text) { progress.show(text); };
    const auto report = hunt(*scenario, *options);
    progress.clear();
    if (!report && report.error().field == "never") {
        complain(report.error());
        return exit_usage;
    }
    if (!report)
        return fail(report.error());
    return tell(*report, arguments);
}

} // namespace

void addHunt(CLI::App& app, Command& run)
{
    auto arguments = std::make_shared<HuntArguments>();
    CLI::App* command = app.add_subcommand(
        "hunt",
        "Tries seeds until an invariant breaks, or a run has what the scenario says never happens; then looks for "
        "the smallest scenario that still does");
    addScenarioOptions(*command, arguments->scenario);
    command->add_option("--seeds", arguments->seeds, "Tries the seeds from A to B, on all cores: A..B")
        ->capture_default_str();
    command->add_option("--threads", arguments->threads, "Threads; 0: one for each core")->check(numberIn(0, 256));
    command->add_option("--invariant", arguments->invariant, "Only this invariant counts; default: any");
    command->add_option("--never", arguments->never,
                        "A query that no run may have an entry of, besides the scenario's own; with --invariant both "
                        "count, such as 'dead-lettered and order=…'");
    command->add_option("--tries", arguments->tries, "The most runs for making the scenario smaller, 0 to 100000")
        ->check(numberIn(0, 100'000))
        ->capture_default_str();
    command->add_option("--out", arguments->out,
                        "File for the scenario that was found; default: NAME-found.json; -: "
                        "standard output");
    command->callback([&run, arguments] { run = [arguments] { return runHunt(*arguments); }; });
}

} // namespace orderlab
