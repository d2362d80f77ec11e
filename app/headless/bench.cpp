#include "simulation/bench.h"
#include "end_signals.h"
#include "headless/commands.h"
#include "headless/otlp_options.h"
#include "headless/say.h"
#include "headless/scratch_data.h"
#include "http/http_server.h"
#include "http/load_client.h"
#include "http/order_api.h"
#include "lab/clean_bench.h"
#include "lab/lab.h"
#include "lab/pipeline_bench.h"
#include "lab/private_redis.h"
#include "lab_options.h"
#include "number_in.h"
#include "runtime/real_runtime.h"
#include "simulation/shipped_scenarios.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>

namespace orderlab {

namespace {

template <typename Report>
int finish(const Result<Report>& report)
{
    if (!report)
        return fail(report.error());
    std::printf("%s\n", report->toJson().c_str());
    return exit_ok;
}

struct HttpBenchOptions {
    std::uint64_t orders = 20'000;
    std::size_t connections = 64;
    LabOptions lab;
};

Task<Result<BenchReport>> postOrders(Lab& lab, HttpServer& server, const HttpBenchOptions& options)
{
    auto listening = co_await server.listen();
    if (!listening)
        co_return listening.error();
    LoadOptions load;
    load.server.host = "127.0.0.1";
    load.server.port = server.port();
    load.connections = options.connections;
    load.orders = options.orders;
    const auto before = co_await lab.store().counts();
    if (!before)
        co_return before.error();
    const TimePoint started = lab.runtime().now();
    const auto result = co_await runLoad(lab.runtime(), std::move(load));
    const TimePoint ended = lab.runtime().now();
    const auto after = co_await lab.store().counts();
    if (!after)
        co_return after.error();
    co_await server.stop();
    if (!result)
        co_return result.error();
    if (result->created != options.orders)
        co_return internalError("not every order was created: " + result->first_error);
    BenchReport report;
    report.orders = result->created;
    // What the workers did in the same time; a backlog that is left is not waited for.
    report.deliveries = std::uint64_t(after->processed_events - before->processed_events);
    report.seconds = std::chrono::duration<double>(ended - started).count();
    report.peak_rss_mib = peakRssMib();
    co_return report;
}

/// 201 after the durable commit, over real sockets; workers and relay run as ever.
Result<BenchReport> benchHttp(const HttpBenchOptions& options)
{
    auto chosen = chooseLab(options.lab);
    if (!chosen)
        return chosen.error();
    RealRuntime runtime;
    Lab lab(runtime, chosen->config);
    ORDERLAB_TRY(return, runtime.run(lab.start()));
    HttpOptions http;
    http.port = 0;
    HttpServices services;
    services.orders = [&lab] { return &lab.orders(); };
    services.ready = [&lab] { return lab.ready(); };
    Router router;
    addOrderApi(router, runtime, std::move(services));
    HttpServer server(runtime, std::move(http), std::move(router));
    auto report = runtime.run(postOrders(lab, server, options));
    runtime.run(server.stop());
    runtime.run(lab.stop());
    return report;
}

struct SimulationBenchArguments {
    std::string scenario = "everything-at-once";
    SimulationBenchOptions options;
};

Result<SimulationBenchReport> runSimulationBench(const SimulationBenchArguments& arguments)
{
    const auto source = findScenario(arguments.scenario);
    if (!source)
        return source.error();
    const auto scenario = parseScenario(source->text, source->file);
    if (!scenario)
        return scenario.error();
    return benchSimulation(*scenario, arguments.options);
}

/// What a server's observers cost, as options of a bench.
struct ObserverOptions {
    bool observed = false;
    OtlpOptions otlp;
};

struct DurableBench {
    LabOptions lab;
    PipelineBenchOptions options{.orders = 20'000, .clients = 64};
    ObserverOptions observers;
};

/// Error: InvalidArgument with the option to blame.
Result<void> takeObservers(PipelineBenchOptions& options, const ObserverOptions& observers)
{
    auto plan = planOtlp(observers.otlp);
    if (!plan)
        return plan.error();
    if (plan->isOn() && !observers.observed)
        std::fprintf(stderr, "an OpenTelemetry receiver is given: as with --observed\n");
    for (const std::string& warning : plan->warnings)
        std::fprintf(stderr, "%s\n", warning.c_str());
    options.observed = observers.observed || plan->isOn();
    options.otlp = std::make_shared<OtlpPlan>(std::move(*plan));
    return {};
}

enum class DurableKind : std::uint8_t { Postgres, Kafka, Cleaning };

/// A fresh cluster and topics for each run, so that nothing is left over from the one before.
int runDurable(DurableBench bench, DurableKind kind, bool own_store)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::string unique = std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    const bool kafka = kind == DurableKind::Kafka;
    if (const auto taken = takeObservers(bench.options, bench.observers); !taken)
        return fail(taken.error());
    const EndSignals signals;
    ScratchData scratch("bench", defaultDataDir());
    bench.lab.bus = kafka ? "kafka" : "memory";
    if (kafka && bench.lab.config.topic_prefix == LabConfig{}.topic_prefix)
        bench.lab.config.topic_prefix = "bench-" + unique + '.';
    if (own_store) {
        bench.lab.store = "postgres";
        const auto folder = scratch.folder("data");
        if (!folder)
            return fail(folder.error());
        bench.lab.data_dir = folder->string();
    }
    RealRuntime runtime(1);
    std::unique_ptr<PrivateRedis> redis;
    if (bench.lab.redis == "private") {
        const auto folder = scratch.folder("redis");
        if (!folder)
            return fail(folder.error());
        auto started = runtime.run(startPrivateRedis(runtime, {*folder}));
        if (!started)
            return fail(started.error());
        redis = std::move(*started);
        bench.lab.redis = redis->url();
    }
    auto chosen = chooseLab(bench.lab);
    if (!chosen)
        return fail(chosen.error());
    if (kafka && bench.lab.group_prefix.empty())
        chosen->config.group_prefix = "bench-" + unique + '.';
    return kind == DurableKind::Cleaning ? finish(benchCleaning(chosen->config, bench.options))
                                         : finish(benchPipeline(chosen->config, bench.options));
}

void addObserved(CLI::App& command, ObserverOptions& options)
{
    command.add_flag("--observed", options.observed,
                     "With the observers of a server: a JSON log at info, metrics that are read each second. An "
                     "OpenTelemetry receiver implies it");
    options.otlp.signals[std::size_t(OtlpSignal::Metrics)].exporter = "none"; // Unless asked for.
    options.otlp.signals[std::size_t(OtlpSignal::Logs)].exporter = "none";
    addOtlpOptions(command, options.otlp);
}

void addDurableBench(CLI::App& bench, Command& run, DurableKind kind, const char* name, const char* help,
                     std::shared_ptr<bool> ignored)
{
    auto options = std::make_shared<DurableBench>();
    CLI::App* command = bench.add_subcommand(name, help);
    command->add_option("--orders", options->options.orders, "Orders to create, 1 to 10000000")
        ->check(numberIn(1, 10'000'000))
        ->capture_default_str();
    command->add_option("--clients", options->options.clients, "Clients that create orders at the same time, 1 to 1024")
        ->check(numberIn(1, 1'024))
        ->capture_default_str();
    if (kind != DurableKind::Cleaning)
        addObserved(*command, options->observers);
    command->add_option("--duplicates", options->options.duplicates, "The share of deliveries that come twice, 0 to 1")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_flag("--keyed", options->options.keyed, "Each order under an idempotency key of its own");
    command->add_flag("--json", *ignored, "One JSON object (the default)");
    addLabOptions(*command, options->lab);
    command->get_option("--redis")->description(
        "As serve has it, or 'private': a Redis of the bench's own, with default settings but nothing on the disk");
    command->callback([&run, options, command, ignored, kind] {
        const bool own_store = command->count("--postgres") == 0 && command->count("--data-dir") == 0;
        run = [options, kind, own_store] { return runDurable(*options, kind, own_store); };
    });
}

void addRawBench(CLI::App& bench, Command& run, std::shared_ptr<bool> ignored)
{
    struct Raw {
        LabOptions lab;
        RawBenchOptions options;
    };
    auto raw = std::make_shared<Raw>();
    CLI::App* command = bench.add_subcommand(
        "kafka-raw", "Publishes events to Kafka at --kafka-brokers, without consumers; \"orders\" are events");
    command->add_option("--orders", raw->options.events, "Events to publish, 1000 to 100000000")
        ->check(numberIn(1'000, 100'000'000))
        ->capture_default_str();
    command->add_flag("--json", *ignored, "One JSON object (the default)");
    addLabOptions(*command, raw->lab);
    command->callback([&run, raw, ignored] {
        run = [raw] {
            const auto now = std::chrono::system_clock::now().time_since_epoch();
            raw->lab.bus = "kafka";
            raw->lab.store = "memory";
            raw->lab.config.topic_prefix =
                "bench-" + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()) + '.';
            const auto chosen = chooseLab(raw->lab);
            return chosen ? finish(benchPublish(chosen->config, raw->options))
                          : finish(Result<BenchReport>(chosen.error()));
        };
    });
}

} // namespace

void addBench(CLI::App& app, Command& run)
{
    CLI::App* bench = app.add_subcommand("bench", "Measures, and prints one JSON object");
    bench->require_subcommand(1);
    auto ignored = std::make_shared<bool>(false); // The output is JSON anyway; the flag says that one relies on it.

    auto pipeline_options = std::make_shared<PipelineBenchOptions>();
    const auto observers = std::make_shared<ObserverOptions>();
    CLI::App* pipeline = bench->add_subcommand("pipeline", "The whole pipeline, in memory");
    pipeline->add_option("--orders", pipeline_options->orders, "Orders to create, 1 to 10000000")
        ->check(numberIn(1, 10'000'000))
        ->capture_default_str();
    pipeline->add_option("--threads", pipeline_options->threads, "Threads; 0: one for each core")
        ->check(numberIn(0, 256))
        ->capture_default_str();
    addObserved(*pipeline, *observers);
    pipeline->add_flag("--json", *ignored, "One JSON object (the default)");
    pipeline->callback([&run, pipeline_options, observers, ignored] {
        run = [pipeline_options, observers] {
            const auto taken = takeObservers(*pipeline_options, *observers);
            return taken ? finish(benchPipeline({}, *pipeline_options)) : fail(taken.error());
        };
    });

    addDurableBench(*bench, run, DurableKind::Postgres, "postgres",
                    "The whole pipeline with PostgreSQL: with a new private cluster, unless --postgres names another",
                    ignored);
    addDurableBench(*bench, run, DurableKind::Kafka, "kafka",
                    "The whole pipeline with PostgreSQL and Kafka, at --kafka-brokers", ignored);
    addDurableBench(*bench, run, DurableKind::Cleaning, "cleaning",
                    "How many orders' rows are cleaned a second, of all bounded tables, with a new private cluster",
                    ignored);
    addRawBench(*bench, run, ignored);
    addSoak(*bench, run);
    addJournalBench(*bench, run);
    addWorkerBench(*bench, run);
    addClassBench(*bench, run);
    addCompareBench(*bench, run);

    auto http_options = std::make_shared<HttpBenchOptions>();
    CLI::App* http = bench->add_subcommand("http", "Creates orders over HTTP, each answered after its durable commit");
    http->add_option("--orders", http_options->orders, "Orders to create, 1 to 10000000")
        ->check(numberIn(1, 10'000'000))
        ->capture_default_str();
    http->add_option("--connections", http_options->connections, "Clients at the same time, 1 to 1024")
        ->check(numberIn(1, 1'024))
        ->capture_default_str();
    http->add_flag("--json", *ignored, "One JSON object (the default)");
    addLabOptions(*http, http_options->lab);
    http->callback(
        [&run, http_options, ignored] { run = [http_options] { return finish(benchHttp(*http_options)); }; });

    auto simulation_options = std::make_shared<SimulationBenchArguments>();
    CLI::App* simulation = bench->add_subcommand(
        "simulation",
        "Simulates one scenario with its faults, seed after seed: setup, every order to its end, all nine invariants "
        "checked at every entry; the journal is neither hashed nor written");
    simulation->add_option("SCENARIO", simulation_options->scenario, "A file, or one of `scenario list`")
        ->capture_default_str();
    simulation
        ->add_option("--orders", simulation_options->options.orders,
                     "Orders to simulate, over as many seeds as that takes")
        ->check(numberIn(1, 10'000'000))
        ->capture_default_str();
    simulation->add_option("--threads", simulation_options->options.threads, "Threads; 0: one for each core")
        ->check(numberIn(0, 256))
        ->capture_default_str();
    simulation->add_flag("--json", *ignored, "One JSON object (the default)");
    simulation->callback([&run, simulation_options, ignored] {
        run = [simulation_options] { return finish(runSimulationBench(*simulation_options)); };
    });
}

} // namespace orderlab
