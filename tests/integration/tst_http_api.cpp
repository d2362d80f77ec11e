#include "api_fixture.h"
#include "classroom/classroom_api.h"
#include "domain/trace_state.h"
#include "http/observe_api.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <barrier>
#include <set>
#include <thread>

using namespace orderlab;
using orderlab::test::toQString;
using namespace std::chrono_literals;

namespace {

std::string member(const RawReply& reply, const char* name)
{
    const auto object = reply.json();
    const auto* value = object.if_contains(name);
    return !value ? "" : value->is_string() ? std::string(value->as_string()) : boost::json::serialize(*value);
}

} // namespace

/// What clients of the API rely on, over real sockets: every status, and that nothing is kept of what was refused.
class TestHttpApi : public QObject {
    Q_OBJECT

private slots:
    void refused_data();
    void refused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, field);
        ApiFixture api;
        RawHttpClient client(api.port());
        const RawReply reply = client.ask({bytes.constData(), std::size_t(bytes.size())});
        QTEST(reply.status, "status");
        QCOMPARE(reply.header("content-type"), std::string("application/problem+json"));
        QCOMPARE(member(reply, "status"), std::to_string(reply.status));
        QVERIFY(member(reply, "type").starts_with("urn:orderlab:problem:"));
        QVERIFY(!member(reply, "title").empty() && !member(reply, "detail").empty());
        QCOMPARE(toQString(member(reply, "field")), field);
        QVERIFY(reply.header("access-control-allow-origin").empty());
        QCOMPARE(api.kept(), std::string("0 orders, 0 in the outbox"));
    }

    void order_isCreatedReadListedAndCanceled()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        const RawReply created = client.ask(postOrder(R"({"user_id":"ada","amount":19.99,"currency":"USD"})"));
        QCOMPARE(created.status, 201);
        QCOMPARE(created.header("content-type"), std::string("application/json"));
        QVERIFY(!created.header("date").empty());
        QCOMPARE(member(created, "amount"), std::string("19.99"));
        QCOMPARE(member(created, "currency"), std::string("USD"));
        QCOMPARE(member(created, "status"), std::string("created"));
        QCOMPARE(member(created, "version"), std::string("1"));
        QCOMPARE(created.header("location"), "/orders/" + member(created, "id"));
        QCOMPARE(api.kept(), std::string("1 orders, 1 in the outbox"));

        const RawReply found = client.ask(request("GET", created.header("location")));
        QCOMPARE(found.status, 200);
        QCOMPARE(found.body, created.body);
        QCOMPARE(client.ask(request("GET", "/orders")).body,
                 "{\"orders\":[" + created.body + "],\"next_cursor\":null}");

        const RawReply canceled = client.ask(request("POST", created.header("location") + "/cancel"));
        QCOMPARE(canceled.status, 200);
        QCOMPARE(member(canceled, "status"), std::string("canceled"));
        QCOMPARE(member(canceled, "version"), std::string("2"));
        QCOMPARE(api.kept(), std::string("1 orders, 2 in the outbox"));
        const RawReply again = client.ask(
            request("POST", created.header("location") + "/cancel", "Content-Type: application/json\r\n", "{}"));
        QCOMPARE(again.status, 409);
        QCOMPARE(member(again, "type"), std::string("urn:orderlab:problem:illegal-transition"));
        QCOMPARE(api.kept(), std::string("1 orders, 2 in the outbox"));
    }

    void orders_arePagedAndFiltered()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(client.ask(postOrder(R"({"user_id":"user )" + std::to_string(i % 2) + R"(","amount":1})")).status,
                     201);
        std::set<std::string> ids;
        std::string target = "/orders?limit=2";
        for (int pages = 1;; ++pages) {
            const RawReply page = client.ask(request("GET", target));
            QCOMPARE(page.status, 200);
            const auto document = page.json();
            for (const auto& order : document.at("orders").as_array())
                ids.insert(std::string(order.at("id").as_string()));
            if (document.at("next_cursor").is_null()) {
                QCOMPARE(pages, 3);
                break;
            }
            target = "/orders?limit=2&cursor=" + std::string(document.at("next_cursor").as_string());
        }
        QCOMPARE(ids.size(), std::size_t(5));
        const auto filtered = client.ask(request("GET", "/orders?user_id=user+1&status=created")).json();
        QCOMPARE(filtered.at("orders").as_array().size(), std::size_t(2));
        const auto none = client.ask(request("GET", "/orders?status=paid")).json();
        QVERIFY(none.at("orders").as_array().empty());
    }

    void order_keepsWhenItWasMadeAndTheCallersTrace()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        const RawReply created =
            client.ask(postOrder(R"({"user_id":"ada","amount":1,"created_at":"1997-01-12T10:00:00+02:00"})",
                                 "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
                                 "tracestate: congo=t61rcWkgMzE , rojo=1\r\n"));
        QCOMPARE(created.status, 201);
        QCOMPARE(member(created, "created_at"), std::string("1997-01-12T08:00:00.000000Z"));
        const auto traced = api.runtime.run(api.memory->claimOutbox(10)).value();
        QCOMPARE(traced->events().size(), std::size_t(1));
        QVERIFY(traced->events()[0].trace.traceparent().starts_with("00-0af7651916cd43dd8448eb211c80319c-"));
        QVERIFY(traced->events()[0].trace.span == spanOf(traced->events()[0].id));
        QCOMPARE(tracestateOf(traced->events()[0]), std::string_view("congo=t61rcWkgMzE,rojo=1"));

        // Without a trace there is no state of it.
        ApiFixture other;
        QCOMPARE(RawHttpClient(other.port())
                     .ask(postOrder(good_order, "traceparent: 00-xyz\r\ntracestate: congo=1\r\n"))
                     .status,
                 201);
        const auto fresh = other.runtime.run(other.memory->claimOutbox(10)).value();
        QVERIFY(fresh->events()[0].trace.trace == traceOf(fresh->events()[0].order));
        QVERIFY(tracestateOf(fresh->events()[0]).empty());
    }

    void story_isWhatTheJournalHasAboutTheOrder();
    void openApi_saysWhatTheRoutesDo();

    void idempotencyKey_givesTheFirstAnswerAgain()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        const std::string key = "Idempotency-Key: import-17\r\n";
        const RawReply first = client.ask(postOrder(good_order, key));
        QCOMPARE(first.status, 201);
        QVERIFY(first.header("idempotent-replayed").empty());
        QCOMPARE(client.ask(request("POST", first.header("location") + "/cancel")).status, 200);

        const RawReply again = client.ask(postOrder(R"({ "amount":19.99, "user_id":"ada" })", key));
        QCOMPARE(again.status, 201);
        QCOMPARE(again.header("idempotent-replayed"), std::string("true"));
        QCOMPARE(again.header("location"), first.header("location"));
        QCOMPARE(again.body, first.body);

        const RawReply other = client.ask(postOrder(R"({"user_id":"ada","amount":20})", key));
        QCOMPARE(other.status, 422);
        QCOMPARE(member(other, "field"), std::string("Idempotency-Key"));
        QCOMPARE(api.counts().orders, std::int64_t(1));
        QCOMPARE(client.ask(postOrder(good_order, "Idempotency-Key: import-18\r\n")).status, 201);
        QCOMPARE(api.counts().orders, std::int64_t(2));
    }

    void idempotencyKey_inFlightIsAConflict()
    {
        ApiFixture api;
        api.store.delay_ms = 500;
        RawHttpClient first(api.port()), second(api.port());
        first.send(postOrder(good_order, "Idempotency-Key: k\r\n"));
        QTRY_COMPARE(int(api.store.calls), 1);
        const RawReply refused = second.ask(postOrder(good_order, "Idempotency-Key: k\r\n"));
        QCOMPARE(refused.status, 409);
        QCOMPARE(refused.header("retry-after"), std::string("1"));
        QCOMPARE(first.receive().status, 201);
        QCOMPARE(second.ask(postOrder(good_order, "Idempotency-Key: k\r\n")).header("idempotent-replayed"),
                 std::string("true"));
        QCOMPARE(api.counts().orders, std::int64_t(1));
    }

    void idempotencyKey_manyAtOnceMakeOneOrder()
    {
        ApiFixture api;
        constexpr int clients = 16;
        std::barrier start(clients);
        std::mutex mutex;
        std::map<std::string, int> outcomes;
        std::set<std::string> locations;
        std::vector<std::jthread> threads;
        for (int i = 0; i < clients; ++i) {
            threads.emplace_back([&] {
                RawHttpClient client(api.port());
                start.arrive_and_wait();
                for (int round = 0; round < 20; ++round) {
                    const RawReply reply =
                        client.ask(postOrder(good_order, "Idempotency-Key: round-" + std::to_string(round) + "\r\n"));
                    const std::scoped_lock guard(mutex);
                    ++outcomes[std::to_string(reply.status) + reply.header("idempotent-replayed")];
                    if (reply.status == 201)
                        locations.insert(reply.header("location"));
                }
            });
        }
        threads.clear();
        QCOMPARE(outcomes["201"], 20); // One a round has made it.
        QCOMPARE(outcomes["201"] + outcomes["201true"] + outcomes["409"], clients * 20);
        QCOMPARE(locations.size(), std::size_t(20));
        QCOMPARE(api.kept(), std::string("20 orders, 20 in the outbox"));
    }

    void services_awayAre503AndComeBack()
    {
        ApiFixture api;
        RawHttpClient client(api.port());
        QCOMPARE(client.ask(request("GET", "/readyz")).status, 200);
        api.store.away = true;
        const RawReply not_ready = client.ask(request("GET", "/readyz"));
        QCOMPARE(not_ready.status, 503);
        QCOMPARE(not_ready.header("retry-after"), std::string("1"));
        QCOMPARE(
            not_ready.body,
            std::string(
                R"({"status":"not-ready","parts":[{"name":"system","status":"not-ready","reason":"the store is away"}]})"));
        for (const std::string& bytes : {postOrder(good_order, "Idempotency-Key: k\r\n"),
                                         request("GET", "/orders/018f0000-0000-7000-8000-000000000000")}) {
            const RawReply reply = client.ask(bytes);
            QCOMPARE(reply.status, 503);
            QCOMPARE(reply.header("retry-after"), std::string("1"));
            QCOMPARE(reply.header("content-type"), std::string("application/problem+json"));
            QCOMPARE(member(reply, "detail"), std::string("the store is away"));
        }
        QCOMPARE(client.ask(request("GET", "/healthz")).body, std::string(R"({"status":"ok"})"));
        QCOMPARE(api.kept(), std::string("0 orders, 0 in the outbox"));
        api.store.away = false;
        QCOMPARE(client.ask(request("GET", "/readyz")).status, 200);
        QCOMPARE(client.ask(postOrder(good_order, "Idempotency-Key: k\r\n")).status, 201);
        api.is_up = false; // As before the store has been opened.
        QCOMPARE(client.ask(postOrder(good_order)).status, 503);
        QCOMPARE(client.ask(request("GET", "/orders")).status, 503);
        QCOMPARE(api.kept(), std::string("1 orders, 1 in the outbox"));
    }

    void token_isAskedForWhereOneIsSet()
    {
        HttpOptions options;
        options.token = "s3cret";
        ApiFixture api(options);
        RawHttpClient client(api.port());
        for (const char* header :
             {"", "Authorization: Bearer s3cre\r\n", "Authorization: Bearer s3crett\r\n",
              "Authorization: Basic s3cret\r\n", "Authorization: s3cret\r\n", "Authorization: Bearer\r\n",
              "Authorization: Bearer s3cret\r\nAuthorization: Bearer s3cret\r\n"}) {
            const RawReply reply = client.ask(postOrder(good_order, header));
            QCOMPARE(reply.status, 401);
            QVERIFY(reply.header("www-authenticate").starts_with("Bearer"));
            QCOMPARE(client.ask(request("GET", "/nothing", header)).status, 401); // Tells nobody what there is.
        }
        QCOMPARE(api.kept(), std::string("0 orders, 0 in the outbox"));
        QCOMPARE(client.ask(postOrder(good_order, "Authorization: bearer s3cret\r\n")).status, 201);
        QCOMPARE(client.ask(request("GET", "/healthz")).status, 200);
    }
};

void TestHttpApi::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, const std::string& bytes, int status, const char* field = "") {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << status << QString(field);
    };
    const std::string json = "Content-Type: application/json\r\n";
    const std::string id = "/orders/018f0000-0000-7000-8000-000000000000";

    row("no JSON", postOrder("user_id=ada"), 400);
    row("cut off JSON", postOrder(R"({"user_id":"ada",)"), 400);
    row("empty body", request("POST", "/orders", json), 400);
    row("invalid UTF-8", postOrder("{\"user_id\":\"\xff\",\"amount\":1}"), 400);
    row("duplicate member", postOrder(R"({"user_id":"ada","amount":1,"amount":1})"), 400);
    row("depth", postOrder(std::string(1000, '[') + std::string(1000, ']')), 400);
    row("trailing bytes", postOrder(good_order + "{}"), 400);
    row("byte order mark", postOrder("\xef\xbb\xbf" + good_order), 400);
    row("unknown member", postOrder(R"({"user_id":"ada","amount":1,"total":2})"), 422, "total");
    row("user_id missing", postOrder(R"({"amount":1})"), 422, "user_id");
    row("user_id with control characters", postOrder(R"({"user_id":"a\u0007","amount":1})"), 422, "user_id");
    row("amount negative", postOrder(R"({"user_id":"ada","amount":-1})"), 422, "amount");
    row("amount three decimals", postOrder(R"({"user_id":"ada","amount":"1.001"})"), 422, "amount");
    row("amount too large", postOrder(R"({"user_id":"ada","amount":1000000.01})"), 422, "amount");
    row("amount exponent", postOrder(R"({"user_id":"ada","amount":1e2})"), 422, "amount");
    row("currency unknown", postOrder(R"({"user_id":"ada","amount":1,"currency":"EURO"})"), 422, "currency");
    row("created in the future", postOrder(R"({"user_id":"ada","amount":1,"created_at":"9999-01-01T00:00:00Z"})"), 422,
        "created_at");
    row("not an object", postOrder("[]"), 422);
    row("idempotency key empty", postOrder(good_order, "Idempotency-Key: \r\n"), 422, "Idempotency-Key");
    row("idempotency key of 129", postOrder(good_order, "Idempotency-Key: " + std::string(129, 'k') + "\r\n"), 422,
        "Idempotency-Key");
    row("idempotency key not ASCII", postOrder(good_order, "Idempotency-Key: caf\xc3\xa9\r\n"), 422, "Idempotency-Key");
    row("idempotency key twice", postOrder(good_order, "Idempotency-Key: a\r\nIdempotency-Key: b\r\n"), 422,
        "Idempotency-Key");
    row("cancel with members", request("POST", id + "/cancel", json, R"({"why":1})"), 422, "why");
    row("limit 0", request("GET", "/orders?limit=0"), 422, "limit");
    row("limit 501", request("GET", "/orders?limit=501"), 422, "limit");
    row("status unknown", request("GET", "/orders?status=open"), 422, "status");
    row("cursor that is none of ours", request("GET", "/orders?cursor=abc"), 422, "cursor");
    row("parameter unknown", request("GET", "/orders?offset=1"), 422, "offset");
    row("parameter twice", request("GET", "/orders?limit=1&limit=2"), 422, "limit");
    row("escape that is none", request("GET", "/orders?user_id=%zz"), 400);

    row("media type missing", request("POST", "/orders", "", good_order), 415);
    row("media type form",
        request("POST", "/orders", "Content-Type: application/x-www-form-urlencoded\r\n", good_order), 415);
    row("media type text", request("POST", "/orders", "Content-Type: text/plain\r\n", good_order), 415);
    row("other charset", request("POST", "/orders", "Content-Type: application/json; charset=latin1\r\n", good_order),
        415);
    row("compressed", postOrder(good_order, "Content-Encoding: gzip\r\n"), 415);
    row("order unknown", request("GET", id), 404);
    row("order id that is none", request("GET", "/orders/17"), 404);
    row("story of an unknown order", request("GET", id + "/story"), 404);
    row("cancel of an unknown order", request("POST", id + "/cancel"), 404);
    row("path unknown", request("GET", "/"), 404);
    row("path with a slash behind", request("GET", "/orders/"), 404);
    row("path with dots", request("GET", "/orders/../healthz"), 404);
    row("method", request("DELETE", "/orders"), 405);
    row("method of an order", request("PUT", id, json, "{}"), 405);
    row("method in small letters", request("get", "/orders"), 405);
    row("TRACE", request("TRACE", "/orders"), 405);

    row("foreign host",
        "POST /orders HTTP/1.1\r\nHost: evil.example\r\n" + json + "Content-Length: 34\r\n\r\n" + good_order, 403);
    row("foreign host in the target", request("GET", "http://evil.example/orders"), 403);
    row("foreign origin", postOrder(good_order, "Origin: http://evil.example\r\n"), 403);
    row("origin null", postOrder(good_order, "Origin: null\r\n"), 403);
    row("foreign preflight",
        request("OPTIONS", "/orders", "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n"), 403);
    row("host missing", "GET /orders HTTP/1.1\r\n\r\n", 400);
    row("host twice", "GET /orders HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400);

    row("body of 64 KiB and a byte", postOrder(std::string(64 * 1024 + 1, ' ')), 413);
    row("body said to be huge",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json + "Content-Length: 99999999999\r\n\r\n", 413);
    row("body too large in chunks",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json
            + "Transfer-Encoding: chunked\r\n\r\n"
              "10001\r\n"
            + std::string(0x10001, ' ') + "\r\n0\r\n\r\n",
        413);
    row("headers over 8 KiB", request("GET", "/orders", "X: " + std::string(8 * 1024, 'x') + "\r\n"), 431);
    row(
        "many headers",
        [] {
            std::string many;
            for (int i = 0; i < 1000; ++i)
                many += "X-" + std::to_string(i) + ": yes\r\n";
            return request("GET", "/orders", many);
        }(),
        431);
    row("target over 8 KiB", request("GET", "/orders?user_id=" + std::string(9'000, 'x')), 431);
    row("expectation unknown", postOrder(good_order, "Expect: the-unexpected\r\n"), 417);
    row("expected, then too large",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json + "Expect: 100-continue\r\nContent-Length: 65537\r\n\r\n",
        413);
    row("expected, but of the wrong type",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
        "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n",
        415);

    row("no HTTP", "hello\r\n\r\n", 400);
    row("TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(60, 'x'), 400);
    row("HTTP/2.0", "GET /orders HTTP/2.0\r\nHost: localhost\r\n\r\n", 400);
    row("space in the target", "GET /orders now HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("header without a colon", "GET /orders HTTP/1.1\r\nHost localhost\r\n\r\n", 400);
    row("space before the colon", "GET /orders HTTP/1.1\r\nHost : localhost\r\n\r\n", 400);
    row("two lengths",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json + "Content-Length: 34\r\nContent-Length: 5\r\n\r\n"
            + good_order,
        400);
    row("length and chunks",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json
            + "Content-Length: 34\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400);
    row("chunks and length",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json
            + "Transfer-Encoding: chunked\r\nContent-Length: 34\r\n\r\n0\r\n\r\n",
        400);
    row("negative length", "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json + "Content-Length: -1\r\n\r\n", 400);
    row("chunk of no size",
        "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + json + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400);
    row("asterisk", request("GET", "*"), 400);
    row("CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
    row("a handler that throws", request("GET", "/throws"), 500);
}

void TestHttpApi::story_isWhatTheJournalHasAboutTheOrder()
{
    struct Recorded : OrderStorySource {
        Names table;
        std::vector<Entry> story(OrderId order, std::size_t max) override
        {
            Entry accepted{
                1'000'000,          order, {}, -1, 1999, EntryKind::OrderAccepted, 0, 0, 0, 0, table.intern("ada"),
                table.intern("EUR")};
            Entry delivered{2'000'000,
                            order,
                            {},
                            7,
                            0,
                            EntryKind::EventDelivered,
                            1,
                            2,
                            table.intern("order-created"),
                            table.intern("payment"),
                            0,
                            0};
            return max >= 2 ? std::vector<Entry>{accepted, delivered} : std::vector<Entry>{};
        }
        const Names& names() const override { return table; }
    };
    ApiFixture api({}, std::make_shared<Recorded>());
    RawHttpClient client(api.port());
    const RawReply created = client.ask(postOrder(good_order));
    const RawReply story = client.ask(request("GET", created.header("location") + "/story"));
    QCOMPARE(story.status, 200);
    const std::string order = "\"order\":\"" + member(created, "id") + '"';
    QCOMPARE(
        toQString(story.body),
        toQString(
            "{\"order\":" + created.body
            + ",\"entries\":["
              R"({"time":"1970-01-01T00:00:01.000000Z","kind":"order-accepted",)"
            + order
            + R"(,"customer":"ada","amount_minor":1999,"currency":"EUR"},)"
              R"({"time":"1970-01-01T00:00:02.000000Z","kind":"event-delivered",)"
            + order
            + R"(,"topic":"order-created","partition":2,"offset":7,"group":"payment","attempt":1}],)"
              R"("steps":[{"time":"1970-01-01T00:00:01.000000Z","after_us":0,"kind":"order-accepted","title":"Order accepted",)"
              R"("sentence":"The order of ada over 19.99 EUR and its OrderCreated event became durable in one transaction. From here on nothing is lost.","unusual":false},)"
              R"({"time":"1970-01-01T00:00:02.000000Z","after_us":1000000,"kind":"event-delivered","title":"Delivered to payment",)"
              R"("sentence":" took order-created (partition 2, offset 7), attempt 1.","unusual":false}],)"
            + "\"text\":" + boost::json::serialize(boost::json::string_view(member(story, "text"))) + "}"));
    QVERIFY(member(story, "text").ends_with("Nothing unusual happened.\n"));
}

namespace {

/// What `reference` stands for, where it is one.
const boost::json::value& resolved(const boost::json::value& document, const boost::json::value& reference)
{
    const auto* name = reference.is_object() ? reference.as_object().if_contains("$ref") : nullptr;
    return name ? document.at_pointer(std::string_view(name->as_string()).substr(1)) : reference;
}

/// "query limit", "body amount!": what a route reads, needed or not. A body that has to be there is "body!".
std::set<std::string> readBy(const Route& route)
{
    constexpr const char* places[] = {"path ", "query ", "header ", "body "};
    std::set<std::string> fields;
    for (const RequestField& field : route.reads.fields)
        fields.insert(places[int(field.place)] + std::string(field.name) + (field.is_required ? "!" : ""));
    if (route.reads.body != BodyRule::Ignored)
        fields.insert(route.reads.body == BodyRule::Json ? "body!" : "body");
    return fields;
}

std::set<std::string> documentedFields(const boost::json::value& document, const boost::json::object& operation)
{
    const auto flag = [](const boost::json::object& object) {
        return object.contains("required") && object.at("required").as_bool() ? "!" : "";
    };
    std::set<std::string> fields;
    if (const auto* parameters = operation.if_contains("parameters")) {
        for (const auto& reference : parameters->as_array()) {
            const auto& parameter = resolved(document, reference).as_object();
            fields.insert(std::string(parameter.at("in").as_string()) + ' '
                          + std::string(parameter.at("name").as_string()) + flag(parameter));
        }
    }
    if (const auto* body = operation.if_contains("requestBody")) {
        fields.insert(std::string("body") + flag(body->as_object()));
        const auto& schema = resolved(document, body->at_pointer("/content/application~1json/schema")).as_object();
        std::set<std::string> needed;
        if (const auto* required = schema.if_contains("required")) {
            for (const auto& name : required->as_array())
                needed.insert(std::string(name.as_string()));
        }
        if (const auto* properties = schema.if_contains("properties")) {
            for (const auto& [name, property] : properties->as_object())
                fields.insert("body " + std::string(name) + (needed.contains(std::string(name)) ? "!" : ""));
        }
        if (schema.at("additionalProperties").as_bool())
            fields.insert("body *");
    }
    return fields;
}

std::string joined(const std::set<std::string>& lines)
{
    std::string all;
    for (const std::string& line : lines)
        (all += line) += '\n';
    return all;
}

} // namespace

void TestHttpApi::openApi_saysWhatTheRoutesDo()
{
    ApiFixture api;
    RawHttpClient client(api.port());
    const RawReply reply = client.ask(request("GET", "/openapi.json"));
    QCOMPARE(reply.status, 200);
    const boost::json::value document = boost::json::parse(reply.body);
    QCOMPARE(document.at("openapi").as_string(), "3.1.0");
    QCOMPARE(toQString(document.at("info").at("version").as_string()), QString(ORDERLAB_VERSION));
    Router router;
    addOrderApi(router, api.runtime, {});
    addDeadLetterApi(router, {});
    addGroupApi(router, api.runtime, {});
    addFaultApi(router, api.faults);
    addObserveApi(router, {});
    addClassroomApi(router, {});
    std::set<std::string> documented, served;
    for (const auto& [path, item] : document.at("paths").as_object()) {
        for (const auto& [method, operation] : item.as_object())
            documented.insert(std::string(method) + ' ' + std::string(path));
    }
    for (const Route& route : router.routes()) {
        std::string method = route.method;
        std::transform(method.begin(), method.end(), method.begin(),
                       [](unsigned char c) { return char(std::tolower(c)); });
        served.insert(method + ' ' + route.pattern);
        const auto* item = document.at("paths").as_object().if_contains(route.pattern);
        QVERIFY2(item && item->as_object().contains(method), route.pattern.c_str());
        const auto& operation = item->at(method).as_object();
        QCOMPARE(toQString(operation.at("operationId").as_string()), toQString(route.operation));
        QCOMPARE(toQString(operation.at("summary").as_string()), toQString(route.summary));
        QCOMPARE(toQString(route.operation + '\n' + joined(documentedFields(document, operation))),
                 toQString(route.operation + '\n' + joined(readBy(route))));
        std::set<std::string> told, answered;
        for (const auto& [status, response] : operation.at("responses").as_object())
            told.insert(std::string(status));
        for (const int status : statusesOf(route))
            answered.insert(std::to_string(status));
        QCOMPARE(toQString(route.operation + '\n' + joined(told)),
                 toQString(route.operation + '\n' + joined(answered)));
        const bool is_open =
            operation.contains("security") && boost::json::serialize(operation.at("security")) == "[{}]";
        QVERIFY2(is_open == (route.access == RouteAccess::Everyone), route.operation.c_str());
    }
    QCOMPARE(toQString(joined(documented)), toQString(joined(served)));
}

ORDERLAB_TEST(tst_http_api, NoApplication, TestHttpApi)
#include "tst_http_api.moc"
