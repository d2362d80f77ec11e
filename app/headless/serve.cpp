#include "config_file.h"
#include "end_signals.h"
#include "headless/commands.h"
#include "headless/reload.h"
#include "headless/say.h"
#include "headless/serve_options.h"
#include "headless/server.h"
#include "runtime/real_runtime.h"

#include <CLI/CLI.hpp>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <cstdlib>
#include <ranges>

#include <fcntl.h>
#include <unistd.h>

namespace orderlab {

namespace asio = boost::asio;

namespace {

/// The server while there is one, for the signals' thread.
class RunningServer {
public:
    void set(Server* server)
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
    Server* m_server ORDERLAB_GUARDED_BY(m_mutex) = nullptr;
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
    std::vector<std::string> headers{options.otlp.headers};
    for (const OtlpOptions::Signal& signal : options.otlp.signals)
        headers.push_back(signal.headers);
    for (const std::string& list : headers) {
        for (const auto header : std::views::split(list, ',')) {
            const std::string_view text(header.begin(), header.end());
            if (const auto equals = text.find('='); equals != std::string_view::npos)
                log.secrets().add(std::string(text.substr(equals + 1)));
        }
    }
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
                             reloadsOnHangup(options) ? on_hangup : std::function<void()>(),
                             EndSignals::at_most_usually + std::chrono::seconds(std::int64_t(options.drain_s)));
    auto chosen = chooseLab(options.lab);
    if (!chosen)
        return fail(chosen.error());
    if (const auto tried = tryOwnWorkers(chosen->config.own_workers); !tried) {
        complain(tried.error());
        return exitCodeOf(tried.error());
    }
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
    Server running(runtime, observers, std::move(*chosen), options, std::move(*otlp), *log, end);
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
