#include "base/mutex.h"
#include "end_signals.h"
#include "headless/commands.h"
#include "headless/compare_text.h"
#include "headless/progress_line.h"
#include "headless/say.h"
#include "headless/scenario_options.h"
#include "headless/scratch_data.h"
#include "simulation/scenario_play.h"

#include <CLI/CLI.hpp>

#include <random>
#include <thread>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr std::uint64_t orders_max = 100'000; // both journals are kept in memory

struct CompareOptions {
    ScenarioOptions scenario;
    std::optional<std::uint64_t> seed;
    std::string kafka_brokers = "embedded";
    std::string store = "memory";
    std::string limit = "5min";
    bool with_races = false;
    bool json = false;
};

/// What is to be run, twice.
struct Plan {
    Scenario scenario;
    LiveRunOptions run;
    LabConfig memory, kafka;
    std::vector<std::string> left_out;
};

std::atomic<bool> given_up{false};

/// Nobody else's names.
std::string freshPrefix()
{
    std::random_device device;
    char text[40];
    std::snprintf(text, sizeof text, "orderlab-compare-%08x%08x.", device(), device());
    return text;
}

Result<Plan> planOf(const CompareOptions& options)
{
    auto scenario = chooseScenario(options.scenario);
    if (!scenario)
        return scenario.error();
    if (scenario->orders.count > orders_max)
        return invalidArgument("orders", "must be at most " + std::to_string(orders_max)
                                             + ", as both journals are kept in memory");
    const auto limit = parseDuration(options.limit);
    if (!limit || *limit < std::chrono::seconds{1} || *limit > std::chrono::hours{1})
        return invalidArgument("limit", "must be from 1s to 60min, such as 90s");
    Plan plan;
    plan.scenario = std::move(*scenario);
    plan.left_out = fitToRealClock(plan.scenario, *limit);
    if (!options.with_races) {
        auto races = takeOutRaces(plan.scenario);
        for (std::string& race : races)
            plan.left_out.push_back(std::move(race) + "; kept with --with-races");
    }
    plan.run.seed = options.seed.value_or(plan.scenario.seed);
    plan.run.limit = *limit;
    plan.run.give_up = &given_up;
    plan.run.remove_topics = true;
    plan.kafka.bus = options.kafka_brokers == "embedded" ? BusKind::EmbeddedKafka : BusKind::Kafka;
    plan.kafka.topic_prefix = plan.kafka.group_prefix = freshPrefix();
    plan.kafka.kafka.brokers = options.kafka_brokers;
    plan.kafka.kafka.properties = kafkaPropertiesOf(environ);
    ORDERLAB_TRY(return, plan.kafka.validate());
    return plan;
}

/// How far both are, on one line.
class Progress {
public:
    void show(std::size_t run, const Totals& totals)
    {
        const MutexLock guard(m_mutex);
        m_done[run] = totals.accepted - totals.in_flight;
        m_accepted[run] = totals.accepted;
        m_line.show("in memory " + text(0) + ", on Kafka " + text(1) + " orders done ");
    }
    void clear()
    {
        const MutexLock guard(m_mutex);
        m_line.clear();
    }

private:
    std::string text(std::size_t run) const ORDERLAB_REQUIRES(m_mutex)
    {
        return std::to_string(m_done[run]) + " of " + std::to_string(m_accepted[run]);
    }

    Mutex m_mutex;
    ProgressLine m_line ORDERLAB_GUARDED_BY(m_mutex);
    std::int64_t m_done[2] ORDERLAB_GUARDED_BY(m_mutex) = {0, 0};
    std::int64_t m_accepted[2] ORDERLAB_GUARDED_BY(m_mutex) = {0, 0};
};

struct BothRuns {
    Result<LiveRun> memory = unavailable("not run");
    Result<LiveRun> kafka = unavailable("not run");
};

/// At the same time, as runs wait most of theirs. When one fails, the other is given up.
BothRuns runBoth(const Plan& plan)
{
    Progress progress;
    const auto runOne = [&](std::size_t number, const LabConfig& config, Result<LiveRun>& result) {
        LiveRunOptions options = plan.run;
        options.on_progress = [&progress, number](const Totals& totals) { progress.show(number, totals); };
        result = runLive(plan.scenario, config, options);
        if (!result)
            given_up = true;
    };
    BothRuns runs;
    std::thread other([&] { runOne(0, plan.memory, runs.memory); });
    runOne(1, plan.kafka, runs.kafka);
    other.join();
    progress.clear();
    return runs;
}

int fail(const char* where, const Error& error)
{
    Error told = error;
    told.message = std::string(where) + ": " + error.message;
    told.field.clear();
    complain(told);
    return exitCodeOf(error);
}

int runCompare(const CompareOptions& options)
{
    auto plan = planOf(options);
    if (!plan) {
        complain(plan.error());
        return exit_usage;
    }
    // The first time the runs are given up in order.
    const EndSignals signals([](std::string_view) { given_up = true; });
    ScratchData scratch("orderlab");
    if (options.store == "postgres") {
        for (LabConfig* config : {&plan->memory, &plan->kafka}) {
            const auto folder = scratch.folder(config == &plan->memory ? "memory" : "kafka");
            if (!folder)
                return fail("--store postgres", folder.error());
            config->store = StoreKind::PostgresPrivate;
            config->data_dir = *folder;
        }
    }
    auto both = runBoth(*plan);
    // The one that failed by itself first: the other was given up because of it.
    const bool kafka_failed = !both.kafka && (both.memory || both.kafka.error().code != ErrorCode::Canceled);
    if (kafka_failed)
        return fail("on Kafka", both.kafka.error());
    if (!both.memory)
        return fail("in memory", both.memory.error());
    ComparedRuns runs{plan->scenario.name,
                      plan->run.seed,
                      plan->run.limit,
                      std::move(plan->left_out),
                      std::move(*both.memory),
                      std::move(*both.kafka),
                      {}};
    const RunJournal memory{"in memory", runs.memory.entries, *runs.memory.names, runs.memory.purchases};
    const RunJournal kafka{"on Kafka", runs.kafka.entries, *runs.kafka.names, runs.kafka.purchases};
    runs.comparison = compareRuns(memory, kafka);
    if (options.json)
        std::printf("%s\n", toJson(runs).c_str());
    else
        printComparison(runs);
    if (!runs.kafka.left_behind.empty())
        complain("the topics " + plan->kafka.topic_prefix + "* are still there: " + runs.kafka.left_behind);
    return runs.areEqual() ? exit_ok : exit_failed;
}

} // namespace

void addCompare(CLI::App& app, Command& run)
{
    auto options = std::make_shared<CompareOptions>();
    CLI::App* command =
        app.add_subcommand("compare", "Runs a scenario in memory and on Kafka, on a real clock, and explains "
                                      "the first difference; exit code 0 if every order ended alike");
    addScenarioOptions(*command, options->scenario);
    command->add_option("--seed", options->seed, "Who buys what and when; default: the scenario's")->check(isSeed);
    command
        ->add_option(
            "--kafka-brokers", options->kafka_brokers,
            "HOST:PORT,… (uses its own topics and deletes them at the end), or 'embedded' (a cluster in this process)")
        ->envname("ORDERLAB_KAFKA_BROKERS")
        ->capture_default_str();
    command
        ->add_option("--store", options->store,
                     "memory, or postgres: a private cluster for each run, deleted at the end")
        ->check(CLI::IsMember({"memory", "postgres"}))
        ->capture_default_str();
    command
        ->add_option("--limit", options->limit,
                     "How long each run may take; orders that are still in progress are reported. A run in which "
                     "nothing happens any more ends before")
        ->capture_default_str();
    command->add_flag("--with-races", options->with_races,
                      "Keeps what makes an order's end depend on time or chance: cancellations, and faults that "
                      "decline some payments");
    command->add_flag("--json", options->json, "Prints one JSON object, with every difference in words");
    command->callback([&run, options] { run = [options] { return runCompare(*options); }; });
}

} // namespace orderlab
