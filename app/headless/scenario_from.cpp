#include "headless/commands.h"
#include "headless/output_file.h"
#include "headless/recording_text.h"
#include "headless/say.h"
#include "headless/scenario_options.h"
#include "journal/recording.h"
#include "simulation/moment_check.h"
#include "simulation/recorded_scenario.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>

namespace orderlab {

namespace {

struct ScenarioFromArguments {
    std::string journal;
    std::string output;
    bool json = false;
};

JsonNode textsNode(const std::vector<std::string>& texts)
{
    JsonNode all = JsonNode::array();
    for (const std::string& text : texts)
        all.items.push_back(JsonNode::string(text));
    return all;
}

std::string jsonOf(const ScenarioFromArguments& arguments, const RecordedScenario& made, const Agreement& agreement)
{
    JsonNode groups = JsonNode::array(), first, differences = JsonNode::object(), broken = JsonNode::array();
    for (const Agreement::Group& group : agreement.groups) {
        groups.items.push_back(JsonNode::object());
        groups.items.back()
            .add("group", JsonNode::string(group.name))
            .add("recorded_attempts", JsonNode::number(group.recorded))
            .add("simulated_attempts", JsonNode::number(group.simulated))
            .add("orders_that_differ", JsonNode::number(group.orders));
    }
    for (std::size_t kind = 0; kind < difference_kind_count; ++kind)
        differences.add(name(DifferenceKind(kind)), JsonNode::number(agreement.comparison.counts[kind]));
    if (const Difference* difference = agreement.comparison.firstDifference()) {
        first = JsonNode::object();
        first.add("kind", JsonNode::string(name(difference->kind)))
            .add("order", JsonNode::number(difference->order))
            .add("seconds", JsonNode::number(difference->seconds))
            .add("explanation", JsonNode::string(difference->explanation));
    }
    for (const InvariantOutcome& one : agreement.report.invariants) {
        if (!one.holds)
            broken.items.push_back(JsonNode::string(one.name));
    }
    JsonNode node = JsonNode::object();
    node.add("scenario", JsonNode::string(made.scenario.name))
        .add("file", JsonNode::string(arguments.output))
        .add("seed", JsonNode::number(made.scenario.seed))
        .add("taken", textsNode(made.taken))
        .add("left_out", textsNode(made.left_out))
        .add("orders", JsonNode::number(agreement.orders))
        .add("orders_that_end_the_same_way", JsonNode::number(agreement.same_end))
        .add("orders_under_way_at_the_end", JsonNode::number(agreement.unfinished))
        .add("groups", std::move(groups))
        .add("first_difference", std::move(first))
        .add("differences", std::move(differences))
        .add("broken_in_the_recording", textsNode(agreement.violated_recorded))
        .add("broken_in_the_simulation", std::move(broken))
        .add("journal_sha256", JsonNode::string(agreement.report.journal_sha256));
    return node.toJson();
}

void print(std::FILE* out, const ScenarioFromArguments& arguments, const RecordedScenario& made,
           const Agreement& agreement)
{
    std::fprintf(out, "%s: scenario %s of %s\n", arguments.output.c_str(), made.scenario.name.c_str(),
                 arguments.journal.c_str());
    for (const std::string& what : made.taken)
        std::fprintf(out, "  has %s\n", what.c_str());
    for (const std::string& what : made.left_out)
        std::fprintf(out, "  not in it: %s\n", what.c_str());
    std::fprintf(out, "agreement of its run with the recording:\n");
    for (const std::string& sentence : agreement.sentences())
        std::fprintf(out, "  %s\n", sentence.c_str());
    if (arguments.output != "-")
        std::fprintf(out, "run it with: orderlabd simulate %s\n", shellWord(arguments.output).c_str());
}

int scenarioFrom(const ScenarioFromArguments& arguments)
{
    std::error_code ignored;
    if (std::filesystem::equivalent(arguments.journal, arguments.output, ignored)) {
        complain("--output: would replace the recording itself; name another file");
        return exit_usage;
    }
    const auto recording = readRecording(arguments.journal);
    if (!recording)
        return fail(recording.error());
    for (const std::string& line : whatIsMissing(arguments.journal, *recording))
        complain(line);
    auto made = scenarioOf(*recording, std::filesystem::path(arguments.journal).stem().string());
    if (!made)
        return fail({made.error().code, Retry::Never, arguments.journal + ": " + made.error().message, {}});
    const auto agreement = agreementOf(*recording, *made);
    if (!agreement)
        return fail(agreement.error());
    expect(made->scenario, agreement->report);
    if (const auto written = writeOutput(arguments.output, made->scenario.toJson()); !written)
        return fail(written.error());
    if (arguments.json)
        std::fprintf(arguments.output == "-" ? stderr : stdout, "%s\n", jsonOf(arguments, *made, *agreement).c_str());
    else
        print(arguments.output == "-" ? stderr : stdout, arguments, *made, *agreement);
    return exit_ok;
}

} // namespace

void addScenarioFrom(CLI::App& app, Command& run)
{
    auto arguments = std::make_shared<ScenarioFromArguments>();
    CLI::App* command = app.add_subcommand(
        "scenario-from", "Makes a scenario of a recorded run: the same customers, failures and switches; runs it, and "
                         "says how well it agrees with the recording");
    command->add_option("JOURNAL", arguments->journal, "The journal file")->required();
    command->add_option("--output", arguments->output, "File for the scenario; -: standard output")->required();
    command->add_flag("--json", arguments->json, "Prints one JSON object about the agreement");
    command->callback([&run, arguments] { run = [arguments] { return scenarioFrom(*arguments); }; });
}

} // namespace orderlab
