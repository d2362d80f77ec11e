#include "faults/fault_json.h"
#include "simulation/shipped_scenarios.h"
#include "support/effort.h"
#include "support/json_schema.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;

namespace {

JsonNode treeOf(std::string_view text)
{
    JsonProblem problem;
    auto node = parseJsonTree(text, problem);
    if (!node)
        throw std::logic_error(problem.reason);
    return std::move(*node);
}

/// All problems of a scenario, a line each.
QByteArray problemsOf(const std::string& text)
{
    std::vector<JsonProblem> problems;
    (void)readScenario(text, problems);
    QByteArray lines;
    for (const JsonProblem& problem : problems)
        lines += QByteArray::fromStdString(toString(problem, text, "s.json")) + '\n';
    return lines;
}

/// Every text that differs from `node` in one place: a member taken away or added, a value of another kind or size.
void mutate(JsonNode& root, JsonNode& node, const std::function<void()>& visit)
{
    const auto with = [&](JsonNode other) {
        std::swap(node, other);
        visit();
        std::swap(node, other);
    };
    static const std::vector<JsonNode> others = [] {
        std::vector<JsonNode> trees;
        for (const std::string_view text :
             {"null", "true", "-1", "0", "0.5", "1", "17", "65", "1e9", "1e13", "\"\"", "\"x\"", "\"all\"", "\"fail\"",
              "\"inbox=on\"", "[]", "[\"x\"]", "{}", "{\"x\":1}"})
            trees.push_back(treeOf(text));
        return trees;
    }();
    for (const JsonNode& other : others)
        with(other);
    for (std::size_t i = 0; i < node.members.size(); ++i) {
        const JsonNode::Member kept = node.members[i];
        node.members.erase(node.members.begin() + std::ptrdiff_t(i));
        visit();
        node.members.insert(node.members.begin() + std::ptrdiff_t(i), kept);
        mutate(root, node.members[i].value, visit);
    }
    if (node.type == JsonType::Object) {
        node.add("unknown", JsonNode::boolean(true));
        visit();
        node.members.pop_back();
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
        mutate(root, node.items[i], visit);
}

constexpr std::string_view full = R"({
  "name": "all-members", "description": "d", "seed": 7,
  "orders": {"count": 9, "mean_pause_ms": 2.5, "customers": ["ada"], "test_customer_share": 0.5,
             "test_customers": ["user-poison"], "cancel_share": 0.25,
             "arrivals": [{"at_s": 0.5, "customer": "bob, the builder", "amount_minor": 1999, "currency": "USD",
                           "cancels_after_s": 0.2}, {"at_s": 0.25, "customer": "ada", "amount_minor": 100}]},
  "topology": {"partitions": 5, "members": 3},
  "policies": {"retry_style": "topic", "max_attempts": 3, "retry_delay_ms": 100, "retry_delay_max_ms": 2000,
               "handler_timeout_ms": 500, "outage_pause_ms": 50, "outage_pause_max_ms": 3000, "throttle_per_s": 50,
               "breaker": {"enabled": false, "failures_in_a_row": 4, "window_calls": 30, "failure_percent": 60, "open_ms": 900}},
  "gateway_latency_ms": 12,
  "guarantees": {"outbox": false, "inbox": true, "ack-after-processing": true, "idempotency-key": true, "payment-key": true, "durable-inbox": true},
  "faults": [{"seam": "gateway-call", "action": "delay", "probability": 0.2, "count": 3, "start_s": 1.5, "duration_s": 0.1,
              "delay_ms": 500, "event": "order-created", "group": "payment", "worker": "payment-1",
              "order": "019b76da-a943-728e-8554-1462f226ab66", "customer": "user-7"},
             {"seam": "network", "action": "throttle", "bytes_per_s": 20000}],
  "fault_seconds": 4, "changes": [{"at_s": 1.25, "set": "inbox=off"}], "liveness_seconds": 60,
  "expectation": {"violates": ["no-order-lost"], "happens": "dead-lettered", "never": "time>1min"}
})";

} // namespace

class TestScenario : public QObject {
    Q_OBJECT

private slots:
    void problems_nameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("problems");
        const auto row = [](const char* what, const QByteArray& text, const QByteArray& problems) {
            QTest::newRow(what) << text << problems;
        };
        row("none", R"({"name":"a"})", "");
        row("no JSON", "{\n  \"name\": ]",
            "s.json:2:11: the file is not valid JSON: expected a value, but there is ]\n");
        row("not closed", "{\"name\":\"a\"",
            "s.json:1:12: the file is not valid JSON: expected \",\" or \"}\", but the text ends\n");
        row("name twice", "{\"name\":\"a\",\n\"name\":\"b\"}", "s.json:2:1: the file has the member \"name\" twice\n");
        row("goes on", "{\"name\":\"a\"} 1", "s.json:1:14: the file goes on behind the end of its JSON\n");
        row("no UTF-8", "{\"name\":\"\xff\"}", "s.json:1:10: the file is not valid UTF-8\n");
        row("byte order mark", "\xef\xbb\xbf{}",
            "s.json:1:1: the file starts with a byte order mark, which JSON does not allow\n");
        row("half a surrogate", "{\"name\":\"\\ud800\"}",
            "s.json:1:10: the file is not valid JSON: half a surrogate pair\n");
        row("a list", "[]", "s.json:1:1: the file must be a JSON object\n");
        row("no name", "{}", "s.json:1:1: name: is missing\n");
        row("characters, not bytes", "{\"description\":\"\xc3\xa9\",\"name\":1}",
            "s.json:1:27: name: must be 1 to 60 lower-case letters, digits and hyphens\n");
        row("out of range", "{\"name\":\"a\",\n \"orders\": {\"count\": -1}}",
            "s.json:2:22: orders.count: must be a whole number from 0 to 1000000\n");
        row("unknown member", "{\"name\":\"a\",\"topology\":{\"nodes\":3}}",
            "s.json:1:25: topology.nodes: is unknown; known are partitions and members\n");
        row("all at once, in order",
            "{\"name\":\"a\",\n\"faults\":[{\"seam\":\"ack\",\"action\":\"decline\"},\n{\"action\":\"fail\",\"count\":"
            "0}],"
            "\n\"expectation\":{\"violates\":[\"luck\"]}}",
            "s.json:2:34: faults[0].action: at ack must be one of lose, crash, delay\n"
            "s.json:3:1: faults[1].seam: is missing\n"
            "s.json:3:26: faults[1].count: must be a whole number from 1 to 4294967294\n"
            "s.json:4:28: expectation.violates[0]: must be one of no-order-lost, charged-at-most-once, "
            "effects-happen-once, "
            "every-event-handled-or-dead, legal-status-transitions, offsets-only-advance, per-order-sequence, "
            "retries-within-budget, all-orders-finish\n");
        row("no query", R"({"name":"a","expectation":{"happens":"dead-letered","never":"time>"}})",
            "s.json:1:38: expectation.happens: is no query: 1:1: there is no kind of entry \"dead-letered\"; did you "
            "mean dead-lettered?\n"
            "s.json:1:61: expectation.never: is no query: 1:6: expected a value behind >, but there is nothing more\n");
        row("an action of another seam", "{\"name\":\"a\",\"faults\":[{\"seam\":\"clock\",\"action\":\"explode\"}]}",
            "s.json:1:48: faults[0].action: at clock must be one of jump\n");
        // Found by fuzz_scenario: messages repeated what they were about, however long.
        const QByteArray long_name(5'000, 'x');
        row("unknown member without end", "{\"name\":\"a\",\"orders\":{\"" + long_name + "\":1}}",
            "s.json:1:23: orders." + long_name.left(57)
                + "\xe2\x80\xa6: is unknown; known are count, mean_pause_ms, customers, "
                  "test_customer_share, test_customers, cancel_share and arrivals\n");
        row("the same twice without end", "{\"" + long_name + "\":1,\"" + long_name + "\":2}",
            "s.json:1:5007: the file has the member \"" + long_name.left(57) + "\xe2\x80\xa6\" twice\n");
        row("a currency that is none",
            R"({"name":"a","orders":{"arrivals":[{"at_s":0,"customer":"a","amount_minor":1,"currency":"EU"}]}})",
            "s.json:1:88: orders.arrivals[0].currency: must be a currency of ISO 4217, such as EUR\n");
        row("policies that contradict", "{\"name\":\"a\",\"policies\":{\"retry_delay_ms\":9,\"retry_delay_max_ms\":8}}",
            "s.json:1:24: policies: retry-delay must not be negative, nor above the longest delay, nor that above 24 "
            "h\n");
    }
    void problems_nameTheirPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, problems);
        QCOMPARE(problemsOf(text.toStdString()), problems);
    }

    void everyMember_isReadAndWritten()
    {
        const auto scenario = parseScenario(full, "full");
        QVERIFY_RESULT(scenario);
        QCOMPARE(scenario->orders.count, 9u);
        QCOMPARE(scenario->orders.mean_pause.count(), 2'500);
        QCOMPARE(scenario->policies.retry.max_attempts, 3);
        QVERIFY(scenario->policies.retry.style == RetryStyle::Topic);
        QVERIFY(!scenario->guarantees[Guarantee::Outbox]);
        QCOMPARE(scenario->orders.arrivals.size(), std::size_t(2)); // By time.
        QCOMPARE(scenario->orders.arrivals[0].customer, std::string("ada"));
        QCOMPARE(scenario->orders.arrivals[0].currency, std::string("EUR"));
        QVERIFY(!scenario->orders.arrivals[0].cancels_after);
        QCOMPARE(scenario->orders.arrivals[1].customer, std::string("bob, the builder"));
        QCOMPARE(scenario->orders.arrivals[1].cancels_after->count(), 200'000);
        QCOMPARE(
            scenario->faults.at(0).toString(),
            std::string(
                "gateway-call=delay,probability=0.2,count=3,start=1500ms,for=100ms,delay=500ms,event=order-created,"
                "group=payment,worker=payment-1,order=019b76da-a943-728e-8554-1462f226ab66,customer=user-7"));
        QCOMPARE(scenario->faults.at(1).toString(), std::string("network=throttle,rate=20KB"));
        QCOMPARE(scenario->changes.at(0).at.count(), 1'250'000);
        // Written and read again it is the same text, and no member is left out.
        const std::string written = scenario->toJson();
        const auto again = parseScenario(written, "again");
        QVERIFY_RESULT(again);
        QCOMPARE(again->toJson(), written);
        const JsonNode before = treeOf(full), after = treeOf(written);
        for (const JsonNode::Member& member : before.members)
            QVERIFY2(after.find(member.name), member.name.c_str());
    }

    /// One place is changed at a time, in every shipped scenario and in one with all members: parser and schema agree.
    void schemaAndParser_agree()
    {
        const testing::JsonSchema schema(treeOf(scenarioSchema()));
        std::vector<std::string> texts{std::string(full)};
        for (const EmbeddedText& shipped : shippedScenarios())
            texts.emplace_back(shipped.text);
        int accepted = 0, refused = 0, changes = 0;
        for (const std::string& text : texts) {
            JsonNode root = treeOf(text);
            mutate(root, root, [&] {
                if (++changes % (10 / effort(10)) != 0)
                    return;
                const std::string changed = root.toJson();
                std::vector<JsonProblem> problems;
                const bool parser = readScenario(changed, problems).has_value();
                // What needs two members at once, the schema says only in words.
                if (!parser && problems.front().field == "policies")
                    return;
                // No pattern says what a query is.
                if (!parser && problems.front().reason.starts_with("is no query"))
                    return;
                const bool by_schema = schema.accepts(root);
                const QByteArray why = parser ? QByteArray("the parser takes it") : problemsOf(changed);
                QVERIFY2(parser == by_schema, (QByteArray::fromStdString(changed) + '\n' + why).constData());
                ++(parser ? accepted : refused);
            });
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY2(accepted > effort(100) && refused > effort(1'000),
                 qPrintable(QString("%1 %2").arg(accepted).arg(refused)));
    }

    void settings_areReadAndWritten_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("is_good");
        for (const char* good :
             {"inbox=on",
              "payment-key=off",
              "fault=gateway-call=decline,count=3",
              "faults=none",
              "members=16",
              "retry-style=topic",
              "max-attempts=3",
              "handler-timeout=500ms",
              "throttle=50",
              "breaker=off",
              "members.payment=4",
              "fault-off=gateway-call=decline,count=3",
              "order=ada,19.99,EUR",
              "order=Lovelace, Ada,1000000.00,CHF",
              "order=\xc3\xa9mile,0.01,EUR",
              "orders=1",
              "orders=100000",
              "orders=100,pause=20ms",
              "cancel=019b76da-a943-728e-8554-1462f226ab66",
              "crash=payment-1",
              "crash=api",
              "crash=relay-1,restart=500ms",
              "crash=order-status-2,restart=0s",
              "replay=payment,019b76da-a943-728e-8554-1462f226ab66",
              "replay=payment,019b76da-a943-728e-8554-1462f226ab66,{\"user_id\":\"ada\",\"amount\":\"1.00\"}",
              "discard=payment,019b76da-a943-728e-8554-1462f226ab66",
              "discard=payment,019b76da-a943-728e-8554-1462f226ab66,not ours, said Ada",
              "drop=order-status,019b76da-a943-728e-8554-1462f226ab66",
              "delay=payment,019b76da-a943-728e-8554-1462f226ab66,1083456us",
              "seed=0",
              "seed=18446744073709551615",
              "reset=payment,earliest",
              "reset=order-status,latest,topic=payment-failed",
              "reset=payment,offset:12,partition=2",
              "reset=payment,time:1500ms,topic=order-created,partition=0"})
            QTest::newRow(good) << QByteArray(good) << true;
        for (const char* bad : {"",
                                "inbox",
                                "inbox=maybe",
                                "fault=",
                                "fault=ack=decline",
                                "faults=all",
                                "members=0",
                                "members=17",
                                "max-attempts=0",
                                "retry-style=never",
                                "handler-timeout=fast",
                                "throttle=0.01",
                                "luck=on",
                                "throttle=nan",
                                "members.=4",
                                "members.payment=17",
                                "members.Pay ment=4",
                                "fault-off=",
                                "order=",
                                "order=ada,19.99",
                                "order=ada,0,EUR",
                                "order=ada,19.999,EUR",
                                "order=ada,19.99,XYZ",
                                "order=ada,1000000.01,EUR",
                                "order=,19.99,EUR",
                                "order=a\nb,1.00,EUR",
                                "order=\xff,1.00,EUR",
                                "orders=0",
                                "orders=100001",
                                "orders=-1",
                                "orders=5,",
                                "orders=5,pause=61s",
                                "orders=5,wait=1s",
                                "cancel=",
                                "cancel=7",
                                "crash=",
                                "crash=payment-1,",
                                "crash=payment-1,restart=2h",
                                "crash=payment-1,after=2s",
                                "replay=payment",
                                "replay=,7",
                                "replay=payment,019b76da-a943-728e-8554-1462f226ab66,",
                                "replay=payment,019b76da-a943-728e-8554-1462f226ab66,{",
                                "discard=payment,019b76da-a943-728e-8554-1462f226ab66,",
                                "discard=payment,019b76da-a943-728e-8554-1462f226ab66,a\nb",
                                "drop=payment",
                                "drop=payment,019b76da-a943-728e-8554-1462f226ab66,",
                                "delay=payment,7,1s",
                                "delay=payment,019b76da-a943-728e-8554-1462f226ab66",
                                "delay=payment,019b76da-a943-728e-8554-1462f226ab66,61min",
                                "seed=",
                                "seed=-1",
                                "seed=18446744073709551616",
                                "reset=payment",
                                "reset=,earliest",
                                "reset=payment,yesterday",
                                "reset=payment,offset:-1",
                                "reset=payment,offset:",
                                "reset=payment,time:25h",
                                "reset=payment,earliest,",
                                "reset=payment,earliest,topic=nothing",
                                "reset=payment,earliest,partition=x",
                                "reset=payment,earliest,partition=1,topic=order-created"})
            QTest::newRow(QByteArray(bad).toPercentEncoding().constData()) << QByteArray(bad) << false;
        QTest::newRow("too long a reason")
            << "discard=payment,019b76da-a943-728e-8554-1462f226ab66," + QByteArray(301, 'x') << false;
        QTest::newRow("too much data") << "replay=payment,019b76da-a943-728e-8554-1462f226ab66,\""
                                              + QByteArray(65'536, 'x') + '"'
                                       << false;
        QTest::newRow("without end") << QByteArray(5'000, 'x') + "=on" << false;
        QTest::newRow("without end, a value") << "handler-timeout=" + QByteArray(5'000, '9') << false;
    }
    void settings_areReadAndWritten()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, is_good);
        const auto setting = parseSetting(text.toStdString());
        QCOMPARE(setting.has_value(), is_good);
        if (setting) {
            QCOMPARE(toString(*setting), text.toStdString());
            Scenario scenario;
            scenario.changes = {{std::chrono::milliseconds{1'500}, *setting}};
            QVERIFY(parseScenario(scenario.toJson(), "").value() == scenario);
            QVERIFY(testing::JsonSchema(treeOf(scenarioSchema())).accepts(treeOf(scenario.toJson())));
        } else {
            QCOMPARE(setting.error().field, std::string("set"));
        }
        QVERIFY2(setting || setting.error().message.size() < 800, "the message repeats its input at length");
    }
};

ORDERLAB_TEST(tst_scenario, NoApplication, TestScenario)
#include "tst_scenario.moc"
