#include "api_fixture.h"
#include "support/test_program.h"

using namespace orderlab;

namespace {

/// A server in front of a log with ten events of one order, six of them done by orderlab.payment. They were published
/// six seconds apart, of an imported order: it was created long before.
struct Groups {
    Groups()
    {
        for (int i = 0; i < 10; ++i) {
            Order order;
            order.id = OrderId{Uuid{7, 7}};
            order.user_id = "ada";
            order.total.amount_minor = 1999;
            events.push_back(makeEvent(EventType::OrderCreated, order, EventId{api.runtime.newUuid()},
                                       api.runtime.now() - std::chrono::hours{24 * 321}, {Uuid{1, 2}, 3}));
            api.runtime.jumpClock(std::chrono::seconds{6});
            published_at.push_back(api.runtime.now());
            api.runtime.run(api.bus->publish(std::span(&events.back(), 1))).value();
        }
        where = join("payment-1");
        const auto batch = api.runtime.run(consumer->poll(6)).value();
        api.runtime.run(consumer->commit(batch.where, batch.endOffset())).value();
    }
    /// The partition that the events are in.
    std::size_t join(const std::string& member)
    {
        consumer = api.runtime.run(api.bus->subscribe({"orderlab.payment", member, {EventType::OrderCreated}})).value();
        return partitionOf(OrderId{Uuid{7, 7}}, api.bus->partitionCount());
    }
    void leave() { api.runtime.run(consumer->close()); }
    RawReply list() { return client.ask(request("GET", "/groups")); }
    RawReply reset(const std::string& body, const std::string& group = "orderlab.payment")
    {
        return client.ask(request("POST", "/groups/" + group + "/reset", json_type, body));
    }
    /// A member of the partition with the events.
    std::string of(const RawReply& reply, const std::string& name, const std::string& parent = "groups.0.")
    {
        return at(reply, parent + "partitions." + std::to_string(where) + '.' + name);
    }

    ApiFixture api;
    RawHttpClient client{api.port()};
    std::vector<Event> events;
    std::vector<TimePoint> published_at;
    std::shared_ptr<Consumer> consumer;
    std::size_t where = 0;
};

} // namespace

/// What clients rely on of /groups, over real sockets and a real bus.
class TestGroupApi : public QObject {
    Q_OBJECT

private slots:
    void groups_areListedWithTheirLag()
    {
        Groups groups;
        const RawReply reply = groups.list();
        QCOMPARE(reply.status, 200);
        QCOMPARE(at(reply, "groups.0.group"), std::string("orderlab.payment"));
        QCOMPARE(at(reply, "groups.0.members"), std::string(R"(["payment-1"])"));
        QCOMPARE(at(reply, "groups.0.lag"), std::string("4"));
        QCOMPARE(at(reply, "groups.1"), std::string());
        QCOMPARE(groups.of(reply, "topic"), std::string("order-created"));
        QCOMPARE(groups.of(reply, "partition"), std::to_string(groups.where));
        QCOMPARE(groups.of(reply, "member"), std::string("payment-1"));
        QCOMPARE(groups.of(reply, "earliest"), std::string("0"));
        QCOMPARE(groups.of(reply, "committed"), std::string("6"));
        QCOMPARE(groups.of(reply, "end"), std::string("10"));
        QCOMPARE(groups.of(reply, "lag"), std::string("4"));
        const double waits = std::stod(groups.of(reply, "lag_seconds")); // The seventh event came 18 s ago.
        QVERIFY2(waits >= 18 && waits < 80, reply.body.c_str());
        QCOMPARE(std::stod(at(reply, "groups.0.lag_seconds")), waits);
        const std::string other = "groups.0.partitions." + std::to_string((groups.where + 1) % 3);
        QCOMPARE(at(reply, other + ".lag_seconds"), std::string("0"));
        groups.leave();
        QCOMPARE(groups.of(groups.list(), "member"), std::string("null"));
    }

    void reset_isToldFirst_thenDone_thenReadBack()
    {
        Groups groups;
        groups.leave();
        const RawReply preview = groups.reset(R"({"target":"earliest","dry_run":true})");
        QCOMPARE(preview.status, 200);
        QCOMPARE(at(preview, "sentence"), std::string("6 events would be seen again."));
        QCOMPARE(at(preview, "dry_run"), std::string("true"));
        QCOMPARE(groups.of(groups.list(), "committed"), std::string("6"));
        const RawReply done = groups.reset(R"({"target":"earliest"})", "payment");
        QCOMPARE(done.status, 200);
        QCOMPARE(at(done, "group"), std::string("orderlab.payment"));
        QCOMPARE(at(done, "sentence"), std::string("6 events will be seen again."));
        QCOMPARE(groups.of(done, "from", ""), std::string("6"));
        QCOMPARE(groups.of(done, "to", ""), std::string("0"));
        QCOMPARE(groups.of(done, "seen_again", ""), std::string("6"));
        QCOMPARE(groups.of(groups.list(), "committed"), std::string("0"));
        groups.join("payment-2");
        const auto batch = groups.api.runtime.run(groups.consumer->poll(100)).value();
        QCOMPARE(batch.events.size(), std::size_t(10));
        QVERIFY(batch.events[0] == groups.events[0]);
        groups.leave();
        QCOMPARE(at(groups.reset(R"({"target":"earliest"})"), "sentence"), std::string("Nothing has changed."));
    }

    void reset_goesWhereItIsTold_data()
    {
        QTest::addColumn<std::string>("body"); // "TIME": when the ninth event came
        QTest::addColumn<std::string>("to");
        QTest::addColumn<std::string>("sentence");
        QTest::newRow("latest") << std::string(R"({"target":"latest"})") << std::string("10")
                                << std::string("4 events will never be seen.");
        QTest::newRow("offset") << std::string(R"({"target":"offset","offset":5})") << std::string("5")
                                << std::string("1 event will be seen again.");
        QTest::newRow("offset past the end") << std::string(R"({"target":"offset","offset":99})") << std::string("10")
                                             << std::string("4 events will never be seen.");
        QTest::newRow("time") << std::string(R"({"target":"time","time":"TIME"})") << std::string("8")
                              << std::string("2 events will never be seen.");
        QTest::newRow("this topic") << std::string(R"({"target":"latest","topic":"order-created"})")
                                    << std::string("10") << std::string("4 events will never be seen.");
    }
    void reset_goesWhereItIsTold()
    {
        QFETCH(std::string, body);
        QFETCH(std::string, to);
        QFETCH(std::string, sentence);
        Groups groups;
        groups.leave();
        if (const std::size_t time = body.find("TIME"); time != std::string::npos)
            body.replace(time, 4, toRfc3339(groups.published_at[8]));
        const RawReply done = groups.reset(body);
        QCOMPARE(at(done, "sentence"), sentence);
        QCOMPARE(groups.of(done, "to", ""), to);
        QCOMPARE(groups.of(groups.list(), "committed"), to);
    }

    void onePartition_isResetAlone()
    {
        Groups groups;
        groups.leave();
        const std::size_t other = (groups.where + 1) % 3;
        const RawReply done = groups.reset(R"({"target":"earliest","partition":)" + std::to_string(other) + '}');
        QCOMPARE(at(done, "partitions.0.partition"), std::to_string(other));
        QCOMPARE(at(done, "partitions.1"), std::string());
        QCOMPARE(groups.of(groups.list(), "committed"), std::string("6"));
    }

    void activeGroup_isRefusedNamingItsMembers()
    {
        Groups groups;
        for (const char* body : {R"({"target":"latest"})", R"({"target":"latest","dry_run":true})"}) {
            const RawReply refused = groups.reset(body);
            QCOMPARE(refused.status, 409);
            QCOMPARE(at(refused, "type"), std::string("urn:orderlab:problem:conflict"));
            QVERIFY2(at(refused, "detail").find("payment-1") != std::string::npos, refused.body.c_str());
        }
        QCOMPARE(groups.of(groups.list(), "committed"), std::string("6"));
    }

    void wrongRequests_areRefusedNamingTheField_data()
    {
        QTest::addColumn<std::string>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<std::string>("detail");
        const auto row = [](const char* name, const char* body, int status, const char* detail) {
            QTest::newRow(name) << std::string(body) << status << std::string(detail);
        };
        row("no body", "", 400, "the body ");
        row("no JSON", "{", 400, "the body ");
        row("no object", "[]", 422, "the body must be a JSON object");
        row("no target", "{}", 422, "target is required");
        row("unknown target", R"({"target":"yesterday"})", 422, "target must be earliest, latest, offset or time");
        row("target of another type", R"({"target":1})", 422, "target must be earliest, latest, offset or time");
        row("offset missing", R"({"target":"offset"})", 422, R"(offset is needed with the target "offset")");
        row("offset below 0", R"({"target":"offset","offset":-1})", 422, "offset must be");
        row("offset out of place", R"({"target":"latest","offset":1})", 422,
            R"(offset goes with the target "offset" only)");
        row("time missing", R"({"target":"time"})", 422, R"(time is needed with the target "time")");
        row("no time", R"({"target":"time","time":"noon"})", 422, "time must be a time such as");
        row("unknown topic", R"({"target":"latest","topic":"orders"})", 422, "topic ");
        row("partition too large", R"({"target":"latest","partition":65536})", 422, "partition must be");
        row("unknown member", R"({"target":"latest","dryrun":true})", 422, "dryrun ");
        row("a partition that is not there", R"({"target":"latest","partition":9})", 404,
            "group orderlab.payment has read no such partition");
    }
    void wrongRequests_areRefusedNamingTheField()
    {
        QFETCH(std::string, body);
        QFETCH(int, status);
        QFETCH(std::string, detail);
        Groups groups;
        groups.leave();
        const RawReply refused = groups.reset(body);
        QVERIFY2(refused.status == status && at(refused, "detail").starts_with(detail), refused.body.c_str());
        QCOMPARE(groups.of(groups.list(), "committed"), std::string("6"));
    }

    void unknownGroup_isNotFound_andNothingAnswersWhileServicesAreDown()
    {
        Groups groups;
        QCOMPARE(groups.reset(R"({"target":"latest"})", "orderlab.shipping").status, 404);
        groups.api.is_up = false;
        QCOMPARE(groups.list().status, 503);
        QCOMPARE(groups.reset(R"({"target":"latest"})").status, 503);
    }
};

ORDERLAB_TEST(tst_group_api, QCoreApplication, TestGroupApi)
#include "tst_group_api.moc"
