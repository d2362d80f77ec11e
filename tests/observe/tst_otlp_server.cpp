#include "../integration/child_program.h"
#include "../integration/raw_http_client.h"
#include "../integration/test_authority.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <set>

using namespace orderlab;
using namespace orderlab::test;

namespace {

const QString caller_trace = QStringLiteral("0af7651916cd43dd8448eb211c80319c");
const QString caller_span = QStringLiteral("b7ad6b7169203331");

std::string requestText(const std::string& method, const std::string& target, const std::string& body = {},
                        const std::string& headers = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers
           + "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// A receiver whose reading of OTLP is not ours: protobuf's own, in Python.
class OtlpReceiver {
public:
    explicit OtlpReceiver(int port = 0, const QStringList& more = {})
        : m_program((port ? QStringList{QString::number(port)} : QStringList()) + more, {},
                    QStringLiteral(ORDERLAB_SOURCE_DIR "/tests/observe/otlp_receiver"))
    {
        static const QRegularExpression listening(QStringLiteral("listening: (\\d+)\n"));
        m_port = m_program.waitForMatch(listening, 600).captured(1).toInt(); // It may have to be installed.
        if (m_port == 0)
            qFatal("no receiver: %s", m_program.err().constData());
        static const QRegularExpression with_tls(QStringLiteral("listening with TLS: (\\d+)\n"));
        m_tls_port = with_tls.match(QString::fromUtf8(m_program.err())).captured(1).toInt();
    }
    int port() const { return m_port; }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    QString tlsUrl(const QByteArray& host) const
    {
        return QStringLiteral("https://%1:%2").arg(QString::fromLatin1(host)).arg(m_tls_port);
    }
    void meet(const std::string& mode) const
    {
        if (RawHttpClient(std::uint16_t(m_port)).ask(requestText("PUT", "/mode", mode)).status != 200)
            qFatal("the receiver does not listen");
    }
    QJsonObject report() const
    {
        const RawReply reply = RawHttpClient(std::uint16_t(m_port)).ask(requestText("GET", "/report"));
        return QJsonDocument::fromJson(QByteArray::fromStdString(reply.body)).object();
    }
    QJsonArray spans() const { return report()["spans"].toArray(); }

private:
    ChildProgram m_program;
    int m_port = 0, m_tls_port = 0;
};

class TracedServer {
public:
    TracedServer(const QString& endpoint, const QStringList& more = {},
                 const QStringList& store = {"--store", "memory"}, std::map<QString, QString> environment = {})
        : m_program(QStringList{"serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--otlp-endpoint", endpoint,
                                "--otlp-interval", "100"}
                        + store + more,
                    withTracesAlone(std::move(environment)))
    {
        m_port = m_program.waitForPort();
        if (m_port == 0)
            qFatal("no server: %s", m_program.err().constData());
    }
    ChildProgram& program() { return m_program; }
    RawReply ask(const std::string& bytes) const { return RawHttpClient(std::uint16_t(m_port)).ask(bytes); }
    /// The order's id.
    QString order(const std::string& user, const std::string& headers = {}) const
    {
        const RawReply reply = ask(requestText("POST", "/orders", orderJson(user), headers));
        if (reply.status != 201)
            qFatal("no order: %s", reply.body.c_str());
        return toQString(std::string_view(reply.json().at("id").as_string()));
    }
    QString canceled(const QString& order, const std::string& headers = {}) const
    {
        const RawReply reply = ask(requestText("POST", "/orders/" + order.toStdString() + "/cancel", {}, headers));
        if (reply.status != 200)
            qFatal("not canceled: %s", reply.body.c_str());
        return order;
    }
    QByteArray metrics() const { return QByteArray::fromStdString(ask(requestText("GET", "/metrics")).body); }
    /// -1: it is not there.
    double metric(const QByteArray& series) const
    {
        const QByteArray page = "\n" + metrics();
        const auto at = page.indexOf("\n" + series + ' ');
        return at < 0 ? -1 : page.mid(at + series.size() + 2).split('\n').front().toDouble();
    }
    double exported() const { return metric("orderlab_otlp_exported_total{signal=\"traces\"}"); }
    double dropped(const char* reason) const
    {
        return metric(QByteArray("orderlab_otlp_dropped_total{signal=\"traces\",reason=\"") + reason + "\"}");
    }
    double waiting() const { return metric("orderlab_otlp_queue_items{signal=\"traces\"}"); }
    bool isPaid(const QString& order) const
    {
        const RawReply reply = ask(requestText("GET", "/orders/" + order.toStdString()));
        return reply.body.find("\"status\":\"paid\"") != std::string::npos;
    }

private:
    /// Unless an option says otherwise.
    static std::map<QString, QString> withTracesAlone(std::map<QString, QString> environment)
    {
        environment.emplace("OTEL_METRICS_EXPORTER", "none");
        environment.emplace("OTEL_LOGS_EXPORTER", "none");
        return environment;
    }

    ChildProgram m_program;
    int m_port = 0;
};

/// Those of one trace, by id.
std::map<QString, QJsonObject> traceIn(const QJsonArray& spans, const QString& trace)
{
    std::map<QString, QJsonObject> found;
    for (const QJsonValue& value : spans) {
        const QJsonObject span = value.toObject();
        if (span["trace"].toString() != trace)
            continue;
        if (!found.emplace(span["id"].toString(), span).second)
            qFatal("two spans have id %s", qPrintable(span["id"].toString()));
    }
    return found;
}

QString traceOfOrder(QString order)
{
    return order.remove(QLatin1Char('-'));
}

/// How many spans of that name, and of that group where one is named, there are.
int countOf(const std::map<QString, QJsonObject>& spans, const char* name, const char* group = "")
{
    int count = 0;
    for (const auto& [id, span] : spans) {
        const QString its = span["attributes"]["messaging.consumer.group.name"].toString();
        count += span["name"] == QLatin1String(name) && (!*group || its == QLatin1String(group));
    }
    return count;
}

} // namespace

/// The real server and a receiver that reads OTLP with protobuf's own classes.
class TestOtlpServer : public QObject {
    Q_OBJECT

private slots:
    void order_isOneTree_data()
    {
        QTest::addColumn<bool>("has_database");
        QTest::newRow("memory") << false;
        QTest::newRow("PostgreSQL") << true;
    }
    void order_isOneTree()
    {
        QFETCH(bool, has_database);
        const OtlpReceiver receiver;
        const DataDir data;
        TracedServer server(receiver.url(), {}, has_database ? data.store() : QStringList{"--store", "memory"},
                            {{"OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test%20bench"}});
        const QString order = server.order("user-flaky", "traceparent: 00-" + caller_trace.toStdString() + "-"
                                                             + caller_span.toStdString() + "-01\r\n");
        QTRY_VERIFY(server.isPaid(order));
        const auto spans = [&] { return traceIn(receiver.spans(), caller_trace); };
        QTRY_COMPARE(countOf(spans(), "process payment-succeeded"), 3);
        QTRY_COMPARE(countOf(spans(), "POST /orders"), 1);
        QTRY_COMPARE(server.waiting(), 0.0);
        const auto all = spans();
        int roots = 0;
        for (const auto& [id, span] : all) {
            const QString parent = span["parent"].toString();
            const QByteArray text = QJsonDocument(span).toJson();
            if (parent == caller_span) {
                ++roots;
                QCOMPARE(span["name"].toString(), QStringLiteral("POST /orders"));
                QCOMPARE(span["kind"].toInt(), 2);
                QCOMPARE(span["attributes"]["http.response.status_code"].toInt(), 201);
                continue;
            }
            QVERIFY2(all.contains(parent), text);
            QVERIFY2(span["start"].toDouble() >= all.at(parent)["start"].toDouble(), text);
            QVERIFY2(span["attributes"].toObject().contains("orderlab.entry"), text);
        }
        QCOMPARE(roots, 1);
        // Two attempts failed, the third went well: siblings below the sending of the event.
        QCOMPARE(countOf(all, "process order-created", "orderlab.payment"), 3);
        QCOMPARE(countOf(all, "charge"), 3);
        QCOMPARE(countOf(all, "COMMIT") > 0, has_database);
        std::set<QString> parents;
        int errors = 0;
        for (const auto& [id, span] : all) {
            if (span["attributes"]["messaging.consumer.group.name"] == QLatin1String("orderlab.payment")) {
                parents.insert(span["parent"].toString());
                errors += span["error"].toBool();
                QCOMPARE(span["error"].toBool(), span["attributes"].toObject().contains("error.type"));
            }
        }
        QCOMPARE(parents.size(), std::size_t{1});
        QCOMPARE(errors, 2);
        const QJsonObject report = receiver.report();
        QCOMPARE(report["mistakes"].toArray(), QJsonArray());
        const QJsonObject resource = report["resources"][0].toObject();
        QCOMPARE(resource["service.name"].toString(), QStringLiteral("orderlabd"));
        QCOMPARE(resource["deployment.environment.name"].toString(), QStringLiteral("test bench"));
        for (const char* name : {"service.version", "service.instance.id", "host.name", "telemetry.sdk.name"})
            QVERIFY2(!resource[QLatin1String(name)].toString().isEmpty(), name);
        QVERIFY(resource["process.pid"].toInt() == int(server.program().pid()));
        QTRY_COMPARE(double(receiver.spans().size()), server.exported());
    }

    void metricsAndLogs_areExported()
    {
        const OtlpReceiver receiver;
        const TracedServer server(receiver.url(), {"--metrics-exporter", "otlp", "--otlp-metrics-interval", "200",
                                                   "--logs-exporter", "otlp", "--log-level", "debug"});
        const QString order = server.order("ada");
        QTRY_VERIFY(server.isPaid(order));
        const auto find = [](const QJsonArray& all, const char* key, const char* value) {
            QJsonArray found;
            for (const QJsonValue& one : all) {
                if (one[QLatin1String(key)] == QLatin1String(value))
                    found << one;
            }
            return found;
        };
        const auto metric = [&](const char* name) {
            return find(receiver.report()["metrics"].toArray(), "name", name);
        };
        QTRY_VERIFY(QJsonDocument(metric("orderlab_orders_total")).toJson().contains("\"paid\""));
        QTRY_VERIFY(!metric("orderlab_otlp_exported_total").isEmpty());
        QCOMPARE(metric("orderlab_orders_total").last()["kind"].toString(), QStringLiteral("sum"));
        QCOMPARE(metric("orderlab_http_connections").last()["kind"].toString(), QStringLiteral("gauge"));
        const QJsonValue duration = metric("orderlab_http_request_duration_seconds").last();
        QCOMPARE(duration["kind"].toString(), QStringLiteral("histogram"));
        QCOMPARE(duration["unit"].toString(), QStringLiteral("s"));
        const auto lines = [&](const char* body) { return find(receiver.report()["logs"].toArray(), "body", body); };
        QTRY_VERIFY(!lines("order is paid").isEmpty());
        const QJsonValue paid = lines("order is paid").first();
        QCOMPARE(paid["trace"].toString(), traceOfOrder(order));
        QCOMPARE(paid["severity"].toInt(), 5);
        QCOMPARE(paid["attributes"]["orderlab.order.id"].toString(), order);
        // A line of an attempt leads to its span.
        QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "process order-created"), 3);
        const auto spans = traceIn(receiver.spans(), traceOfOrder(order));
        int led = 0;
        for (const QJsonValue& line : receiver.report()["logs"].toArray()) {
            if (!line["body"].toString().startsWith("event order-created handled in "))
                continue;
            QVERIFY2(spans.contains(line["span"].toString()), qPrintable(line["span"].toString()));
            QCOMPARE(spans.at(line["span"].toString())["name"].toString(), QStringLiteral("process order-created"));
            ++led;
        }
        QCOMPARE(led, 3);
        QCOMPARE(receiver.report()["mistakes"].toArray(), QJsonArray());
    }

    void badTraceparent_beginsATrace()
    {
        const OtlpReceiver receiver;
        const TracedServer server(receiver.url());
        QCOMPARE(server.metric("orderlab_http_bad_traceparents_total"), 0.0);
        QStringList orders;
        const std::string good = "traceparent: 00-" + caller_trace.toStdString() + "-" + caller_span.toStdString();
        for (const std::string& headers :
             {std::string("traceparent: 00-xyz\r\n"), "traceparent: ff" + good.substr(15) + "-01\r\n",
              good + "-01\r\n" + good + "-01\r\n", std::string("traceparent: \r\n") + good + "-01\r\n"})
            orders << server.order("ada", headers + "tracestate: a=1\r\n");
        for (const QString& order : orders) {
            QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "process payment-succeeded"), 3);
            QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "POST /orders"), 1);
        }
        QVERIFY(traceIn(receiver.spans(), caller_trace).empty());
        QCOMPARE(server.metric("orderlab_http_bad_traceparents_total"), 4.0);
    }

    /// From the request through outbox and record to the dead letter, and once more by its replay.
    void deadLetter_keepsItsTrace_data() { order_isOneTree_data(); }
    void deadLetter_keepsItsTrace()
    {
        QFETCH(bool, has_database);
        const OtlpReceiver receiver;
        const DataDir data;
        const TracedServer server(receiver.url(), {}, has_database ? data.store() : QStringList{"--store", "memory"});
        server.order("user-poison", "traceparent: 00-" + caller_trace.toStdString() + "-" + caller_span.toStdString()
                                        + "-01\r\ntracestate: congo=1 ,rojo=2\r\n");
        const auto letters = [&] {
            return QJsonDocument::fromJson(
                       QByteArray::fromStdString(server.ask(requestText("GET", "/dead-letters")).body))
                .object()["dead_letters"]
                .toArray();
        };
        QTRY_COMPARE(letters().size(), qsizetype{1});
        const QJsonObject letter = letters().at(0).toObject(), event = letter["event"].toObject();
        QVERIFY(event["traceparent"].toString().startsWith("00-" + caller_trace + "-"));
        QVERIFY2(QJsonDocument(event).toJson(QJsonDocument::Compact).contains("\"congo=1,rojo=2\""),
                 QJsonDocument(event).toJson());
        const std::string replay = "/dead-letters/" + letter["id"].toString().toStdString() + "/replay";
        QVERIFY(server.ask(requestText("POST", replay)).status < 300);
        const auto spans = [&] { return traceIn(receiver.spans(), caller_trace); };
        QTRY_COMPARE(countOf(spans(), "send order-created"), 2);
        QTRY_COMPARE(countOf(spans(), "process order-created", "orderlab.payment"), 2);
        QTRY_COMPARE(countOf(spans(), "POST /orders"), 1);
        // The second sending is linked to the attempt that gave the event up.
        const auto all = spans();
        int linked = 0;
        for (const auto& [id, span] : all) {
            if (span["name"] != QLatin1String("send order-created") || span["links"].toArray().isEmpty())
                continue;
            ++linked;
            const QString failed = span["links"][0]["span"].toString();
            QVERIFY(all.contains(failed));
            QCOMPARE(all.at(failed)["attributes"]["error.type"].toString(), QStringLiteral("dead-lettered"));
            QVERIFY(all.contains(span["parent"].toString()));
        }
        QCOMPARE(linked, 1);
        QCOMPARE(receiver.report()["mistakes"].toArray(), QJsonArray());
    }

    /// The caller's "not sampled" goes with the event to whoever gets it.
    void notSampled_staysSo_data() { order_isOneTree_data(); }
    void notSampled_staysSo()
    {
        QFETCH(bool, has_database);
        const OtlpReceiver receiver;
        const DataDir data;
        const TracedServer server(receiver.url(), {}, has_database ? data.store() : QStringList{"--store", "memory"});
        const std::string headers =
            "traceparent: 00-" + caller_trace.toStdString() + "-" + caller_span.toStdString() + "-00\r\n";
        server.order("user-poison", headers);
        QByteArray letters;
        QTRY_VERIFY((letters = QByteArray::fromStdString(server.ask(requestText("GET", "/dead-letters")).body))
                        .contains("\"traceparent\":\"00-" + caller_trace.toLatin1()));
        static const QRegularExpression flags(QStringLiteral("\"traceparent\":\"00-\\w{32}-\\w{16}-(\\d\\d)\""));
        QCOMPARE(flags.match(QString::fromUtf8(letters)).captured(1), QStringLiteral("00"));
    }

    void cancellation_isATraceOfItsOwn_data()
    {
        QTest::addColumn<bool>("has_database");
        QTest::addColumn<bool>("has_caller");
        QTest::newRow("memory, begins a trace") << false << false;
        QTest::newRow("memory, joins its caller's") << false << true;
        QTest::newRow("PostgreSQL, joins its caller's") << true << true;
    }
    void cancellation_isATraceOfItsOwn()
    {
        QFETCH(bool, has_database);
        QFETCH(bool, has_caller);
        const OtlpReceiver receiver;
        const DataDir data;
        const TracedServer server(receiver.url(),
                                  {"--workers", "notification,analytics,order-status"}, // It is not paid.
                                  has_database ? data.store() : QStringList{"--store", "memory"});
        const std::string from_caller = "traceparent: 00-" + caller_trace.toStdString() + "-"
                                        + caller_span.toStdString() + "-01\r\ntracestate: congo=1\r\n";
        const QString order = server.canceled(server.order("ada"), has_caller ? from_caller : std::string());
        const QString order_trace = traceOfOrder(order);
        const auto requests = [&] {
            QList<QJsonObject> found;
            for (const QJsonValue& span : receiver.spans()) {
                if (span["name"] == QLatin1String("POST /orders/{id}/cancel"))
                    found << span.toObject();
            }
            return found;
        };
        QTRY_COMPARE(requests().size(), qsizetype{1});
        const QJsonObject request = requests().first();
        QCOMPARE(request["attributes"]["orderlab.order.id"].toString(), order);
        QCOMPARE(request["parent"].toString(), has_caller ? caller_span : QString());
        const QString trace = request["trace"].toString();
        QVERIFY2(has_caller ? trace == caller_trace : trace != order_trace, qPrintable(trace));
        QTRY_COMPARE(countOf(traceIn(receiver.spans(), trace), "process order-canceled"), 2);
        QTRY_COMPARE(countOf(traceIn(receiver.spans(), order_trace), "POST /orders"), 1);
        const auto all = traceIn(receiver.spans(), trace);
        QCOMPARE(countOf(all, "send order-canceled"), 1);
        for (const auto& [id, span] : all) {
            const QByteArray text = QJsonDocument(span).toJson();
            if (span["name"] == QLatin1String("send order-canceled")) {
                QCOMPARE(span["parent"], request["id"]);
                const QJsonValue link = span["links"][0];
                QCOMPARE(link["trace"].toString(), order_trace);
                const auto of_order = traceIn(receiver.spans(), order_trace);
                QVERIFY2(of_order.contains(link["span"].toString()), text);
                QCOMPARE(of_order.at(link["span"].toString())["name"].toString(), QStringLiteral("POST /orders"));
            } else if (id != request["id"].toString())
                QVERIFY2(all.contains(span["parent"].toString()), text);
        }
        QCOMPARE(receiver.report()["mistakes"].toArray(), QJsonArray());
    }

    void trouble_isToldWhateverTheRatio()
    {
        const OtlpReceiver receiver;
        const TracedServer server(receiver.url(),
                                  {"--traces-sampler", "parentbased_traceidratio", "--traces-sampler-arg", "0"});
        const QString good = server.order("ada"), declined = server.order("user-declined"),
                      flaky = server.order("user-flaky");
        for (const QString& order : {declined, flaky}) {
            QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "POST /orders"), 1);
            QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "send order-created"), 1);
        }
        QTRY_VERIFY(server.isPaid(good) && server.isPaid(flaky));
        QTRY_COMPARE(server.waiting(), 0.0);
        QVERIFY(traceIn(receiver.spans(), traceOfOrder(good)).empty());
        QCOMPARE(server.dropped("table_full"), 0.0);
    }

    void receiverInTrouble_costsNothingButSpans_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("reason"); // "": all come in the end.
        QTest::newRow("503") << QByteArray(R"({"mode":"status","status":503,"retry_after":1})") << QByteArray();
        QTest::newRow("400") << QByteArray(R"({"mode":"status","status":400})") << QByteArray("refused");
        QTest::newRow("garbage") << QByteArray(R"({"mode":"garbage"})") << QByteArray("invalid_answer");
        QTest::newRow("a web page") << QByteArray(R"({"mode":"html"})") << QByteArray("invalid_answer");
        QTest::newRow("hangs") << QByteArray(R"({"mode":"hang"})") << QByteArray();
        QTest::newRow("rejects some") << QByteArray(R"({"mode":"partial","rejected":1})") << QByteArray("rejected");
    }
    void receiverInTrouble_costsNothingButSpans()
    {
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, reason);
        const OtlpReceiver receiver;
        TracedServer server(receiver.url(), {"--otlp-timeout", "1000"});
        receiver.meet(mode.toStdString());
        QStringList orders;
        for (int i = 0; i < 20; ++i)
            orders << server.order("ada");
        for (const QString& order : orders)
            QTRY_VERIFY(server.isPaid(order));
        const auto asked = [&] { return receiver.report()["requests"].toInt(); };
        QTRY_VERIFY(asked() >= 2 || (!reason.isEmpty() && asked() >= 1));
        if (!reason.isEmpty())
            QTRY_VERIFY(server.dropped(reason.constData()) >= 1 && server.waiting() == 0);
        receiver.meet(R"({"mode":"ok"})");
        const QString last = server.order("ada");
        QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(last)), "process payment-succeeded"), 3);
        QTRY_COMPARE(server.waiting(), 0.0);
        const QJsonObject report = receiver.report();
        QCOMPARE(report["mistakes"].toArray(), QJsonArray());
        const double taken = report["spans"].toArray().size();
        for (const char* other : {"refused", "invalid_answer", "rejected", "queue_full", "unavailable", "shutdown"})
            QCOMPARE(server.dropped(other) > 0, reason == other);
        // What the receiver rejects it has read all the same.
        QCOMPARE(server.exported() + (reason == "rejected" ? server.dropped("rejected") : 0), taken);
        const qsizetype lines = mode.contains("partial") ? 0 : 1;
        QTRY_COMPARE(server.program().err().count("the OpenTelemetry receiver does not take traces"), lines);
        QTRY_COMPARE(server.program().err().count("the OpenTelemetry receiver takes traces again"), lines);
        if (reason.isEmpty()) { // Each span of each order, once.
            for (const QString& order : orders)
                QCOMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "process order-created"), 3);
        }
    }

    void receiverThatIsAway_isWaitedFor()
    {
        const int port = freePort();
        TracedServer server(QStringLiteral("http://127.0.0.1:%1").arg(port),
                            {"--otlp-queue", "100", "--otlp-batch", "50"});
        QStringList orders;
        for (int i = 0; i < 30; ++i)
            orders << server.order("ada");
        for (const QString& order : orders)
            QTRY_VERIFY(server.isPaid(order));
        // The queue is full, and a batch of 1 to 50 is in hand: what comes now is dropped. (A queue may be full before
        // the first batch is taken from it.)
        QTRY_VERIFY((server.order("ada"), server.dropped("queue_full") > 0 && server.waiting() > 100));
        const double waiting = server.waiting();
        QVERIFY2(waiting <= 150, QByteArray::number(waiting));
        QTRY_COMPARE(server.program().err().count("the OpenTelemetry receiver does not take traces"), qsizetype{1});
        const OtlpReceiver receiver(port);
        QTRY_VERIFY(server.exported() >= waiting && server.waiting() == 0); // And what ended meanwhile.
        QTRY_COMPARE(double(receiver.spans().size()), server.exported());
        QTRY_COMPARE(server.program().err().count("the OpenTelemetry receiver takes traces again"), qsizetype{1});
        const Ended ended = server.program().terminate();
        QVERIFY2(ended.exit_code == 0, ended.describe());
    }

    /// Over TLS, to the receiver that the authority vouches for, and to no other.
    void https_isVerified_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<std::map<QString, QString>>("files"); // Variables, and what is in the authority's folder.
        QTest::addColumn<QByteArray>("complaint");             // "": the receiver gets all.
        using Files = std::map<QString, QString>;
        const Files good{{"OTEL_EXPORTER_OTLP_CERTIFICATE", "ca.pem"},
                         {"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "client.pem"},
                         {"OTEL_EXPORTER_OTLP_CLIENT_KEY", "client.key"}};
        const auto with = [&good](Files more) {
            more.insert(good.begin(), good.end());
            return more;
        };
        QTest::newRow("good") << QByteArray("localhost") << good << QByteArray();
        QTest::newRow("of this signal") << QByteArray("localhost")
                                        << with({{"OTEL_EXPORTER_OTLP_CERTIFICATE", "client.pem"},
                                                 {"OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "ca.pem"}})
                                        << QByteArray();
        QTest::newRow("unknown authority")
            << QByteArray("localhost") << with({{"OTEL_EXPORTER_OTLP_CERTIFICATE", "client.pem"}})
            << QByteArray("of an unknown authority: give the authority's with "
                          "--otlp-certificate FILE");
        QTest::newRow("another name") << QByteArray("127.0.0.1") << good
                                      << QByteArray("certificate for another name than 127.0.0.1");
        QTest::newRow("no certificate of ours")
            << QByteArray("localhost") << Files{{"OTEL_EXPORTER_OTLP_CERTIFICATE", "ca.pem"}}
            << QByteArray("does not take traces");
    }
    void https_isVerified()
    {
        QFETCH(QByteArray, host);
        using Files = std::map<QString, QString>;
        QFETCH(Files, files);
        QFETCH(QByteArray, complaint);
        TestAuthority authority;
        authority.sign("receiver", "DNS:localhost");
        authority.sign("client", "DNS:client");
        QVERIFY2(authority.problem().isEmpty(), authority.problem());
        const OtlpReceiver receiver(0, {"--tls", authority.file("receiver.pem"), authority.file("receiver.key"),
                                        "--client-ca", authority.ca()});
        for (auto& [variable, file] : files)
            file = authority.file(file);
        TracedServer server(receiver.tlsUrl(host), {}, {"--store", "memory"}, files);
        const QString order = server.order("ada");
        if (complaint.isEmpty()) {
            QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "process payment-succeeded"), 3);
            const QJsonValue tls = receiver.report()["tls"];
            QVERIFY2(tls["version"].toString().startsWith("TLSv1."), qPrintable(tls["version"].toString()));
            QCOMPARE(tls["client"].toString(), QStringLiteral("client"));
            return;
        }
        QTRY_VERIFY2(server.program().err().contains(complaint), server.program().err());
        QTRY_VERIFY(server.isPaid(order));
        QCOMPARE(receiver.report()["requests"].toInt(), 0);
    }

    /// Headers, timeout and place of one signal, before those of all.
    void signals_haveSettingsOfTheirOwn()
    {
        const OtlpReceiver common, own;
        const TracedServer server(common.url(), {"--metrics-exporter", "otlp", "--otlp-metrics-interval", "200"},
                                  {"--store", "memory"},
                                  {{"OTEL_EXPORTER_OTLP_HEADERS", "to=all"},
                                   {"OTEL_EXPORTER_OTLP_TRACES_HEADERS", "to=traces"},
                                   {"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "0"}, // Ignored with a warning.
                                   {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", own.url() + "/v1/traces"}});
        const QString order = server.order("ada");
        QTRY_COMPARE(countOf(traceIn(own.spans(), traceOfOrder(order)), "process payment-succeeded"), 3);
        QTRY_VERIFY(!common.report()["metrics"].toArray().isEmpty());
        QVERIFY(common.spans().isEmpty());
        const QJsonObject of_traces = own.report(), of_metrics = common.report();
        QCOMPARE(of_traces["headers"]["to"].toString(), QStringLiteral("traces"));
        QCOMPARE(of_metrics["headers"]["to"].toString(), QStringLiteral("all"));
    }

    /// What a bench exports is seen by the receiver, whether or not it is told to observe.
    void bench_exports_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("pipeline") << QStringList{"bench", "pipeline"};
        QTest::newRow("pipeline, observed") << QStringList{"bench", "pipeline", "--observed"};
        QTest::newRow("PostgreSQL") << QStringList{"bench", "postgres"};
    }
    void bench_exports()
    {
        QFETCH(QStringList, arguments);
        const OtlpReceiver receiver;
        const ScratchFolder folder;
        arguments += {"--orders", "200", "--otlp-endpoint", receiver.url(), "--otlp-interval", "100"};
        const Ended ended =
            runProgram(arguments, 240, {{"ORDERLAB_DATA_DIR", QString::fromStdString(folder.path().string())}});
        QVERIFY2(ended.exit_code == 0, ended.describe());
        const QJsonObject told = QJsonDocument::fromJson(ended.out).object();
        QVERIFY2(told["observed"].toBool() && told["orders"].toInt() == 200, ended.describe());
        int sends = 0, commits = 0;
        for (const QJsonValue& span : receiver.spans()) {
            sends += span["name"].toString().endsWith(QLatin1String("order-created")) && span["kind"].toInt() == 4;
            commits += span["name"] == QLatin1String("COMMIT");
        }
        QVERIFY(sends > 0); // At its end a machine that stands still may lose some.
        QCOMPARE(commits > 0, arguments.contains("postgres"));
        QCOMPARE(receiver.report()["mistakes"].toArray(), QJsonArray());
    }

    void mistakes_areSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char* name, const char* value, const char* said) {
            QTest::newRow(name) << QStringList{QLatin1String("--") + name, value} << QByteArray(said);
        };
        row("otlp-endpoint", "ftp://collector:4318", "--otlp-endpoint: must start with http:// or https://");
        row("otlp-traces-endpoint", "collector:4318", "--otlp-traces-endpoint: must ");
        row("traces-sampler", "jaeger_remote", "--traces-sampler: must be one of always_on, always_off, ");
        row("traces-sampler-arg", "1.5", "--traces-sampler-arg: must be a number from 0 to 1");
        row("otlp-timeout", "0", "--otlp-timeout: must be a number from 1 to 600000");
        row("otlp-headers", "api-key", "--otlp-headers: must be NAME=VALUE pairs");
        row("traces-exporter", "console", "--traces-exporter: must be otlp or none");
        const auto with = [](const char* name, const QStringList& arguments, const char* said) {
            QTest::newRow(name) << QStringList{"--otlp-endpoint", "https://localhost:1"} + arguments
                                << QByteArray(said);
        };
        with("no such authority", {"--otlp-certificate", "/nowhere"}, "--otlp-certificate: /nowhere: No such file");
        with("of a signal", {"--otlp-logs-certificate", "/nowhere"}, "--otlp-logs-certificate: /nowhere: No such file");
        with("timeout of a signal", {"--otlp-traces-timeout", "0"},
             "--otlp-traces-timeout: must be a number from 1 to 600000");
        with("a key alone", {"--otlp-client-key", "/nowhere"},
             "--otlp-client-certificate: must be given where the certificate or the key is");
    }
    void mistakes_areSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const Ended ended =
            runProgram(QStringList{"serve", "--store", "memory", "--listen", "127.0.0.1:0"} + arguments);
        QVERIFY2(ended.exit_code == 2 && ended.err.contains(said), ended.describe());
    }

    void variablesForMany_areIgnoredWithAWarning()
    {
        const OtlpReceiver receiver;
        TracedServer server(receiver.url(), {}, {"--store", "memory"},
                            {{"OTEL_TRACES_SAMPLER", "jaeger_remote"},
                             {"OTEL_BSP_SCHEDULE_DELAY", "soon"},
                             {"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"},
                             {"OTEL_EXPORTER_OTLP_TIMEOUT", "soon"},
                             {"OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "10"},
                             {"OTEL_EXPORTER_OTLP_HEADERS", "api-key=very%20secret"},
                             {"OTEL_SERVICE_NAME", "shop"}});
        const QString order = server.order("ada");
        QTRY_COMPARE(countOf(traceIn(receiver.spans(), traceOfOrder(order)), "POST /orders"), 1);
        const QByteArray err = server.program().err();
        QVERIFY2(err.contains("OTEL_TRACES_SAMPLER is ignored: it must be one of "), err);
        QVERIFY2(err.contains("OTEL_EXPORTER_OTLP_PROTOCOL is ignored: "), err);
        QCOMPARE(err.count("OTEL_EXPORTER_OTLP_TIMEOUT is ignored: "), qsizetype{1}); // Though each signal reads it.
        QCOMPARE(err.count("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT=10 is a number of milliseconds"), qsizetype{1});
        const QJsonObject report = receiver.report();
        QCOMPARE(report["resources"][0]["service.name"].toString(), QStringLiteral("shop"));
        QCOMPARE(report["headers"]["api-key"].toString(), QStringLiteral("very secret"));
        QVERIFY2(report["headers"]["User-Agent"].toString().startsWith("OTel-OTLP-Exporter-"), err);
    }
};

ORDERLAB_TEST(tst_otlp_server, QCoreApplication, TestOtlpServer)
#include "tst_otlp_server.moc"
