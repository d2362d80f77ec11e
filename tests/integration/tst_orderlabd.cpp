#include "child_program.h"
#include "http/http_client.h"
#include "journal/journal_hash.h"
#include "journal/recording.h"
#include "postgres/private_postgres.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QThread>

#include <csignal>
#include <mutex>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

/// Orders posted until the server is gone; the server is told to end when `signal_after` of them were answered.
struct Posting {
    HttpClientOptions server;
    pid_t process;
    std::size_t signal_after;
    std::mutex mutex = {}; ///< Guards what follows.
    QByteArrayList created = {};
    bool signalled = false;
};

Task<void> postUntilGone(Runtime& runtime, Posting& posting, int number)
{
    HttpClient client(runtime, posting.server);
    for (int i = 0; i < 20'000; ++i) {
        std::string body = orderJson("poster-" + std::to_string(number));
        const Result<HttpReply> reply = co_await client.post("/orders", std::move(body));
        if (!reply)
            co_return;
        const std::scoped_lock guard(posting.mutex);
        if (reply->status == 201)
            posting.created.append(memberOf(QByteArray::fromStdString(reply->body), "id"));
        if (!posting.signalled && std::size_t(posting.created.size()) >= posting.signal_after) {
            posting.signalled = true;
            ::kill(posting.process, SIGTERM);
        }
    }
}

Task<void> postFromMany(Runtime& runtime, Posting& posting)
{
    TaskGroup clients(runtime);
    for (int i = 0; i < 8; ++i)
        clients.spawn(postUntilGone(runtime, posting, i));
    co_await clients.join();
}

HttpClientOptions serverAt(int port)
{
    HttpClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::uint16_t(port);
    return options;
}

QString text(const QByteArray& bytes)
{
    return QString::fromUtf8(bytes);
}

void save(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

/// The real program from outside: child processes, sockets, signals and files, as its users meet it.
class TestOrderlabd : public QObject {
    Q_OBJECT

private slots:
    void program_linksNoQt();
    void usage_isRefusedInOneLineThatSaysWhatIsAllowed_data();
    void usage_isRefusedInOneLineThatSaysWhatIsAllowed();
    void config_showsOriginsAndNoSecrets();
    void simulate_aSeedRepeatsByteForByte();
    void simulate_writesAJournalThatCanBeRead();
    void simulate_aBrokenPromiseComesWithTheCommandThatRepeatsIt();
    void simulate_forksARecordedRun();
    void moment_isFoundByAnotherProcess();
    void journalFile_thatIsBrokenOrCutShort();
    void hunt_writesAScenarioThatRepeatsWhatItFound();
    void scenario_listsShowsAndChecks();
    void demo_endsWithAnAccountOfEveryOrder();
    void bench_printsOneObject_data();
    void bench_printsOneObject();
    void benchCompare_tellsMediansAndRatios();
    void benchCompare_saysWhatFailed_data();
    void benchCompare_saysWhatFailed();
    void serve_inMemory();
    void serve_privatePostgresKeepsOrders();
    void serve_saysWhatItWaitsForWhileTheDatabaseIsAway();
    void serve_terminatedWhileItStartsLeavesNothingBehind_data();
    void serve_terminatedWhileItStartsLeavesNothingBehind();
    void serve_terminatedWhileOrdersComeLosesNone_data();
    void serve_terminatedWhileOrdersComeLosesNone();
    void serve_aSecondSignalEndsAtOnceAndLosesNone();
    void serve_endsInOrderHoweverItIsAsked_data();
    void serve_endsInOrderHoweverItIsAsked();
    void serve_killedLeavesNoServer();
    void serve_dataDirectoriesWithStrangeNames_data();
    void serve_dataDirectoriesWithStrangeNames();
    void serve_theRetryTopicSurvivesAKill();
    void import_withoutWorkersEnds();
    void import_toAServerFromAFileAndStandardInput();
    void import_keepsWhatItRejectsByteForByte();
    void import_fromAPipeThatWaits_goesOnAndCanBeStopped();
    void import_neverOverwritesItsOwnFile();
    void import_realOrdersTwiceCreatesThemOnce();
    void import_goesOnAfterTheServerWasKilled();

private:
    HttpReply request(int port, const char* method, const std::string& path, const std::string& body = {});
    /// Every order that was answered with 201 is there; all that are there become paid, charged once and told of once.
    void verifyEachIsPaidOnce(const DataDir& data, const QByteArrayList& created);
    /// The order that a POST created, once it is final; empty when that does not happen in time.
    QByteArray finalStatus(int port, const std::string& id);

    RealRuntime m_runtime{2};
};

HttpReply TestOrderlabd::request(int port, const char* method, const std::string& path, const std::string& body)
{
    HttpClient client(m_runtime, serverAt(port));
    const auto reply = m_runtime.run(method[0] == 'P' ? client.post(path, body) : client.get(path));
    if (reply)
        return *reply;
    HttpReply none;
    none.body = reply.error().message;
    return none;
}

void TestOrderlabd::verifyEachIsPaidOnce(const DataDir& data, const QByteArrayList& created)
{
    const QString among =
        QStringLiteral("SELECT count(*) FROM orderlab.orders WHERE id IN ('%1')").arg(text(created.join("','")));
    QCOMPARE(data.query(among), QByteArray::number(created.size()));
    QVERIFY2(data.becomes("SELECT count(*) FROM orderlab.orders WHERE status <> 'paid'", "0", 120),
             data.query("SELECT status, count(*) FROM orderlab.orders GROUP BY 1").constData());
    const QByteArray orders = data.query("SELECT count(*) FROM orderlab.orders");
    QCOMPARE(data.query("SELECT count(*) FROM orderlab.gateway_ledger WHERE kind = 'charge'"), orders);
    QCOMPARE(data.query("SELECT count(DISTINCT order_id) FROM orderlab.gateway_ledger"), orders);
    // As many messages about one order as about another, and none twice.
    QVERIFY2(data.becomes("SELECT count(DISTINCT told) FROM (SELECT count(*) AS told FROM orderlab.orders o"
                          " LEFT JOIN orderlab.notifications n ON n.order_id = o.id GROUP BY o.id) t",
                          "1"),
             data.query("SELECT told, count(*) FROM (SELECT count(*) AS told FROM orderlab.notifications GROUP BY"
                        " order_id) t GROUP BY 1")
                 .constData());
    QCOMPARE(data.query("SELECT count(*) - count(DISTINCT event_id) FROM orderlab.notifications"), QByteArray("0"));
    QCOMPARE(data.query("SELECT count(*) FROM orderlab.dead_letters"), QByteArray("0"));
    QVERIFY(data.becomes("SELECT count(*) FROM orderlab.parked_events", "0"));
}

QByteArray TestOrderlabd::finalStatus(int port, const std::string& id)
{
    QElapsedTimer clock;
    clock.start();
    QByteArray status;
    while (clock.elapsed() < 30'000) {
        status = memberOf(QByteArray::fromStdString(request(port, "GET", "/orders/" + id).body), "status");
        if (status != "created" && !status.isEmpty())
            return status;
        QThread::msleep(20);
    }
    return "not final after 30 s: " + status;
}

void TestOrderlabd::program_linksNoQt()
{
    ChildProgram ldd({QStringLiteral(ORDERLAB_BIN_DIR "/orderlabd")}, {}, QStringLiteral("ldd"));
    const Ended ended = ldd.finish(30);
    QCOMPARE(ended.exit_code, 0);
    QVERIFY2(ended.out.contains("libpq"), ended.describe().constData()); // it is the right program
    QVERIFY2(!ended.out.contains("Qt"), ended.describe().constData());
}

void TestOrderlabd::usage_isRefusedInOneLineThatSaysWhatIsAllowed_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("variable"); // NAME=value
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char* name, const QByteArray& command, const char* variable, QStringList says) {
        QTest::newRow(name) << QString::fromLatin1(command) << QString::fromLatin1(variable) << says;
    };
    row("bus", "serve --bus nats", "", {"--bus", "nats", "memory"});
    row("bus, environment", "serve", "ORDERLAB_BUS=nats", {": ORDERLAB_BUS: ", "nats", "memory"});
    row("store", "serve --store x", "", {"--store", "memory", "postgres"});
    row("store, environment", "config", "ORDERLAB_STORE=x", {": ORDERLAB_STORE: ", "memory", "postgres"});
    row("no partitions", "serve --store memory --partitions 0", "", {"--partitions", "1", "64"});
    row("too many partitions", "serve --store memory --partitions 65", "", {"--partitions", "1", "64"});
    row("partitions that are no number", "serve --store memory --partitions abc", "", {"--partitions", "1", "64"});
    row("partitions, environment", "serve --store memory", "ORDERLAB_PARTITIONS=0",
        {": ORDERLAB_PARTITIONS: ", "1", "64"});
    row("workers", "serve --store memory --workers foo", "", {"--workers", "all", "none", "payment", "order-status"});
    row("workers, environment", "config --store memory", "ORDERLAB_WORKERS=foo",
        {": ORDERLAB_WORKERS: ", "all", "none", "analytics"});
    row("no worker's name", "serve --store memory --listen 127.0.0.1:0 --workers ''", "", {"--workers", "all", "none"});
    row("a flag wins over the environment", "serve --store memory --workers foo", "ORDERLAB_WORKERS=none",
        {": --workers: "});
    row("topic prefix", "serve --store memory --topic-prefix orders/", "",
        {"--topic-prefix", "letters, digits", "200"});
    row("topic prefix, environment", "serve --store memory", "ORDERLAB_TOPIC_PREFIX=or ders.",
        {": ORDERLAB_TOPIC_PREFIX: "});
    const QByteArray too_long(201, 'x');
    row("topic prefix, too long", "serve --store memory --topic-prefix " + too_long, "", {"--topic-prefix", "200"});
    row("group prefix", "serve --store memory --group-prefix shop/", "", {"--group-prefix", "letters, digits", "210"});
    row("group prefix, environment", "serve --store memory", "ORDERLAB_GROUP_PREFIX=or ders.",
        {": ORDERLAB_GROUP_PREFIX: "});
    row("group prefix, too long", "serve --store memory --group-prefix " + too_long + too_long, "",
        {"--group-prefix", "210"});
    row("members", "serve --store memory --members 17", "", {"--members", "1", "16"});
    row("gateway latency", "serve --store memory --gateway-latency -1", "", {"--gateway-latency", "from 0 to 10000"});
    row("gateway latency that is no number", "serve --store memory --gateway-latency nan", "",
        {"--gateway-latency", "from 0 to 10000"});
    row("listen", "serve --store memory --listen nonsense", "", {"--listen", "127.0.0.1:8080"});
    row("listen, environment", "serve --store memory", "ORDERLAB_LISTEN=1.2.3.4:99999",
        {": ORDERLAB_LISTEN: ", "127.0.0.1:8080"});
    row("listen, just shown", "config --store memory --listen nonsense", "", {"--listen", "127.0.0.1:8080"});
    row("listen to all without a token", "serve --store memory --listen 0.0.0.0:0", "",
        {"--listen", "ORDERLAB_API_TOKEN", "ORDERLAB_API_TOKEN_FILE", "127.0.0.1"});
    row("allowed host", "serve --store memory --listen 127.0.0.1:0 --allowed-host orders:8080", "",
        {"--allowed-host", "without scheme and port", "orders.example"});
    row("allowed hosts, environment", "serve --store memory --listen 127.0.0.1:0", "ORDERLAB_ALLOWED_HOSTS=orders,a/b",
        {": ORDERLAB_ALLOWED_HOSTS: ", "orders.example"});
    row("token", "serve --store memory --listen 127.0.0.1:0", "ORDERLAB_API_TOKEN=a b",
        {": ORDERLAB_API_TOKEN", "printable ASCII"});
    row("log level", "serve --store memory --log-level loud", "", {"--log-level", "debug", "off"});
    row("retry style", "serve --store memory --retry-style never", "", {"--retry-style", "blocking", "topic"});
    row("retry style, environment", "config --store memory", "ORDERLAB_RETRY_STYLE=x",
        {"ORDERLAB_RETRY_STYLE", "blocking", "topic"});
    row("no attempts", "serve --store memory --max-attempts 0", "", {"--max-attempts", "1", "100"});
    row("no time for handlers", "serve --store memory --handler-timeout 0", "", {"--handler-timeout", "1", "3600000"});
    row("throttle", "serve --store memory --throttle -1", "", {"--throttle", "0", "1000000"});
    row("a rate of next to nothing", "serve --store memory --throttle 0.01", "", {"--throttle", "0.1", "1,000,000"});
    row("log format, environment", "serve --store memory", "ORDERLAB_LOG_FORMAT=xml",
        {": ORDERLAB_LOG_FORMAT: ", "text", "json"});
    row("drain time", "serve --store memory --drain-timeout never", "",
        {"--drain-timeout", "from 0 to 3600, not never"});
    row("drain time that is no number", "serve --store memory --drain-timeout nan", "",
        {"--drain-timeout", "from 0 to 3600"});
    row("drain time without end", "serve --store memory --drain-timeout inf", "",
        {"--drain-timeout", "from 0 to 3600"});
    row("wait that is no number", "serve --store memory --wait-for-services nan", "",
        {"--wait-for-services", "from 0 to 3600, not nan"});
    row("unknown command", "dance", "", {"dance", "serve", "import", "simulate"});
    row("no command", "", "", {"serve", "import", "simulate"});
    row("unknown benchmark", "bench dance", "", {"dance", "pipeline", "http"});
    row("unknown flag", "serve --dance", "", {"--dance", "serve --help"});
    row("seeds", "simulate --seeds nonsense", "", {"--seeds", "1..100"});
    row("seeds backwards", "simulate --seeds 3..1", "", {"--seeds", "1..100"});
    row("a seed that is no number", "simulate --seed abc", "", {"--seed", "0", "18446744073709551615"});
    row("a negative seed", "simulate --seed -1", "", {"--seed", "0", "18446744073709551615"});
    row("both seed and seeds", "simulate --seed 1 --seeds 1..2", "", {"--seed", "--seeds"});
    row("no orders", "simulate --orders 0", "", {"--orders", "1", "1000000"});
    row("no such scenario", "simulate sunny-day", "", {"sunny-day", "happy-day", "everything-at-once"});
    row("no such guarantee", "simulate --without luck", "", {"--without", "luck", "outbox", "payment-key"});
    row("no such seam", "simulate --fault luck", "", {"--fault", "luck", "gateway-call"});
    row("a fault that cannot be there", "simulate --fault ack=decline", "",
        {"--fault", "ack=decline", "lose, crash, delay"});
    row("going on, with one seed", "simulate --keep-going", "", {"--keep-going", "--seeds"});
    row("a fork without a time", "simulate --from-journal x --set inbox=on", "", {"--from-journal", "--fork-at"});
    row("a fork at no time", "simulate --from-journal x --fork-at soon --set inbox=on", "", {"--fork-at", "500ms"});
    row("a fork to nothing", "simulate --from-journal x --fork-at 1s --set luck=on", "",
        {"--set", "luck=on", "inbox", "members"});
    row("a fork of no file", "simulate --from-journal /nowhere/x --fork-at 1s --set inbox=on", "", {"/nowhere/x"});
    row("hunted invariant", "hunt --invariant luck", "", {"--invariant", "no-order-lost", "all-orders-finish"});
    row("scenario without a command", "scenario", "", {"list", "show", "check"});
    row("checked file that is not there", "scenario check /nowhere/x.json", "", {"/nowhere/x.json", "happy-day"});
    row("rate", "import --rate 0 /dev/null", "", {"--rate", "500/s"});
    row("import to no URL", "import --to nonsense " ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv", "",
        {"--to", "http://127.0.0.1:8080"});
    row("import without a file", "import", "", {"FILE"});
}

void TestOrderlabd::usage_isRefusedInOneLineThatSaysWhatIsAllowed()
{
    QFETCH(QString, command);
    QFETCH(QString, variable);
    QFETCH(QStringList, says);
    std::map<QString, QString> environment;
    if (!variable.isEmpty())
        environment[variable.section('=', 0, 0)] = variable.section('=', 1);
    QStringList arguments = command.split(' ', Qt::SkipEmptyParts);
    arguments.replaceInStrings("''", "");
    const Ended ended = runProgram(arguments, 30, environment);
    QVERIFY2(ended.exit_code == 2, ended.describe().constData());
    QVERIFY2(ended.out.isEmpty(), ended.describe().constData());
    QVERIFY2(ended.errLines().size() == 1, ended.describe().constData());
    QVERIFY2(ended.err.startsWith("orderlabd: "), ended.err.constData());
    for (const QString& part : says)
        QVERIFY2(ended.err.contains(part.toUtf8()), qPrintable(part + " is not in: " + text(ended.err)));
}

void TestOrderlabd::config_showsOriginsAndNoSecrets()
{
    const Ended ended = runProgram({"config", "--bus", "memory", "--store=postgres", "--postgres",
                                    "postgresql://ada:hunter2@db.example/x?password=hunter3"},
                                   30,
                                   {{"ORDERLAB_PARTITIONS", "5"},
                                    {"ORDERLAB_BUS", "memory"},
                                    {"ORDERLAB_API_TOKEN", "hunter4"},
                                    {"ORDERLAB_TOPIC_PREFIX", ""},
                                    {"ORDERLAB_RETRY_STYLE", "topic"},
                                    {"ORDERLAB_MAX_ATTEMPTS", "7"},
                                    {"ORDERLAB_HANDLER_TIMEOUT", "500"},
                                    {"ORDERLAB_THROTTLE", "2.5"}});
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    std::map<QString, QStringList> lines;
    for (const QByteArray& line : ended.out.split('\n')) {
        const QStringList words = text(line).simplified().split(' ');
        lines[words.value(0)] = words.mid(1);
    }
    QCOMPARE(lines["--bus"], QStringList({"memory", "flag"})); // wins over the environment
    QCOMPARE(lines["--retry-style"], QStringList({"topic", "environment", "ORDERLAB_RETRY_STYLE"}));
    QCOMPARE(lines["--max-attempts"], QStringList({"7", "environment", "ORDERLAB_MAX_ATTEMPTS"}));
    QCOMPARE(lines["--handler-timeout"], QStringList({"500", "ms", "environment", "ORDERLAB_HANDLER_TIMEOUT"}));
    QCOMPARE(lines["--throttle"], QStringList({"2.5", "events/s", "environment", "ORDERLAB_THROTTLE"}));
    QCOMPARE(lines["--store"], QStringList({"postgres", "flag"}));
    QCOMPARE(lines["--partitions"], QStringList({"5", "environment", "ORDERLAB_PARTITIONS"}));
    QCOMPARE(lines["--topic-prefix"], QStringList({"orders.", "default"}));
    QCOMPARE(lines["--group-prefix"], QStringList({"orderlab.", "default"}));
    const Ended elsewhere = runProgram({"config", "--topic-prefix", "shop."});
    QVERIFY2(text(elsewhere.out).simplified().contains("--group-prefix orderlab.shop. default"),
             elsewhere.describe().constData());
    const Ended named = runProgram({"config"}, 30, {{"ORDERLAB_GROUP_PREFIX", "mine."}});
    QVERIFY2(text(named.out).simplified().contains("--group-prefix mine. environment ORDERLAB_GROUP_PREFIX"),
             named.describe().constData());
    QCOMPARE(lines["--api-token"], QStringList({"*", "environment", "ORDERLAB_API_TOKEN"}));
    QVERIFY2(lines["--postgres"].value(0).contains("db.example"), ended.out.constData());
    QVERIFY2(!(ended.out + ended.err).contains("hunter"), ended.describe().constData());
    const Ended by_environment =
        runProgram({"config"}, 30, {{"ORDERLAB_POSTGRES", "host=db.example password='hunter 5' user=ada"}});
    QVERIFY2(by_environment.exit_code == 0, by_environment.describe().constData());
    QVERIFY2(!by_environment.out.contains("hunter"), by_environment.out.constData());
}

void TestOrderlabd::simulate_aSeedRepeatsByteForByte()
{
    const Ended first = runProgram({"simulate", "--seed", "7", "--orders", "200", "--json"});
    const Ended again = runProgram({"simulate", "--seed", "7", "--orders", "200", "--json"});
    const Ended other = runProgram({"simulate", "--seed", "8", "--orders", "200", "--json"});
    QVERIFY2(first.exit_code == 0 && other.exit_code == 0, first.describe().constData());
    QCOMPARE(again.out, first.out);
    QCOMPARE(memberOf(first.out, "journal_sha256").size(), 64);
    QVERIFY(memberOf(other.out, "journal_sha256") != memberOf(first.out, "journal_sha256"));
    const Ended several = runProgram({"simulate", "--seeds", "1..3", "--json"});
    QVERIFY2(several.exit_code == 0, several.describe().constData());
    const QList<QByteArray> lines = several.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(QJsonDocument::fromJson(lines[i]).object().value("seed").toInt(), i + 1);
}

void TestOrderlabd::simulate_writesAJournalThatCanBeRead()
{
    const DataDir folder;
    const QString path = folder.file("journal.jsonl");
    const Ended ended = runProgram({"simulate", "--seed", "7", "--orders", "200", "--json", "--journal", path});
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    const auto recording = readRecording(path.toStdString());
    QVERIFY_RESULT(recording);
    QVERIFY(!recording->is_cut_short);
    QCOMPARE(qint64(recording->entries.size()),
             QJsonDocument::fromJson(ended.out).object().value("journal_entries").toInteger(-1));
    QCOMPARE(QByteArray::fromStdString(journalSha256(recording->entries, *recording->names)),
             memberOf(ended.out, "journal_sha256"));
}

void TestOrderlabd::simulate_aBrokenPromiseComesWithTheCommandThatRepeatsIt()
{
    const Ended kept = runProgram({"simulate", "double-charge", "--seeds", "1..20"});
    QCOMPARE(kept.exit_code, 1);
    const Ended broken = runProgram({"simulate", "lost-answer", "--without", "payment-key", "--orders", "30", "--fault",
                                     "ack=lose,probability=0.1", "--seeds", "4..20"});
    QVERIFY2(broken.exit_code == 1, broken.describe().constData());
    QVERIFY2(broken.out.contains("seed 4 breaks charged-at-most-once"), broken.out.constData());
    QVERIFY2(broken.out.contains("payment key"), broken.out.constData()); // the explanation
    const QByteArray marker = "repeat it with: orderlabd ";
    const qsizetype at = broken.out.indexOf(marker);
    QVERIFY2(at >= 0 && !broken.out.contains("seed 5 breaks"), broken.out.constData()); // stops there
    const QString command = text(broken.out.mid(at + marker.size())).section('\n', 0, 0);
    const Ended again = runProgram(command.split(' '));
    QVERIFY2(again.exit_code == 1 && again.out.contains("seed 4 breaks charged-at-most-once"),
             again.describe().constData());
    const Ended all =
        runProgram({"simulate", "double-charge", "--seeds", "1..5", "--keep-going", "--json", "--threads", "2"});
    QCOMPARE(all.exit_code, 1);
    QCOMPARE(all.out.count('\n'), 5);
    // All guarantees on: the same faults break nothing.
    const Ended holds = runProgram({"simulate", "lost-answer", "--seeds", "1..20"});
    QVERIFY2(holds.exit_code == 0 && holds.out.contains("all invariants hold"), holds.describe().constData());
}

/// The file and the line are to blame, no option; what there is of a file that was cut short is told, and that it was.
void TestOrderlabd::journalFile_thatIsBrokenOrCutShort()
{
    const DataDir folder;
    const QString whole = folder.file("run.jsonl"), broken = folder.file("broken.jsonl"),
                  cut = folder.file("cut.jsonl");
    const Ended run = runProgram({"simulate", "--seed", "3", "--orders", "5", "--journal", whole});
    QVERIFY2(run.exit_code == 0, run.describe().constData());
    QFile file(whole);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArrayList lines = file.readAll().split('\n');
    QString order;
    qsizetype last = 0; // Entry that is whole in the file that is cut short: some time into the first order's story.
    for (; order.isEmpty() && last < lines.size(); ++last)
        order = last > 0 ? QString::fromUtf8(memberOf(lines[last], "order")) : QString();
    last += 10;
    QVERIFY(lines.size() > last + 10);
    const auto write = [](const QString& name, const QByteArray& bytes) {
        QFile out(name);
        return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
    };
    const Ended unharmed = runProgram({"why", order, "--journal", whole});
    QVERIFY2(unharmed.exit_code == 0 && !unharmed.out.contains("cut short"), unharmed.describe().constData());

    QByteArrayList wrong = lines;
    wrong[19] = R"({"time":"yesterday","kind":"circuit-closed"})";
    QVERIFY(write(broken, wrong.join('\n')));
    for (const QStringList& command :
         {QStringList{"why", order, "--journal", broken},
          QStringList{"simulate", "--from-journal", broken, "--fork-at", "1s", "--set", "inbox=on"}}) {
        const Ended ended = runProgram(command);
        QVERIFY2(ended.exit_code != 0
                     && ended.err.startsWith("orderlabd: " + broken.toUtf8() + ":20: time: expected a time"),
                 ended.describe().constData());
    }

    QVERIFY(write(cut, lines.mid(0, last + 1).join('\n') + '\n' + lines[last + 1].left(30)));
    const Ended told = runProgram({"why", order, "--journal", cut});
    QVERIFY2(told.exit_code == 0 && told.out.startsWith("Order " + order.toUtf8()), told.describe().constData());
    const QByteArray end =
        " was cut short within entry " + QByteArray::number(last + 1) + ", after " + memberOf(lines[last], "time");
    QVERIFY2(told.out.endsWith(cut.toUtf8() + end + ": what happened later is not in it.\n"),
             told.describe().constData());
    const Ended unknown = runProgram({"why", "019b76da-0000-7000-8000-000000000000", "--journal", cut});
    QVERIFY2(unknown.exit_code == 1 && unknown.err.contains("has nothing about order ") && unknown.err.contains(end),
             unknown.describe().constData());
}

void TestOrderlabd::simulate_forksARecordedRun()
{
    const DataDir folder;
    const QString run = folder.file("run.jsonl"), other = folder.file("fork.jsonl");
    const Ended first = runProgram({"simulate", "inbox-off", "--seed", "5", "--journal", run, "--json"});
    QVERIFY2(first.exit_code == 1, first.describe().constData());
    const Ended fork = runProgram({"simulate", "--from-journal", run, "--fork-at", "0s", "--set", "inbox=on", "--set",
                                   "members=3", "--journal", other, "--json"});
    QVERIFY2(fork.exit_code == 0, fork.describe().constData()); // with the inbox all holds
    const QJsonObject report = QJsonDocument::fromJson(fork.out).object();
    QCOMPARE(report["first"]["journal_sha256"].toString(), text(memberOf(first.out, "journal_sha256")));
    QVERIFY(report["second"]["journal_sha256"].toString() != report["first"]["journal_sha256"].toString());
    QVERIFY(report["difference"]["entry"].toInt() > 0);
    // The fork's own recording is forked in turn, and read by people.
    const Ended again = runProgram({"simulate", "--from-journal", other, "--fork-at", "500ms", "--set", "inbox=off"});
    QVERIFY2(again.exit_code == 1 && again.out.contains("first difference, entry "), again.describe().constData());
    const Ended late = runProgram({"simulate", "--from-journal", run, "--fork-at", "60min", "--set", "inbox=on"});
    QVERIFY2(late.exit_code == 2 && late.err.contains("--fork-at"), late.describe().constData());
}

void TestOrderlabd::moment_isFoundByAnotherProcess()
{
    const QByteArray marker = "moment: ";
    const auto momentIn = [&](const QByteArray& text) {
        const qsizetype at = text.indexOf(marker);
        return at < 0 ? QString() : QString::fromUtf8(text.mid(at + marker.size()).split('\n').first());
    };
    const Ended broken = runProgram({"simulate", "double-charge", "--seed", "5"});
    QVERIFY2(broken.exit_code == 1, broken.describe().constData());
    const QString moment = momentIn(broken.out);
    QVERIFY2(moment.startsWith("orderlab:double-charge?seed=5&e="), qPrintable(moment));
    const Ended why = runProgram({"why", moment});
    QVERIFY2(why.exit_code == 0 && why.out.contains("the customer paid twice"), why.describe().constData());
    QCOMPARE(momentIn(why.out), moment); // With the same hash.
    const Ended again = runProgram({"simulate", moment});
    QVERIFY2(again.exit_code == 1 && momentIn(again.out) == moment, again.describe().constData());
    const Ended kept = runProgram({"simulate", moment, "--without", "outbox", "--json"});
    QVERIFY2(kept.exit_code == 1 && kept.out.contains("\"seed\":5"), kept.describe().constData());
    // A scenario that nobody knows travels in the line.
    const Ended own = runProgram({"simulate", "--without", "payment-key", "--fault",
                                  "gateway-call=lose-answer,probability=0.5", "--orders", "20", "--json"});
    QVERIFY2(own.exit_code == 1 && !momentIn(own.err).isEmpty(), own.describe().constData());
    const Ended own_why = runProgram({"why", momentIn(own.err)});
    QVERIFY2(own_why.exit_code == 0 && own_why.out.contains("paid twice"), own_why.describe().constData());
    // What this program makes another run of is never shown as the same.
    QString other = moment;
    other.replace(other.size() - 8, 8, "00000000");
    for (const char* command : {"why", "simulate", "fate"}) {
        const Ended told = runProgram({command, other});
        QVERIFY2(told.exit_code == 3 && told.out.isEmpty() && told.err.contains("makes another run of this moment"),
                 told.describe().constData());
    }
    const Ended wrong = runProgram({"why", "orderlab:double-charge?seed=5&luck=on"});
    QVERIFY2(wrong.exit_code == 2 && wrong.err.contains("character 31: luck is unknown"), wrong.describe().constData());
    const Ended fate = runProgram({"fate", moment, "--worlds", "4", "--moments", "5", "--json"});
    QVERIFY2(fate.exit_code == 0, fate.describe().constData());
    const QJsonObject report = QJsonDocument::fromJson(fate.out).object();
    QCOMPARE(report["points"].toArray().last()["probability"].toDouble(), 1.0);
    QVERIFY(moment.contains(report["order"].toString()));
}

void TestOrderlabd::hunt_writesAScenarioThatRepeatsWhatItFound()
{
    const DataDir folder;
    const QString path = folder.file("found.json");
    const Ended found = runProgram({"hunt", "double-charge", "--out", path});
    QVERIFY2(found.exit_code == 1 && found.out.contains("to 1 order and 1 fault"), found.describe().constData());
    const Ended again = runProgram({"simulate", path});
    QVERIFY2(again.exit_code == 1 && again.out.contains("breaks charged-at-most-once"), again.describe().constData());
    const Ended nothing = runProgram({"hunt", "happy-day", "--seeds", "1..5", "--out", path + ".none"});
    QVERIFY2(nothing.exit_code == 0 && nothing.out.contains("5 seeds tried"), nothing.describe().constData());
    QVERIFY(!QFile::exists(path + ".none"));
}

void TestOrderlabd::scenario_listsShowsAndChecks()
{
    const Ended listed = runProgram({"scenario", "list"});
    QVERIFY2(listed.exit_code == 0 && listed.out.contains("everything-at-once"), listed.describe().constData());
    const DataDir folder;
    const QString path = folder.file("mine.json");
    const Ended shown = runProgram({"scenario", "show", "double-charge"});
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(shown.out) == shown.out.size());
    file.close();
    const Ended good = runProgram({"scenario", "check", path, "happy-day"});
    QVERIFY2(good.exit_code == 0, good.describe().constData());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\n  \"name\": \"mine\",\n  \"orders\": {\"count\": -1, \"size\": 1}\n}\n");
    file.close();
    const Ended bad = runProgram({"scenario", "check", path});
    QCOMPARE(bad.exit_code, 1);
    const QByteArray name = path.toUtf8();
    QVERIFY2(bad.out.startsWith(name + ":3:23: orders.count: must be a whole number from 0 to 1000000\n" + name
                                + ":3:27: orders.size: is unknown; known are count"),
             bad.out.constData());
    QCOMPARE(bad.out.count('\n'), 2);
    QCOMPARE(runProgram({"simulate", path}).exit_code, 2);
}

void TestOrderlabd::demo_endsWithAnAccountOfEveryOrder()
{
    const Ended ended = runProgram({"demo"});
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    const QList<QByteArray> lines = ended.out.trimmed().split('\n');
    const QString last = text(lines.mid(std::max<qsizetype>(0, lines.size() - 4)).join('\n'));
    static const QRegularExpression identity(
        QStringLiteral("(\\d+) accepted = (\\d+) paid \\+ (\\d+) failed \\+ (\\d+) canceled \\+ (\\d+) in dead letters "
                       "\\+ (\\d+) in flight"));
    const auto match = identity.match(last);
    QVERIFY2(match.hasMatch(), qPrintable(last));
    int sum = 0;
    for (int i = 2; i <= 6; ++i)
        sum += match.captured(i).toInt();
    QCOMPARE(match.captured(1).toInt(), 50);
    QCOMPARE(sum, 50);
}

void TestOrderlabd::bench_printsOneObject_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("orders");
    QTest::newRow("pipeline") << QStringList{"bench", "pipeline", "--orders", "2000", "--json"} << 2000;
    // Nothing that is cleaned meanwhile is needed to know what is done.
    QTest::newRow("postgres, cleaned meanwhile")
        << QStringList{"bench",        "postgres", "--orders",    "20000", "--keep-outbox",        "1s",
                       "--keep-inbox", "2s",       "--keep-keys", "1s",    "--keep-notifications", "1s"}
        << 20'000;
    QTest::newRow("cleaning") << QStringList{"bench", "cleaning", "--orders", "2000"} << 2000;
    QTest::newRow("simulation") << QStringList{"bench", "simulation", "lost-answer", "--orders", "500"} << 500;
    QTest::newRow("http") << QStringList{"bench", "http", "--orders", "200", "--store", "memory"} << 200;
}

void TestOrderlabd::bench_printsOneObject()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, orders);
    const Ended ended = runProgram(arguments, 300);
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    QCOMPARE(ended.out.count('\n'), 1);
    const QJsonObject object = QJsonDocument::fromJson(ended.out).object();
    QCOMPARE(object.value("orders").toInt(), orders);
    for (const char* key : {"seconds", "orders_per_s", "deliveries_per_s", "peak_rss_mib"})
        QVERIFY2(object.value(QLatin1String(key)).toDouble() > 0, ended.out.constData());
}

void TestOrderlabd::benchCompare_tellsMediansAndRatios()
{
    const QString baseline =
        QStringLiteral("echo '{\"orders\":2000,\"orders_per_s\":10,\"seconds\":0,\"peer\":1,\"who\":\"x\"}'");
    const Ended ended =
        runProgram({"bench", "compare", "--rounds", "3", "--command", baseline, "--", "pipeline", "--orders", "2000"});
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    const QJsonObject report = QJsonDocument::fromJson(ended.out).object();
    const QJsonObject figures = report.value("figures").toObject();
    QCOMPARE(report.value("bench").toArray(), QJsonArray({"pipeline", "--orders", "2000"}));
    QCOMPARE(figures.keys(), QStringList({"cpu_s", "orders", "orders_per_s", "seconds"})); // What both have.
    const QJsonObject rate = figures.value("orders_per_s").toObject();
    QCOMPARE(rate.value("baseline_runs").toArray(), QJsonArray({10, 10, 10}));
    QList<double> runs;
    for (const QJsonValue& run : rate.value("now_runs").toArray())
        runs << run.toDouble();
    std::sort(runs.begin(), runs.end());
    QCOMPARE(runs.size(), 3);
    QCOMPARE(rate.value("now").toDouble(), runs[1]);
    QCOMPARE(rate.value("ratio").toDouble(), runs[1] / 10);
    QCOMPARE(figures.value("orders").toObject().value("ratio").toDouble(), 1.0);
    QVERIFY(!figures.value("seconds").toObject().contains("ratio")); // Of nothing there is none.
    QVERIFY(figures.value("cpu_s").toObject().value("now").toDouble() > 0);
}

void TestOrderlabd::benchCompare_saysWhatFailed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("the baseline") << QStringList{"--command", "exit 3"} << QByteArray("exit 3 failed with exit code 3");
    QTest::newRow("no such program") << QStringList{"/nowhere/orderlabd"}
                                     << QByteArray("'/nowhere/orderlabd' bench 'pipeline' '--orders' '2000' failed");
    QTest::newRow("no JSON") << QStringList{"--command", "echo fast"}
                             << QByteArray("echo fast printed something else than one JSON object");
}

void TestOrderlabd::benchCompare_saysWhatFailed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, complaint);
    const Ended ended = runProgram(QStringList{"bench", "compare", "--rounds", "1"} + arguments
                                   + QStringList{"--", "pipeline", "--orders", "2000"});
    QCOMPARE(ended.exit_code, 1);
    QVERIFY2(ended.err.contains(complaint), ended.describe().constData());
    QCOMPARE(ended.out, QByteArray());
}

void TestOrderlabd::serve_inMemory()
{
    ChildProgram server({"serve", "--store", "memory", "--listen", "127.0.0.1:0"});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err().constData());
    const HttpReply created = request(port, "POST", "/orders", orderJson("ada"));
    QVERIFY2(created.status == 201, created.body.c_str());
    const std::string id = memberOf(QByteArray::fromStdString(created.body), "id").toStdString();
    QCOMPARE(finalStatus(port, id), QByteArray("paid"));
    const Ended ended = server.terminate();
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());

    ChildProgram next({"serve", "--store", "memory", "--listen", "127.0.0.1:0"});
    const int next_port = next.waitForPort();
    QVERIFY2(next_port, next.err().constData());
    QCOMPARE(request(next_port, "GET", "/orders/" + id).status, 404); // memory keeps nothing, as it says
    QCOMPARE(next.terminate().exit_code, 0);
}

void TestOrderlabd::serve_privatePostgresKeepsOrders()
{
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QStringList arguments = QStringList{"serve", "--listen", "127.0.0.1:0"} + data.store();
    std::string id;
    {
        ChildProgram server(arguments);
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());
        const HttpReply created = request(port, "POST", "/orders", orderJson("ada"));
        QVERIFY2(created.status == 201, created.body.c_str());
        id = memberOf(QByteArray::fromStdString(created.body), "id").toStdString();
        QCOMPARE(finalStatus(port, id), QByteArray("paid"));
        QCOMPARE(data.query("SELECT id, user_id, amount_minor, currency, status FROM orderlab.orders"),
                 QByteArray::fromStdString(id) + "|ada|1999|EUR|paid");
        QCOMPARE(data.query("SELECT kind, order_id, amount_minor FROM orderlab.gateway_ledger"),
                 "charge|" + QByteArray::fromStdString(id) + "|1999");
        QVERIFY(!data.postgresProcesses().isEmpty());
        const Ended ended = server.terminate();
        QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    }
    QVERIFY2(data.postgresProcesses().isEmpty(), "the private PostgreSQL outlived the program");
    ChildProgram server(arguments);
    const int port = server.waitForPort();
    QVERIFY2(port, server.err().constData());
    const HttpReply found = request(port, "GET", "/orders/" + id);
    QCOMPARE(found.status, 200);
    QCOMPARE(memberOf(QByteArray::fromStdString(found.body), "status"), QByteArray("paid"));
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestOrderlabd::serve_saysWhatItWaitsForWhileTheDatabaseIsAway()
{
    const int port = freePort();
    QVERIFY(port);
    ChildProgram server({"serve", "--listen", QStringLiteral("127.0.0.1:%1").arg(port), "--store", "postgres",
                         "--postgres", "postgresql://127.0.0.1:1/x", "--wait-for-services", "4"});
    QVERIFY2(server.waitForError("waiting for services: ", 30), server.err().constData());
    const QByteArray listening = QByteArray("listening: http://127.0.0.1:") + QByteArray::number(port) + '\n';
    QVERIFY2(server.err().contains(listening),
             server.err().constData()); // before it is ready: who asks is told to wait
    for (const HttpReply& reply :
         {request(port, "GET", "/readyz"), request(port, "POST", "/orders", orderJson("ada"))}) {
        QVERIFY2(reply.status == 503, reply.body.c_str());
        QVERIFY2(!reply.header("Retry-After").empty(), reply.body.c_str());
    }
    QCOMPARE(request(port, "GET", "/healthz").status, 200); // it lives: restarting it would not help
    const Ended ended = server.finish(60);
    QVERIFY2(ended.exit_code == 1, ended.describe().constData());
    const qsizetype waits = ended.err.count("waiting for services: ");
    QVERIFY2(waits >= 2 && waits <= 5, ended.describe().constData());
    QVERIFY2(ended.errLines().constLast().startsWith("orderlabd: "), ended.describe().constData());
    QVERIFY2(ended.errLines().constLast().contains("127.0.0.1"), ended.describe().constData());
}

void TestOrderlabd::serve_terminatedWhileItStartsLeavesNothingBehind_data()
{
    QTest::addColumn<QString>("once_there");
    QTest::newRow("while the database is made") << "/postgres.new/PG_VERSION";
    QTest::newRow("while the server starts") << "/postgres/postmaster.pid";
}

void TestOrderlabd::serve_terminatedWhileItStartsLeavesNothingBehind()
{
    QFETCH(QString, once_there);
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QStringList arguments = QStringList{"serve", "--listen", "127.0.0.1:0"} + data.store();
    ChildProgram server(arguments);
    QElapsedTimer clock;
    clock.start();
    while (!QFile::exists(data.path() + once_there) && server.isRunning() && clock.elapsed() < 60'000)
        QThread::usleep(500);
    QVERIFY2(QFile::exists(data.path() + once_there), server.err().constData());
    const Ended ended = server.terminate(60);
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    const QByteArrayList left = data.processes();
    QVERIFY2(left.isEmpty(), left.join('\n').constData());

    ChildProgram again(arguments);
    QVERIFY2(again.waitForPort(), again.err().constData());
    QCOMPARE(again.terminate().exit_code, 0);
}

void TestOrderlabd::serve_terminatedWhileOrdersComeLosesNone_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("drain_s");
    QTest::newRow("drained") << QStringList{} << 10;
    QTest::newRow("retry topic") << QStringList{"--retry-style", "topic"} << 10;
    // The gateway takes longer than the drain: what is in hand is cancelled and comes again.
    QTest::newRow("cut short") << QStringList{"--gateway-latency", "1000"} << 0;
}

void TestOrderlabd::serve_terminatedWhileOrdersComeLosesNone()
{
    QFETCH(QStringList, options);
    QFETCH(int, drain_s);
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QStringList arguments =
        QStringList{"serve", "--listen", "127.0.0.1:0", "--drain-timeout", QString::number(drain_s)} + data.store();
    QByteArrayList created;
    {
        ChildProgram server(arguments + options);
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());
        Posting posting{serverAt(port), pid_t(server.pid()), 100};
        m_runtime.run(postFromMany(m_runtime, posting));
        QVERIFY2(posting.signalled, "the server was gone before the signal");
        const Ended ended = server.finish(60);
        QVERIFY2(ended.exit_code == 0, ended.describe().constData());
        created = posting.created;
    }
    QVERIFY(created.size() >= 100);
    ChildProgram server(arguments);
    QVERIFY2(server.waitForPort(), server.err().constData());
    verifyEachIsPaidOnce(data, created);
    QCOMPARE(server.terminate().exit_code, 0);
}

/// With payments in hand that would take another ten seconds.
void TestOrderlabd::serve_aSecondSignalEndsAtOnceAndLosesNone()
{
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QStringList arguments =
        QStringList{"serve", "--listen", "127.0.0.1:0", "--drain-timeout", "60", "--handler-timeout", "30000"}
        + data.store();
    QByteArrayList created;
    {
        ChildProgram server(arguments + QStringList{"--gateway-latency", "10000"});
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());
        for (int i = 0; i < 40; ++i) {
            const HttpReply reply = request(port, "POST", "/orders", orderJson("ada"));
            QCOMPARE(reply.status, 201);
            created.append(memberOf(QByteArray::fromStdString(reply.body), "id"));
        }
        server.signal(SIGTERM);
        QVERIFY2(server.waitForError("once more to end at once", 60), server.err().constData());
        QThread::msleep(1'000);                                    // Nothing happens: it waits for what is in hand.
        QVERIFY2(server.isRunning(), "there was nothing in hand"); // It drains.
        server.signal(SIGTERM);
        const Ended ended = server.finish(30);
        QCOMPARE(ended.exit_code, -1); // By the signal: the drain was not waited for.
        const QByteArrayList left = data.processes();
        QVERIFY2(left.isEmpty(), left.join('\n').constData());
    }
    ChildProgram server(arguments);
    QVERIFY2(server.waitForPort(), server.err().constData());
    verifyEachIsPaidOnce(data, created);
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestOrderlabd::serve_endsInOrderHoweverItIsAsked_data()
{
    QTest::addColumn<QList<int>>("signals_sent");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("SIGTERM") << QList<int>{SIGTERM} << QByteArray("terminated: ");
    QTest::newRow("SIGINT") << QList<int>{SIGINT} << QByteArray("interrupted: ");
    QTest::newRow("SIGHUP") << QList<int>{SIGHUP} << QByteArray("hung up: ");
    QTest::newRow("twice within milliseconds") << QList<int>{SIGTERM, SIGTERM} << QByteArray("terminated: ");
    QTest::newRow("by two at the same time")
        << QList<int>{SIGINT, SIGTERM, SIGHUP} << QByteArray("finishing what is running");
    QTest::newRow("nobody reads its log") << QList<int>{} << QByteArray("listening: "); // All that could be read.
}

void TestOrderlabd::serve_endsInOrderHoweverItIsAsked()
{
    QFETCH(QList<int>, signals_sent);
    QFETCH(QByteArray, told);
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QStringList arguments = QStringList{"serve", "--listen", "127.0.0.1:0"} + data.store();
    Ended ended;
    if (signals_sent.isEmpty()) {
        const QString script = "\"$0\" \"$@\" 2>&1 | head -1 >&2; exit ${PIPESTATUS[0]}";
        ChildProgram shell(QStringList{"-c", script, ORDERLAB_BIN_DIR "/orderlabd"} + arguments, {}, "bash");
        ended = shell.finish(120);
    } else {
        ChildProgram server(arguments);
        QVERIFY2(server.waitForPort(), server.err().constData());
        for (const int number : signals_sent) {
            server.signal(number);
            QThread::msleep(4);
        }
        ended = server.finish(60);
    }
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    QVERIFY2(ended.err.contains(told), ended.describe().constData());
    const QByteArrayList left = data.processes();
    QVERIFY2(left.isEmpty(), left.join('\n').constData());
    QVERIFY(data.postgresProcesses().isEmpty());
}

void TestOrderlabd::serve_killedLeavesNoServer()
{
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QStringList arguments = QStringList{"serve", "--listen", "127.0.0.1:0"} + data.store();
    ChildProgram server(arguments);
    QVERIFY2(server.waitForPort(), server.err().constData());
    QVERIFY(!data.postgresProcesses().isEmpty());
    server.signal(SIGKILL);
    server.finish(10);
    QTRY_VERIFY_WITH_TIMEOUT(data.postgresProcesses().isEmpty() && data.processes().isEmpty(), 30'000);
}

void TestOrderlabd::serve_dataDirectoriesWithStrangeNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("refused"); // Empty: it works.
    QTest::newRow("comma") << "a,b" << QByteArray();
    QTest::newRow("quotes") << "a\"b'c\\" << QByteArray();
    QTest::newRow("spaces and signs") << " a % &;$HOME@ " << QByteArray();
    QTest::newRow("200 bytes") << QString(200, u'd') << QByteArray();
    QTest::newRow("line break") << "a\nb" << QByteArray("orderlabd: --data-dir: must not have a line break");
    QTest::newRow("1,000 bytes") << (QString(200, u'd') + '/').repeated(5)
                                 << QByteArray("orderlabd: --data-dir: is too long: ");
}

void TestOrderlabd::serve_dataDirectoriesWithStrangeNames()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, refused);
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    ChildProgram server({"serve", "--listen", "127.0.0.1:0", "--store", "postgres", "--postgres", "private",
                         "--data-dir", data.path() + '/' + name});
    if (refused.isEmpty()) {
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());
        QCOMPARE(request(port, "POST", "/orders", orderJson("ada")).status, 201);
        const Ended ended = server.terminate(60);
        QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    } else {
        const Ended ended = server.finish(60);
        QVERIFY2(ended.exit_code == 1, ended.describe().constData());
        QVERIFY2(ended.errLines().constLast().startsWith(refused), ended.describe().constData());
        QVERIFY2(ended.errLines().size() <= 2, ended.describe().constData()); // It listens before it is ready.
    }
    const QByteArrayList left = data.processes();
    QVERIFY2(left.isEmpty(), left.join('\n').constData());
}

/// Payments that fail twice, in the retry topic while the program is killed. Few enough that the circuit stays closed.
void TestOrderlabd::serve_theRetryTopicSurvivesAKill()
{
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QStringList arguments =
        QStringList{"serve", "--listen", "127.0.0.1:0", "--retry-style", "topic"} + data.store();
    const QString parked = QStringLiteral("SELECT count(*) FROM orderlab.parked_events");
    QByteArrayList created;
    {
        ChildProgram server(arguments);
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());
        bool is_parked = false;
        while (!is_parked && created.size() < 1'200) {
            for (int i = 0; i < 12; ++i) { // Its last ones fail as it is looked.
                const HttpReply reply = request(port, "POST", "/orders", orderJson(i >= 9 ? "user-flaky" : "ada"));
                QCOMPARE(reply.status, 201);
                created.append(memberOf(QByteArray::fromStdString(reply.body), "id"));
            }
            for (int look = 0; look < 4 && !is_parked; ++look)
                is_parked = data.query(parked).toInt() > 0;
        }
        server.signal(SIGKILL);
        server.finish(10);
        QVERIFY2(is_parked, "nothing was ever parked");
    }
    ChildProgram server(arguments);
    QVERIFY2(server.waitForPort(), server.err().constData());
    verifyEachIsPaidOnce(data, created);
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestOrderlabd::import_toAServerFromAFileAndStandardInput()
{
    const DataDir folder;
    save(folder.file("orders.csv"), orderFile(20) + "bad,0,EUR,2020-01-01T00:00:00Z\n");
    ChildProgram server({"serve", "--store", "memory", "--listen", "127.0.0.1:0"});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err().constData());
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(port);

    const Ended first =
        runProgram({"import", folder.file("orders.csv"), "--to", url, "--rejects", folder.file("bad.csv")});
    QCOMPARE(first.out, QByteArray("imported 20, rejected 1, already there 0\n"));
    QCOMPARE(first.exit_code, 1);
    QVERIFY2(first.err.startsWith(folder.file("orders.csv").toUtf8() + ":22: amount: "), first.err.constData());
    QFile rejects(folder.file("bad.csv"));
    QVERIFY(rejects.open(QIODevice::ReadOnly));
    QCOMPARE(rejects.readAll(), QByteArray("user_id,amount,currency,created_at\nbad,0,EUR,2020-01-01T00:00:00Z\n"));

    ChildProgram from_input({"import", "-", "--to", url});
    from_input.write(orderFile(25));
    const Ended second = from_input.finish(60);
    QVERIFY2(second.exit_code == 0, second.describe().constData());
    QCOMPARE(second.out, QByteArray("imported 5, rejected 0, already there 20\n"));
    const Ended missing = runProgram({"import", folder.file("missing.csv"), "--to", url});
    QCOMPARE(missing.exit_code, 1);
    QCOMPARE(missing.errLines().size(), 1);
    QVERIFY2(missing.err.contains("missing.csv"), missing.err.constData());
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestOrderlabd::import_keepsWhatItRejectsByteForByte()
{
    const DataDir folder;
    const QByteArray header = "user_id,amount,currency,created_at\r\n";
    const QByteArray refused = "late,1.00,EUR,2999-01-01T00:00:00Z\r\n";
    const QByteArrayList records = {'"' + QByteArray(10'000'000, 'x') + "\r\n",
                                    "\"ada,1.00,EUR,2020-01-01T00:00:00Z\r\n", "\"line\nbreak\",0,EUR,x\n"};
    const QByteArray broken = records.join();
    const QByteArray orders = orderFile(20).mid(orderFile(0).size());
    save(folder.file("orders.csv"),
         header + refused + orders.left(orders.indexOf('\n') + 1) + broken + orders.mid(orders.indexOf('\n') + 1));
    ChildProgram server({"serve", "--store", "memory", "--listen", "127.0.0.1:0"});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err().constData());
    const QStringList to_server = {"--to", QStringLiteral("http://127.0.0.1:%1").arg(port)};
    const QStringList to_own = {"--store", "memory", "--gateway-latency", "0"};
    for (const QStringList& target : {to_server, to_own}) {
        const Ended ended = runProgram(
            QStringList{"import", folder.file("orders.csv"), "--rejects", folder.file("bad.csv")} + target, 120);
        QVERIFY2(ended.out == "imported 20, rejected 4, already there 0\n" && ended.exit_code == 1,
                 ended.describe().constData());
        QVERIFY2(ended.err.contains(":2: created_at: must not be in the future"), ended.err.left(2'000).constData());
        QFile rejects(folder.file("bad.csv"));
        QVERIFY(rejects.open(QIODevice::ReadOnly));
        const QByteArray kept = rejects.readAll();
        QVERIFY(kept.startsWith(header));
        QCOMPARE(kept.size(), header.size() + refused.size() + broken.size());
        QVERIFY(kept.contains(refused)); // Whose answer may come between the others.
        for (const QByteArray& record : records)
            QVERIFY(kept.contains(record));
    }
    const Ended full = runProgram(QStringList{"import", folder.file("orders.csv"), "--rejects", "/dev/full"} + to_own);
    QVERIFY2(full.exit_code == 1 && full.err.contains("No space left on device"), full.describe().constData());
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestOrderlabd::import_fromAPipeThatWaits_goesOnAndCanBeStopped()
{
    ChildProgram server({"serve", "--store", "memory", "--listen", "127.0.0.1:0"});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err().constData());
    ChildProgram import({"import", "-", "--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
    import.writeSome(orderFile(2) + "ada,1.00");
    const auto created = [&] {
        return QByteArray::fromStdString(request(port, "GET", "/orders").body).count("\"user_id\"");
    };
    QVERIFY(QTest::qWaitFor([&] { return created() == 2; }, 60'000)); // while the pipe is open
    import.signal(SIGINT);
    const Ended ended = import.finish(60);
    QVERIFY2(ended.exit_code == 1 && ended.err.contains("stopped early"), ended.describe().constData());
    QCOMPARE(ended.out, QByteArray("imported 2, rejected 0, already there 0\n")); // half a line is no record
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestOrderlabd::import_neverOverwritesItsOwnFile()
{
    const DataDir folder;
    const QByteArray file = orderFile(3) + "ada,0,EUR,2020-01-01T00:00:00Z\n";
    save(folder.file("orders.csv"), file);
    const Ended ended =
        runProgram({"import", folder.file("orders.csv"), "--store", "memory", "--rejects", folder.file("orders.csv")});
    QVERIFY2(ended.exit_code == 2 && ended.err.contains("--rejects"), ended.describe().constData());
    QFile kept(folder.file("orders.csv"));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), file);
}

void TestOrderlabd::import_withoutWorkersEnds()
{
    ChildProgram import({"import", "-", "--store", "memory", "--workers", "none"});
    import.write(orderFile(20));
    const Ended ended = import.finish(30); // nobody here makes the orders final, so there is nothing to wait for
    QVERIFY2(ended.exit_code == 0, ended.describe().constData());
    QCOMPARE(ended.out, QByteArray("imported 20, rejected 0, already there 0\n"));
}

void TestOrderlabd::import_realOrdersTwiceCreatesThemOnce()
{
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    const QString sample = QStringLiteral(ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv");
    const QStringList arguments =
        QStringList{"import", sample, "--gateway-latency", "0", "--rejects", data.file("bad.csv")} + data.store();
    const Ended first = runProgram(arguments, 240);
    QCOMPARE(first.out, QByteArray("imported 6911, rejected 8, already there 0\n"));
    QVERIFY2(first.exit_code == 1, first.describe().constData());
    QCOMPARE(first.errLines().size(), 8);
    const Ended again = runProgram(arguments + QStringList{"--allow-rejects"}, 240);
    QCOMPARE(again.out, QByteArray("imported 0, rejected 8, already there 6911\n"));
    QVERIFY2(again.exit_code == 0, again.describe().constData());
    QVERIFY(data.postgresProcesses().isEmpty());

    std::map<QByteArray, qint64> per_customer; // by arithmetic of its own
    QFile file(sample);
    QVERIFY(file.open(QIODevice::ReadOnly));
    file.readLine();
    while (!file.atEnd()) {
        const QList<QByteArray> fields = file.readLine().trimmed().split(',');
        if (const qint64 minor = qRound64(fields[1].toDouble() * 100); minor > 0)
            per_customer[fields[0]] += minor;
    }
    QByteArrayList expected;
    for (const auto& [customer, minor] : per_customer)
        expected.append(customer + '|' + QByteArray::number(minor));

    ChildProgram server(QStringList{"serve", "--workers", "none", "--listen", "none"} + data.store());
    QVERIFY2(server.waitForError("ready: ", 90), server.err().constData());
    QCOMPARE(data.query("SELECT status, count(*) FROM orderlab.orders GROUP BY 1"), QByteArray("paid|6911"));
    QCOMPARE(
        data.query("SELECT user_id, sum(amount_minor) FROM orderlab.orders GROUP BY 1 ORDER BY user_id COLLATE \"C\""),
        expected.join('\n'));
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestOrderlabd::import_goesOnAfterTheServerWasKilled()
{
    QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
    const DataDir data;
    constexpr int orders = 1'500;
    save(data.file("orders.csv"), orderFile(orders));
    auto server = std::make_unique<ChildProgram>(QStringList{"serve", "--listen", "127.0.0.1:0"} + data.store());
    const int port = server->waitForPort();
    QVERIFY2(port, server->err().constData());
    const QString endpoint = QStringLiteral("127.0.0.1:%1").arg(port);
    const QStringList import = {"import", data.file("orders.csv"), "--to", "http://" + endpoint};
    ChildProgram interrupted(import + QStringList{"--rate", "500/s"});
    QVERIFY(data.becomes("SELECT count(*) >= 200 FROM orderlab.orders", "t"));
    server->signal(SIGKILL);
    server->finish(10);
    QVERIFY2(interrupted.isRunning(), "all was imported before the server could be killed");
    QVERIFY2(!data.postgresProcesses().isEmpty(), "the private PostgreSQL should have outlived its killed parent");

    server = std::make_unique<ChildProgram>(QStringList{"serve", "--listen", endpoint} + data.store());
    QCOMPARE(server->waitForPort(), port);         // the orphaned PostgreSQL does not hold it
    const Ended resumed = interrupted.finish(120); // it has waited, and goes on
    QVERIFY2(resumed.exit_code == 0, resumed.describe().constData());
    const Ended again = runProgram(import, 120);
    QCOMPARE(again.out, QByteArray("imported 0, rejected 0, already there 1500\n"));

    const auto counts = [&] { return data.query("SELECT status, count(*) FROM orderlab.orders GROUP BY 1"); };
    QVERIFY2(data.becomes("SELECT count(*) FROM orderlab.orders WHERE status <> 'paid'", "0", 90),
             counts().constData());
    QCOMPARE(data.query("SELECT count(*), count(DISTINCT user_id) FROM orderlab.orders"), QByteArray("1500|1500"));
    QCOMPARE(data.query("SELECT count(*), count(DISTINCT order_id) FROM orderlab.gateway_ledger WHERE kind = 'charge'"),
             QByteArray("1500|1500"));
    // Two events an order, each told of once, though some were published twice.
    QVERIFY2(data.becomes("SELECT count(*), count(DISTINCT event_id) FROM orderlab.notifications", "3000|3000"),
             data.query("SELECT count(*), count(DISTINCT event_id) FROM orderlab.notifications").constData());
    QVERIFY2(
        data.becomes("SELECT sum(orders), sum(paid), sum(revenue_minor) FROM orderlab.analytics", "1500|1500|1500000"),
        data.query("SELECT sum(orders), sum(paid), sum(revenue_minor) FROM orderlab.analytics").constData());
    QCOMPARE(server->terminate().exit_code, 0);
}

ORDERLAB_TEST(tst_orderlabd, QCoreApplication, TestOrderlabd)
#include "tst_orderlabd.moc"
