#include "api_fixture.h"
#include "http/load_client.h"
#include "support/test_program.h"

#include <QElapsedTimer>

#include <thread>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

HttpOptions withLimits(Duration header, Duration request, Duration idle)
{
    HttpOptions options;
    options.header_limit = header;
    options.request_limit = request;
    options.idle_limit = idle;
    return options;
}

std::string userName(int number)
{
    std::string name = "user-";
    return name += std::to_string(number);
}

std::string orderOf(const std::string& user)
{
    return boost::json::serialize(boost::json::object{{"user_id", user}, {"amount", 1}});
}

} // namespace

/// How the server treats connections: as HTTP/1.1 says, and never longer than its limits.
class TestHttpServer : public QObject {
    Q_OBJECT

private slots:
    void keepAlive_servesManyRequests()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        for (int i = 0; i < 100; ++i)
            QCOMPARE(client.ask(postOrder(good_order)).status, 201);
        QCOMPARE(api.server->connections(), std::size_t(1));
        QCOMPARE(client.ask(request("GET", "/nothing")).status, 404); // An answer of this kind keeps it open too.
        QCOMPARE(client.ask(request("DELETE", "/orders", "", "some body")).status, 405);
        QCOMPARE(client.ask(request("GET", "/healthz", "Connection: close\r\n")).header("connection"),
                 std::string("close"));
        QVERIFY(client.isClosedByServer());
        QTRY_COMPARE(api.server->connections(), std::size_t(0));
    }

    void http10_closesUnlessAskedNotTo()
    {
        ApiFixture api;
        RawHttpClient one(api.port());
        QCOMPARE(one.ask("GET /healthz HTTP/1.0\r\n\r\n").header("connection"), std::string("close"));
        QVERIFY(one.isClosedByServer());
        RawHttpClient two(api.port());
        for (int i = 0; i < 2; ++i)
            QCOMPARE(two.ask("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("connection"),
                     std::string("keep-alive"));
    }

    void pipelining_answersInOrder()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        std::string bytes;
        for (int i = 1; i <= 200; ++i)
            bytes.append(postOrder(orderOf(userName(i)))).append("\r\n"); // And a stray line break.
        std::jthread sender([&] { client.send(bytes); });
        for (int i = 1; i <= 200; ++i) {
            const RawReply reply = client.receive();
            QCOMPARE(reply.status, 201);
            QCOMPARE(reply.json().at("user_id").as_string(), userName(i));
        }
        sender.join();
        QCOMPARE(api.kept(), std::string("200 orders, 200 in the outbox"));
    }

    void packets_maySplitAnywhere()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        const std::string bytes = postOrder(R"({"user_id":"Zoë","amount":"19.99"})") + request("GET", "/healthz");
        for (const char byte : bytes) {
            client.send({&byte, 1});
            if (byte == '\n' || byte == '\xc3')
                std::this_thread::sleep_for(5ms);
        }
        QCOMPARE(client.receive().json().at("user_id").as_string(), "Zoë");
        QCOMPARE(client.receive().status, 200);
    }

    void chunkedBody_isRead()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        const std::string head =
            "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=UTF-8\r\n"
            "Transfer-Encoding: chunked\r\n\r\n";
        // The trailer comes after the body and is no header.
        const std::string body =
            "8;x=y\r\n{\"user_i\r\n1a\r\nd\":\"ada\",\"amount\":\"19.99\"}\r\n0\r\nIdempotency-Key: \xff\r\n\r\n";
        QCOMPARE(client.ask(head + body).status, 201);
        QCOMPARE(client.ask(request("GET", "/healthz")).status, 200);
    }

    void largestBodyIsTaken()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        std::string body = good_order;
        body.resize(64 * 1024, ' ');
        QCOMPARE(client.ask(postOrder(body)).status, 201);
    }

    void head_hasNoBody()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        client.send(request("HEAD", "/healthz"));
        const RawReply head = client.receive(false);
        QCOMPARE(head.status, 200);
        QCOMPARE(head.header("content-length"), std::string("15"));
        QCOMPARE(client.ask(request("GET", "/healthz")).body, std::string(R"({"status":"ok"})"));
        client.send(request("HEAD", "/orders?limit=0"));
        QCOMPARE(client.receive(false).status, 422);
        QCOMPARE(client.ask(request("GET", "/healthz")).status, 200);
    }

    void options_sayWhatThereIs()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        const RawReply orders = client.ask(request("OPTIONS", "/orders"));
        QCOMPARE(orders.status, 204);
        QCOMPARE(orders.header("allow"), std::string("POST, GET, HEAD, OPTIONS"));
        QVERIFY(!orders.headers.contains("content-length"));
        QCOMPARE(client.ask(request("OPTIONS", "*")).status, 204);
        QCOMPARE(client.ask(request("DELETE", "/orders/x/cancel")).header("allow"), std::string("POST, OPTIONS"));
        for (const auto& [name, value] :
             client.ask(request("OPTIONS", "/orders", "Origin: http://localhost\r\n")).headers)
            QVERIFY2(!name.starts_with("access-control"), name.c_str());
    }

    void absoluteTarget_isServed()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        QCOMPARE(client.ask("GET http://127.0.0.1/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
    }

    void expect_isAnsweredBeforeTheBody()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        const std::string head = "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                 "Expect: 100-continue\r\nContent-Length: "
                                 + std::to_string(good_order.size()) + "\r\n\r\n";
        QCOMPARE(client.ask(head).status, 100);
        QCOMPARE(client.ask(good_order).status, 201);
        QCOMPARE(client.ask(head + good_order).status, 100); // Who does not wait gets both.
        QCOMPARE(client.receive().status, 201);
    }

    void expect_refusedEndsTheConnection()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        QCOMPARE(
            client.ask("POST /nothing HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
                .status,
            404);
        QVERIFY(client.isClosedByServer());
    }

    void slowHeader_isCutOff_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("nothing at all") << QByteArray();
        QTest::newRow("one byte") << QByteArray("G");
        QTest::newRow("all but the end") << QByteArray("GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
    }
    void slowHeader_isCutOff()
    {
        QFETCH(QByteArray, start);
        ApiFixture api(withLimits(300ms, 10s, 10s));
        RawHttpClient client(api.port());
        QElapsedTimer timer;
        timer.start();
        client.send(start.toStdString());
        // A byte now and then buys no time.
        std::jthread trickle([&client, any = !start.isEmpty()] {
            for (int i = 0; any && i < 20 && client.send("X"); ++i)
                std::this_thread::sleep_for(50ms);
        });
        QVERIFY(client.isClosedByServer()); // Without an answer.
        QVERIFY(timer.elapsed() >= 250);
        trickle.join();
        QTRY_COMPARE(api.server->connections(), std::size_t(0));
    }

    void slowBody_isCutOff()
    {
        ApiFixture api(withLimits(10s, 300ms, 10s));
        RawHttpClient client(api.port());
        client.send("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                    "34\r\n\r\n{");
        QVERIFY(client.isClosedByServer());
        QCOMPARE(api.kept(), std::string("0 orders, 0 in the outbox"));
    }

    void idleConnection_isClosed()
    {
        ApiFixture api(withLimits(10s, 10s, 200ms));
        RawHttpClient client(api.port());
        QCOMPARE(client.ask(request("GET", "/healthz")).status, 200);
        QVERIFY(client.isClosedByServer());
    }

    void slowWork_is503()
    {
        ApiFixture api(withLimits(5s, 200ms, 5s));
        RawHttpClient client(api.port());
        api.store.delay_ms = 60'000;
        const RawReply reply = client.ask(postOrder(good_order, "Idempotency-Key: k\r\n"));
        QCOMPARE(reply.status, 503);
        QCOMPARE(reply.header("retry-after"), std::string("1"));
        QCOMPARE(reply.json().at("type").as_string(), "urn:orderlab:problem:timeout");
        QCOMPARE(int(api.store.cancelled), 1); // The request's deadline reaches down to the store.
        api.store.delay_ms = 0;
        QCOMPARE(client.ask(postOrder(good_order, "Idempotency-Key: k\r\n")).status, 201); // The key is free again.
        QCOMPARE(api.kept(), std::string("1 orders, 1 in the outbox"));
    }

    void connectionLimit_turnsAwayAndRecovers()
    {
        HttpOptions options;
        options.connections_max = 2;
        ApiFixture api(options);
        auto first = std::make_unique<RawHttpClient>(api.port());
        RawHttpClient second(api.port());
        QCOMPARE(first->ask(request("GET", "/healthz")).status, 200);
        QCOMPARE(second.ask(request("GET", "/healthz")).status, 200);
        RawHttpClient third(api.port());
        const RawReply reply = third.ask(request("GET", "/healthz"));
        QCOMPARE(reply.status, 503);
        QCOMPARE(reply.header("retry-after"), std::string("1"));
        QCOMPARE(reply.json().at("type").as_string(), "urn:orderlab:problem:too-many-connections");
        third.finishSending();
        QVERIFY(third.isClosedByServer());
        QCOMPARE(second.ask(request("GET", "/healthz")).status, 200); // Those that are in notice nothing.
        first.reset();
        QTRY_COMPARE(api.server->connections(), std::size_t(1));
        RawHttpClient fourth(api.port());
        QCOMPARE(fourth.ask(request("GET", "/healthz")).status, 200);
    }

    void connections_areServedAtTheSameTime()
    {
        ApiFixture api;
        std::atomic<int> created{0};
        std::vector<std::jthread> threads;
        for (int i = 0; i < 64; ++i) {
            threads.emplace_back([&] {
                RawHttpClient client(api.port());
                for (int n = 0; n < 25; ++n)
                    created += client.ask(postOrder(good_order)).status == 201;
            });
        }
        threads.clear();
        QCOMPARE(int(created), 1600);
        QCOMPARE(api.kept(), std::string("1600 orders, 1600 in the outbox"));
    }

    void slowRequest_holdsNobodyUp()
    {
        ApiFixture api;
        api.store.delay_ms = 1'000;
        RawHttpClient slow(api.port());
        slow.send(postOrder(good_order, "Idempotency-Key: slow\r\n"));
        QTRY_COMPARE(int(api.store.calls), 1);
        for (int i = 0; i < 4; ++i) { // On every thread.
            RawHttpClient quick(api.port());
            QCOMPARE(quick.ask(postOrder(good_order)).status, 201);
        }
        QVERIFY(slow.isQuiet(0));
        QCOMPARE(slow.receive().status, 201);
    }

    void clientThatHangsUp_leavesNothingBehind()
    {
        ApiFixture api;
        for (int i = 0; i < 50; ++i) {
            RawHttpClient client(api.port());
            client.send(postOrder(good_order).substr(0, std::size_t(i) * 3));
        }
        QTRY_COMPARE(api.server->connections(), std::size_t(0));
        QCOMPARE(RawHttpClient(api.port()).ask(request("GET", "/healthz")).status, 200);
    }

    void stop_letsRequestsFinish()
    {
        ApiFixture api;
        api.store.delay_ms = 300;
        RawHttpClient idle(api.port()), busy(api.port());
        QCOMPARE(idle.ask(request("GET", "/healthz")).status, 200);
        busy.send(postOrder(good_order, "Idempotency-Key: k\r\n"));
        QTRY_COMPARE(int(api.store.calls), 1);
        api.runtime.run(api.server->stop());
        const RawReply reply = busy.receive();
        QCOMPARE(reply.status, 201);
        QCOMPARE(reply.header("connection"), std::string("close"));
        QVERIFY(busy.isClosedByServer());
        QVERIFY(idle.isClosedByServer());
        QVERIFY_EXCEPTION_THROWN(RawHttpClient(api.port()), std::runtime_error);
        QCOMPARE(api.kept(), std::string("1 orders, 1 in the outbox"));
        api.runtime.run(api.server->stop());
    }

    void stop_cancelsWhatTakesTooLong()
    {
        HttpOptions options;
        options.stop_limit = 200ms;
        ApiFixture api(options);
        api.store.delay_ms = 60'000;
        RawHttpClient working(api.port()), sending(api.port());
        working.send(postOrder(good_order, "Idempotency-Key: k\r\n"));
        sending.send("POST /orders HTTP/1.1\r\n");
        QTRY_COMPARE(int(api.store.calls), 1);
        api.runtime.run(api.server->stop());
        QCOMPARE(api.server->connections(), std::size_t(0));
        QVERIFY(working.isClosedByServer());
        QVERIFY(sending.isClosedByServer());
        QCOMPARE(int(api.store.cancelled), 1);
        QCOMPARE(api.kept(), std::string("0 orders, 0 in the outbox"));
    }

    void stop_underLoad()
    {
        ApiFixture api;
        std::atomic<int> created{0};
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                RawHttpClient client(api.port());
                while (client.ask(postOrder(good_order)).status == 201)
                    ++created;
            });
        }
        QTRY_VERIFY(created > 100);
        api.runtime.run(api.server->stop());
        threads.clear();
        QCOMPARE(api.counts().orders, std::int64_t(created)); // Each that was kept was answered.
    }

    void listen_saysWhatToDoWhenThePortIsTaken()
    {
        ApiFixture api;
        HttpOptions options;
        options.port = api.port();
        HttpServer other(api.runtime, options, Router());
        const Result<void> listening = api.runtime.run(other.listen());
        QVERIFY(!listening);
        QCOMPARE(listening.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(listening.error().field, std::string("listen"));
        QVERIFY(listening.error().message.starts_with(api.server->endpoint() + " is in use"));
        QVERIFY(listening.error().message.find("--listen") != std::string::npos);
        api.runtime.run(other.stop());
        options.address = "192.0.2.1"; // TEST-NET-1: nobody's.
        options.token = "t";
        HttpServer elsewhere(api.runtime, options, Router());
        QCOMPARE(api.runtime.run(elsewhere.listen()).error().code, ErrorCode::InvalidArgument);
    }

    void client_keepsItsConnectionAndComesBack()
    {
        HttpOptions options = withLimits(5s, 5s, 200ms);
        options.token = "s3cret";
        ApiFixture api(options);
        HttpClientOptions to = HttpClientOptions::fromUrl("http://localhost:" + std::to_string(api.port())).value();
        HttpClient stranger(api.runtime, to);
        QCOMPARE(api.runtime.run(stranger.get("/orders")).value().status, 401);
        stranger.close();
        to.token = "s3cret";
        std::string story;
        api.runtime.run([](ApiFixture& fixture, HttpClientOptions server, std::string& log) -> Task<void> {
            HttpClient client(fixture.runtime, server);
            HttpHeaders key{{"Idempotency-Key", "k"}};
            for (int i = 0; i < 3; ++i) {
                const Result<HttpReply> reply = co_await client.post("/orders", good_order, key);
                log += reply ? std::to_string(reply->status) + std::string(reply->header("idempotent-replayed"))
                             : reply.error().message;
                log.append(" ").append(std::to_string(fixture.server->connections())).append(", ");
                if (i == 1)
                    co_await fixture.runtime.sleep(600ms); // Past the server's patience.
            }
        }(api, to, story));
        QCOMPARE(story, std::string("201 1, 201true 1, 201true 1, "));
    }

    void client_reportsServersThatAreAway()
    {
        RealRuntime runtime(1);
        std::uint16_t port;
        {
            ApiFixture api;
            port = api.port();
        }
        HttpClientOptions to;
        to.host = "127.0.0.1";
        to.port = port;
        HttpClient client(runtime, to);
        const auto reply = runtime.run(client.get("/healthz"));
        QCOMPARE(reply.error().code, ErrorCode::Unavailable);
        QCOMPARE(reply.error().retry, Retry::Later);
    }

    void loadClient_countsWhatTheServerKept()
    {
        ApiFixture api;
        LoadOptions load;
        load.server.host = "127.0.0.1";
        load.server.port = api.port();
        load.connections = 16;
        load.orders = 2'000;
        const LoadResult all = api.runtime.run(runLoad(api.runtime, load)).value();
        QCOMPARE(all.created, std::size_t(2'000));
        QVERIFY2(all.first_error.empty(), all.first_error.c_str());
        QCOMPARE(api.counts().orders, std::int64_t(2'000));
        api.is_up = false;
        load.orders = 10;
        const LoadResult none = api.runtime.run(runLoad(api.runtime, load)).value();
        QCOMPARE(none.created, std::size_t(0));
        QCOMPARE(none.refused, std::size_t(10));
        QVERIFY(none.first_error.starts_with("503 "));
    }
};

ORDERLAB_TEST(tst_http_server, NoApplication, TestHttpServer)
#include "tst_http_server.moc"
