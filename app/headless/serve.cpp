#include "bus/event_bus.h"
#include "config_file.h"
#include "end_signals.h"
#include "headless/api_tokens.h"
#include "headless/commands.h"
#include "headless/log.h"
#include "headless/reload.h"
#include "headless/say.h"
#include "headless/serve_options.h"
#include "headless/service_manager.h"
#include "http/dead_letter_api.h"
#include "http/fault_api.h"
#include "http/group_api.h"
#include "http/http_server.h"
#include "http/observe_api.h"
#include "http/telemetry.h"
#include "kafka/journal_publisher.h"
#include "lab/journal_archive.h"
#include "lab/lab.h"
#include "lab/lab_bus.h"
#include "observe/journal_log.h"
#include "observe/span_conventions.h"
#include "runtime/notifier.h"
#include "runtime/real_runtime.h"

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace orderlab {

namespace asio = boost::asio;

namespace {

/// With all invariants checked while it runs; a promise that is broken is an error in the log.
LabConfig watched(LabConfig config, double finish_within_s, std::shared_ptr<spdlog::logger> log)
{
    config.watch_invariants = true;
    config.finish_within = Duration{std::int64_t(finish_within_s * 1e6)};
    config.watch_health = true;
    config.on_health = [log](const HealthPart& part, Duration was) {
        if (part.is_ready)
            log->info("{} works again after {:.1f} s", part.name, double(was.count()) / 1e6);
        else
            log->warn("{} does not work: {}", part.name, part.reason);
    };
    config.on_recovery = [log](const Recovery& recovery) {
        log->warn("{}: {} (order {})", recovery.invariant, recovery.explanation, recovery.order.toString());
    };
    config.on_log_loss = [log](const std::string& loss) { log->warn("{}", loss); };
    config.on_other_logs = [log](const std::string& sentence) { log->warn("{}", sentence); };
    config.on_store_notice = [log](const std::string& notice) { log->warn("{}", notice); };
    config.on_groups_renamed = [log](const std::string& renamed) { log->warn("{}", renamed); };
    config.on_violation = [log = std::move(log)](const Violation& violation) {
        log->error("{} is broken: {} (order {})", violation.invariant, violation.explanation,
                   violation.order.toString());
    };
    return config;
}

/// What somebody outside asks of the server: to end. Any thread.
class EndRequest {
public:
    explicit EndRequest(std::shared_ptr<spdlog::logger> log) : m_log(std::move(log)) {}

    /// Says so at once.
    void ask(std::string_view why)
    {
        m_log->info("{}: finishing what is running (once more to end at once)", why);
        const MutexLock lock(m_mutex);
        m_is_asked = true;
        m_changed.notifyAll();
    }
    bool isAsked() const
    {
        const MutexLock lock(m_mutex);
        return m_is_asked;
    }
    /// Resumes when it has been asked, with true.
    Task<bool> asked()
    {
        for (;;) {
            MutexLock lock(m_mutex);
            if (m_is_asked)
                co_return true;
            co_await m_changed.wait(lock);
        }
    }

private:
    const std::shared_ptr<spdlog::logger> m_log;
    mutable Mutex m_mutex;
    bool m_is_asked ORDERLAB_GUARDED_BY(m_mutex) = false;
    Notifier m_changed;
};

void addMissing(const std::vector<std::string>& names, std::vector<std::string>& to)
{
    for (const std::string& name : names) {
        if (std::find(to.begin(), to.end(), name) == to.end())
            to.push_back(name);
    }
}

Telemetry::System systemOf(const LabConfig& config)
{
    const bool is_memory = config.bus == BusKind::Memory;
    return {std::string(is_memory ? conventions::system_memory : conventions::system_kafka),
            is_memory ? std::string() : config.topic_prefix,
            config.store == StoreKind::Memory ? std::string() : std::string(conventions::db_postgresql)};
}

template <typename T>
Task<Result<T>> notRunning()
{
    co_return unavailable("the services are not up yet");
}

/// One running server, from its start to its end.
class Serve {
public:
    /// `observers`: a thread of its own for those who read the journal, so that the system does not wait for them.
    Serve(Runtime& runtime, Runtime& observers, ChosenLab chosen, const ServeOptions& options, OtlpPlan otlp, Log& log,
          EndRequest& end)
        : m_runtime(runtime), m_options(options), m_end(end), m_whole_log(log), m_log(log.logger(LogArea::Server)),
          m_lab(runtime, watched(chosen.config, options.finish_within_s, m_log)),
          m_archive(std::make_shared<JournalArchive>(runtime, m_lab.journal())), m_manager(runtime),
          m_traces(m_lab.journal().traces(), observers.random()),
          m_metrics(observers, m_lab.journal(), metricSources(), &m_traces), m_feed(observers, m_lab.journal()),
          m_journal_log(observers, m_lab.journal().names(), log, &m_traces),
          m_telemetry(observers, m_lab.journal().names(), m_traces, std::move(otlp), systemOf(m_lab.config()), log),
          m_follower(observers, m_lab.journal(), journalObservers())
    {
        m_lab.journal().traces().turnOn();
        if (!chosen.notice.empty())
            m_log->warn("{}", chosen.notice);
    }

    Task<Result<void>> run();
    /// What may change while it runs; before it is ready certificate and tokens only, and the rest then. Any thread.
    void take(const Reload::Changes& changes);

private:
    Task<Result<void>> startServices();
    Task<Result<void>> listen();
    MetricSources metricSources();
    std::vector<JournalObserver*> journalObservers();
    void onAnswer(const AnsweredRequest& request);
    void shareJournal();
    Task<Result<bool>> startedServices();
    Task<void> stop();
    void beReady();
    void apply(const Reload::Changes& changes);
    void renewTls(const TlsFiles& files);
    Result<std::vector<std::string>> readTokens();
    void renewTokens();
    std::string describe();

    Runtime& m_runtime;
    const ServeOptions& m_options;
    EndRequest& m_end;
    Log& m_whole_log;
    const std::shared_ptr<spdlog::logger> m_log;
    Lab m_lab;
    const std::shared_ptr<JournalArchive> m_archive;
    ServiceManager m_manager;
    const EntryTrace m_traces;
    Metrics m_metrics;
    JournalFeed m_feed;
    JournalLog m_journal_log;
    Telemetry m_telemetry;
    JournalFollower m_follower;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<JournalPublisher> m_publisher; ///< Where the journal is shared.
    std::atomic<bool> m_started{false};
    Mutex m_taking;
    bool m_is_listening ORDERLAB_GUARDED_BY(m_taking) = false;
    std::optional<Reload::Changes> m_early ORDERLAB_GUARDED_BY(m_taking); ///< Taken before it was ready.
};

/// Tries once a second; says so each time.
Task<Result<void>> Serve::startServices()
{
    const TimePoint give_up = m_runtime.now() + Duration{std::int64_t(m_options.wait_for_services_s * 1e6)};
    for (;;) {
        auto started = co_await m_lab.start();
        if (started || started.error().retry == Retry::Never || m_runtime.now() >= give_up || m_end.isAsked())
            co_return started;
        m_log->warn("waiting for services: {}", started.error().message);
        co_await m_runtime.sleep(std::chrono::seconds{1});
    }
}

MetricSources Serve::metricSources()
{
    MetricSources sources;
    sources.groups = [this] { return m_started ? m_lab.bus().groups() : notRunning<std::vector<GroupStatus>>(); };
    sources.store = [this] { return m_started ? m_lab.storeLoad() : notRunning<StoreLoad>(); };
    sources.parts = [this] {
        std::vector<std::pair<std::string, bool>> parts;
        for (const HealthPart& part : m_lab.health()) {
            if (part.is_needed) // An alert is about these; Redis has metrics of its own.
                parts.emplace_back(part.name, part.is_ready);
        }
        return parts;
    };
    sources.journal_missed = [this] { return m_follower.missed(); };
    sources.journal_streams = [this] { return m_feed.streams(); };
    sources.log = [this] { return m_whole_log.counts(); };
    sources.otlp = [this] { return m_telemetry.counts(); };
    sources.spans_lost = [this] { return m_telemetry.spansLost(); };
    sources.http_connections = [this] { return m_server ? m_server->connections() : 0; };
    return sources;
}

std::vector<JournalObserver*> Serve::journalObservers()
{
    std::vector<JournalObserver*> observers{&m_metrics, &m_journal_log};
    if (JournalObserver* spans = m_telemetry.observer())
        observers.push_back(spans);
    return observers;
}

void Serve::onAnswer(const AnsweredRequest& request)
{
    m_metrics.countRequest(request.method, request.route, request.status, request.took);
    if (request.has_traceparents || (!request.traceparent.empty() && !TraceContext::parse(request.traceparent)))
        m_metrics.countBadTraceparent();
    m_telemetry.onAnswer(request);
}

Task<Result<void>> Serve::listen()
{
    if (m_options.listen == "none")
        co_return Result<void>{};
    const auto address = parseListenAddress(m_options.listen);
    if (!address)
        co_return address.error();
    HttpOptions http;
    http.address = address->address;
    http.port = address->port;
    http.token = m_options.api_token;
    http.allowed_hosts = m_options.allowed_hosts;
    if (!m_options.api_token_file.empty()) {
        auto tokens = readTokens();
        if (!tokens)
            co_return tokens.error();
        http.further_tokens = std::move(*tokens);
    }
    if (!m_options.tls.isEmpty()) {
        auto tls = TlsContext::forServer(m_options.tls);
        if (!tls)
            co_return tls.error();
        for (const std::string& warning : (*tls)->warnings())
            m_log->warn("{}", warning);
        m_log->info("TLS certificate: {}", (*tls)->description());
        http.tls = std::move(*tls);
    }
    http.on_answer = [this](const AnsweredRequest& request) { onAnswer(request); };
    HttpServices services;
    services.orders = [this] { return m_started ? &m_lab.orders() : nullptr; };
    services.ready = [this]() -> Task<Result<void>> { return m_lab.ready(); };
    services.parts = [this] { return m_lab.health(); };
    services.story = m_archive;
    Router router;
    addOrderApi(router, m_runtime, std::move(services));
    addDeadLetterApi(router, [this] { return m_started ? &m_lab.deadLetters() : nullptr; });
    addGroupApi(
        router, m_runtime, [this] { return m_started ? &m_lab.bus() : nullptr; }, m_lab.config().group_prefix);
    addFaultApi(router, m_lab.faults());
    addObserveApi(router, {&m_metrics, &m_feed, &m_whole_log});
    m_server = std::make_unique<HttpServer>(m_runtime, std::move(http), std::move(router));
    co_return co_await m_server->listen();
}

void Serve::shareJournal()
{
    KafkaOptions kafka = m_lab.config().kafka;
    kafka.topic_prefix = m_lab.config().topic_prefix;
    kafka.process = processName();
    m_log->info("sharing the journal: topic {}, as {}", journalTopic(kafka), kafka.process);
    m_publisher = std::make_unique<JournalPublisher>(m_runtime, m_lab.journal(), std::move(kafka));
    m_publisher->start();
}

/// True: the services run.
Task<Result<bool>> Serve::startedServices()
{
    auto started = co_await startServices();
    if (!started)
        co_return started.error();
    co_return true;
}

Task<void> Serve::stop()
{
    if (m_server)
        co_await m_server->stop();
    m_started = false;
    co_await m_lab.stop(Duration{std::int64_t(m_options.drain_s * 1e6)});
    if (m_publisher) { // Last, so that the end is told, too.
        co_await m_publisher->stop();
        const JournalPublisher::Counts counts = m_publisher->counts();
        m_log->info("shared {} journal entries, left out {}", counts.entries, counts.missed);
    }
    co_await m_telemetry.stopMaking();
    co_await m_follower.stop();
    co_await m_telemetry.stop();
    co_await m_archive->stop();
}

void Serve::take(const Reload::Changes& changes)
{
    const MutexLock lock(m_taking);
    if (m_is_listening) {
        renewTls(changes.options.tls);
        renewTokens();
    }
    if (m_started) {
        m_manager.tellReloading();
        apply(changes);
        m_manager.tellReady(describe());
        return;
    }
    Reload::Changes early = changes;
    if (m_early) {
        addMissing(m_early->in_force, early.in_force);
        addMissing(m_early->next_start, early.next_start);
    }
    m_early = std::move(early);
}

void Serve::beReady()
{
    const MutexLock lock(m_taking);
    m_started = true;
    m_log->info("ready: {}, bus {}, workers {}{}", m_lab.storeDescription(), m_lab.bus().description(),
                m_options.lab.workers, m_server ? ", " + m_server->url() : std::string());
    if (m_early)
        apply(*m_early);
    m_early.reset();
    m_manager.tellReady(describe());
}

std::string Serve::describe()
{
    return m_lab.storeDescription() + ", bus " + m_lab.bus().description();
}

void Serve::apply(const Reload::Changes& changes)
{
    const auto chosen = chooseLab(changes.options.lab);
    if (!chosen) {
        m_log->error("the configuration is not taken: {}: {}", chosen.error().field, chosen.error().message);
        return;
    }
    (void)m_whole_log.setLevels(changes.options.log.level); // Checked.
    for (const std::string& group : m_lab.groups()) {
        if (const auto set = m_lab.setPolicies(group, chosen->config.policies); !set)
            m_log->error("the policies of {} are not changed: {}", group, set.error().message);
    }
    for (const std::string& name : changes.in_force)
        m_log->info("{} has changed", name);
    for (const std::string& name : changes.next_start)
        m_log->warn("{} has changed; that needs a restart", name);
    if (changes.in_force.empty() && changes.next_start.empty())
        m_log->info("the configuration has not changed");
}

/// Of the file that it was started with, so that the log shows none of them.
Result<std::vector<std::string>> Serve::readTokens()
{
    std::string warning;
    auto tokens = readTokenFile(m_options.api_token_file, warning);
    if (!tokens)
        return tokens;
    for (const std::string& token : *tokens)
        m_whole_log.secrets().add(token);
    if (!warning.empty())
        m_log->warn("{}", warning);
    m_log->info("API tokens: {} read from {}", tokens->size(), m_options.api_token_file);
    return tokens;
}

void Serve::renewTokens()
{
    if (m_options.api_token_file.empty())
        return;
    auto tokens = readTokens();
    if (!tokens) {
        m_log->error("the API tokens before are kept: {}: {}", tokens.error().field, tokens.error().message);
        return;
    }
    if (!m_options.api_token.empty())
        tokens->push_back(m_options.api_token);
    m_server->setTokens(*tokens);
}

/// Reads the certificate and its key again, under whatever names they have now. What is no use keeps those before.
void Serve::renewTls(const TlsFiles& files)
{
    if (m_options.tls.isEmpty() || files.isEmpty())
        return;
    const auto tls = TlsContext::forServer(files);
    if (!tls) {
        m_log->error("the TLS certificate before is kept: {}: {}", tls.error().field, tls.error().message);
        return;
    }
    for (const std::string& warning : (*tls)->warnings())
        m_log->warn("{}", warning);
    if ((*tls)->isOutOfTime()) {
        m_log->error("the TLS certificate before is kept: the new one is {}", (*tls)->description());
        return;
    }
    m_server->setTls(*tls);
    m_log->info("TLS certificate of new connections: {}", (*tls)->description());
}

Task<Result<void>> Serve::run()
{
    using asio::experimental::awaitable_operators::operator||;
    m_archive->start();
    m_follower.start();
    m_telemetry.start(m_metrics);
    if (m_options.share_journal)
        shareJournal();
    auto listening = co_await listen();
    if (!listening) {
        co_await stop();
        co_return listening;
    }
    if (m_server)
        m_log->info("listening: {}", m_server->url()); // Orders are refused (503) until it is ready.
    {
        const MutexLock lock(m_taking);
        m_is_listening = m_server != nullptr;
        if (m_early) // Under other names, perhaps.
            renewTls(m_early->options.tls);
    }
    auto first = co_await (startedServices() || m_end.asked());
    Result<void> result;
    if (first.index() == 0) {
        auto& started = std::get<0>(first);
        if (started) {
            beReady();
            if (m_lab.config().bus == BusKind::EmbeddedKafka)
                m_log->info("the embedded Kafka speaks the protocol of older brokers: kcat and other programs over "
                            "librdkafka, and kafkajs, can "
                            "use it; Java's 4.x clients and franz-go cannot");
            co_await m_end.asked();
        } else {
            result = started.error();
        }
    }
    co_await m_manager.tellStopping();
    co_await stop();
    if (result)
        m_log->info("stopped");
    co_return result;
}

/// The server while there is one, for the signals' thread.
class RunningServer {
public:
    void set(Serve* server)
    {
        const MutexLock guard(m_mutex);
        m_server = server;
    }
    void take(const Reload::Changes& changes)
    {
        const MutexLock guard(m_mutex);
        if (m_server)
            m_server->take(changes);
    }

private:
    Mutex m_mutex;
    Serve* m_server ORDERLAB_GUARDED_BY(m_mutex) = nullptr;
};

/// A server that nobody watches, which reads its configuration, its certificate or tokens from a file.
bool reloadsOnHangup(const ServeOptions& options)
{
    const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0)
        ::close(terminal);
    return terminal < 0 && (!options.tls.isEmpty() || !options.api_token_file.empty() || !configFile().name().empty());
}

/// What a line may quote and must not tell.
void hideSecrets(Log& log, const ServeOptions& options, const LabConfig& config)
{
    if (!options.api_token.empty())
        log.secrets().add(options.api_token);
    for (const auto& [name, value] : config.kafka.properties) {
        if (isSecret(name))
            log.secrets().add(value);
    }
    if (config.redis && !config.redis->password.empty())
        log.secrets().add(config.redis->password);
    if (const auto equals = options.otlp.headers.find('='); equals != std::string::npos)
        log.secrets().add(options.otlp.headers.substr(equals + 1));
    if (const char* password = std::getenv("PGPASSWORD"))
        log.secrets().add(password);
}

/// SIGUSR1 logs everything from debug on, and the next one as before.
class DebugSignal {
public:
    /// From here on the signal does not end the program.
    DebugSignal(Runtime& runtime, Log& log)
        : m_runtime(runtime), m_executor(runtime.strand()), m_signals(m_executor, SIGUSR1), m_watching(runtime)
    {
        m_watching.spawn(m_executor, watch(m_signals, log));
    }
    ~DebugSignal() { m_runtime.run(end(m_watching)); }
    DebugSignal(const DebugSignal&) = delete;
    DebugSignal& operator=(const DebugSignal&) = delete;

private:
    static Task<void> watch(asio::signal_set& signals, Log& log)
    {
        for (;;) {
            co_await signals.async_wait(asio::use_awaitable);
            log.toggleDebug();
            log.write(LogArea::Server, LogLevel::Info, "log level: " + log.levels());
        }
    }
    static Task<void> end(TaskGroup& watching)
    {
        watching.cancel();
        co_await watching.join();
    }

    Runtime& m_runtime;
    const Executor m_executor;
    asio::signal_set m_signals;
    TaskGroup m_watching;
};

int serve(const ServeOptions& options, int argc, char** argv)
{
    const auto log = makeLog(options.log);
    const auto server_log = log->logger(LogArea::Server);
    EndRequest end(server_log);
    Reload reload(argc, argv);
    RunningServer server;
    const std::function<void()> on_hangup = [&] {
        if (const auto changes = reload.read())
            server.take(*changes);
        else
            server_log->error("the configuration is not taken: {}", changes.error().message);
    };
    // First, so that a signal never strikes unprepared. A second one ends the program at once; what is durable stays
    // so.
    const EndSignals signals([&end](std::string_view why) { end.ask(why); },
                             reloadsOnHangup(options) ? on_hangup : std::function<void()>());
    auto chosen = chooseLab(options.lab);
    if (!chosen)
        return fail(chosen.error());
    if (options.share_journal && chosen->config.bus != BusKind::Kafka) {
        const Error error = invalidArgument("share-journal",
                                            "needs a cluster that others reach: --bus kafka --kafka-brokers HOST:PORT");
        complain(error);
        return exitCodeOf(error);
    }
    auto otlp = planOtlp(options.otlp);
    if (!otlp) {
        complain(otlp.error());
        return exitCodeOf(otlp.error());
    }
    hideSecrets(*log, options, chosen->config);
    for (const std::string& warning : otlp->warnings)
        server_log->warn("{}", warning);
    RealRuntime observers(1);
    const DebugSignal debug_signal(observers, *log);
    RealRuntime runtime;
    Serve running(runtime, observers, std::move(*chosen), options, std::move(*otlp), *log, end);
    server.set(&running);
    const auto served = runtime.run(running.run());
    server.set(nullptr);
    log->close(); // Before anything else is said.
    if (!served)
        return fail(served.error());
    return exit_ok;
}

} // namespace

void addServe(CLI::App& app, Command& run, int argc, char** argv)
{
    auto options = std::make_shared<ServeOptions>();
    CLI::App* command = app.add_subcommand(
        "serve", "Runs the HTTP API, the relay and the workers until it gets SIGTERM, SIGINT or SIGHUP. With --config, "
                 "--tls-cert or --api-token-file, and without a terminal, SIGHUP reads the files again");
    addServeOptions(*command, *options);
    command->callback(
        [&run, options, argc, argv] { run = [options, argc, argv] { return serve(*options, argc, argv); }; });
}

} // namespace orderlab
