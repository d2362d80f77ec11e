#include "postgres/private_postgres.h"

#include "postgres/directory_lock.h"
#include "postgres/postgres_connection.h"
#include "postgres/private_postgres_paths.h"
#include "postgres/server_guard.h"
#include "postgres/server_log.h"
#include "postgres/server_process.h"
#include "runtime/task_group.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

namespace orderlab {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr std::uintmax_t log_bytes_max = 8 << 20;
constexpr int starts_max = 5; ///< Attempts within one bring-up.

std::string firstLineOf(const fs::path& file)
{
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

class Cluster final : public PrivatePostgres {
public:
    Cluster(Runtime& runtime, PrivatePostgresOptions options, ServerUser user)
        : m_runtime(runtime), m_options(std::move(options)), m_user(std::move(user)),
          m_data_dir(canonicalDataDir(m_options.data_dir)), m_cluster(m_data_dir / "postgres"),
          m_socket_folder(socketFolder(m_data_dir)), m_log(m_data_dir / "postgres.log"), m_lock(m_options.lock),
          m_tasks(runtime)
    {}
    ~Cluster() override;

    Task<Result<void>> start();
    std::string url() const override { return postgresSocketUrl(m_socket_folder, "orderlab"); }
    std::string where() const override { return "private, " + m_cluster.string(); }
    int process() const override { return m_pid; }
    Task<void> stop() override;

private:
    Task<Result<void>> prepareFolders();
    Result<void> chooseBinaries();
    Task<Result<void>> createCluster();
    std::optional<pid_t> findServer() const;
    Result<ServerProcess> startServer();
    Result<void> startGuard();
    Task<Result<void>> bringUp();
    Task<Result<void>> waitUntilReady(ServerLog& log);
    Task<Result<void>> createDatabase(PostgresConnection& connection);
    Task<void> keepRunning();

    Runtime& m_runtime;
    PrivatePostgresOptions m_options;
    const ServerUser m_user;
    const fs::path m_data_dir;
    const fs::path m_cluster;
    const fs::path m_socket_folder;
    const fs::path m_log;
    std::shared_ptr<DirectoryLock> m_lock; ///< Shared with whoever wants to keep it beyond stop().
    std::optional<ServerProcess> m_server;
    std::optional<ServerGuard> m_guard; ///< Beside the server, from before its start.
    std::atomic<pid_t> m_pid{0};
    TaskGroup m_tasks;
    bool m_stopped = false;
};

Task<Result<void>> Cluster::prepareFolders()
{
    ORDERLAB_TRY(co_return, checkDataDir(m_data_dir.string()));
    std::error_code error;
    fs::create_directories(m_data_dir, error);
    if (error)
        co_return dataDirRefused("cannot create " + m_data_dir.string() + ": " + error.message());
    ORDERLAB_TRY(co_return, checkReachable(m_user, m_cluster));
    if (!m_lock) {
        m_lock = std::make_shared<DirectoryLock>();
        ORDERLAB_TRY(co_return, co_await m_lock->take(m_runtime, m_data_dir));
    }
    ORDERLAB_TRY(co_return, makeOwnFolder(m_user, m_socket_folder));
    if (const auto size = fs::file_size(m_log, error); !error && size > log_bytes_max)
        fs::rename(m_log, m_log.string() + ".1", error);
    co_return Result<void>{};
}

/// A cluster needs the binaries of its own major version.
Result<void> Cluster::chooseBinaries()
{
    const std::string version = firstLineOf(m_cluster / "PG_VERSION");
    if (m_options.binaries.empty()) {
        const fs::path same = fs::path("/usr/lib/postgresql") / version / "bin";
        if (!version.empty() && ::access((same / "postgres").c_str(), X_OK) == 0) {
            m_options.binaries = same;
            return {};
        }
        const auto found = findPostgresBinaries();
        if (!found)
            return Error{ErrorCode::Unavailable,
                         Retry::Never,
                         "no PostgreSQL server is installed here (Debian and Ubuntu: apt install postgresql)",
                         {}};
        m_options.binaries = *found;
    }
    const std::string installed = version.empty() ? std::string() : postgresMajorVersion(m_options.binaries);
    if (!installed.empty() && installed != version)
        return dataDirRefused(
            m_cluster.string() + " was made by PostgreSQL " + version + ", and there is only PostgreSQL " + installed
            + " (" + m_options.binaries.string() + "): install PostgreSQL " + version
            + " (Debian and Ubuntu: apt install postgresql-" + version
            + "), with which it goes on, or `orderlabd upgrade-data` moves its data; or choose another data directory");
    return {};
}

/// initdb works in a folder beside, renamed when it is whole: a start that is cut short leaves nothing half-made.
Task<Result<void>> Cluster::createCluster()
{
    std::error_code error;
    if (fs::exists(m_cluster / "PG_VERSION", error))
        co_return makeOwnFolder(m_user, m_cluster);
    if (fs::exists(m_cluster, error) && !fs::is_empty(m_cluster, error))
        co_return dataDirRefused(m_cluster.string() + " is there but is no PostgreSQL cluster: move it away");
    if (fs::exists(m_data_dir / "postgres.upgrade" / "postgres" / "PG_VERSION", error))
        co_return dataDirRefused("has an upgrade that was cut short: `orderlabd upgrade-data` finishes it");
    const fs::path fresh = m_data_dir / "postgres.new", log = m_data_dir / "postgres-initdb.log";
    fs::remove_all(fresh, error);
    fs::remove(log, error);
    ORDERLAB_TRY(co_return, makeOwnFolder(m_user, fresh));
    ServerCommand command;
    command.arguments = {(m_options.binaries / "initdb").string(),
                         "--pgdata=" + fresh.string(),
                         "--username=orderlab",
                         "--encoding=UTF8",
                         "--locale=C",
                         "--auth-local=trust",
                         "--auth-host=reject"};
    command.log = log;
    command.folder = fresh;
    command.inherited = m_lock->descriptor(); // Where we are killed, the next start waits for it to end.
    auto initdb = ServerProcess::start(m_user, command);
    if (!initdb)
        co_return initdb.error();
    const Expendable expendable(initdb->pid());
    const bool ended = co_await initdb->waitForEnd(m_runtime, m_options.start_limit);
    if (!ended || initdb->exitCode() != 0) {
        initdb->signal(SIGKILL);
        co_return Error{ErrorCode::Unavailable,
                        Retry::Later,
                        "initdb " + std::string(ended ? "failed" : "took too long") + ": " + lastWordsOf(log) + " (see "
                            + log.string() + ")",
                        {}};
    }
    fs::remove(m_cluster, error); // an empty folder
    fs::rename(fresh, m_cluster, error);
    if (error)
        co_return dataDirRefused("cannot rename " + fresh.string() + ": " + error.message());
    co_return Result<void>{};
}

/// A living server of this cluster, whoever started it. The number in postmaster.pid may belong to anybody by now; a
/// server of this cluster has it as its working directory.
std::optional<pid_t> Cluster::findServer() const
{
    const std::string line = firstLineOf(m_cluster / "postmaster.pid");
    pid_t pid = 0;
    std::from_chars(line.data(), line.data() + line.size(), pid);
    if (pid <= 1)
        return std::nullopt;
    std::error_code error;
    const fs::path folder = fs::read_symlink("/proc/" + std::to_string(pid) + "/cwd", error);
    if (error || folder != m_cluster || firstLineOf("/proc/" + std::to_string(pid) + "/comm") != "postgres")
        return std::nullopt;
    return pid;
}

Result<ServerProcess> Cluster::startServer()
{
    ServerCommand command;
    command.arguments = {(m_options.binaries / "postgres").string(), "-D", m_cluster.string()};
    const std::pair<const char*, std::string> settings[] = {
        {"listen_addresses", ""},
        {"port", "5432"}, // of the socket's name
        {"unix_socket_directories", '"' + m_socket_folder.string() + '"'},
        {"unix_socket_permissions", "0700"},
        {"max_connections", "100"},
        {"fsync", "on"},
        {"autovacuum_naptime", "10"}, // seconds: room of rows that have changed or gone is used again soon
        {"log_min_messages", "log"},  // what a client did wrong, the client says
        {"log_checkpoints", "off"},
        {"cluster_name", "orderlab"}};
    for (const auto& [name, value] : settings) {
        command.arguments.push_back("-c");
        command.arguments.push_back(std::string(name) + '=' + value);
    }
    command.log = m_log;
    command.folder = m_cluster;
    return ServerProcess::start(m_user, command);
}

/// Until the server answers: finds or starts one, and starts again while remains of a crashed one are in the way.
Task<Result<void>> Cluster::bringUp()
{
    Error error = unavailable("the private PostgreSQL server does not start");
    ServerLog log(m_log);
    for (int attempt = 0; attempt < starts_max; ++attempt) {
        if (const auto pid = findServer()) {
            m_server = ServerProcess::found(*pid);
        } else {
            std::error_code ignored;
            fs::remove(m_cluster / "postmaster.pid", ignored); // stale: we hold the lock, and it is nobody's
            log.newCause();                                    // Only what this one says counts.
            auto started = startServer();
            if (!started)
                co_return started.error();
            m_server = *started;
        }
        m_pid = m_server->pid();
        auto ready = co_await waitUntilReady(log);
        if (ready)
            co_return ready;
        error = ready.error();
        if (m_server->isRunning())
            break; // it lives but does not answer: starting more would not help
        // Orphans of a killed server hold its memory for a moment.
        co_await m_runtime.sleep(500ms);
    }
    co_return error;
}

Task<Result<void>> Cluster::waitUntilReady(ServerLog& log)
{
    const TimePoint deadline = m_runtime.now() + m_options.start_limit;
    std::string reason = "it did not answer in time";
    while (m_runtime.now() < deadline) {
        auto connection =
            co_await PostgresConnection::open(m_runtime, postgresSocketUrl(m_socket_folder, "postgres"), 5s);
        if (connection)
            co_return co_await createDatabase(**connection);
        reason = connection.error().message;
        if (!m_server->isRunning()) {
            if (const std::string cause = log.newCause(); !cause.empty())
                reason = cause;
            break;
        }
        co_await m_runtime.sleep(20ms);
    }
    co_return unavailable("the private PostgreSQL server does not start: " + reason + " (see " + m_log.string() + ")");
}

Task<Result<void>> Cluster::createDatabase(PostgresConnection& connection)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT FROM pg_database WHERE datname = 'orderlab'", {}, {}});
    auto found = co_await connection.run(std::move(statements));
    if (!found)
        co_return found.error();
    if ((*found)[0].rows() == 0)
        co_return co_await connection.runScript("CREATE DATABASE orderlab");
    co_return Result<void>{};
}

Result<void> Cluster::startGuard()
{
    auto guard = ServerGuard::start(m_user, m_cluster, m_socket_folder, m_lock->descriptor());
    if (!guard)
        return guard.error();
    m_guard = std::move(*guard);
    return {};
}

Task<Result<void>> Cluster::start()
{
    ORDERLAB_TRY(co_return, co_await prepareFolders());
    ORDERLAB_TRY(co_return, chooseBinaries());
    ORDERLAB_TRY(co_return, co_await createCluster());
    ORDERLAB_TRY(co_return, startGuard());
    ORDERLAB_TRY(co_return, co_await bringUp());
    m_tasks.spawn(keepRunning());
    co_return Result<void>{};
}

/// Starts the server, or its guard, again when it has died.
Task<void> Cluster::keepRunning()
{
    Duration pause = 250ms;
    for (;;) {
        co_await m_runtime.sleep(pause);
        if (!m_guard->isRunning())
            (void)startGuard(); // Tried again with the next look.
        if (m_server->isRunning()) {
            pause = 250ms;
            continue;
        }
        m_pid = 0;
        const auto up = co_await bringUp();
        pause = up ? 250ms : std::min<Duration>(pause * 2, 10s);
    }
}

Task<void> Cluster::stop()
{
    if (m_stopped)
        co_return;
    m_stopped = true;
    m_tasks.cancel();
    co_await m_tasks.join();
    if (m_server && m_server->isRunning()) {
        m_server->signal(SIGINT); // fast shutdown
        bool ended = co_await m_server->waitForEnd(m_runtime, m_options.stop_limit);
        if (!ended) {
            m_server->signal(SIGQUIT); // immediate: the next start recovers from the log
            ended = co_await m_server->waitForEnd(m_runtime, 5s);
        }
        if (!ended) {
            m_server->signal(SIGKILL);
            co_await m_server->waitForEnd(m_runtime, 5s);
        }
    }
    m_pid = 0;
    if (m_guard)
        co_await m_guard->dismiss(m_runtime);
    std::error_code ignored;
    fs::remove(m_socket_folder, ignored); // empty by now
    m_lock.reset();
}

Cluster::~Cluster()
{
    if (!m_stopped && m_server && m_server->isRunning())
        m_server->signal(SIGINT);
}

} // namespace

Task<Result<std::unique_ptr<PrivatePostgres>>> startPrivatePostgres(Runtime& runtime, PrivatePostgresOptions options)
{
    const auto user = serverUser();
    if (!user)
        co_return user.error();
    auto cluster = std::make_unique<Cluster>(runtime, std::move(options), *user);
    auto started = co_await cluster->start();
    if (!started) {
        co_await cluster->stop();
        co_return started.error();
    }
    co_return cluster;
}

} // namespace orderlab
