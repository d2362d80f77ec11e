#include "http/http_client.h"
#include "integration/program.h"
#include "journal/recording.h"
#include "runtime/real_runtime.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace orderlab;

namespace {

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

const QString sample = QStringLiteral(ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv");

/// A running `orderlabd serve` on a free port.
class Server {
public:
    explicit Server(const QStringList& options, const QString& listen = QStringLiteral("127.0.0.1:0"))
        : m_program(words("serve --gateway-latency 0 --listen") << listen << options)
    {
        const QByteArray line = m_program.waitForErrorLine("ready: ");
        m_port = line.mid(line.lastIndexOf(':') + 1).trimmed().toUShort();
    }
    bool isReady() const { return m_port != 0; }
    quint16 port() const { return m_port; }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    Program& program() { return m_program; }
    Program::Ended terminate()
    {
        m_program.terminate();
        return m_program.waitForEnd(30'000);
    }

private:
    Program m_program;
    quint16 m_port = 0;
};

/// One client of a server.
class Client {
public:
    explicit Client(quint16 port) : m_client(m_runtime, optionsOf(port)) {}
    ~Client() { m_client.close(); }
    HttpReply get(const std::string& path) { return m_runtime.run(m_client.get(path)).value(); }
    HttpReply post(const std::string& json) { return m_runtime.run(m_client.post("/orders", json)).value(); }

private:
    static HttpClientOptions optionsOf(quint16 port)
    {
        HttpClientOptions options;
        options.host = "127.0.0.1";
        options.port = port;
        return options;
    }
    RealRuntime m_runtime{1};
    HttpClient m_client;
};

QString memberOf(const std::string& json, const char* name)
{
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    return document.object().value(QLatin1String(name)).toString();
}

/// A paid order was seen within ten seconds.
bool becomesPaid(Client& client, const std::string& path)
{
    return QTest::qWaitFor([&] { return memberOf(client.get(path).body, "status") == QLatin1String("paid"); }, 10'000);
}

} // namespace

class TestOrderlabd : public QObject {
    Q_OBJECT

private slots:
    void serve_keepsOrdersInPostgres()
    {
        DataDir data;
        std::string path;
        {
            Server server(data.storeOptions());
            QVERIFY2(server.isReady(), server.program().errorText().constData());
            Client client(server.port());
            const HttpReply created = client.post("{\"user_id\":\"ada\",\"amount\":\"19.99\",\"currency\":\"EUR\"}");
            QCOMPARE(created.status, 201);
            path = created.header("Location");
            QVERIFY(becomesPaid(client, path));
            QCOMPARE(data.psql(QStringLiteral("SELECT user_id, amount_minor, status FROM orderlab.orders")),
                     QByteArray("ada|1999|paid"));
            QCOMPARE(data.psql(QStringLiteral("SELECT count(*) FROM orderlab.gateway_ledger")), QByteArray("1"));
            const auto ended = server.terminate();
            QVERIFY2(ended.code == 0, ended.err.constData());
        }
        QVERIFY2(data.psql(QStringLiteral("SELECT 1")).startsWith("psql: "), "the private server still runs");
        Server again(data.storeOptions());
        QVERIFY(again.isReady());
        Client client(again.port());
        QCOMPARE(memberOf(client.get(path).body, "status"), QStringLiteral("paid"));
        QCOMPARE(again.terminate().code, 0);
    }

    void serve_inMemory()
    {
        Server server(words("--store memory"));
        QVERIFY(server.isReady());
        Client client(server.port());
        const HttpReply created = client.post("{\"user_id\":\"ada\",\"amount\":5}");
        QCOMPARE(created.status, 201);
        QVERIFY(becomesPaid(client, std::string(created.header("Location"))));
        QCOMPARE(client.get("/readyz").status, 200);
        QCOMPARE(server.terminate().code, 0);
    }

    void serve_waitsForItsDatabase_thenGivesUp()
    {
        Program program(words("serve --listen 127.0.0.1:0 --store postgres --wait-for-services 2 --postgres "
                              "postgresql://127.0.0.1:1/none"));
        QVERIFY(!program.waitForErrorLine("waiting for services: ").isEmpty());
        const auto ended = program.waitForEnd(30'000);
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.count("waiting for services: ") >= 2, ended.err.constData());
    }

    void import_ofTheSample_once()
    {
        DataDir data;
        const QString rejects = data.path() + QStringLiteral("/rejects.csv");
        const QStringList import =
            words("import --gateway-latency 0") << sample << QStringLiteral("--rejects") << rejects << data.storeOptions();
        const auto first = runProgram(import);
        QCOMPARE(first.out, QByteArray("imported 6911, rejected 8, already there 0\n"));
        QCOMPARE(first.code, 1);
        QVERIFY(first.err.contains("cdnow-sample.csv:227: amount: must be above 0\n"));
        QFile file(rejects);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 9);

        const auto again = runProgram(QStringList(import) << QStringLiteral("--allow-rejects"));
        QCOMPARE(again.out, QByteArray("imported 0, rejected 8, already there 6911\n"));
        QCOMPARE(again.code, 0);

        Server server(data.storeOptions());
        QVERIFY(server.isReady());
        QCOMPARE(data.psql(QStringLiteral("SELECT status, count(*) FROM orderlab.orders GROUP BY 1")),
                 QByteArray("paid|6911"));
        QCOMPARE(data.psql(QStringLiteral("SELECT count(*), count(DISTINCT order_id) FROM orderlab.gateway_ledger")),
                 QByteArray("6911|6911"));
        QCOMPARE(data.psql(QStringLiteral("SELECT md5(string_agg(user_id || '=' || total, ',' ORDER BY user_id COLLATE \"C\")) FROM "
                                          "(SELECT user_id, sum(amount_minor) AS total FROM orderlab.orders GROUP BY 1) s")),
                 digestOfSample());
        QCOMPARE(server.terminate().code, 0);
    }

    void killed_inTheMiddleOfAnImport_losesAndDoublesNothing()
    {
        DataDir data;
        quint16 port = 0;
        {
            Server server(data.storeOptions());
            QVERIFY(server.isReady());
            port = server.port();
            Program import(words("import --to") << server.url() << sample);
            QVERIFY(QTest::qWaitFor(
                [&] { return data.psql(QStringLiteral("SELECT count(*) FROM orderlab.orders")).toInt() > 500; }, 30'000));
            server.program().kill();
            import.kill();
        }
        Server server(data.storeOptions(), QStringLiteral("127.0.0.1:%1").arg(port));
        QVERIFY2(server.isReady(), server.program().errorText().constData());
        const auto rest = runProgram(words("import --allow-rejects --to") << server.url() << sample);
        QVERIFY2(rest.code == 0, rest.err.right(300).constData());
        const bool settled = QTest::qWaitFor(
            [&] {
                return data.psql(QStringLiteral("SELECT status, count(*) FROM orderlab.orders GROUP BY 1")) == "paid|6911";
            },
            60'000);
        QVERIFY2(settled, data.psql(QStringLiteral("SELECT status, count(*) FROM orderlab.orders GROUP BY 1")).constData());
        QCOMPARE(data.psql(QStringLiteral("SELECT count(*), count(DISTINCT order_id) FROM orderlab.gateway_ledger")),
                 QByteArray("6911|6911"));
        QCOMPARE(server.terminate().code, 0);
    }

    void badUsage_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("named"); // what the line has to name
        const auto row = [](const char* name, const char* arguments, const char* variable, const char* named) {
            QTest::newRow(name) << QByteArray(arguments) << QByteArray(variable) << QByteArray(named);
        };
        row("bus", "serve --bus nats", "", "--bus: nats not in {memory}");
        row("bus in the environment", "serve", "ORDERLAB_BUS=nats", "nats not in {memory}");
        row("store", "serve --store x", "", "--store: x not in {memory,postgres}");
        row("no partitions", "serve --partitions 0", "", "--partitions: Value 0 not in range 1 to 64");
        row("too many partitions", "serve --partitions 65", "", "--partitions: Value 65 not in range 1 to 64");
        row("partitions in letters", "serve", "ORDERLAB_PARTITIONS=abc", "--partitions: Value abc not in range 1 to 64");
        row("workers", "serve --store memory --workers foo", "",
            "--workers: must be all, none or some of payment, notification, analytics, order-status");
        row("listen", "serve --store memory --listen nonsense", "", "--listen");
        row("listen to all without a token", "serve --store memory --listen 0.0.0.0:0", "", "ORDERLAB_API_TOKEN");
        row("unknown option", "serve --colour", "", "--colour");
        row("unknown command", "fly", "", "unknown command fly; there are serve, import");
        row("no command", "", "", "subcommand");
        row("seeds", "simulate --seeds 3..1", "", "--seeds: must be a range such as 1..100");
        row("rate", "import --rate 0 x.csv", "", "--rate: must be a number of orders a second above 0");
        row("to", "import --to ftp://x x.csv", "", "cannot read x.csv");
    }
    void badUsage()
    {
        QFETCH(QByteArray, arguments);
        QFETCH(QByteArray, variable);
        QFETCH(QByteArray, named);
        const QStringList environment = variable.isEmpty() ? QStringList() : QStringList(QString::fromUtf8(variable));
        const auto ended = runProgram(words(arguments.constData()), environment, 20'000);
        QVERIFY2(ended.err.contains(named), ended.err.constData());
        QCOMPARE(ended.err.count('\n'), 1);
        QCOMPARE(ended.code, named.startsWith("cannot read") ? 1 : 2);
        QCOMPARE(ended.out, QByteArray());
    }

    void simulate_repeatsByteForByte()
    {
        const auto once = runProgram(words("simulate --seed 7 --orders 200 --json"));
        const auto again = runProgram(words("simulate --seed 7 --orders 200 --json"));
        const auto other = runProgram(words("simulate --seed 8 --orders 200 --json"));
        QCOMPARE(once.code, 0);
        QCOMPARE(once.out, again.out);
        const auto hashOf = [](const Program::Ended& run) {
            return QJsonDocument::fromJson(run.out).object().value(QLatin1String("journal_sha256")).toString();
        };
        QCOMPARE(hashOf(once).size(), 64);
        QVERIFY(hashOf(once) != hashOf(other));
        QCOMPARE(runProgram(words("simulate --seeds 1..3 --json")).out.count('\n'), 3);
    }

    void simulate_recordsItsJournal()
    {
        DataDir data;
        const QString file = data.path() + QStringLiteral("/run.jsonl");
        const auto run = runProgram(words("simulate --seed 7 --json --journal") << file);
        QCOMPARE(run.code, 0);
        QFile journal(file);
        QVERIFY(journal.open(QIODevice::ReadOnly));
        const auto report = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(journal.readAll().count('\n'), report.value(QLatin1String("journal_entries")).toInt() + 1);
    }

    void demo_accountsForEveryOrder()
    {
        const auto demo = runProgram({QStringLiteral("demo")});
        QCOMPARE(demo.code, 0);
        QVERIFY(demo.out.contains("50 accepted = "));
        QVERIFY(demo.out.contains("kept in dead letters"));
        QVERIFY(demo.out.contains("tried again in"));
    }

    void bench_printsWhatItPromises_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::newRow("pipeline") << QByteArray("bench pipeline --orders 2000 --json");
        QTest::newRow("http") << QByteArray("bench http --orders 200 --connections 8 --store memory --json");
    }
    void bench_printsWhatItPromises()
    {
        QFETCH(QByteArray, arguments);
        const auto bench = runProgram(words(arguments.constData()));
        QVERIFY2(bench.code == 0, bench.err.constData());
        const auto report = QJsonDocument::fromJson(bench.out).object();
        for (const char* key : {"orders", "seconds", "orders_per_s", "deliveries_per_s", "peak_rss_mib"})
            QVERIFY2(report.value(QLatin1String(key)).isDouble(), key);
        QVERIFY(report.value(QLatin1String("orders_per_s")).toDouble() > 0);
    }

    void config_tellsOrigins_andNoSecrets()
    {
        const auto config = runProgram(
            words("config --partitions 5 --store postgres --postgres postgresql://ada:hunter2@127.0.0.1/x"),
            {QStringLiteral("ORDERLAB_API_TOKEN=hunter2"), QStringLiteral("ORDERLAB_TOPIC_PREFIX=lab.")});
        QCOMPARE(config.code, 0);
        QVERIFY2(!config.out.contains("hunter2"), config.out.constData());
        const auto lineOf = [&](const char* name) {
            for (const QByteArray& line : config.out.split('\n')) {
                if (line.startsWith(name))
                    return line.simplified();
            }
            return QByteArray();
        };
        QCOMPARE(lineOf("--partitions"), QByteArray("--partitions 5 flag"));
        QCOMPARE(lineOf("--topic-prefix"), QByteArray("--topic-prefix lab. environment ORDERLAB_TOPIC_PREFIX"));
        QCOMPARE(lineOf("--members"), QByteArray("--members 1 default"));
        QCOMPARE(lineOf("--postgres"), QByteArray("--postgres postgresql://ada:*@127.0.0.1/x flag"));
    }

    void program_linksNoQt()
    {
        Program ldd({QStringLiteral(ORDERLAB_BIN_DIR "/orderlabd")}, {}, QStringLiteral("ldd"));
        const auto libraries = ldd.waitForEnd(10'000);
        QVERIFY(libraries.out.contains("libpq"));
        QVERIFY(!libraries.out.contains("libQt"));
    }

private:
    /// md5 of "customer=sum,…", computed from the file by other means than the program's.
    static QByteArray digestOfSample()
    {
        QFile file(sample);
        if (!file.open(QIODevice::ReadOnly))
            return "cannot read the sample";
        QMap<QByteArray, qint64> sums;
        file.readLine();
        while (!file.atEnd()) {
            const QList<QByteArray> fields = file.readLine().split(',');
            const qint64 minor = qRound64(fields[1].trimmed().toDouble() * 100);
            if (minor > 0)
                sums[fields[0]] += minor;
        }
        QByteArray all;
        for (auto sum = sums.begin(); sum != sums.end(); ++sum)
            all += (all.isEmpty() ? "" : ",") + sum.key() + '=' + QByteArray::number(sum.value());
        return QCryptographicHash::hash(all, QCryptographicHash::Md5).toHex();
    }
};

QTEST_GUILESS_MAIN(TestOrderlabd)
#include "tst_orderlabd.moc"
