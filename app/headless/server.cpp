#include "headless/server.h"

#include "bus/event_bus.h"
#include "classroom/classroom_api.h"
#include "classroom/qr_text.h"
#include "http/dead_letter_api.h"
#include "http/fault_api.h"
#include "http/group_api.h"
#include "http/observe_api.h"
#include "lab/lab_bus.h"
#include "lab/telemetry_system.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace orderlab {

namespace asio = boost::asio;

namespace {

/// With all invariants checked while it runs; a promise that is broken is an error in the log.
LabConfig watched(LabConfig config, double finish_within_s, std::shared_ptr<spdlog::logger> log)
{
    config.own_worker_options.on_output = [log](std::string_view member, std::string_view line) {
        log->info("{}: {}", member, line);
    };
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

void addMissing(const std::vector<std::string>& names, std::vector<std::string>& to)
{
    for (const std::string& name : names) {
        if (std::find(to.begin(), to.end(), name) == to.end())
            to.push_back(name);
    }
}

template <typename T>
Task<Result<T>> notRunning()
{
    co_return unavailable("the services are not up yet");
}

} // namespace

Server::Server(Runtime& runtime, Runtime& observers, ChosenLab chosen, const ServeOptions& options, OtlpPlan otlp,
               Log& log, EndRequest& end)
    : m_runtime(runtime), m_observers(observers), m_options(options), m_end(end), m_whole_log(log),
      m_log(log.logger(LogArea::Server)), m_access(options, log),
      m_lab(runtime, watched(chosen.config, options.finish_within_s, m_log)),
      m_archive(std::make_shared<JournalArchive>(runtime, m_lab.journal())), m_manager(runtime),
      m_traces(m_lab.journal().traces(), observers.random()),
      m_metrics(observers, m_lab.journal(), metricSources(), &m_traces), m_feed(observers, m_lab.journal()),
      m_journal_log(observers, m_lab.journal().names(), log, &m_traces),
      m_telemetry(observers, m_lab.journal().names(), m_traces, std::move(otlp),
                  telemetrySystemOf(m_lab, !options.tls.isEmpty()), log),
      m_follower(observers, m_lab.journal(), journalObservers())
{
    m_lab.journal().traces().turnOn();
    if (!chosen.notice.empty())
        m_log->warn("{}", chosen.notice);
}

/// Tries once a second; says so each time.
Task<Result<void>> Server::startServices()
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

MetricSources Server::metricSources()
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

std::vector<JournalObserver*> Server::journalObservers()
{
    std::vector<JournalObserver*> observers{&m_metrics, &m_journal_log};
    if (JournalObserver* spans = m_telemetry.observer())
        observers.push_back(spans);
    return observers;
}

void Server::onAnswer(const AnsweredRequest& request)
{
    m_metrics.countRequest(request.method, request.route, request.status, request.took);
    if (request.has_traceparents || (!request.traceparent.empty() && !TraceContext::parse(request.traceparent)))
        m_metrics.countBadTraceparent();
    m_telemetry.onAnswer(request);
}

Task<Result<void>> Server::listen()
{
    if (m_options.listen == "none")
        co_return Result<void>{};
    const auto address = parseListenAddress(m_options.listen);
    if (!address)
        co_return address.error();
    HttpOptions http;
    http.address = address->address;
    http.port = address->port;
    if (const auto filled = m_access.fill(http); !filled)
        co_return filled.error();
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
    addClassroomApi(router, [this] { return m_classroom.get(); });
    m_server = std::make_unique<HttpServer>(m_runtime, std::move(http), std::move(router));
    co_return co_await m_server->listen();
}

/// Its address and code are for the teacher, who shows them: on standard output, where a pipe finds them, too.
Task<Result<void>> Server::startClass()
{
    if (m_options.classroom.empty())
        co_return Result<void>{};
    auto options = parseClassroomAddress(m_options.classroom);
    if (!options)
        co_return options.error();
    options->allowed_hosts = m_options.allowed_hosts;
    options->on_answer = [this](const AnsweredRequest& request) {
        m_metrics.countRequest(request.method, request.route, request.status, request.took);
    };
    m_classroom = std::make_unique<ClassroomServer>(
        m_runtime, m_lab.journal(), [this] { return m_started ? &m_lab.orders() : nullptr; }, std::move(*options));
    auto started = co_await m_classroom->start();
    if (!started)
        co_return started;
    m_log->info("class: {}", m_classroom->url());
    if (m_classroom->hasOtherPort())
        m_log->warn("the port that was asked for is taken: the class is at port {}", m_classroom->port());
    std::printf("class: %s\ncode: %s\n", m_classroom->url().c_str(), m_classroom->classroom().code().c_str());
    if (::isatty(STDOUT_FILENO))
        std::printf("%s", qrText(m_classroom->joinUrl()).c_str());
    std::fflush(stdout);
    co_return started;
}

void Server::shareJournal()
{
    KafkaOptions kafka = m_lab.config().kafka;
    kafka.topic_prefix = m_lab.config().topic_prefix;
    kafka.process = processName();
    m_log->info("sharing the journal: topic {}, as {}", journalTopic(kafka), kafka.process);
    m_publisher = std::make_unique<JournalPublisher>(m_runtime, m_lab.journal(), std::move(kafka));
    m_publisher->start();
}

Result<void> Server::startRecording()
{
    if (m_options.record.empty())
        return {};
    auto recording = ServerRecording::create(m_observers, m_lab, m_options.record,
                                             std::uint64_t(m_options.record_mib_max * 1024 * 1024), m_log);
    if (!recording)
        return recording.error();
    m_recording = std::move(*recording);
    m_recording->start();
    m_log->info("recording: {}", m_options.record);
    return {};
}

/// True: the services run.
Task<Result<bool>> Server::startedServices()
{
    auto started = co_await startServices();
    if (!started)
        co_return started.error();
    co_return true;
}

Task<void> Server::stop()
{
    if (m_classroom)
        co_await m_classroom->stop();
    if (m_server)
        co_await m_server->stop();
    m_started = false;
    co_await m_lab.stop(Duration{std::int64_t(m_options.drain_s * 1e6)});
    if (m_publisher) { // Last, so that the end is told, too.
        co_await m_publisher->stop();
        const JournalPublisher::Counts counts = m_publisher->counts();
        m_log->info("shared {} journal entries, left out {}", counts.entries, counts.missed);
    }
    if (m_recording)
        co_await m_recording->stop();
    co_await m_telemetry.stopMaking();
    co_await m_follower.stop();
    co_await m_telemetry.stop();
    co_await m_archive->stop();
}

void Server::take(const Reload::Changes& changes)
{
    const MutexLock lock(m_taking);
    if (m_is_listening) {
        m_access.renewTls(*m_server, changes.options.tls);
        m_access.renewTokens(*m_server);
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

void Server::beReady()
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

std::string Server::describe()
{
    return m_lab.storeDescription() + ", bus " + m_lab.bus().description();
}

void Server::apply(const Reload::Changes& changes)
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

Task<Result<void>> Server::run()
{
    using asio::experimental::awaitable_operators::operator||;
    m_archive->start();
    m_follower.start();
    m_telemetry.start(m_metrics);
    if (m_options.share_journal)
        shareJournal();
    Result<void> listening = startRecording();
    if (listening)
        listening = co_await startClass();
    if (listening)
        listening = co_await listen();
    if (!listening) {
        co_await stop();
        co_return listening;
    }
    if (m_server)
        m_log->info("listening: {}", m_server->url()); // Orders are refused (503) until it is ready.
    {
        const MutexLock lock(m_taking);
        m_is_listening = m_server != nullptr;
        if (m_early && m_server) // Under other names, perhaps.
            m_access.renewTls(*m_server, m_early->options.tls);
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

} // namespace orderlab
