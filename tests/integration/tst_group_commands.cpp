#include "api_fixture.h"
#include "child_program.h"
#include "support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace orderlab;
using namespace orderlab::test;

namespace {

/// A server over a log with ten events of one order; orderlab.payment has done six and left.
struct GroupServer {
    GroupServer()
    {
        std::vector<Event> events;
        for (int i = 0; i < 10; ++i) {
            Order order;
            order.id = OrderId{Uuid{7, 7}};
            order.user_id = "ada";
            events.push_back(makeEvent(EventType::OrderCreated, order, EventId{api.runtime.newUuid()},
                                       api.runtime.now(), {Uuid{1, 2}, 3}));
        }
        api.runtime.run(api.bus->publish(events)).value();
        const auto consumer = join("payment-1");
        const auto batch = api.runtime.run(consumer->poll(6)).value();
        api.runtime.run(consumer->commit(batch.where, batch.endOffset())).value();
        api.runtime.run(consumer->close());
    }
    std::shared_ptr<Consumer> join(const std::string& member)
    {
        return api.runtime.run(api.bus->subscribe({"orderlab.payment", member, {EventType::OrderCreated}})).value();
    }
    Ended run(QStringList arguments)
    {
        return runProgram(QStringList{"groups"} + arguments
                          + QStringList{"--to", QStringLiteral("http://127.0.0.1:%1").arg(api.port())});
    }
    /// What the group has committed of the partition with the events.
    std::int64_t committed()
    {
        std::int64_t sum = 0;
        const auto groups = api.runtime.run(api.bus->groups()).value();
        for (const auto& partition : groups.at(0).partitions)
            sum += partition.committed;
        return sum;
    }

    ApiFixture api;
};

} // namespace

/// `orderlabd groups` as a person uses it.
class TestGroupCommands : public QObject {
    Q_OBJECT

private slots:
    void groups_areListedAsATableAndAsJson()
    {
        GroupServer server;
        const Ended listed = server.run({"list"});
        QVERIFY2(listed.exit_code == 0, listed.describe());
        const QList<QByteArray> lines = listed.out.split('\n');
        QCOMPARE(lines.size(), 5); // A head, three partitions, an end.
        QCOMPARE(lines[0].simplified(), QByteArray("GROUP TOPIC MEMBER PARTITION COMMITTED END LAG WAITING"));
        QVERIFY2(listed.out.contains(" 6   10    4  0."),
                 listed.describe()); // It has waited for a fraction of a second.
        QVERIFY2(listed.out.contains("(nobody)"), listed.describe());
        const QJsonArray groups = QJsonDocument::fromJson(server.run({"list", "payment", "--json"}).out).array();
        QCOMPARE(groups.size(), 1);
        QCOMPARE(groups.at(0)["lag"].toInt(), 4);
        const Ended unknown = server.run({"list", "shipping"});
        QVERIFY2(unknown.exit_code == 1 && unknown.err.contains("there is no group shipping"), unknown.describe());
    }

    void reset_showsWhatItWouldDo_asks_andShowsWhatItDid()
    {
        GroupServer server;
        const Ended preview = server.run({"reset", "payment", "--earliest", "--dry-run"});
        QVERIFY2(preview.exit_code == 0 && preview.out.endsWith("orderlab.payment: 6 events would be seen again.\n"),
                 preview.describe());
        QCOMPARE(server.committed(), 6);
        // Nobody is at a terminal here: without --yes nothing happens, and the preview is shown.
        const Ended refused = server.run({"reset", "payment", "--earliest"});
        QVERIFY2(refused.exit_code == 1 && refused.err.contains("--yes") && refused.out == preview.out,
                 refused.describe());
        QCOMPARE(server.committed(), 6);
        const Ended done = server.run({"reset", "payment", "--earliest", "--yes"});
        QVERIFY2(done.exit_code == 0 && done.out.startsWith(preview.out), done.describe());
        QVERIFY2(done.out.contains("reset; it goes on here:\nGROUP ") && done.out.contains(" 0   10   10  "),
                 done.describe());
        QCOMPARE(server.committed(), 0);
    }

    void reset_takesOffsetsTimesAndPlaces()
    {
        GroupServer server;
        Ended done =
            server.run({"reset", "orderlab.payment", "--offset", "8", "--topic", "order-created", "--yes", "--json"});
        QVERIFY2(done.exit_code == 0, done.describe());
        QCOMPARE(QJsonDocument::fromJson(done.out)["never_seen"].toInt(), 2);
        QCOMPARE(server.committed(), 8);
        done = server.run({"reset", "payment", "--time", "2020-01-01T00:00:00Z", "--yes"});
        QVERIFY2(done.exit_code == 0, done.describe());
        QCOMPARE(server.committed(), 0);
        done = server.run({"reset", "payment", "--latest", "--yes", "--partition",
                           QString::number(partitionOf(OrderId{Uuid{7, 7}}, server.api.bus->partitionCount()))});
        QVERIFY2(done.exit_code == 0, done.describe());
        QCOMPARE(server.committed(), 10);
    }

    void activeGroup_isLeftAlone_itsMembersAreNamed()
    {
        GroupServer server;
        const auto consumer = server.join("payment-2");
        const Ended refused = server.run({"reset", "payment", "--latest", "--yes"});
        QVERIFY2(refused.exit_code == 1 && refused.err.contains("payment-2"), refused.describe());
        QCOMPARE(server.committed(), 6);
        server.api.runtime.run(consumer->close());
    }

    void wrongUse_isTold_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no group") << QStringList{"reset", "--latest"} << QByteArray("GROUP is required");
        QTest::newRow("no target") << QStringList{"reset", "payment"}
                                   << QByteArray("one of --earliest, --latest, --offset, --time");
        QTest::newRow("two targets") << QStringList{"reset", "payment", "--latest", "--earliest"}
                                     << QByteArray("excludes");
        QTest::newRow("offset below 0") << QStringList{"reset", "payment", "--offset", "-1"} << QByteArray("--offset");
        QTest::newRow("no time") << QStringList{"reset", "payment", "--time", "noon", "--yes"}
                                 << QByteArray("must be a time such as");
        QTest::newRow("unknown topic") << QStringList{"reset", "payment", "--latest", "--topic", "x", "--yes"}
                                       << QByteArray("topic");
    }
    void wrongUse_isTold()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        GroupServer server;
        const Ended ended = server.run(arguments);
        QVERIFY2(ended.exit_code == 2 && ended.err.contains(says), ended.describe());
        QCOMPARE(server.committed(), 6);
    }

    void realServer_listsItsWorkersAndKeepsTheirGroups()
    {
        ChildProgram program({"serve", "--store", "memory", "--listen", "127.0.0.1:0"});
        const QString url = QStringLiteral("http://127.0.0.1:%1").arg(program.waitForPort());
        const Ended listed = runProgram({"groups", "list", "--to", url});
        for (const char* group :
             {"orderlab.payment", "orderlab.notification", "orderlab.analytics", "orderlab.order-status"})
            QVERIFY2(listed.out.contains(group), listed.describe());
        const Ended refused = runProgram({"groups", "reset", "analytics", "--earliest", "--yes", "--to", url});
        QVERIFY2(refused.exit_code == 1 && refused.err.contains("analytics-"), refused.describe());
    }
};

ORDERLAB_TEST(tst_group_commands, QCoreApplication, TestGroupCommands)
#include "tst_group_commands.moc"
