#include "asio/asio_headers.h"

#include "postgres/postgres_store.h"
#include "postgres/private_postgres.h"
#include "postgres/server_process.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"
#include "support/scratch_folder.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <csignal>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace orderlab;
using namespace std::chrono_literals;

/// The life of a private server: everything here happens to real PostgreSQL processes.
class TestPrivatePostgres : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed"); }
    void init() { m_folder = std::make_unique<test::ScratchFolder>(); }
    void cleanup();

    void start_makesAClusterAndKeepsItsData();
    void start_runsAsAnUnprivilegedUserBehindASocketOnly();
    void start_removesAStalePidFile_data();
    void start_removesAStalePidFile();
    void start_afterTheServerWasKilled();
    void start_waitsForTheServerOfAStartThatIsGone();
    void start_takesOverAServerThatOutlivedUs();
    void start_finishesWhatACutShortStartLeft();
    void start_refusesADirectoryInUse();
    void start_refusesAFolderThatIsNoCluster();
    void start_saysHowToMakeTheDirectoryReachable();
    void start_saysThatNothingIsInstalled();
    void start_refusesAClusterOfAnotherVersion();
    void start_findsAShortPathForTheSocket();
    void running_startsTheServerAgainWhenItDies();
    void running_storeIsUnavailableAndRecoversByItself();
    void stop_leavesNoProcess();

private:
    std::filesystem::path dataDir() const { return m_folder->path() / "data"; }
    Result<std::unique_ptr<PrivatePostgres>> tryStart(PrivatePostgresOptions options)
    {
        return m_runtime.run(startPrivatePostgres(m_runtime, std::move(options)));
    }
    /// Starts the server of dataDir(); m_server is null when that fails.
    void start();
    void stop();
    std::string valueOf(const std::string& sql);
    void writePidFile(const std::string& text);

    RealRuntime m_runtime{2};
    std::unique_ptr<test::ScratchFolder> m_folder;
    std::unique_ptr<PrivatePostgres> m_server;
};

void TestPrivatePostgres::cleanup()
{
    stop();
    m_folder.reset();
}

void TestPrivatePostgres::start()
{
    auto started = tryStart({dataDir(), {}, 60s, 20s});
    QVERIFY_RESULT(started);
    m_server = std::move(*started);
}

void TestPrivatePostgres::stop()
{
    if (m_server)
        m_runtime.run(m_server->stop());
    m_server.reset();
}

std::string TestPrivatePostgres::valueOf(const std::string& sql)
{
    const std::string url = privatePostgresUrl(dataDir());
    auto connection = m_runtime.run(PostgresConnection::open(m_runtime, url, 5s));
    if (!connection)
        return connection.error().message;
    std::vector<PostgresStatement> statements;
    statements.push_back({nullptr, {}, sql});
    const auto results = m_runtime.run((*connection)->run(std::move(statements)));
    if (!results)
        return results.error().message;
    return (*results)[0].rows() == 0 ? "" : std::string((*results)[0].text(0, 0));
}

void TestPrivatePostgres::writePidFile(const std::string& text)
{
    std::ofstream(dataDir() / "postgres" / "postmaster.pid") << text;
}

void TestPrivatePostgres::start_makesAClusterAndKeepsItsData()
{
    start();
    QVERIFY(m_server);
    QCOMPARE(m_server->url(), privatePostgresUrl(dataDir()));
    valueOf("CREATE TABLE kept AS SELECT 42 AS answer");
    QCOMPARE(valueOf("SHOW fsync"), std::string("on"));
    QCOMPARE(valueOf("SHOW server_encoding"), std::string("UTF8"));
    stop();
    start();
    QVERIFY(m_server);
    QCOMPARE(valueOf("SELECT answer FROM kept"), std::string("42"));
}

void TestPrivatePostgres::start_runsAsAnUnprivilegedUserBehindASocketOnly()
{
    start();
    QVERIFY(m_server);
    struct stat cluster {
    }, process{};
    QCOMPARE(::stat((dataDir() / "postgres").c_str(), &cluster), 0);
    QCOMPARE(::stat(("/proc/" + std::to_string(m_server->process())).c_str(), &process), 0);
    QVERIFY2(process.st_uid != 0, "the server runs as root");
    QCOMPARE(process.st_uid, cluster.st_uid);
    QCOMPARE(cluster.st_mode & 0777u, 0700u);
    QCOMPARE(valueOf("SHOW listen_addresses"), std::string());
    struct stat sockets {};
    QCOMPARE(::stat((dataDir() / "postgres-socket").c_str(), &sockets), 0);
    QCOMPARE(sockets.st_mode & 0777u, 0700u);
}

void TestPrivatePostgres::start_removesAStalePidFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("of a process that is gone") << QByteArray("4194200\n/nowhere\n");
    QTest::newRow("of a process that is somebody else's now") << QByteArray::number(::getpid()) + "\n/nowhere\n";
    QTest::newRow("of the first process") << QByteArray("1\n");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\x01\xff not a number\n");
}

void TestPrivatePostgres::start_removesAStalePidFile()
{
    QFETCH(QByteArray, text);
    start();
    QVERIFY(m_server);
    stop();
    writePidFile(text.toStdString());
    start();
    QVERIFY(m_server);
    QCOMPARE(valueOf("SELECT 1"), std::string("1"));
}

void TestPrivatePostgres::start_afterTheServerWasKilled()
{
    // A program of its own, so that its server can be killed with nobody there to start it again.
    const pid_t child = ::fork();
    if (child == 0) {
        RealRuntime runtime(1);
        auto started = runtime.run(startPrivatePostgres(runtime, {dataDir(), {}, 60s, 20s}));
        if (started) {
            ::kill(::pid_t((*started)->process()), SIGKILL);
            ::kill(::getpid(), SIGKILL);
        }
        ::_exit(1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));
    QVERIFY(std::filesystem::exists(dataDir() / "postgres" / "postmaster.pid"));
    start();
    QVERIFY(m_server);
    QCOMPARE(valueOf("SELECT 1"), std::string("1"));
}

/// A program of its own that has started the server of `data_dir` and then hangs.
struct Orphanage {
    pid_t program = 0;
    int server = 0;
};

static Orphanage startElsewhere(const std::filesystem::path& data_dir)
{
    Orphanage made;
    int pipe_ends[2];
    if (::pipe(pipe_ends) != 0)
        return made;
    made.program = ::fork();
    if (made.program == 0) {
        RealRuntime runtime(1);
        auto started = runtime.run(startPrivatePostgres(runtime, {data_dir, {}, 60s, 20s}));
        const int process = started ? (*started)->process() : 0;
        if (::write(pipe_ends[1], &process, sizeof process) == ssize_t(sizeof process)) {
            for (;;)
                ::pause();
        }
        ::_exit(1);
    }
    if (::read(pipe_ends[0], &made.server, sizeof made.server) != ssize_t(sizeof made.server))
        made.server = 0;
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    return made;
}

static void kill9(pid_t child)
{
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
}

void TestPrivatePostgres::start_waitsForTheServerOfAStartThatIsGone()
{
    const Orphanage made = startElsewhere(dataDir());
    QVERIFY(made.server > 0);
    kill9(made.program);
    start(); // Waits, rather than that the guard ends its server later.
    QVERIFY(m_server);
    QVERIFY(m_server->process() != made.server);
    QVERIFY(!processLives(made.server));
    QCOMPARE(valueOf("SELECT 1"), std::string("1"));
}

/// Its guard was killed, too.
void TestPrivatePostgres::start_takesOverAServerThatOutlivedUs()
{
    const Orphanage made = startElsewhere(dataDir());
    QVERIFY(made.server > 0);
    int guard = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(made.program) + "/task")) {
        std::ifstream of_thread(task.path() / "children");
        for (int child = 0; of_thread >> child;)
            guard = child != made.server ? child : guard;
    }
    QVERIFY(guard > 0);
    ::kill(made.program, SIGSTOP); // Or it would start another guard.
    ::kill(guard, SIGKILL);
    kill9(made.program);
    QCOMPARE(::kill(made.server, 0), 0);
    start();
    QVERIFY(m_server);
    QCOMPARE(m_server->process(), made.server);
    QCOMPARE(valueOf("SELECT 1"), std::string("1"));
    stop();
    QVERIFY(!std::filesystem::exists(dataDir() / "postgres" / "postmaster.pid"));
}

void TestPrivatePostgres::start_finishesWhatACutShortStartLeft()
{
    std::filesystem::create_directories(dataDir() / "postgres.new" / "base");
    std::ofstream(dataDir() / "postgres.new" / "PG_VERSION") << "15\n";
    start();
    QVERIFY(m_server);
    QVERIFY(!std::filesystem::exists(dataDir() / "postgres.new"));
}

void TestPrivatePostgres::start_refusesADirectoryInUse()
{
    start();
    QVERIFY(m_server);
    const auto second = tryStart({dataDir(), {}, 10s, 10s});
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::AlreadyExists);
    QCOMPARE(second.error().retry, Retry::Never);
    QVERIFY(second.error().message.find("process " + std::to_string(::getpid())) != std::string::npos);
    QCOMPARE(valueOf("SELECT 1"), std::string("1")); // the first one does not notice
}

void TestPrivatePostgres::start_refusesAFolderThatIsNoCluster()
{
    std::filesystem::create_directories(dataDir() / "postgres");
    std::ofstream(dataDir() / "postgres" / "holiday.jpg") << "not a database";
    const auto started = tryStart({dataDir(), {}, 10s, 10s});
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Rejected);
    QCOMPARE(started.error().field, std::string("data-dir"));
    QVERIFY(std::filesystem::exists(dataDir() / "postgres" / "holiday.jpg"));
}

void TestPrivatePostgres::start_saysHowToMakeTheDirectoryReachable()
{
    const auto closed = m_folder->path() / "closed";
    std::filesystem::create_directories(closed);
    std::filesystem::permissions(closed, std::filesystem::perms::owner_all);
    auto started = tryStart({closed / "data", {}, 60s, 20s});
    if (::geteuid() != 0) { // the server is us, who can enter
        QVERIFY(started);
        m_server = std::move(*started);
        return;
    }
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Rejected);
    QVERIFY(started.error().message.find("chmod o+x " + closed.string()) != std::string::npos);
    std::filesystem::permissions(closed, std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
    started = tryStart({closed / "data", {}, 60s, 20s});
    QVERIFY_RESULT(started);
    m_server = std::move(*started);
}

void TestPrivatePostgres::start_saysThatNothingIsInstalled()
{
    const auto started = tryStart({dataDir(), m_folder->path() / "no-binaries", 10s, 10s});
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Unavailable);
    QVERIFY(!std::filesystem::exists(dataDir() / "postgres"));
}

void TestPrivatePostgres::start_refusesAClusterOfAnotherVersion()
{
    start();
    QVERIFY(m_server);
    stop();
    const std::string installed = postgresMajorVersion(*findPostgresBinaries());
    QVERIFY2(std::atoi(installed.c_str()) >= 12, installed.c_str());
    std::ofstream(dataDir() / "postgres" / "PG_VERSION") << "9\n";
    const auto refused = tryStart({dataDir(), {}, 60s, 20s});
    QVERIFY(!refused);
    QCOMPARE(refused.error().retry, Retry::Never);
    QCOMPARE(refused.error().field, std::string("data-dir"));
    for (const std::string& part : {std::string("was made by PostgreSQL 9, "), "only PostgreSQL " + installed + " (",
                                    std::string("apt install postgresql-9)"), std::string("another data directory")})
        QVERIFY2(refused.error().message.find(part) != std::string::npos, refused.error().message.c_str());
    std::ofstream(dataDir() / "postgres" / "PG_VERSION") << installed << '\n';
    start();
    QVERIFY(m_server);
}

void TestPrivatePostgres::start_findsAShortPathForTheSocket()
{
    const auto far_down = m_folder->path() / std::string(90, 'd');
    auto started = tryStart({far_down, {}, 60s, 20s});
    QVERIFY_RESULT(started);
    m_server = std::move(*started);
    QCOMPARE(m_server->url(), privatePostgresUrl(far_down));
    QVERIFY(m_server->url().find("host=%2Ftmp%2Forderlab-") != std::string::npos);
    const auto connection = m_runtime.run(PostgresConnection::open(m_runtime, m_server->url(), 5s));
    QVERIFY_RESULT(connection);
}

void TestPrivatePostgres::running_startsTheServerAgainWhenItDies()
{
    start();
    QVERIFY(m_server);
    valueOf("CREATE TABLE kept AS SELECT 42 AS answer");
    const int first = m_server->process();
    ::kill(::pid_t(first), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->process() != 0 && m_server->process() != first, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(valueOf("SELECT answer FROM kept"), std::string("42"), 30'000);
}

void TestPrivatePostgres::running_storeIsUnavailableAndRecoversByItself()
{
    start();
    QVERIFY(m_server);
    Journal journal;
    PostgresOptions options;
    options.url = m_server->url();
    auto opened = m_runtime.run(openPostgresStore(m_runtime, journal, options));
    QVERIFY_RESULT(opened);
    const std::shared_ptr<Store> store = *opened;
    Order order;
    order.id = OrderId{m_runtime.newUuid()};
    order.user_id = "ada";
    order.total = {100, {}};
    order.created_at = order.updated_at = m_runtime.now();
    auto transaction = store->begin();
    transaction->insertOrder(order);
    QVERIFY_RESULT(m_runtime.run(transaction->commit(m_runtime.now())));

    stop();
    for (int i = 0; i < 20; ++i) {
        const TimePoint before = m_runtime.now();
        const auto found = m_runtime.run(store->findOrder(order.id));
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Unavailable);
        QCOMPARE(found.error().retry, Retry::Later);
        QVERIFY(m_runtime.now() - before < 5s);
    }
    start();
    QVERIFY(m_server);
    QTRY_VERIFY_WITH_TIMEOUT(m_runtime.run(store->ping()), 10'000);
    const auto found = m_runtime.run(store->findOrder(order.id));
    QVERIFY(found && *found == order);
    m_runtime.run(store->close());
}

void TestPrivatePostgres::stop_leavesNoProcess()
{
    start();
    QVERIFY(m_server);
    const int process = m_server->process();
    m_runtime.run(m_server->stop());
    m_runtime.run(m_server->stop());
    QCOMPARE(::kill(::pid_t(process), 0), -1);
    QCOMPARE(errno, ESRCH);
    QCOMPARE(m_server->process(), 0);
}

ORDERLAB_TEST(tst_private_postgres, QCoreApplication, TestPrivatePostgres)
#include "tst_private_postgres.moc"
