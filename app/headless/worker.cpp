#include "headless/commands.h"
#include "headless/output_file.h"
#include "headless/progress_line.h"
#include "headless/say.h"
#include "headless/scenario_options.h"
#include "headless/worker_text.h"
#include "number_in.h"
#include "simulation/worker_starts.h"
#include "simulation/worker_trial.h"

#include <CLI/CLI.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr const char* trial_scenario = "everything-at-once";

struct NewOptions {
    std::string language;
    std::string group;
    std::string out;
};

struct TestOptions {
    std::string command;
    std::string group = groupNames().front();
    std::vector<std::string> topics;
    std::string scenario = trial_scenario;
    std::uint64_t seeds = 200;
    std::uint64_t orders = 0;
    unsigned threads = 0;
    bool json = false;
};

/// Nothing is overwritten; a library that is there already stays.
int runNew(const NewOptions& options)
{
    const OwnWorker wanted[] = {{options.group, options.language, {EventType::OrderCreated}}};
    if (const auto valid = validateOwnWorkers(wanted); !valid) {
        complain(valid.error().message);
        return exit_usage;
    }
    const auto start = findWorkerStart(options.language, options.group);
    if (!start) {
        complain(start.error());
        return exit_usage;
    }
    const std::filesystem::path folder = options.out.empty() ? "." : options.out;
    for (const WorkerStart::File& file : start->files) {
        const std::filesystem::path path = (folder / file.path).lexically_normal();
        const bool is_there = std::filesystem::exists(path);
        if (is_there && !file.is_library) {
            complain(path.string() + " is there already; --out names another folder");
            return exit_failed;
        }
        std::error_code error;
        std::filesystem::create_directories((folder / file.path).parent_path(), error); // Else writing tells it.
        if (!is_there) {
            if (const auto written = writeOutput(path.string(), std::string(file.text)); !written) {
                complain(written.error());
                return exit_failed;
            }
        }
        std::printf("%s %s\n", path.c_str(), is_there ? "stays as it is" : "is written");
    }
    std::printf("Try it:\n");
    if (!options.out.empty())
        std::printf("  cd %s\n", shellWord(options.out).c_str());
    if (!start->build.empty())
        std::printf("  %s\n", start->build.c_str());
    std::printf("  orderlabd worker test %s --group %s%s --seeds 200\n", shellWord(start->command).c_str(),
                options.group.c_str(),
                findGroupKind(options.group) ? "" : " --topics payment-succeeded,payment-refunded");
    return exit_ok;
}

/// The smallest failing world as one line; empty where it is too long for one.
std::string momentText(const PromiseVerdict& verdict)
{
    const auto line = verdict.moment ? verdict.moment->print() : Result<std::string>(std::string());
    return line ? *line : std::string();
}

/// What to add to a command that makes a moment again.
std::string argumentsOf(const TestOptions& options)
{
    OwnWorkerTexts texts;
    texts.workers.push_back(options.group + '=' + options.command);
    texts.topics = options.topics;
    return argumentsOf(texts);
}

void print(const WorkerTrial& trial, const TestOptions& options)
{
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("%llu worlds of %s: %llu orders, %llu deliveries, %llu retries, %llu dead letters\n",
                number(trial.worlds), options.scenario.c_str(), number(trial.orders), number(trial.deliveries),
                number(trial.retries), number(trial.dead_letters));
    for (const PromiseVerdict& one : trial.promises) {
        if (one.broken == 0) {
            std::printf("  holds   %s\n", one.name.c_str());
            continue;
        }
        std::printf("  BROKEN  %s, in %llu of %llu worlds, first with seed %llu\n", one.name.c_str(),
                    number(one.broken), number(trial.worlds), number(one.first_seed));
        if (!one.explanation.empty())
            std::printf("          the smallest: at %.3f s: %s\n", one.virtual_seconds, one.explanation.c_str());
        if (const std::string moment = momentText(one); !moment.empty())
            std::printf("          moment: %s\n          see it: orderlabd simulate %s%s\n", moment.c_str(),
                        shellWord(moment).c_str(), argumentsOf(options).c_str());
        else
            std::printf("          repeat it: orderlabd simulate %s --seed %llu%s\n",
                        shellWord(options.scenario).c_str(), number(one.first_seed), argumentsOf(options).c_str());
    }
    if (trial.difference)
        std::printf("  CHANCE  %s\n", differenceText(trial.difference_seed, *trial.difference).c_str());
    std::printf(trial.holds() ? "all promises hold\n" : "not yet\n");
}

std::string toJson(const WorkerTrial& trial, const TestOptions& options)
{
    json::array promises;
    for (const PromiseVerdict& one : trial.promises) {
        json::object verdict{{"name", one.name}, {"holds", one.broken == 0}, {"broken", one.broken}};
        if (one.broken > 0) {
            verdict["first_seed"] = one.first_seed;
            verdict["explanation"] = one.explanation;
            verdict["virtual_seconds"] = one.virtual_seconds;
            verdict["moment"] = momentText(one);
        }
        promises.push_back(std::move(verdict));
    }
    json::object all{{"command", options.command},       {"group", options.group},
                     {"scenario", options.scenario},     {"worlds", trial.worlds},
                     {"orders", trial.orders},           {"deliveries", trial.deliveries},
                     {"retries", trial.retries},         {"dead_letters", trial.dead_letters},
                     {"holds", trial.holds()},           {"deterministic", !trial.difference},
                     {"invariants", std::move(promises)}};
    if (trial.difference)
        all["difference"] = {{"seed", trial.difference_seed},      {"line", trial.difference->line},
                             {"member", trial.difference->member}, {"after", trial.difference->before},
                             {"first", trial.difference->first},   {"second", trial.difference->second}};
    return json::serialize(all);
}

int runTest(const TestOptions& options)
{
    ScenarioOptions wanted;
    wanted.name = options.scenario;
    wanted.orders = options.orders;
    wanted.own_workers.workers.push_back(options.group + '=' + options.command);
    wanted.own_workers.topics = options.topics;
    const auto scenario = chooseScenario(wanted);
    if (!scenario) {
        complain(scenario.error());
        return exit_usage;
    }
    WorkerTrialOptions trying;
    trying.seeds = {1, options.seeds};
    trying.threads = options.threads;
    ProgressLine progress;
    trying.on_progress = [&progress](const std::string& text) { progress.show(text); };
    const auto trial = tryWorkers(*scenario, trying);
    progress.clear();
    if (!trial)
        return fail(trial.error());
    if (options.json)
        std::printf("%s\n", toJson(*trial, options).c_str());
    else
        print(*trial, options);
    return trial->holds() ? exit_ok : exit_failed;
}

} // namespace

void addWorker(CLI::App& app, Command& run)
{
    CLI::App* worker = app.add_subcommand("worker", "Write your own worker, in any language (docs/worker-protocol.md)");
    worker->require_subcommand(1);

    auto making = std::make_shared<NewOptions>();
    CLI::App* make = worker->add_subcommand("new", "Writes a start, and the library it uses");
    make->add_option("LANGUAGE", making->language, "One of " + workerLanguages())->required();
    make->add_option("GROUP", making->group, "What it is for: " + groupNamesText() + ", or a name of your own")
        ->required();
    make->add_option("--out", making->out, "The folder; default: this one");
    make->callback([&run, making] { run = [making] { return runNew(*making); }; });

    auto testing = std::make_shared<TestOptions>();
    CLI::App* test = worker->add_subcommand(
        "test",
        "Runs a worker through many worlds of failures, and prints a verdict for each promise with the smallest "
        "world that breaks it; exit code 0 if all hold");
    test->add_option("COMMAND", testing->command, "Program and arguments, such as 'python3 my_payment.py'")->required();
    test->add_option("--group", testing->group, "The group whose events it handles")->capture_default_str();
    test->add_option("--topics", testing->topics, "What a further group takes: order-created,payment-succeeded")
        ->allow_extra_args(false);
    test->add_option("--seeds", testing->seeds, "Worlds, 1 to 100000")
        ->check(numberIn(1, 100'000))
        ->capture_default_str();
    test->add_option("--scenario", testing->scenario, "A file, or one of `scenario list`")->capture_default_str();
    test->add_option("--orders", testing->orders, "Orders in each world, 1 to 1000000; default: the scenario's")
        ->check(numberIn(1, 1'000'000));
    test->add_option("--threads", testing->threads, "Threads; 0: one for each core")->check(numberIn(0, 256));
    test->add_flag("--json", testing->json, "Prints one JSON object");
    test->callback([&run, testing] { run = [testing] { return runTest(*testing); }; });
}

} // namespace orderlab
