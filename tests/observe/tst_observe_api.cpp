#include "../integration/raw_http_client.h"
#include "http/http_server.h"
#include "http/observe_api.h"
#include "observe/journal_follower.h"
#include "runtime/real_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <QFile>
#include <QRegularExpression>

#include <atomic>

using namespace orderlab;
using orderlab::test::toQString;
using namespace std::chrono_literals;

namespace {

/// A server of what observers see, over a journal with a small ring.
class ObserveFixture {
public:
    explicit ObserveFixture(const std::function<void(HttpOptions&)>& change = {})
    {
        HttpOptions options;
        options.port = 0;
        // A machine that stands still for a while is no client that is slow.
        options.header_limit = options.request_limit = options.stop_limit = std::chrono::minutes{5};
        options.on_answer = [this](const AnsweredRequest& request) {
            metrics.countRequest(request.method, request.route, request.status, request.took);
        };
        if (change)
            change(options);
        Router router;
        addObserveApi(router, {&metrics, &feed, &log});
        server = std::make_unique<HttpServer>(runtime, std::move(options), std::move(router));
        const auto listening = runtime.run(server->listen());
        if (!listening)
            qFatal("%s", listening.error().message.c_str());
    }
    ~ObserveFixture() { stop(); }
    void stop() { runtime.run(server->stop()); }

    /// `requests`: nothing: some.
    bool counts(const std::string& labels, std::optional<int> requests = {})
    {
        const std::string line = "orderlab_http_requests_total{" + labels + "} "
                                 + (requests ? std::to_string(*requests) + '\n' : std::string());
        return runtime.run(metrics.page(MetricFormat::Prometheus)).find(line) != std::string::npos;
    }

    void append(std::uint64_t count)
    {
        for (std::uint64_t i = 0; i < count; ++i) {
            Entry entry;
            entry.kind = EntryKind::EventHandled;
            entry.value = std::int32_t(journal.size());
            journal.append(entry);
        }
    }

    QFile sink{QStringLiteral("/dev/null")};
    bool is_open = sink.open(QIODevice::WriteOnly);
    RealRuntime runtime{2};
    Journal journal{1024};
    Log log{LogFormat::Json, sink.handle()};
    Metrics metrics{runtime, journal, {}};
    JournalFeed feed{runtime, journal};
    std::unique_ptr<HttpServer> server;
};

/// Reads a stream; HTTP/1.0, so that it comes without chunks.
class StreamClient {
public:
    StreamClient(std::uint16_t port, const std::string& target, const std::string& headers = {}, bool is_small = false,
                 const char* version = "1.0")
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        if (is_small) {
            const int bytes = 4'096;
            ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const std::string text = "GET " + target + " HTTP/" + version + "\r\nHost: localhost\r\n" + headers + "\r\n";
        if (::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0
            || ::send(m_socket, text.data(), text.size(), MSG_NOSIGNAL) != ssize_t(text.size()))
            qFatal("no connection to the server under test");
    }
    ~StreamClient() { ::close(m_socket); }
    StreamClient(const StreamClient&) = delete;
    StreamClient& operator=(const StreamClient&) = delete;

    /// Whether `part` comes within a minute.
    bool waitFor(const QByteArray& part)
    {
        while (!text.contains(part)) {
            if (!readMore())
                return false;
        }
        return true;
    }
    /// False: it has ended, or nothing came for a minute.
    bool readMore()
    {
        pollfd readable{m_socket, POLLIN, 0};
        char bytes[65'536];
        if (::poll(&readable, 1, 60'000) <= 0)
            return false;
        const auto size = ::recv(m_socket, bytes, sizeof bytes, 0);
        has_ended = size == 0;
        if (size > 0)
            text.append(bytes, size);
        return size > 0;
    }

    QByteArray text;
    bool has_ended = false;

private:
    int m_socket;
};

std::string get(const std::string& target, const std::string& headers = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

std::string putLog(const std::string& body)
{
    return "PUT /log HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
           + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TestObserveApi : public QObject {
    Q_OBJECT

private slots:
    void metrics_comeInBothFormats()
    {
        ObserveFixture api;
        RawHttpClient client(api.server->port());
        const RawReply plain = client.ask(get("/metrics"));
        QCOMPARE(plain.status, 200);
        QCOMPARE(plain.header("content-type"), std::string("text/plain; version=0.0.4; charset=utf-8"));
        const RawReply open = client.ask(get("/metrics", "Accept: application/openmetrics-text\r\n"));
        QCOMPARE(open.header("content-type"),
                 std::string("application/openmetrics-text; version=1.0.0; charset=utf-8"));
        QVERIFY(open.body.ends_with("\n# EOF\n"));
        client.ask(get("/nothing"));
        client.ask("BREW /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const RawReply later = client.ask(get("/metrics"));
        for (const char* line : {"{method=\"GET\",route=\"/metrics\",status=\"200\"} 2",
                                 "{method=\"GET\",route=\"other\",status=\"404\"} 1",
                                 "{method=\"other\",route=\"other\",status=\"405\"} 1"})
            QVERIFY2(later.body.find(std::string("orderlab_http_requests_total") + line + '\n') != std::string::npos,
                     later.body.c_str());
    }

    void unreadRequests_areCounted()
    {
        ObserveFixture api;
        const auto ask = [&api](const std::string& bytes) {
            return RawHttpClient(api.server->port()).ask(bytes).status;
        };
        QCOMPARE(ask("GET / HTTP/1.1\r\nHost: localhost\r\n: no name\r\n\r\n"), 400);
        QCOMPARE(ask("SSH-2.0-OpenSSH_9.2\r\n\r\n"), 400);
        QTRY_VERIFY(api.counts(R"(method="other",route="unread",status="400")", 2));
        QCOMPARE(ask(get("/metrics", "X-Long: " + std::string(9'000, 'x') + "\r\n")), 431);
        QCOMPARE(ask("GET /" + std::string(9'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431);
        QTRY_VERIFY(api.counts(R"(method="other",route="unread",status="431")", 2));
        QCOMPARE(ask(putLog(std::string(70'000, ' '))), 413); // Its Content-Length says so.
        QTRY_VERIFY(api.counts(R"(method="other",route="unread",status="413")", 1));
        // Of one whose head was good more is known.
        const std::string head = putLog({});
        QCOMPARE(ask(head.substr(0, head.find("Content-Length")) + "Transfer-Encoding: chunked\r\n\r\n11170\r\n"
                     + std::string(70'000, ' ') + "\r\n0\r\n\r\n"),
                 413);
        QTRY_VERIFY(api.counts(R"(method="PUT",route="/log",status="413")", 1));
        // Behind a good one on the same connection, too.
        RawHttpClient client(api.server->port());
        QCOMPARE(client.ask(get("/log")).status, 200);
        QCOMPARE(client.ask("GARBAGE\r\n\r\n").status, 400);
        QTRY_VERIFY(api.counts(R"(method="other",route="unread",status="400")", 3));
    }

    void requestsThatDoNotCome_areCounted()
    {
        ObserveFixture api([](HttpOptions& options) {
            options.header_limit = 100ms;
            options.request_limit = 500ms;
        });
        RawHttpClient head(api.server->port());
        QVERIFY(head.send("GET /met"));
        QTRY_VERIFY(api.counts(R"(method="other",route="unread",status="408")", 1));
        // Its head may come too late as well where the machine stands still: then another one is tried.
        QTRY_VERIFY([&api] {
            RawHttpClient body(api.server->port());
            body.send(putLog("{}").substr(0, putLog("{}").size() - 1));
            return body.isClosedByServer() && api.counts(R"(method="PUT",route="/log",status="408")");
        }());
    }

    void clientsThatAreTurnedAway_areCounted()
    {
        ObserveFixture api([](HttpOptions& options) { options.connections_max = 1; });
        RawHttpClient first(api.server->port());
        QCOMPARE(first.ask(get("/log")).status, 200);
        QCOMPARE(RawHttpClient(api.server->port()).receive().status, 503);
        QTRY_VERIFY(api.counts(R"(method="other",route="unread",status="503")", 1));
    }

    void stream_followsTheJournal()
    {
        ObserveFixture api;
        api.append(2);
        StreamClient client(api.server->port(), "/journal?from=oldest");
        QVERIFY(client.waitFor("{\"entry\":1,"));
        QVERIFY2(client.text.contains("Content-Type: text/event-stream\r\n")
                     && client.text.contains("Connection: close\r\n") && !client.text.contains("chunked"),
                 client.text.constData());
        api.append(1);
        QVERIFY(client.waitFor("{\"entry\":2,"));
        QCOMPARE(api.feed.streams(), std::size_t(1));
        // Who asks again with the last id goes on there, and gets what the filter lets through.
        StreamClient again(api.server->port(), "/journal?kind=event-handled,dead-lettered",
                           "Last-Event-ID: " + api.feed.run() + "-0\r\n");
        QVERIFY(again.waitFor("{\"entry\":2,"));
        QVERIFY2(!again.text.contains("{\"entry\":0,") && again.text.contains("{\"entry\":1,"), again.text.constData());
    }

    void badQueries_areRefused()
    {
        ObserveFixture api;
        RawHttpClient client(api.server->port());
        const std::pair<const char*, const char*> wrong[] = {
            {"/journal?kind=order-lost", "kind"}, {"/journal?order=17", "order"}, {"/journal?from=yesterday", "from"},
            {"/journal?from=-1", "from"},         {"/journal?group=", "group"},   {"/journal?limit=5", "limit"}};
        for (const auto& [target, field] : wrong) {
            const RawReply reply = client.ask(get(target));
            QCOMPARE(reply.status, 422);
            QCOMPARE(std::string(reply.json().at("field").as_string()), std::string(field));
        }
        QCOMPARE(client.ask(get("/journal", "Last-Event-ID: x\r\n")).status, 422);
        QCOMPARE(api.feed.streams(), std::size_t(0));
        // HEAD says what GET would, and opens none for long.
        client.send("HEAD /journal HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(client.receive(false).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(api.feed.streams(), std::size_t(0), 60'000);
    }

    /// Each entry is seen once, or lies in a gap that is told.
    void slowReader_isToldOfEachGap()
    {
        ObserveFixture api;
        StreamClient client(api.server->port(), "/journal", {}, true);
        QVERIFY(client.waitFor("retry: "));
        constexpr std::uint64_t count = 300'000; // Far more than the ring, the sockets' buffers and a piece hold.
        api.append(count);
        QVERIFY(client.waitFor("{\"entry\":" + QByteArray::number(qulonglong(count - 1)) + ','));
        static const QRegularExpression line(
            QStringLiteral("data: \\{(?:\"entry\":(\\d+),|\"from\":(\\d+),\"to\":(\\d+),)"));
        std::uint64_t next = 0;
        int gaps = 0;
        for (auto found = line.globalMatch(QString::fromUtf8(client.text)); found.hasNext();) {
            const auto match = found.next();
            const bool is_gap = match.hasCaptured(2);
            gaps += is_gap;
            QCOMPARE(qulonglong(next), match.captured(is_gap ? 2 : 1).toULongLong());
            next = match.captured(is_gap ? 3 : 1).toULongLong() + 1;
        }
        QCOMPARE(next, count);
        QVERIFY2(gaps > 0, "the reader was not slow");
    }

    void streams_areBounded()
    {
        ObserveFixture api;
        std::vector<std::unique_ptr<StreamClient>> clients;
        for (std::size_t i = 0; i < JournalFeed::streams_max; ++i) {
            clients.push_back(std::make_unique<StreamClient>(api.server->port(), "/journal"));
            QVERIFY(clients.back()->waitFor("retry: "));
        }
        RawHttpClient refused(api.server->port());
        const RawReply reply = refused.ask(get("/journal"));
        QCOMPARE(reply.status, 503);
        QVERIFY(!reply.header("retry-after").empty());
        QCOMPARE(std::string(reply.json().at("detail").as_string()),
                 std::string("all 32 streams of the journal are in use; close one of them"));
        QCOMPARE(refused.ask(get("/metrics")).status, 200); // Anything else goes on.
        clients.clear();                                    // A client that has gone is noticed without a word to it.
        QTRY_COMPARE_WITH_TIMEOUT(api.feed.streams(), std::size_t(0), 60'000);
        QCOMPARE(StreamClient(api.server->port(), "/journal").waitFor("retry: "), true);
    }

    void stop_endsStreamsWhole()
    {
        ObserveFixture api;
        StreamClient client(api.server->port(), "/journal?from=oldest", {}, false, "1.1");
        QVERIFY(client.waitFor("retry: "));
        QVERIFY2(client.text.contains("Transfer-Encoding: chunked\r\n"), client.text.constData());
        api.stop(); // Within its limit, or the test's own ends it.
        while (client.readMore())
            ;
        QVERIFY(client.has_ended);
        QVERIFY2(client.text.endsWith("\r\n0\r\n\r\n"), client.text.constData());
        const QByteArray body = client.text.mid(client.text.indexOf("\r\n\r\n") + 4);
        const auto size = body.left(body.indexOf('\r')).toInt(nullptr, 16);
        QCOMPARE(body.mid(body.indexOf('\n') + 1 + size, 2), QByteArray("\r\n"));
    }

    void log_isChangedWhileItRuns()
    {
        ObserveFixture api;
        RawHttpClient client(api.server->port());
        QCOMPARE(client.ask(get("/log")).body,
                 std::string(R"({"level":"info","lines":{"debug":0,"info":0,"warning":0,"error":0},"dropped":0})"));
        const RawReply changed = client.ask(putLog(R"({"level":"warning,kafka=debug"})"));
        QCOMPARE(changed.status, 200);
        QCOMPARE(std::string(changed.json().at("level").as_string()), std::string("warning,bus=debug"));
        api.log.write(LogArea::Bus, LogLevel::Debug, "seen");
        QVERIFY(client.ask(get("/log")).body.find("\"debug\":1") != std::string::npos);
        const RawReply refused = client.ask(putLog(R"({"level":"loud"})"));
        QCOMPARE(refused.status, 422);
        QCOMPARE(std::string(refused.json().at("field").as_string()), std::string("level"));
        QCOMPARE(api.log.levels(), std::string("warning,bus=debug"));
    }
};

ORDERLAB_TEST(tst_observe_api, NoApplication, TestObserveApi)
#include "tst_observe_api.moc"
