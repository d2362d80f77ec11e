#include "bus/event_bus.h"
#include "domain/group_name.h"
#include "lab_customers.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

/// What a group is called on the bus may change, and two installations may share a Kafka: neither disturbs what is
/// done.
class TestGroupNames : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
        QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem());
    }
    void names();
    void rows_areFoundUnderAnotherName();
    void offsets_areTakenOver_data()
    {
        QTest::addColumn<bool>("is_active");
        QTest::newRow("the older process has ended") << false;
        QTest::newRow("the older process still runs") << true;
    }
    void offsets_areTakenOver();
    void twoInstallations_doNotDisturbEachOther();

private:
    LabConfig config(const TestDatabase& database, std::string topic_prefix, std::string group_prefix);
    /// Empty when the Lab has started.
    QByteArray startOf(Lab& lab)
    {
        const auto started = m_runtime.run(lab.start());
        return started ? QByteArray() : QByteArray::fromStdString(started.error().message);
    }
    std::vector<PartitionStatus> partitionsOf(Lab& lab, const std::string& group)
    {
        return groupsOf(lab)[group].partitions;
    }
    std::map<std::string, GroupStatus> groupsOf(Lab& lab)
    {
        std::map<std::string, GroupStatus> groups;
        const auto all = m_runtime.run(lab.bus().groups());
        for (std::size_t i = 0; all && i < all->size(); ++i)
            groups[(*all)[i].group] = (*all)[i];
        return groups;
    }

    /// "order-created/0 12, …"
    static QByteArray textOf(const std::map<TopicPartition, std::int64_t>& offsets)
    {
        QByteArray all;
        for (const auto& [where, offset] : offsets)
            all += std::string(topicName(where.topic)).c_str() + ('/' + QByteArray::number(where.partition)) + ' '
                   + QByteArray::number(qlonglong(offset)) + ", ";
        return all;
    }

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    std::vector<std::string> m_told; ///< By on_groups_renamed.
};

LabConfig TestGroupNames::config(const TestDatabase& database, std::string topic_prefix, std::string group_prefix)
{
    LabConfig config;
    config.bus = BusKind::Kafka;
    config.kafka.brokers = m_broker.bootstrap();
    config.store = StoreKind::PostgresUrl;
    config.postgres_url = database.url();
    config.topic_prefix = std::move(topic_prefix);
    config.group_prefix = std::move(group_prefix);
    config.watch_invariants = true;
    config.on_groups_renamed = [this](const std::string& sentence) { m_told.push_back(sentence); };
    return config;
}

void TestGroupNames::names()
{
    QCOMPARE(defaultGroupPrefix("orders."), std::string("orderlab."));
    QCOMPARE(defaultGroupPrefix("shop."), std::string("orderlab.shop."));
    for (const char* name : {"payment", "orderlab.payment", "orderlab.shop.payment"})
        QCOMPARE(storedGroupName(name, "orderlab.shop."), std::string("orderlab.payment"));
    QCOMPARE(storedGroupName("mine-payment", "mine-"), std::string("orderlab.payment"));
    QCOMPARE(groupNameOnBus("orderlab.payment", "orderlab.shop."), std::string("orderlab.shop.payment"));
    QCOMPARE(groupNameOnBus("orderlab.payment", "mine-"), std::string("mine-payment"));
    QVERIFY(isGroupNamed("orderlab.shop-payment", "payment") && isGroupNamed("payment", "payment"));
    QVERIFY(!isGroupNamed("orderlab.repayment", "payment"));
}

/// Inbox, parked events and dead letters of a store whose groups are called otherwise from now on. With the memory bus,
/// so that all that its groups do not know as done would be published again.
void TestGroupNames::rows_areFoundUnderAnotherName()
{
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    LabConfig before = config(database, "shop.", "orderlab.");
    before.bus = BusKind::Memory;
    LabConfig after = before;
    after.group_prefix = defaultGroupPrefix(after.topic_prefix);
    Event event;
    event.id = EventId{m_runtime.newUuid()};
    event.order = OrderId{m_runtime.newUuid()};
    event.data = {"ada", {1999, {}}, {}};
    DeadLetter letter{m_runtime.newUuid(), "orderlab.notification", event, 1, 7, 5, "no answer", m_runtime.now()};
    ParkedEvent parked;
    parked.group = "orderlab.analytics";
    parked.event = event;
    parked.event.id = EventId{m_runtime.newUuid()};
    parked.parked_at = parked.due_at = m_runtime.now();
    {
        Lab lab(m_runtime, before);
        const QByteArray problem = startOf(lab);
        QVERIFY2(problem.isEmpty(), problem);
        {
            LabCustomers customers(lab, {.orders = 20});
            customers.finish();
        }
        const QByteArray broken = brokenPromise(lab, 20);
        m_runtime.run(lab.stop());
        QVERIFY2(broken.isEmpty(), broken);
    }
    {
        LabConfig idle = before;
        idle.workers.clear();
        Lab lab(m_runtime, idle);
        const QByteArray problem = startOf(lab);
        const auto transaction = lab.store().begin();
        transaction->insertDeadLetter(letter);
        transaction->park(parked);
        const bool kept = bool(m_runtime.run(transaction->commit(m_runtime.now())));
        m_runtime.run(lab.stop());
        QVERIFY2(problem.isEmpty() && kept, problem);
    }
    Lab lab(m_runtime, after);
    JournalTally tally(lab.journal());
    const QByteArray problem = startOf(lab);
    DeadLetterQuery query;
    query.filter.group = "notification";
    const auto letters = m_runtime.run(lab.deadLetters().list(query));
    const auto replayed = m_runtime.run(lab.deadLetters().replay(letter.id, {"ada", ""}));
    const auto counts = [&] {
        const auto read = m_runtime.run(lab.store().counts());
        return read ? *read : StoreCounts{};
    };
    // The parked one and the replayed one are done by their groups, and by nobody else.
    const bool done =
        QTest::qWaitFor([&] { return counts().parked_events == 0 && counts().processed_events == 20 * 6 + 2; }, 60'000);
    const StoreCounts is = counts();
    const auto skipped =
        QTest::qWaitFor([&] { return tally.read(), tally.skipped == 2; }, 60'000); // By two of three groups.
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(letters && letters->letters.size() == 1);
    QCOMPARE(letters->letters[0].group, std::string("orderlab.shop.notification"));
    QVERIFY_RESULT(replayed);
    QCOMPARE(replayed->group, std::string("orderlab.shop.notification"));
    QVERIFY2(done, QByteArray::number(qlonglong(is.processed_events))
                       + " events done, parked: " + QByteArray::number(qlonglong(is.parked_events)));
    QVERIFY2(skipped, tally.text());
    QCOMPARE(tally.published, 1); // The replayed one: nothing else was to be done again.
}

void TestGroupNames::offsets_areTakenOver()
{
    QFETCH(bool, is_active);
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    const std::string prefix = KafkaBroker::freshPrefix();
    m_told.clear();
    auto older = std::make_unique<Lab>(m_runtime, config(database, prefix, "orderlab."));
    QByteArray problem = startOf(*older);
    if (problem.isEmpty()) {
        LabCustomers customers(*older, {.orders = 30});
        customers.finish();
        problem = brokenPromise(*older, 30);
    }
    std::map<TopicPartition, std::int64_t> committed;
    const auto allCommitted = [&] {
        committed.clear();
        std::int64_t lag = 0;
        const auto partitions = partitionsOf(*older, "orderlab.payment");
        for (const PartitionStatus& partition : partitions) {
            committed[partition.where] = partition.committed;
            lag += partition.lag();
        }
        return lag == 0 && !committed.empty();
    };
    const bool is_settled = QTest::qWaitFor(allCommitted, 60'000);
    if (!is_active)
        m_runtime.run(older->stop());

    Lab lab(m_runtime, config(database, prefix, defaultGroupPrefix(prefix)));
    JournalTally tally(lab.journal());
    if (problem.isEmpty())
        problem = startOf(lab);
    const std::string name = defaultGroupPrefix(prefix) + "payment";
    std::map<TopicPartition, std::int64_t> taken;
    const auto partitions = partitionsOf(lab, name);
    for (const PartitionStatus& partition : partitions)
        taken[partition.where] = partition.committed;
    if (is_active)
        m_runtime.run(older->stop());
    if (problem.isEmpty()) {
        LabCustomers customers(lab, {.orders = 31}); // One more: the others are bought under their keys again.
        customers.finish();
        problem = brokenPromise(lab, 31);
    }
    tally.read();
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(is_settled);
    QCOMPARE(textOf(taken), textOf(committed));
    QVERIFY2(tally.delivered == 6 && tally.handled == 6, tally.text()); // Of the one order.
    QCOMPARE(m_told.size(), std::size_t(1));
    for (const char* part :
         {"orderlab.payment", "orderlab.analytics", "orderlab.notification", "orderlab.order-status"})
        QVERIFY2(m_told[0].find(part) != std::string::npos, m_told[0].c_str());
    QVERIFY2(m_told[0].find(defaultGroupPrefix(prefix)) != std::string::npos, m_told[0].c_str());
    QVERIFY2((m_told[0].find("still active") != std::string::npos) == is_active, m_told[0].c_str());

    Lab again(m_runtime, config(database, prefix, defaultGroupPrefix(prefix))); // Once is enough.
    problem = startOf(again);
    m_runtime.run(again.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QCOMPARE(m_told.size(), std::size_t(1));
}

/// Each has a member of each group; that of one ends, and the other's keep their partitions.
void TestGroupNames::twoInstallations_doNotDisturbEachOther()
{
    const TestDatabase one_database(m_runtime), other_database(m_runtime);
    QVERIFY2(one_database.problem().isEmpty() && other_database.problem().isEmpty(),
             one_database.problem() + other_database.problem());
    const std::string one_prefix = KafkaBroker::freshPrefix(), other_prefix = KafkaBroker::freshPrefix();
    Lab one(m_runtime, config(one_database, one_prefix, defaultGroupPrefix(one_prefix)));
    Lab other(m_runtime, config(other_database, other_prefix, defaultGroupPrefix(other_prefix)));
    m_told.clear();
    QByteArray problem = startOf(one) + startOf(other);
    JournalTally tally(one.journal());
    if (problem.isEmpty()) {
        LabCustomers customers(one, {.orders = 20});
        customers.finish();
        problem = brokenPromise(one, 20);
    }
    tally.read();
    const std::int64_t assigned = tally.assigned;
    if (problem.isEmpty()) {
        LabCustomers customers(other, {.orders = 20});
        customers.finish();
        problem = brokenPromise(other, 20);
    }
    const auto groups = groupsOf(one);
    m_runtime.run(other.stop());
    if (problem.isEmpty()) {
        LabCustomers customers(one, {.orders = 40});
        customers.finish();
        problem = brokenPromise(one, 40);
    }
    tally.read();
    m_runtime.run(one.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QCOMPARE(tally.assigned, assigned);      // No partition has moved since.
    QCOMPARE(groups.size(), std::size_t(4)); // Its own.
    for (const auto& [name, status] : groups) {
        QVERIFY2(name.starts_with("orderlab." + one_prefix), name.c_str());
        QCOMPARE(status.members.size(), std::size_t(1));
    }
    QVERIFY(m_told.empty());
}

ORDERLAB_TEST(tst_group_names, QCoreApplication, TestGroupNames)
#include "tst_group_names.moc"
