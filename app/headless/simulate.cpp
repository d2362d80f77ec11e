#include "headless/commands.h"
#include "headless/fork.h"
#include "headless/progress_line.h"
#include "headless/report_text.h"
#include "headless/say.h"
#include "headless/scenario_options.h"
#include "headless/worker_text.h"
#include "number_in.h"
#include "simulation/moment_check.h"
#include "simulation/seed_runner.h"
#include "simulation/swarm.h"
#include "simulation/worker_chance.h"

#include <CLI/CLI.hpp>

namespace orderlab {

namespace {

struct SimulateOptions {
    ScenarioOptions scenario;
    std::optional<std::uint64_t> seed;
    std::string seeds; ///< "A..B"; empty: just one.
    unsigned threads = 0;
    bool keep_going = false;
    bool swarm = false;
    std::string journal_file;
    bool json = false;
    ForkArguments fork;
};

std::string commandFor(const SimulateOptions& options, std::uint64_t seed)
{
    if (options.swarm)
        return "orderlabd simulate swarm-" + std::to_string(seed);
    return "orderlabd simulate" + argumentsOf(options.scenario) + " --seed " + std::to_string(seed);
}

std::string neverHappened(const std::string& seeds, const QueryOutcome& happens)
{
    return seeds + ": there is no entry of what is to happen: " + happens.query;
}

int runOne(const Scenario& scenario, const SimulateOptions& options)
{
    const std::uint64_t seed = options.seed.value_or(scenario.seed);
    WorkerTranscript said;
    SimulationOptions simulation;
    if (!scenario.own_workers.empty()) {
        simulation.transcript = &said;
        simulation.on_worker_output = [](TimePoint, std::string_view member, std::string_view line) {
            std::fprintf(stderr, "%.*s: %.*s\n", int(member.size()), member.data(), int(line.size()), line.data());
        };
    }
    const auto report = simulateAndRecord(scenario, seed, options.journal_file, simulation);
    if (!report)
        return fail(report.error());
    if (options.json)
        std::printf("%s\n", reportJson(scenario, *report).c_str());
    else
        printReport(stdout, *report);
    std::fflush(stdout);
    printViolations(options.json ? stderr : stdout, scenario, *report, commandFor(options, seed));
    const bool happened = !report->happens || report->happens->hits > 0;
    if (!happened)
        complain(neverHappened("seed " + std::to_string(seed), *report->happens));
    bool is_repeatable = true;
    if (!scenario.own_workers.empty()) {
        const auto difference = runAgain(scenario, seed, said);
        if (!difference)
            return fail(difference.error());
        is_repeatable = !*difference;
        if (!is_repeatable)
            complain(differenceText(seed, **difference));
    }
    return report->holds() && !report->hasForbidden() && happened && is_repeatable ? exit_ok : exit_failed;
}

/// What the seeds come to, for people.
struct Summary {
    std::uint64_t seeds = 0, broken = 0, orders = 0, entries = 0, faults = 0, forbidden = 0;
    bool happened = true; ///< In one of them, what is to happen in one.

    void add(const SimulationReport& report, bool is_good)
    {
        ++seeds;
        broken += !is_good;
        forbidden += report.hasForbidden();
        if (report.happens)
            happened = (happened && seeds > 1) || report.happens->hits > 0;
        orders += std::uint64_t(report.totals.accepted);
        entries += report.journal_entries;
        faults += report.faults_injected;
    }
    void print(bool is_swarm) const
    {
        const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
        std::printf("%llu %s, %llu orders, %llu faults injected, %llu journal entries: ", number(seeds),
                    seeds == 1 ? "seed" : "seeds", number(orders), number(faults), number(entries));
        if (forbidden > 0)
            std::printf("%llu %s what never happens; ", number(forbidden), forbidden == 1 ? "seed has" : "seeds have");
        if (broken == 0)
            std::printf(is_swarm ? "all invariants hold, except where a guarantee was off\n" : "all invariants hold\n");
        else
            std::printf("%llu %s an invariant\n", number(broken), broken == 1 ? "seed breaks" : "seeds break");
    }
};

int runSeedRange(const Scenario& scenario, const SimulateOptions& options)
{
    const auto range = parseSeedRange(options.seeds);
    if (!range) {
        complain(range.error());
        return exit_usage;
    }
    Summary summary;
    std::optional<QueryOutcome> last;
    ProgressLine progress;
    SimulationOptions simulation;
    simulation.hash = options.json; // as nothing else shows it
    const ScenarioOfSeed scenario_of = [&](std::uint64_t seed) {
        return options.swarm ? swarmScenario(seed) : scenario;
    };
    const auto run = runSeeds(scenario_of, *range, options.threads, simulation, [&](const SimulationReport& report) {
        // A drawn scenario expects what the guarantees that it has off may cost.
        const bool is_good = options.swarm ? isAsExpected(report, swarmScenario(report.seed)) : report.holds();
        summary.add(report, is_good);
        if (options.json) {
            std::printf("%s\n", reportJson(scenario_of(report.seed), report).c_str());
            std::fflush(stdout);
        }
        if (!is_good || report.hasForbidden()) {
            progress.clear();
            printViolations(options.json ? stderr : stdout, scenario_of(report.seed), report,
                            commandFor(options, report.seed));
        }
        if (!options.json)
            progress.show("seed " + std::to_string(report.seed) + " of " + options.seeds + ", "
                          + std::to_string(summary.broken) + " broken ");
        last = report.happens;
        return (is_good && !report.hasForbidden()) || options.keep_going;
    });
    progress.clear();
    if (!run)
        return fail(run.error());
    if (!options.json)
        summary.print(options.swarm);
    const bool is_good = summary.broken == 0 && summary.forbidden == 0;
    if (is_good && !summary.happened)
        complain(neverHappened("seeds " + options.seeds, *last));
    return is_good && summary.happened ? exit_ok : exit_failed;
}

int runSimulate(const SimulateOptions& options)
{
    if (!options.fork.recording.empty())
        return runFork(options.fork, options.journal_file, options.json);
    if (options.swarm)
        return runSeedRange({}, options);
    const auto scenario = chooseScenario(options.scenario);
    if (!scenario) {
        complain(scenario.error());
        return exit_usage;
    }
    if (MomentLine::isLine(options.scenario.name)) {
        const auto found = findMoment(MomentLine::parse(options.scenario.name).value(), {}, {}, scenario->own_workers);
        if (!found)
            return fail(found.error());
        if (!found->is_same) {
            complain(found->problem);
            return exit_other_run;
        }
    }
    return options.seeds.empty() ? runOne(*scenario, options) : runSeedRange(*scenario, options);
}

} // namespace

void addSimulate(CLI::App& app, Command& run)
{
    auto options = std::make_shared<SimulateOptions>();
    CLI::App* command = app.add_subcommand(
        "simulate", "Runs the whole system on a virtual clock; the same seed repeats the run byte for byte");
    addScenarioOptions(*command, options->scenario);
    auto* seed = command
                     ->add_option("--seed", options->seed,
                                  "Decides everything that is left to chance; default: the "
                                  "scenario's")
                     ->check(isSeed);
    auto* seeds = command->add_option("--seeds", options->seeds,
                                      "Runs every seed from A to B on all cores: A..B; stops at the first violation");
    auto* swarm = command
                      ->add_flag("--swarm", options->swarm,
                                 "Each seed draws its own scenario: customers, policies, guarantees, "
                                 "failures; `scenario show swarm-SEED` prints it")
                      ->needs(seeds);
    auto* keep_going = command->add_flag("--keep-going", options->keep_going, "Runs all seeds, also after a violation");
    auto* threads = command->add_option("--threads", options->threads, "Threads for --seeds; 0: one for each core")
                        ->check(numberIn(0, 256));
    auto* journal = command->add_option("--journal", options->journal_file, "Writes the journal to this file");
    command->add_flag("--json", options->json, "Prints one JSON object for each seed");
    seeds->excludes(seed)->excludes(journal);
    keep_going->needs(seeds);
    threads->needs(seeds);
    auto* recording =
        command->add_option("--from-journal", options->fork.recording,
                            "Repeats the run of this journal file, with other settings from --fork-at on");
    auto* at = command->add_option("--fork-at", options->fork.at, "When the settings change, such as 14.1s");
    auto* set = command
                    ->add_option("--set", options->fork.settings,
                                 "What is set or done then: inbox=on, outbox=off, "
                                 "fault=SPEC, fault-off=SPEC, faults=none, members=4, members.payment=4, "
                                 "order=ada,19.99,EUR, orders=100, cancel=ORDER, crash=payment-1, "
                                 "replay, discard, drop or delay =GROUP,EVENT, seed=17; repeatable")
                    ->allow_extra_args(false);
    recording->needs(at)->needs(set)->excludes(seed)->excludes(seeds);
    at->needs(recording);
    set->needs(recording);
    for (const char* other : {"SCENARIO", "--orders", "--partitions", "--members", "--without", "--fault"}) {
        recording->excludes(command->get_option(other));
        swarm->excludes(command->get_option(other));
    }
    command->callback([&run, options] { run = [options] { return runSimulate(*options); }; });
}

} // namespace orderlab
