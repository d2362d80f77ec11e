#include "config_file.h"
#include "documents/write_documents.h"
#include "headless/commands.h"
#include "headless/say.h"
#include "lessons/shipped_lessons.h"
#include "option_origin.h"
#include "simulation/shipped_scenarios.h"

#include <CLI/CLI.hpp>

namespace {

/// The command that the user meant an option or a further command for.
const CLI::App& deepestChosen(const CLI::App& app)
{
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : deepestChosen(*chosen.front());
}

std::string nameOf(const CLI::App& app)
{
    return app.get_parent() ? nameOf(*app.get_parent()) + ' ' + app.get_name() : app.get_name();
}

/// What completions offer beside files.
orderlab::ArgumentWords argumentWords()
{
    orderlab::ArgumentWords words;
    for (const auto& scenario : orderlab::shippedScenarios())
        words["SCENARIO"].emplace_back(scenario.name);
    for (const auto& lesson : orderlab::shippedLessons())
        words["LESSON"].emplace_back(lesson.name);
    return words;
}

/// What is wrong, in one line, with what would be right.
std::string usageText(const CLI::App& app, const CLI::ParseError& error)
{
    const CLI::App& command = deepestChosen(app);
    const auto code = CLI::ExitCodes(error.get_exit_code());
    const auto commands = command.get_subcommands([](const CLI::App*) { return true; });
    if (code == CLI::ExitCodes::RequiredError && !commands.empty()) {
        std::string all;
        for (const CLI::App* one : commands)
            all += (all.empty() ? "" : ", ") + one->get_name();
        const auto extra = app.remaining(true);
        return (extra.empty() ? nameOf(command) + " needs a command" : extra.front() + ": no such command")
               + "; there are " + all;
    }
    const std::string text = error.what();
    return code == CLI::ExitCodes::ExtrasError ? text + "; see " + nameOf(command) + " --help" : text;
}

} // namespace

int main(int argc, char** argv)
{
    using namespace orderlab;
    CLI::App app{"Orderlab without a window: a real order-processing system to learn from", "orderlabd"};
    app.set_version_flag("--version", ORDERLAB_VERSION);
    app.require_subcommand(1);
    Command run;
    addServe(app, run, argc, argv);
    addImport(app, run);
    addDemo(app, run);
    addSimulate(app, run);
    addHunt(app, run);
    addFate(app, run);
    addScenario(app, run);
    addScenarioFrom(app, run);
    addConfig(app, run, argc, argv);
    addBench(app, run);
    addDeadLetters(app, run);
    addGroups(app, run);
    addTopics(app, run);
    addCompare(app, run);
    addWhy(app, run);
    addQuery(app, run);
    addLesson(app, run);
    addConvert(app, run);
    addArchive(app, run);
    addRoles(app, run);
    addWorker(app, run);
    addClassroom(app, run);
    addStatus(app, run);
    addUpgradeData(app, run);
    addDocumentsOption(app, argumentWords());
    const auto config = takeConfigFile(app, argc, argv);
    if (!config)
        return fail(config.error());
    try {
        parseOptions(app, argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        complain(withOrigins(usageText(app, error), originsBehind(deepestChosen(app), argc, argv)));
        return exit_usage;
    }
    blameOrigins(originsBehind(deepestChosen(app), argc, argv));
    return run();
}
