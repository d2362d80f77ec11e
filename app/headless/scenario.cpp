#include "simulation/scenario.h"

#include "headless/commands.h"
#include "headless/say.h"
#include "simulation/shipped_scenarios.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace orderlab {

namespace {

void print(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

int list(bool json)
{
    JsonNode all = JsonNode::array();
    for (const EmbeddedText& shipped : shippedScenarios()) {
        const auto scenario = parseScenario(shipped.text, shipped.name);
        if (!scenario) {
            complain(scenario.error());
            return exit_failed;
        }
        std::string expected;
        for (const std::string& name : scenario->expectation.violates)
            expected.append(expected.empty() ? "" : ", ").append(name);
        if (json) {
            all.items.push_back(JsonNode::object());
            all.items.back()
                .add("name", JsonNode::string(scenario->name))
                .add("description", JsonNode::string(scenario->description))
                .add("violates", JsonNode::string(expected));
            continue;
        }
        std::printf("%-20s  %s\n", scenario->name.c_str(), scenario->description.c_str());
        if (!expected.empty())
            std::printf("%-20s  Breaks %s.\n", "", expected.c_str());
        if (!scenario->expectation.happens.empty())
            std::printf("%-20s  Has: %s\n", "", scenario->expectation.happens.c_str());
        if (!scenario->expectation.never.empty())
            std::printf("%-20s  Never has: %s\n", "", scenario->expectation.never.c_str());
    }
    if (json)
        print(all.toPrettyJson());
    return exit_ok;
}

int show(const std::string& name)
{
    const auto source = findScenario(name);
    if (!source) {
        complain(source.error());
        return exit_usage;
    }
    print(source->text);
    return exit_ok;
}

/// Every problem of every file, one a line, as compilers tell them.
int check(const std::vector<std::string>& names)
{
    int code = exit_ok;
    for (const std::string& name : names) {
        const auto source = findScenario(name);
        if (!source) {
            complain(source.error());
            return exit_usage;
        }
        std::vector<JsonProblem> problems;
        if (readScenario(source->text, problems)) {
            std::printf("%s: is a valid scenario\n", source->file.c_str());
            continue;
        }
        for (const JsonProblem& problem : problems)
            std::printf("%s\n", toString(problem, source->text, source->file).c_str());
        code = exit_failed;
    }
    return code;
}

} // namespace

void addScenario(CLI::App& app, Command& run)
{
    CLI::App* command =
        app.add_subcommand("scenario", "Lists, prints and checks scenarios for simulate, hunt and compare");
    command->require_subcommand(1);
    auto json = std::make_shared<bool>(false);
    CLI::App* listing = command->add_subcommand("list", "Lists the scenarios that come with the program");
    listing->add_flag("--json", *json, "Prints one JSON list");
    listing->callback([&run, json] { run = [json] { return list(*json); }; });
    auto name = std::make_shared<std::string>();
    CLI::App* showing = command->add_subcommand("show", "Prints a scenario, as a start for your own");
    showing->add_option("SCENARIO", *name, "A file, or one of `scenario list`")->required();
    showing->callback([&run, name] { run = [name] { return show(*name); }; });
    auto names = std::make_shared<std::vector<std::string>>();
    CLI::App* checking =
        command->add_subcommand("check", "Checks scenario files and reports every error by line and column");
    checking->add_option("SCENARIO", *names, "Files, or some of `scenario list`")->required();
    checking->callback([&run, names] { run = [names] { return check(*names); }; });
    CLI::App* schema = command->add_subcommand("schema", "Prints the JSON Schema of scenario files, for editors");
    schema->callback([&run] {
        run = [] {
            print(scenarioSchema());
            return exit_ok;
        };
    });
}

} // namespace orderlab
