#include "api_fixture.h"
#include "support/test_program.h"

using namespace orderlab;

namespace {

/// Letters of three orders: two of payment, one of analytics.
struct Letters {
    Letters()
    {
        for (const char* group : {"orderlab.payment", "orderlab.payment", "orderlab.analytics"}) {
            const TimePoint now = TimePoint{std::chrono::seconds{1'700'000'000 + letters.size()}};
            Order order;
            order.id = OrderId{api.runtime.newUuid()};
            order.user_id = "user-poison";
            order.total.amount_minor = 1999;
            DeadLetter letter;
            letter.id = api.runtime.newUuid();
            letter.group = group;
            letter.event =
                makeEvent(EventType::OrderCreated, order, EventId{api.runtime.newUuid()}, now, {Uuid{1, 2}, 3});
            letter.event.extensions = {{"tenant", "blue"}};
            letter.partition = 2;
            letter.offset = 41;
            letter.attempts = 1;
            letter.error = "no answer";
            letter.code = ErrorCode::PeerFailed;
            letter.created_at = now;
            letter.attempts_made = {{now, 1, "no answer", ErrorCode::PeerFailed}};
            store(letter);
            letters.push_back(letter);
        }
    }
    /// One more letter, of a record that is none of our events.
    DeadLetter addRecord(std::optional<std::string> key, std::optional<std::string> value)
    {
        DeadLetter letter;
        letter.id = api.runtime.newUuid();
        letter.group = "orderlab.payment";
        letter.event.id = EventId{api.runtime.newUuid()};
        letter.event.type = EventType::OrderCanceled;
        letter.event.extensions = {{"ce_id", "7"}, {"ce_orderlabtarget", "x"}, {"empty", ""}, {"null", std::nullopt}};
        letter.event.undecodable = std::make_shared<UndecodableRecord>(UndecodableRecord{
            {ErrorCode::Corrupt, Retry::Never, "ce_type is missing", {}}, std::move(key), std::move(value)});
        letter.attempts = 1;
        letter.error = "ce_type is missing";
        letter.code = ErrorCode::Corrupt;
        letter.created_at = api.runtime.now();
        store(letter);
        return letter;
    }
    void store(const DeadLetter& letter)
    {
        const auto transaction = api.store.begin();
        transaction->insertDeadLetter(letter);
        if (!api.runtime.run(transaction->commit(letter.created_at)))
            throw std::runtime_error("cannot store a dead letter");
    }
    RawReply get(const std::string& target) { return client.ask(request("GET", target)); }
    RawReply send(const std::string& method, const std::string& target, const std::string& body = {})
    {
        return client.ask(request(method, target, body.empty() ? "" : json_type, body));
    }
    std::string pathOf(std::size_t i) const { return "/dead-letters/" + letters[i].id.toString(); }
    std::string stateOf(std::size_t i) { return at(get(pathOf(i)), "state"); }

    ApiFixture api;
    RawHttpClient client{api.port()};
    std::vector<DeadLetter> letters;
};

} // namespace

/// What clients rely on of /dead-letters and /faults, over real sockets. No relay runs: a replay stays in the outbox.
class TestDeadLetterApi : public QObject {
    Q_OBJECT

private slots:
    void letter_isShownWhole()
    {
        Letters all;
        const RawReply reply = all.get(all.pathOf(0));
        QCOMPARE(reply.status, 200);
        const DeadLetter& letter = all.letters[0];
        QCOMPARE(
            QString::fromStdString(reply.body),
            QString::fromStdString(
                R"({"id":")" + letter.id.toString()
                + R"(","group":"orderlab.payment","state":"waiting","event":{"id":")" + letter.event.id.toString()
                + R"(","type":"orders.order-created.v1","order_id":")" + letter.event.order.toString()
                + R"(","time":"2023-11-14T22:13:20.000000Z","traceparent":"00-00000000000000010000000000000002-0000000000000003-01",)"
                  R"("data":{"user_id":"user-poison","amount":"19.99","currency":"EUR"},"extensions":[{"name":"tenant","value":"blue"}]},)"
                  R"("source":{"topic":"order-created","partition":2,"offset":41},"attempts":1,"error":"no answer","code":"peer-failed",)"
                  R"("given_up_at":"2023-11-14T22:13:20.000000Z","attempts_made":[{"at":"2023-11-14T22:13:20.000000Z","number":1,)"
                  R"("code":"peer-failed","error":"no answer"}],"audit":[]})"));
    }

    void letters_areListedFilteredAndCounted()
    {
        Letters all;
        RawReply page = all.get("/dead-letters?limit=2");
        QCOMPARE(at(page, "dead_letters.0.id"), all.letters[2].id.toString());
        QCOMPARE(at(page, "dead_letters.1.id"), all.letters[1].id.toString());
        page = all.get("/dead-letters?limit=2&cursor=" + at(page, "next_cursor"));
        QCOMPARE(at(page, "dead_letters.0.id"), all.letters[0].id.toString());
        QCOMPARE(at(page, "next_cursor"), std::string("null"));
        page = all.get("/dead-letters?group=analytics&error=no+answer&event=order-created&state=waiting&sort=oldest");
        QCOMPARE(at(page, "dead_letters.0.id"), all.letters[2].id.toString());
        QCOMPARE(at(page, "dead_letters.1"), std::string());
        QCOMPARE(at(all.get("/dead-letters?order_id=" + all.letters[1].event.order.toString()), "dead_letters.0.id"),
                 all.letters[1].id.toString());
        const RawReply causes = all.get("/dead-letters/causes");
        QCOMPARE(at(causes, "causes.0.group"), std::string("orderlab.payment"));
        QCOMPARE(at(causes, "causes.0.count"), std::string("2"));
        QCOMPARE(at(causes, "causes.1.newest"), std::string("2023-11-14T22:13:22.000000Z"));
    }

    void one_isReplayedOnce()
    {
        Letters all;
        const std::string path = all.pathOf(0) + "/replay";
        const RawReply forecast = all.send("POST", path, R"({"dry_run":true})");
        QCOMPARE(at(forecast, "sentence"),
                 std::string("1 to replay: 0 would be skipped as duplicates, 1 would run again."));
        QCOMPARE(all.stateOf(0), std::string("waiting"));
        const RawReply replayed = all.send("POST", path);
        QCOMPARE(replayed.status, 200);
        QCOMPARE(at(replayed, "state"), std::string("replayed"));
        QCOMPARE(at(replayed, "audit.0.by"), std::string("api"));
        QCOMPARE(all.api.counts().outbox_unpublished, 1);
        const RawReply again = all.send("POST", path);
        QCOMPARE(again.status, 409);
        QCOMPARE(at(again, "type"), std::string("urn:orderlab:problem:illegal-transition"));
        QCOMPARE(all.send("DELETE", all.pathOf(0)).status, 409);
        QCOMPARE(all.send("POST", path, R"({"dry_run":true})").status, 409);
        QCOMPARE(all.api.counts().outbox_unpublished, 1);
    }

    void one_isCorrectedAndReplayed()
    {
        Letters all;
        const RawReply replayed = all.send(
            "POST", all.pathOf(0) + "/replay",
            R"({"data":{"user_id":"ada","amount":"19.99","currency":"EUR"},"by":"grace","reason":"wrong customer"})");
        QCOMPARE(replayed.status, 200);
        QCOMPARE(at(replayed, "event.id"), all.letters[0].event.id.toString());
        QCOMPARE(at(replayed, "event.data.user_id"), std::string("ada"));
        QCOMPARE(at(replayed, "audit.0.kind"), std::string("edited"));
        QCOMPARE(at(replayed, "audit.0.reason"),
                 std::string(R"({"user_id":"user-poison","amount":"19.99","currency":"EUR"})"));
        QCOMPARE(at(replayed, "audit.1.reason"), std::string("wrong customer"));
        const auto claim = all.api.runtime.run(all.api.memory->claimOutbox(10)).value();
        QCOMPARE(claim->events()[0].data.user_id, std::string("ada"));
        QCOMPARE(targetGroupOf(claim->events()[0]), std::string_view("orderlab.payment"));
    }

    void many_areReplayedByFilter()
    {
        Letters all;
        QCOMPARE(at(all.send("POST", "/dead-letters/replay", R"({"group":"payment","dry_run":true})"), "to_replay"),
                 std::string("2"));
        const RawReply first = all.send("POST", "/dead-letters/replay", R"({"group":"payment","limit":1})");
        QCOMPARE(first.body, std::string(R"({"replayed":1,"skipped":0,"remaining":1})"));
        QCOMPARE(all.stateOf(0), std::string("replayed")); // the oldest
        const RawReply rest = all.send("POST", "/dead-letters/replay", R"({"group":"payment"})");
        QCOMPARE(rest.body, std::string(R"({"replayed":1,"skipped":0,"remaining":0})"));
        QCOMPARE(all.stateOf(2), std::string("waiting"));
        QCOMPARE(all.api.counts().outbox_unpublished, 2);
    }

    void whatARecordHasNot_isNull()
    {
        Letters all;
        const DeadLetter letter = all.addRecord(std::string(), std::nullopt);
        const RawReply shown = all.get("/dead-letters/" + letter.id.toString());
        QCOMPARE(at(shown, "record.key"), std::string(R"({"text":"","bytes":0})"));
        QCOMPARE(at(shown, "record.value"), std::string("null"));
    }

    void whatCouldNotBeDecoded_isShownWithAllItsBytes_andCanOnlyBeDiscarded()
    {
        Letters all;
        const DeadLetter letter = all.addRecord("kéy", std::string("\x00\xff", 2) + std::string(2'000, 'x'));

        const std::string path = "/dead-letters/" + letter.id.toString();
        const RawReply shown = all.get(path);
        QCOMPARE(at(shown, "record.key"), std::string(R"({"text":"kéy","bytes":4})"));
        QCOMPARE(at(shown, "record.value.bytes"), std::string("2002"));
        QVERIFY(at(shown, "record.value.base64").starts_with("AP94eHh4"));
        QCOMPARE(at(shown, "record.value.base64").size(), std::size_t(2672));
        QCOMPARE(at(shown, "record.value.is_cut"), std::string());
        QCOMPARE(at(shown, "source.topic"), std::string("order-canceled"));
        for (const char* unknown : {"event.type", "event.order_id", "event.time", "event.traceparent", "event.data"})
            QCOMPARE(at(shown, unknown), std::string("null"));
        QCOMPARE(
            at(shown, "event.extensions"),
            std::string(
                R"([{"name":"ce_id","value":"7"},{"name":"ce_orderlabtarget","value":"x"},{"name":"empty","value":""},{"name":"null","value":null}])"));
        const RawReply listed = all.get("/dead-letters?limit=1");
        QCOMPARE(at(listed, "dead_letters.0.id"), letter.id.toString());
        QCOMPARE(at(listed, "dead_letters.0.record.value.is_cut"), std::string("true"));
        QCOMPARE(at(listed, "dead_letters.0.record.value.base64").size(), std::size_t(1368));

        for (const char* body :
             {R"({"dry_run":true})", "{}", R"({"data":{"user_id":"ada","amount":"1.00","currency":"EUR"}})"}) {
            const RawReply refused = all.send("POST", path + "/replay", body);
            QCOMPARE(refused.status, 409);
            QVERIFY2(at(refused, "detail").find("could not be decoded (ce_type is missing)") != std::string::npos,
                     refused.body.c_str());
        }
        const RawReply forecast = all.send("POST", "/dead-letters/replay", R"({"group":"payment","dry_run":true})");
        QCOMPARE(at(forecast, "undecodable"), std::string("1"));
        QCOMPARE(at(forecast, "sentence"),
                 std::string("2 to replay: 0 would be skipped as duplicates, 2 would run again. "
                             "1 could not be decoded and can only be discarded."));
        QCOMPARE(all.send("POST", "/dead-letters/replay", R"({"group":"payment"})").body,
                 std::string(R"({"replayed":2,"skipped":0,"remaining":0})"));
        QCOMPARE(at(all.get(path), "state"), std::string("waiting"));
        QCOMPARE(all.api.counts().outbox_unpublished, 2);
        QCOMPARE(all.send("DELETE", path).status, 200);
        const RawReply discarded = all.get(path);
        QCOMPARE(at(discarded, "state"), std::string("discarded"));
        QCOMPARE(at(discarded, "record.value"), at(shown, "record.value"));
    }

    void options_namesWhatThePathItselfTakes()
    {
        Letters all;
        const auto allowed = [&](const std::string& path) {
            return std::string(all.send("OPTIONS", path).header("allow"));
        };
        QCOMPARE(allowed("/dead-letters/causes"), std::string("GET, HEAD, OPTIONS"));
        QCOMPARE(allowed("/dead-letters/replay"), std::string("POST, OPTIONS"));
        QCOMPARE(allowed(all.pathOf(0)), std::string("GET, HEAD, DELETE, OPTIONS"));
    }

    void one_isDiscardedAndStays()
    {
        Letters all;
        const RawReply discarded = all.send("DELETE", all.pathOf(0) + "?by=ada&reason=a+test+order");
        QCOMPARE(discarded.status, 200);
        QCOMPARE(all.stateOf(0), std::string("discarded"));
        QCOMPARE(at(all.get(all.pathOf(0)), "audit.0.reason"), std::string("a test order"));
        QCOMPARE(at(all.get("/dead-letters?state=discarded"), "dead_letters.0.audit.0.by"), std::string("ada"));
        QCOMPARE(all.send("POST", all.pathOf(0) + "/replay").status, 409);
        QCOMPARE(all.api.counts().outbox_unpublished, 0);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, const char* method, const char* target, const char* body, int status,
                            const char* field = "") {
            QTest::newRow(name) << QString(method) << QString(target) << QString(body) << status << QString(field);
        };
        const char* unknown = "/dead-letters/01980000-0000-7000-8000-000000000001";
        row("unknown", "GET", unknown, "", 404);
        row("no id", "GET", "/dead-letters/first", "", 404);
        row("unknown, discard", "DELETE", unknown, "", 404);
        row("unknown, replay", "POST", "/dead-letters/01980000-0000-7000-8000-000000000001/replay", "", 404);
        row("state", "GET", "/dead-letters?state=gone", "", 422, "state");
        row("limit", "GET", "/dead-letters?limit=501", "", 422, "limit");
        row("cursor", "GET", "/dead-letters?cursor=x", "", 422, "cursor");
        row("event", "GET", "/dead-letters?event=nothing", "", 422, "event");
        row("order", "GET", "/dead-letters?order_id=7", "", 422, "order_id");
        row("empty", "GET", "/dead-letters?group=", "", 422, "group");
        row("twice", "GET", "/dead-letters?group=a&group=b", "", 422, "group");
        row("no parameter", "GET", "/dead-letters?colour=red", "", 422, "colour");
        row("method", "PUT", "/dead-letters", "{}", 405);
        row("method of the causes", "DELETE", "/dead-letters/causes", "", 405);
        row("method of the replay of all", "GET", "/dead-letters/replay", "", 405);
        row("no JSON", "POST", "/dead-letters/replay", "{", 400);
        row("no object", "POST", "/dead-letters/replay", "[]", 422);
        row("member", "POST", "/dead-letters/replay", R"({"colour":"red"})", 422, "colour");
        row("twice, in JSON", "POST", "/dead-letters/replay", R"({"rate":1,"rate":2})", 400);
        row("rate", "POST", "/dead-letters/replay", R"({"rate":0})", 422, "rate");
        row("many", "POST", "/dead-letters/replay", R"({"limit":10001})", 422, "limit");
        row("time", "POST", "/dead-letters/replay", R"({"given_up_before":"yesterday"})", 422, "given_up_before");
        row("nobody", "POST", "/dead-letters/replay", R"({"by":""})", 422, "by");
        row("reason, query", "DELETE", "/dead-letters/{0}?why=1", "", 422, "why");
        row("data", "POST", "/dead-letters/{0}/replay", R"({"data":"x"})", 422, "data");
        row("data with what is none", "POST", "/dead-letters/{0}/replay",
            R"({"data":{"user_id":"ada","amount":"1.00","currency":"EUR","ammount":"2.00"}})", 422, "data.ammount");
        row("data without amount", "POST", "/dead-letters/{0}/replay", R"({"data":{"user_id":"ada","currency":"EUR"}})",
            422, "data.amount");
        row("dry run", "POST", "/dead-letters/replay", R"({"dry_run":1})", 422, "dry_run");
        row("what is wrong first in the body", "POST", "/dead-letters/replay", R"({"why":1,"rate":0,"by":""})", 422,
            "why");
        row("id and body", "POST", "/dead-letters/first/replay", R"({"why":1})", 422, "why");
        row("reason with a line break", "DELETE", "/dead-letters/{0}?reason=a%0Ab", "", 422, "reason");
        row("faults, no JSON", "PUT", "/faults", "{", 400);
        row("faults, empty", "PUT", "/faults", "", 400);
        row("faults, seam", "PUT", "/faults", R"({"faults":[{"seam":"door"}]})", 422, "faults[0].seam");
        row("faults, action there", "PUT", "/faults",
            R"({"faults":[{"seam":"ack"},{"seam":"ack","action":"decline"}]})", 422, "faults[1].action");
        row("faults, probability", "PUT", "/faults", R"({"faults":[{"seam":"ack","probability":2}]})", 422,
            "faults[0].probability");
        row("faults, rate", "PUT", "/faults",
            R"({"faults":[{"seam":"network","action":"throttle","bytes_per_s":999}]})", 422, "faults[0].bytes_per_s");
        row("faults, throttle elsewhere", "PUT", "/faults", R"({"faults":[{"seam":"broker","action":"throttle"}]})",
            422, "faults[0].action");
        row("faults, member", "PUT", "/faults", R"({"faults":[{"seam":"ack","colour":1}]})", 422, "faults[0].colour");
        row("faults, count of the second", "PUT", "/faults", R"({"faults":[{"seam":"ack"},{"seam":"ack","count":0}]})",
            422, "faults[1].count");
        row("faults, no list", "PUT", "/faults", R"({"faults":{}})", 422, "faults");
        row("faults, all good but the guarantees", "PUT", "/faults",
            R"({"faults":[{"seam":"ack"}],"guarantees":{"luck":true}})", 422, "guarantees.luck");
        row("guarantees, no object", "PUT", "/faults", R"({"guarantees":[]})", 422, "guarantees");
        row("member of PUT /faults", "PUT", "/faults", R"({"fault":[]})", 422, "fault");
        row("page of the causes", "GET", "/dead-letters/causes?limit=1", "", 422, "limit");
        row("guarantees", "PUT", "/faults", R"({"guarantees":{"luck":true}})", 422, "guarantees.luck");
    }
    void refused()
    {
        QFETCH(QString, method);
        QFETCH(QString, target);
        QFETCH(QString, body);
        QFETCH(QString, field);
        Letters all;
        target.replace("{0}", QString::fromStdString(all.letters[0].id.toString()));
        const RawReply reply = all.send(method.toStdString(), target.toStdString(), body.toStdString());
        QTEST(reply.status, "status");
        QCOMPARE(reply.header("content-type"), std::string("application/problem+json"));
        QCOMPARE(QString::fromStdString(at(reply, "field")), field);
        QCOMPARE(all.api.counts().dead_letters, 3);
        QCOMPARE(all.api.counts().outbox_unpublished, 0);
        QVERIFY(all.api.faults.faults().empty());
        QVERIFY(all.api.faults.guarantees() == Guarantees{});
    }

    void everything_is503WhileServicesAreDown()
    {
        Letters all;
        all.api.is_up = false;
        QCOMPARE(all.get("/dead-letters").status, 503);
        QCOMPARE(all.get(all.pathOf(0)).status, 503);
        QCOMPARE(all.send("DELETE", all.pathOf(0)).header("retry-after"), std::string("1"));
        QCOMPARE(all.send("POST", "/dead-letters/replay").status, 503);
    }

    void faults_areSetAndToldBack()
    {
        Letters all;
        const std::string on =
            R"({"outbox":true,"inbox":true,"ack-after-processing":true,"idempotency-key":true,"payment-key":true,"durable-inbox":true})";
        QCOMPARE(all.get("/faults").body, R"({"faults":[],"guarantees":)" + on + '}');
        const RawReply set =
            all.send("PUT", "/faults",
                     R"({"faults":[{"seam":"order-store","count":1,"customer":"ada"}],"guarantees":{"inbox":false}})");
        QCOMPARE(set.status, 200);
        QCOMPARE(at(set, "guarantees.inbox"), std::string("false"));
        QCOMPARE(at(set, "faults.0.action"), std::string("fail"));
        QCOMPARE(at(set, "faults.0.strikes"), std::string("0"));
        QCOMPARE(all.client.ask(postOrder(good_order)).status, 503);
        QCOMPARE(all.client.ask(postOrder(good_order)).status, 201);
        QCOMPARE(at(all.get("/faults"), "faults.0.strikes"), std::string("1"));
        // What is absent stays.
        QCOMPARE(at(all.send("PUT", "/faults", R"({"guarantees":{"outbox":false}})"), "faults.0.customer"),
                 std::string("ada"));
        const RawReply none = all.send("PUT", "/faults", R"({"faults":[]})");
        QCOMPARE(at(none, "faults"), std::string("[]"));
        QCOMPARE(at(none, "guarantees.inbox"), std::string("false"));
    }

    void faults_areToldAllThatIsWrong()
    {
        Letters all;
        const RawReply refused =
            all.send("PUT", "/faults", R"({"faults":[{"seam":"door"},{"seam":"ack","count":0}],"luck":1})");
        QCOMPARE(refused.status, 422);
        QCOMPARE(at(refused, "errors.0.field"), std::string("faults[0].seam"));
        QCOMPARE(at(refused, "errors.1.field"), std::string("faults[1].count"));
        QCOMPARE(at(refused, "errors.2.field"), std::string("luck"));
    }
};

ORDERLAB_TEST(tst_dead_letter_api, NoApplication, TestDeadLetterApi)
#include "tst_dead_letter_api.moc"
