#include "../integration/child_program.h"
#include "../integration/raw_http_client.h"
#include "observe/metrics.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <csignal>
#include <set>

using namespace orderlab;
using namespace orderlab::test;

namespace {

const QString source_dir = QStringLiteral(ORDERLAB_SOURCE_DIR "/");

/// Runs a program that is not ours to its end, with `input`.
Ended runTool(const QString& program, const QStringList& arguments, const QByteArray& input = {})
{
    ChildProgram tool(arguments, {}, program);
    tool.write(input);
    return tool.finish(120);
}

QJsonDocument readMetrics(const QStringList& arguments)
{
    const Ended read = runTool(QStringLiteral("/usr/bin/python3"),
                               QStringList{source_dir + QStringLiteral("tests/observe/read_metrics.py")} + arguments);
    if (read.exit_code != 0)
        qFatal("%s", read.describe().constData()); // What python3-prometheus-client cannot read is a fault of ours.
    return QJsonDocument::fromJson(read.out);
}

std::string request(const std::string& method, const std::string& target, const std::string& body = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
           + std::to_string(body.size()) + "\r\n\r\n" + body;
}

QString urlOf(int port, const char* path = "")
{
    return QStringLiteral("http://127.0.0.1:%1").arg(port) + QLatin1String(path);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A server with a bus in memory.
class ObservedServer {
public:
    explicit ObservedServer(const QStringList& store = {"--store", "memory"})
        : m_program(QStringList{"serve", "--listen", "127.0.0.1:0", "--log-format", "json"} + store)
    {
        m_port = m_program.waitForPort();
        if (m_port == 0)
            qFatal("no server: %s", m_program.err().constData());
    }
    int port() const { return m_port; }
    ChildProgram& program() { return m_program; }
    RawReply ask(const std::string& bytes) const { return RawHttpClient(std::uint16_t(m_port)).ask(bytes); }
    void order(const std::string& user) const
    {
        const RawReply reply = ask(request("POST", "/orders", test::orderJson(user)));
        if (reply.status != 201)
            qFatal("no order: %s", reply.body.c_str());
    }
    QByteArray metrics() const { return QByteArray::fromStdString(ask(request("GET", "/metrics")).body); }
    /// Whether a line of the metrics begins with `text` within a minute and a half.
    bool shows(const QByteArray& text) const
    {
        return QTest::qWaitFor([&] { return ("\n" + metrics()).contains("\n" + text); }, 90'000);
    }

private:
    ChildProgram m_program;
    int m_port = 0;
};

} // namespace

/// A real server, as the tools of the trade see it: Prometheus, promtool and Python's prometheus_client.
class TestObservedServer : public QObject {
    Q_OBJECT

private slots:
    void metrics_areThereAndReadByOthers()
    {
        const ObservedServer server;
        for (const char* user : {"ada", "user-declined", "user-flaky", "user-poison"})
            server.order(user);
        QCOMPARE(server
                     .ask(request("PUT", "/faults",
                                  R"({"faults":[{"seam":"gateway-call","action":"fail","count":1},)"
                                  R"({"seam":"delivery","action":"duplicate","count":2}]})"))
                     .status,
                 200);
        server.order("bob");
        QVERIFY2(server.shows("orderlab_dead_letters_total{group=\"orderlab.payment\",cause=\"rejected\"} 1"),
                 server.metrics());
        QVERIFY2(server.shows("orderlab_orders_total{status=\"paid\"} 3"), server.metrics()); // ada, user-flaky, bob
        QVERIFY2(server.shows("orderlab_duplicates_skipped_total{"), server.metrics());
        const RawReply letters = server.ask(request("GET", "/dead-letters"));
        const std::string letter(letters.json().at("dead_letters").as_array()[0].at("id").as_string());
        QVERIFY(server.ask(request("DELETE", "/dead-letters/" + letter)).status < 300);
        QVERIFY2(
            server.shows("orderlab_dead_letters_settled_total{group=\"orderlab.payment\",outcome=\"discarded\"} 1"),
            server.metrics());

        const QJsonObject read = readMetrics({"page", urlOf(server.port(), "/metrics")}).object();
        QVERIFY2(read["exemplars"].toInt() > 10, qPrintable(QString::number(read["exemplars"].toInt())));
        QCOMPARE(read["differences"].toArray(), QJsonArray());
        // What has labels appears with its first value; these need trouble that this run does not have, a Redis or a
        // receiver.
        const std::set<std::string_view> absent{
            "orderlab_work_pauses_total",          "orderlab_throttle_delay_seconds_total",
            "orderlab_invariant_violations_total", "orderlab_otlp_exported_total",
            "orderlab_otlp_dropped_total",         "orderlab_otlp_queue_items",
            "orderlab_redis_looks_total"};
        QStringList missing;
        for (const MetricKind* kind : Metrics::kinds()) {
            QString name = toQString(kind->name);
            const bool is_there = ("\n" + server.metrics()).contains("\n# TYPE " + name.toUtf8() + ' ');
            if (is_there == absent.contains(kind->name))
                missing << name;
        }
        QCOMPARE(missing, QStringList());

        // Nothing to complain of, and nothing that the conventions advise against.
        const Ended checked = runTool(QStringLiteral("/usr/bin/promtool"), {"check", "metrics"}, server.metrics());
        QVERIFY2(checked.exit_code == 0 && checked.err.isEmpty(), checked.describe());
    }

    void outboxAndPool_areMeasured_data()
    {
        QTest::addColumn<bool>("has_database");
        QTest::newRow("memory") << false;
        QTest::newRow("PostgreSQL") << true;
    }
    void outboxAndPool_areMeasured()
    {
        QFETCH(bool, has_database);
        const DataDir data;
        const ObservedServer server(has_database ? data.store() : QStringList{"--store", "memory"});
        QVERIFY2(server.shows("orderlab_outbox_oldest_age_seconds 0\n"), server.metrics());
        // Events stay in the outbox.
        QCOMPARE(server.ask(request("PUT", "/faults", R"({"faults":[{"seam":"relay-claim","action":"fail"}]})")).status,
                 200);
        for (int i = 0; i < 3; ++i)
            server.order("ada");
        QVERIFY2(server.shows("orderlab_outbox_rows 3\n"), server.metrics());
        const auto age = [&] {
            const QByteArray name = "\norderlab_outbox_oldest_age_seconds ", page = server.metrics();
            return page.mid(page.indexOf(name) + name.size()).split('\n').front().toDouble();
        };
        QTRY_VERIFY_WITH_TIMEOUT(age() > 1.5, 90'000);
        QCOMPARE(server.ask(request("PUT", "/faults", R"({"faults":[]})")).status, 200);
        QVERIFY2(server.shows("orderlab_outbox_rows 0\n"), server.metrics());
        QVERIFY2(server.shows("orderlab_outbox_oldest_age_seconds 0\n"), server.metrics());
        QCOMPARE(server.metrics().contains("\norderlab_store_connections_max 0\n"), !has_database);
        QCOMPARE(server.metrics().contains("\norderlab_store_connections{state=\"idle\"} 0\n"), !has_database);
    }

    void rules_holdAndUseOnlyWhatIsThere()
    {
        const QString folder = source_dir + QStringLiteral("packaging/prometheus/");
        for (const QStringList& arguments : {QStringList{"check", "rules", folder + "alerts.yml"},
                                             QStringList{"test", "rules", folder + "alerts_test.yml"},
                                             QStringList{"check", "config", folder + "prometheus.yml"}}) {
            const Ended checked = runTool(QStringLiteral("/usr/bin/promtool"), arguments);
            QVERIFY2(checked.exit_code == 0, checked.describe());
        }
        std::set<std::string> known;
        for (const MetricKind* kind : Metrics::kinds()) {
            known.insert(std::string(kind->name));
            if (kind->type == MetricType::Histogram) {
                for (const char* end : {"_bucket", "_sum", "_count"})
                    known.insert(std::string(kind->name) + end);
            }
        }
        static const QRegularExpression name(QStringLiteral("\\b(?:orderlab|process)_[a-z_]+\\b"));
        const QByteArray dashboard = contentOf(source_dir + QStringLiteral("packaging/grafana/orderlab.json"));
        QVERIFY(QJsonDocument::fromJson(dashboard).isObject());
        int used = 0;
        for (const QByteArray& text : {dashboard, contentOf(folder + "alerts.yml")}) {
            for (auto found = name.globalMatch(QString::fromUtf8(text)); found.hasNext(); ++used) {
                const std::string one = found.next().captured().toStdString();
                QVERIFY2(known.contains(one), one.c_str());
            }
        }
        QVERIFY(used > 30);
        // Each alert says what to do, and has a test.
        const QString alerts = QString::fromUtf8(contentOf(folder + "alerts.yml"));
        const QByteArray tests = contentOf(folder + "alerts_test.yml");
        static const QRegularExpression alert(QStringLiteral("- alert: (\\w+)"));
        QCOMPARE(alerts.count(QLatin1String("- alert: ")), alerts.count(QLatin1String(" action: ")));
        for (auto found = alert.globalMatch(alerts); found.hasNext();) {
            const QByteArray one = found.next().captured(1).toUtf8();
            QVERIFY2(tests.contains("alertname: " + one + "\n        exp_alerts:\n"), one);
        }
    }

    void prometheus_scrapesARun()
    {
        const ObservedServer server;
        const ScratchFolder scratch;
        QString config =
            QString::fromUtf8(contentOf(source_dir + QStringLiteral("packaging/prometheus/prometheus.yml")));
        config.replace(QLatin1String("127.0.0.1:8080"), QStringLiteral("127.0.0.1:%1").arg(server.port()));
        config.replace(QLatin1String("alerts.yml"), source_dir + QStringLiteral("packaging/prometheus/alerts.yml"));
        config.replace(QLatin1String("scrape_interval: 5s"), QLatin1String("scrape_interval: 1s"));
        const QString path = QString::fromStdString((scratch.path() / "prometheus.yml").string());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(config.toUtf8()) > 0);
        file.close();
        const int port = freePort();
        ChildProgram prometheus({"--config.file=" + path, "--enable-feature=exemplar-storage",
                                 "--storage.tsdb.path=" + QString::fromStdString((scratch.path() / "tsdb").string()),
                                 QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port)},
                                {}, QStringLiteral("/usr/bin/prometheus"));
        QVERIFY2(prometheus.waitForError("Server is ready to receive web requests", 90), prometheus.err());
        server.order("ada");
        const auto query = [&](const char* expression) {
            return runTool(QStringLiteral("/usr/bin/promtool"), {"query", "instant", urlOf(port), expression}).out;
        };
        QTRY_VERIFY_WITH_TIMEOUT(query("orderlab_orders_total{status=\"paid\"}").contains("=> 1 @"), 120'000);
        QVERIFY(query("up{job=\"orderlab\"}").contains("=> 1 @"));
        QVERIFY(query("orderlab_build_info").contains(ORDERLAB_VERSION));
        // The exemplar leads back to the entry of the journal.
        QJsonArray exemplars;
        const QStringList asked{"exemplars", urlOf(port), "orderlab_orders_total{status=\"paid\"}"};
        QTRY_VERIFY_WITH_TIMEOUT(!(exemplars = readMetrics(asked).array()).isEmpty(), 120'000);
        const QJsonObject labels = exemplars.at(0)["exemplars"][0]["labels"].toObject();
        QVERIFY(!labels["order"].toString().isEmpty());
        RawHttpClient journal(std::uint16_t(server.port()));
        journal.send("GET /journal?from=" + labels["entry"].toString().toStdString()
                     + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
        QVERIFY(!journal.receive().headers.empty());
        QCOMPARE(prometheus.terminate().exit_code, 0);
    }

    void log_isJsonAndChangesWhileItRuns()
    {
        ObservedServer server;
        ChildProgram& program = server.program();
        QVERIFY(!program.err().contains("\"level\":\"debug\""));
        program.signal(SIGUSR1);
        QVERIFY2(program.waitForError("\"message\":\"log level: debug\"", 60), program.err());
        server.order("ada");
        QVERIFY2(program.waitForError("\"message\":\"order is paid\",\"area\":\"orders\",\"order\":\"0", 60),
                 program.err());
        program.signal(SIGUSR1);
        QVERIFY2(program.waitForError("\"message\":\"log level: info\"", 60), program.err());
        QCOMPARE(server.ask(request("PUT", "/log", R"({"level":"warning"})")).status, 200);
        server.order("user-poison");
        QVERIFY2(program.waitForError("\"level\":\"warning\",\"message\":\"event order-created is a dead letter: ", 60),
                 program.err());
        const Ended ended = program.terminate();
        QVERIFY2(ended.exit_code == 0, ended.describe());
        for (const QByteArray& line : program.err().split('\n')) {
            QJsonParseError error;
            const QJsonObject object = QJsonDocument::fromJson(line, &error).object();
            QVERIFY2(line.isEmpty()
                         || (object.contains("time") && object.contains("level") && object.contains("area")
                             && object["message"].isString()),
                     line);
        }
    }
};

ORDERLAB_TEST(tst_observed_server, QCoreApplication, TestObservedServer)
#include "tst_observed_server.moc"
