#include "simulation/compare.h"
#include "support/test_program.h"

using namespace orderlab;

namespace {

/// A run's journal, written by hand: a millisecond between two entries. `salt` makes its ids its own.
struct Run {
    explicit Run(std::uint64_t s) : salt(s) {}

    Entry& add(EntryKind kind, int order, const char* topic = "", const char* group = "", int attempt = 0)
    {
        Entry entry;
        entry.time_us = std::int64_t(1'000'000 * salt + 1'000 * entries.size());
        entry.kind = kind;
        if (order > 0)
            entry.order = Uuid{salt, std::uint64_t(order)};
        entry.attempt = std::uint8_t(attempt);
        entry.topic = names.intern(topic);
        if (const auto type = eventTypeOf(topic); type && order > 0)
            entry.event = Uuid{salt + std::uint64_t(*type) + 1, std::uint64_t(order)};
        if (*group) {
            entry.group = names.intern(std::string("lab.") + group);
            entry.actor = names.intern(std::string(group) + "-1");
        }
        entries.push_back(entry);
        return entries.back();
    }
    void accepted(int order, int copy = 0)
    {
        Entry& entry = add(EntryKind::OrderAccepted, order + copy);
        entry.event = purchase(order);
        while (purchases.size() < std::size_t(order))
            purchases.push_back(purchase(int(purchases.size()) + 1));
    }
    Uuid purchase(int order) const { return Uuid{salt + 500, std::uint64_t(order)}; }
    void published(int order, const char* topic) { add(EntryKind::EventPublished, order, topic); }
    void delivered(int order, const char* topic, const char* group, int attempt = 1)
    {
        add(EntryKind::EventDelivered, order, topic, group, attempt);
    }
    void handled(int order, const char* topic, const char* group, int attempt = 1)
    {
        add(EntryKind::EventHandled, order, topic, group, attempt);
    }
    void skipped(int order, const char* topic, const char* group)
    {
        add(EntryKind::DuplicateSkipped, order, topic, group, 1);
    }
    void failed(int order, const char* topic, const char* group, int attempt, const char* why)
    {
        add(EntryKind::AttemptFailed, order, topic, group, attempt).detail = names.intern(why);
    }
    void dead(int order, const char* topic, const char* group, int attempt, const char* why)
    {
        add(EntryKind::DeadLettered, order, topic, group, attempt).detail = names.intern(why);
    }
    void status(int order, const char* status) { add(EntryKind::StatusChanged, order).detail = names.intern(status); }
    void fault(const char* detail, const char* topic, const char* group, int order = 0)
    {
        add(EntryKind::FaultInjected, order, topic, group).detail = names.intern(detail);
    }
    void done(int order, const char* topic, const char* group)
    {
        delivered(order, topic, group);
        handled(order, topic, group);
    }
    /// Accepted, and paid for.
    void begun(int order)
    {
        accepted(order);
        published(order, "order-created");
        done(order, "order-created", "notification");
    }
    void charged(int order) { add(EntryKind::GatewayCharged, order); }
    void paid(int order)
    {
        delivered(order, "order-created", "payment");
        charged(order);
        handled(order, "order-created", "payment");
        finished(order);
    }
    void finished(int order)
    {
        published(order, "payment-succeeded");
        delivered(order, "payment-succeeded", "order-status");
        status(order, "paid");
        handled(order, "payment-succeeded", "order-status");
    }
    void happy(int order)
    {
        begun(order);
        paid(order);
    }
    RunJournal journal(std::string_view where) const { return {where, entries, names, purchases}; }

    const std::uint64_t salt;
    Names names;
    std::vector<Entry> entries;
    std::vector<Uuid> purchases;
};

Comparison compare(const Run& memory, const Run& kafka)
{
    return compareRuns(memory.journal("in memory"), kafka.journal("on Kafka"));
}

/// One kind of difference: what the run on Kafka (or in memory) has of order 2 that the other has not.
struct Case {
    const char* name;
    void (*memory)(Run&);
    void (*kafka)(Run&);
    DifferenceKind kind;
    const char* explanation;
};

void happySecond(Run& run)
{
    run.happy(2);
}

const Case cases[] = {
    {"never accepted", happySecond, [](Run&) {}, DifferenceKind::NotAccepted,
     "order 2: accepted in memory, never on Kafka"},
    {"declined on one side", happySecond,
     [](Run& run) {
         run.begun(2);
         run.fault("gateway-call decline", "order-created", "payment", 2);
         run.add(EntryKind::GatewayDeclined, 2);
         run.done(2, "order-created", "payment");
         run.published(2, "payment-failed");
         run.status(2, "failed");
     },
     DifferenceKind::Status,
     "order 2: in memory it ended as paid, on Kafka it ended as failed; on Kafka the gateway declined the payment "
     "(fault: the gateway declined)"},
    {"never finished", happySecond, [](Run& run) { run.begun(2); }, DifferenceKind::Status,
     "order 2: in memory it ended as paid, on Kafka it was still under way when the time was over"},
    {"canceled in memory, paid on Kafka",
     [](Run& run) {
         run.begun(2);
         run.status(2, "canceled");
     },
     happySecond, DifferenceKind::Status,
     "order 2: in memory it ended as canceled, on Kafka it ended as paid; in memory its customer canceled it before it "
     "was paid"},
    {"charged twice", happySecond,
     [](Run& run) {
         run.begun(2);
         run.charged(2);
         run.paid(2);
     },
     DifferenceKind::Charges, "order 2: its customer was charged twice on Kafka, once in memory"},
    {"an event more", happySecond,
     [](Run& run) {
         run.happy(2);
         run.published(2, "payment-refunded");
     },
     DifferenceKind::EventMissing, "order 2: a payment-refunded on Kafka, none in memory"},
    {"given up", happySecond,
     [](Run& run) {
         run.accepted(2);
         run.published(2, "order-created");
         run.delivered(2, "order-created", "notification");
         run.dead(2, "order-created", "notification", 5, "no template");
         run.paid(2);
     },
     DifferenceKind::DeadLettered,
     "order 2: on Kafka notification gave its order-created up at attempt 5 (no template), in memory it handled it at "
     "attempt 1"},
    {"never handled", happySecond,
     [](Run& run) {
         run.accepted(2);
         run.published(2, "order-created");
         run.paid(2);
     },
     DifferenceKind::NotHandled,
     "order 2: in memory notification handled its order-created, on Kafka it never did: it was not delivered"},
    {"handled twice", happySecond,
     [](Run& run) {
         run.begun(2);
         run.done(2, "order-created", "notification");
         run.paid(2);
     },
     DifferenceKind::HandledAgain,
     "order 2: on Kafka notification handled its order-created twice (in memory once), as its offset was not committed "
     "yet; no inbox "
     "kept it from that"},
    {"two orders of one purchase", happySecond,
     [](Run& run) {
         run.happy(2);
         run.accepted(2, 100);
     },
     DifferenceKind::MoreOrders,
     "order 2: its customer's one purchase became several orders on Kafka, fewer in memory"},
    {"the log has another sequence",
     [](Run& run) {
         run.happy(2);
         run.published(2, "order-canceled");
     },
     [](Run& run) {
         run.begun(2);
         run.published(2, "order-canceled");
         run.paid(2);
     },
     DifferenceKind::EventOrder,
     "order 2: in memory the log got payment-succeeded before order-canceled, on Kafka behind it"},
    {"published twice as the answer was lost", happySecond,
     [](Run& run) {
         run.begun(2);
         run.fault("bus-append lose-answer", "order-created", "");
         run.published(2, "order-created");
         run.paid(2);
     },
     DifferenceKind::PublishedAgain,
     "order 2: on Kafka its order-created was published twice (in memory once), as the broker took events and its "
     "answer was lost: same end"},
    {"delivered again as the ack was lost", happySecond,
     [](Run& run) {
         run.begun(2);
         run.delivered(2, "order-created", "payment");
         run.charged(2);
         run.handled(2, "order-created", "payment");
         run.fault("ack lose", "order-created", "payment");
         run.delivered(2, "order-created", "payment");
         run.skipped(2, "order-created", "payment");
         run.finished(2);
     },
     DifferenceKind::Redelivered,
     "order 2: on Kafka its order-created was delivered to payment twice (in memory once), as the commit of the offset "
     "was lost; the "
     "inbox skipped the second: same end"},
    {"delivered again as the worker was killed, in memory",
     [](Run& run) {
         run.begun(2);
         run.delivered(2, "order-created", "payment");
         run.add(EntryKind::ProcessCrashed, 0, "", "payment");
         run.paid(2);
     },
     happySecond, DifferenceKind::Redelivered,
     "order 2: in memory its order-created was delivered to payment twice (on Kafka once), as payment-1 was killed; "
     "the first had come "
     "to nothing: same end"},
    {"delivered again as the partition moved", happySecond,
     [](Run& run) {
         run.begun(2);
         run.add(EntryKind::PartitionRevoked, 0, "order-created", "notification");
         run.delivered(2, "order-created", "notification");
         run.skipped(2, "order-created", "notification");
         run.paid(2);
     },
     DifferenceKind::Redelivered,
     "order 2: on Kafka its order-created was delivered to notification twice (in memory once), as its partition was "
     "taken from "
     "notification-1; the inbox skipped the second: same end"},
    {"tried more often", happySecond,
     [](Run& run) {
         run.begun(2);
         run.delivered(2, "order-created", "payment");
         run.failed(2, "order-created", "payment", 1, "no answer");
         run.delivered(2, "order-created", "payment", 2);
         run.charged(2);
         run.handled(2, "order-created", "payment", 2);
         run.finished(2);
     },
     DifferenceKind::Retried,
     "order 2: on Kafka payment failed once at its order-created (no answer), in memory never; it was handled in the "
     "end: same end"},
};

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private slots:
    void runs_areTheSame_whateverTheirIdsAndTimes();
    void otherOrders_areNotTakenForOurs();
    void difference_isFoundAndExplained_data();
    void difference_isFoundAndExplained();
    void swapAcrossTopics_isNoDifference();
    void aDeadLetter_givenUpAgain_isTheSameLetter();
    void firstDifference_isOneThatMatters();
    void differences_areBoundedAndCounted();
    void counts_areThoseOfTheJournal();
};

void TestCompare::runs_areTheSame_whateverTheirIdsAndTimes()
{
    Run memory(1'000), kafka(77'000);
    for (int order = 1; order <= 3; ++order)
        memory.happy(order);
    for (int order = 1; order <= 3; ++order)
        kafka.begun(order);
    for (int order = 3; order >= 1; --order)
        kafka.paid(order); // what happens between orders is not compared
    const Comparison comparison = compare(memory, kafka);
    QVERIFY(comparison.haveSameFinalStates() && comparison.haveSameOrder());
    QVERIFY(!comparison.firstDifference());
    QCOMPARE(comparison.orders, std::uint64_t(3));
    QVERIFY(comparison.first == comparison.second);
    QCOMPARE(comparison.first.paid, std::uint64_t(3));
}

void TestCompare::otherOrders_areNotTakenForOurs()
{
    Run memory(1'000), kafka(77'000);
    memory.happy(1);
    kafka.happy(1);
    kafka.happy(2);
    kafka.purchases.pop_back(); // somebody else's
    QVERIFY(!compare(memory, kafka).firstDifference());
    QCOMPARE(compare(memory, kafka).second.orders, std::uint64_t(1));
}

void TestCompare::difference_isFoundAndExplained_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Case& one : cases)
        QTest::newRow(one.name) << index++;
}

void TestCompare::difference_isFoundAndExplained()
{
    QFETCH(int, index);
    const Case& one = cases[index];
    Run memory(1'000), kafka(77'000);
    memory.happy(1);
    kafka.happy(1);
    one.memory(memory);
    one.kafka(kafka);
    const Comparison comparison = compare(memory, kafka);
    const Difference* first = comparison.firstDifference();
    QVERIFY(first);
    QCOMPARE(QString::fromStdString(first->explanation), QString(one.explanation));
    QCOMPARE(QByteArray::fromStdString(std::string(name(first->kind))),
             QByteArray::fromStdString(std::string(name(one.kind))));
    QCOMPARE(first->order, std::uint64_t(2));
    QCOMPARE(comparison.haveSameFinalStates(), !changesTheEnd(one.kind));
    QCOMPARE(comparison.haveSameOrder(), one.kind != DifferenceKind::EventOrder);
    QVERIFY(!first->at.first.empty() || !first->at.second.empty());
    QVERIFY(first->seconds > 0.008); // order 1 comes first
}

void TestCompare::swapAcrossTopics_isNoDifference()
{
    Run memory(1'000), kafka(77'000);
    memory.happy(1);
    memory.done(1, "payment-succeeded", "notification");
    kafka.accepted(1);
    kafka.published(1, "order-created");
    kafka.paid(1);
    kafka.done(1, "payment-succeeded", "notification");
    kafka.done(1, "order-created", "notification");
    const Comparison comparison = compare(memory, kafka);
    QVERIFY(!comparison.firstDifference());
    QCOMPARE(comparison.unordered_swaps, std::uint64_t(1));
}

void TestCompare::aDeadLetter_givenUpAgain_isTheSameLetter()
{
    Run memory(1'000), kafka(77'000);
    for (Run* run : {&memory, &kafka}) {
        run->begun(1);
        run->delivered(1, "order-created", "payment");
        run->dead(1, "order-created", "payment", 1, "poison");
    }
    kafka.fault("ack lose", "order-created", "payment");
    kafka.delivered(1, "order-created", "payment");
    kafka.dead(1, "order-created", "payment", 1, "poison");
    const Comparison comparison = compare(memory, kafka);
    QVERIFY(comparison.haveSameFinalStates());
    QCOMPARE(comparison.firstDifference()->kind, DifferenceKind::Redelivered);
    QCOMPARE(comparison.second.dead_letters, std::uint64_t(1));
}

void TestCompare::firstDifference_isOneThatMatters()
{
    Run memory(1'000), kafka(77'000);
    memory.happy(1);
    memory.happy(2);
    kafka.happy(1);
    kafka.delivered(1, "order-created", "payment"); // the same end, and earlier
    kafka.skipped(1, "order-created", "payment");
    const Comparison comparison = compare(memory, kafka);
    QCOMPARE(comparison.differences.size(), std::size_t(2));
    QCOMPARE(comparison.firstDifference()->kind, DifferenceKind::NotAccepted);
}

void TestCompare::differences_areBoundedAndCounted()
{
    Run memory(1'000), kafka(77'000);
    for (int order = 1; order <= 20; ++order) {
        memory.happy(order);
        kafka.happy(order);
        kafka.delivered(order, "order-created", "payment");
        kafka.skipped(order, "order-created", "payment");
    }
    memory.happy(21);
    const Comparison comparison = compareRuns(memory.journal("in memory"), kafka.journal("on Kafka"), 5);
    QCOMPARE(comparison.differences.size(), std::size_t(5));
    QCOMPARE(comparison.differences.back().kind, DifferenceKind::NotAccepted); // kept, though it is the last
    QCOMPARE(comparison.count(DifferenceKind::Redelivered), std::uint64_t(20));
}

void TestCompare::counts_areThoseOfTheJournal()
{
    Run memory(1'000), kafka(77'000);
    memory.happy(1);
    kafka.begun(1);
    kafka.delivered(1, "order-created", "payment");
    kafka.failed(1, "order-created", "payment", 1, "no answer");
    kafka.add(EntryKind::RetryScheduled, 1, "order-created", "payment", 1);
    kafka.delivered(1, "order-created", "payment", 2); // a further attempt is no redelivery
    kafka.dead(1, "order-created", "payment", 2, "no answer");
    kafka.delivered(1, "order-created", "notification");
    kafka.skipped(1, "order-created", "notification");
    const RunCounts counts = compare(memory, kafka).second;
    QCOMPARE(counts.orders, std::uint64_t(1));
    QCOMPARE(counts.dead_lettered, std::uint64_t(1));
    QCOMPARE(counts.dead_letters, std::uint64_t(1));
    QCOMPARE(counts.published, std::uint64_t(1));
    QCOMPARE(counts.deliveries, std::uint64_t(3));
    QCOMPARE(counts.redeliveries, std::uint64_t(1));
    QCOMPARE(counts.duplicates_skipped, std::uint64_t(1));
    QCOMPARE(counts.retries, std::uint64_t(1));
    QCOMPARE(counts.charges, std::uint64_t(0));
}

ORDERLAB_TEST(tst_compare, NoApplication, TestCompare)
#include "tst_compare.moc"
