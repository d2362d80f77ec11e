#include "simulation/fate.h"

#include "headless/commands.h"
#include "headless/progress_line.h"
#include "headless/report_text.h"
#include "headless/say.h"
#include "headless/scenario_options.h"
#include "journal/recording.h"
#include "number_in.h"
#include "simulation/moment_check.h"
#include "simulation/shipped_scenarios.h"

#include <CLI/CLI.hpp>

#include <atomic>

namespace orderlab {

namespace {

struct FateArguments {
    std::string source;
    std::optional<std::uint64_t> seed;
    std::string order;
    FateOptions options;
    bool json = false;
};

/// A run, as somebody named it.
struct NamedRun {
    Scenario scenario;
    std::uint64_t seed = 1;
    OrderId order;
};

Result<NamedRun> runOfMoment(const std::string& text)
{
    const auto line = MomentLine::parse(text);
    if (!line)
        return line.error();
    const auto found = findMoment(*line);
    if (!found)
        return found.error();
    if (!found->is_same)
        return Error{ErrorCode::Conflict, Retry::Never, found->problem, "moment"};
    auto scenario = line->scenario();
    if (!scenario)
        return scenario.error();
    return NamedRun{std::move(*scenario), line->seed, line->order};
}

/// A journal file says which run it is of; what is none is a scenario.
Result<NamedRun> runOf(const FateArguments& arguments)
{
    if (MomentLine::isLine(arguments.source))
        return runOfMoment(arguments.source);
    if (const auto recording = readRecording(arguments.source)) {
        if (recording->header.scenario.empty() || !recording->header.seed)
            return invalidArgument(
                "FILE", arguments.source + " is not the recording of a simulated run: it names no scenario and seed");
        auto scenario = parseScenario(recording->header.scenario, "the recording's scenario");
        if (!scenario)
            return scenario.error();
        return NamedRun{std::move(*scenario), arguments.seed.value_or(*recording->header.seed), {}};
    }
    const auto source = findScenario(arguments.source);
    if (!source)
        return source.error();
    auto scenario = parseScenario(source->text, source->file);
    if (!scenario)
        return scenario.error();
    const std::uint64_t seed = arguments.seed.value_or(scenario->seed);
    return NamedRun{std::move(*scenario), seed, {}};
}

std::string percent(double probability)
{
    char text[16];
    std::snprintf(text, sizeof text, "%3.0f %%", probability * 100);
    return text;
}

void printText(const FateReport& report, const NamedRun& run)
{
    const Violation& violation = report.violation;
    std::printf("seed %llu breaks %.*s at %.6f s, entry %llu\n  %s\n\n", static_cast<unsigned long long>(report.seed),
                int(violation.invariant.size()), violation.invariant.data(), report.points.back().virtual_seconds,
                static_cast<unsigned long long>(violation.entry), violation.explanation.c_str());
    std::printf("How likely it was, after:\n  %-12s %-8s %-6s", "time", "entry", "");
    for (const auto& [guarantee, probability] : report.points.front().with)
        std::printf("  with %s", std::string(name(guarantee)).c_str());
    std::printf("\n");
    for (std::size_t i = 0; i < report.points.size(); ++i) {
        const FatePoint& point = report.points[i];
        std::printf("%c %9.6f s %8llu %6s", i == report.jump ? '>' : ' ', point.virtual_seconds,
                    static_cast<unsigned long long>(point.entry), percent(point.probability).c_str());
        for (const auto& [guarantee, probability] : point.with)
            std::printf("  %*s", int(name(guarantee).size() + 5), percent(probability).c_str());
        std::printf("  %s\n", point.what.c_str());
    }
    const FatePoint& jump = report.points[report.jump];
    std::printf("\nIt became likely at %.6f s, entry %llu (%s): from %s to %s.\n", jump.virtual_seconds,
                static_cast<unsigned long long>(jump.entry), jump.what.c_str(), percent(report.beforeJump()).c_str(),
                percent(jump.probability).c_str());
    for (const FateReport::Saver& saver : report.savers)
        std::printf("Until %.6f s, %s on would have kept the promise.\n", saver.until_virtual_seconds,
                    std::string(name(saver.guarantee)).c_str());
    MomentLine line = MomentLine::of(run.scenario, report.seed);
    line.entry = jump.entry;
    line.order = violation.order;
    if (const auto found = findMoment(line))
        line.sha = found->sha;
    if (const auto printed = line.print())
        std::printf("moment: %s\n", printed->c_str());
}

int runFate(FateArguments& arguments)
{
    auto run = runOf(arguments);
    if (!run) {
        complain(run.error().message);
        return run.error().code == ErrorCode::Conflict ? exit_other_run : exit_usage;
    }
    if (!arguments.order.empty()) {
        const auto id = Uuid::parse(arguments.order);
        if (!id) {
            complain(arguments.order + " is not an order id, which is a UUID");
            return exit_usage;
        }
        run->order = OrderId{*id};
    }
    arguments.options.order = run->order;
    ProgressLine progress;
    arguments.options.on_progress = [&progress](std::size_t done, std::size_t all) {
        progress.show(std::to_string(done) + " of " + std::to_string(all) + " worlds ");
    };
    const auto report = fate(run->scenario, run->seed, arguments.options);
    progress.clear();
    if (!report)
        return fail(report.error());
    if (arguments.json)
        std::printf("%s\n", report->toJson().c_str());
    else
        printText(*report, *run);
    return exit_ok;
}

} // namespace

void addFate(CLI::App& app, Command& run)
{
    auto arguments = std::make_shared<FateArguments>();
    CLI::App* command = app.add_subcommand(
        "fate", "Finds out when a broken promise became inevitable: runs many worlds from each moment "
                "before it");
    command
        ->add_option(
            "FILE", arguments->source,
            "A journal file of a simulated run, a moment (orderlab:…), a scenario file or one of `scenario list`")
        ->required();
    command->add_option("--seed", arguments->seed, "Default: the recorded one, or the scenario's")->check(isSeed);
    command->add_option("--invariant", arguments->options.invariant, "Default: the one that is broken first");
    command->add_option("--order", arguments->order, "Whose promise; default: the first order whose promise is broken");
    command->add_option("--worlds", arguments->options.worlds, "Runs from each moment, 1 to 10000")
        ->check(numberIn(1, 10'000))
        ->capture_default_str();
    command->add_option("--moments", arguments->options.moments, "At most so many moments before it, 1 to 1000")
        ->check(numberIn(1, 1'000))
        ->capture_default_str();
    command->add_option("--threads", arguments->options.threads, "Threads; 0: one for each core")
        ->check(numberIn(0, 256));
    command->add_flag("--json", arguments->json, "Prints one JSON object");
    command->callback([&run, arguments] { run = [arguments] { return runFate(*arguments); }; });
}

} // namespace orderlab
