#include "journal/position_table.h"
#include "journal/world_state.h"
#include "journal_samples.h"
#include "support/test_program.h"

#include <QElapsedTimer>

#include <map>
#include <random>

using namespace orderlab;

namespace {

bool addsUp(const Totals& t)
{
    return t.accepted == t.paid + t.failed + t.canceled + t.dead_lettered + t.in_flight && t.paid >= 0 && t.failed >= 0
           && t.canceled >= 0 && t.dead_lettered >= 0 && t.in_flight >= 0;
}

QByteArray shown(const Totals& t)
{
    return QString("%1 = %2 paid, %3 failed, %4 canceled, %5 dead, %6 in flight")
        .arg(t.accepted)
        .arg(t.paid)
        .arg(t.failed)
        .arg(t.canceled)
        .arg(t.dead_lettered)
        .arg(t.in_flight)
        .toUtf8();
}

/// One order and its worker, told entry by entry.
struct EntryStory {
    Names names;
    WorldState state;
    std::int64_t time_us = 1'000;
    Entry next;

    explicit EntryStory(std::size_t orders_max = 100) : state(names, orders_max)
    {
        next.order = Uuid{1, 1};
        next.topic = names.intern("order-created");
        next.group = names.intern("orderlab.payment");
        next.actor = names.intern("payment-1");
        next.attempt = 1;
        next.offset = 0;
    }
    EntryStory& then(EntryKind kind, const char* detail = "", std::int32_t value = 0)
    {
        next.kind = kind;
        next.detail = names.intern(detail);
        next.value = value;
        next.time_us = ++time_us;
        state.apply(next);
        return *this;
    }
    EntryStory& about(std::uint64_t order)
    {
        next.order = order ? Uuid{1, order} : Uuid{};
        return *this;
    }
    EntryStory& at(const char* topic, std::uint16_t partition, std::int64_t offset)
    {
        next.topic = names.intern(topic);
        next.partition = partition;
        next.offset = offset;
        return *this;
    }
    EntryStory& by(const char* member)
    {
        next.actor = names.intern(member);
        return *this;
    }
    Totals totals() const { return state.totals(); }
    const GroupState& group() const { return state.groups().front(); }
    const MemberState& member(std::size_t i = 0) const { return group().members.at(i); }
};

} // namespace

class TestWorldState : public QObject {
    Q_OBJECT

private slots:
    void status_movesTheOrderBetweenTotals_data()
    {
        QTest::addColumn<QByteArray>("story");
        QTest::addColumn<QByteArray>("totals");
        QTest::newRow("accepted") << QByteArray("A")
                                  << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("paid") << QByteArray("Ap")
                              << QByteArray("1 = 1 paid, 0 failed, 0 canceled, 0 dead, 0 in flight");
        QTest::newRow("failed") << QByteArray("Af")
                                << QByteArray("1 = 0 paid, 1 failed, 0 canceled, 0 dead, 0 in flight");
        QTest::newRow("canceled") << QByteArray("Ac")
                                  << QByteArray("1 = 0 paid, 0 failed, 1 canceled, 0 dead, 0 in flight");
        QTest::newRow("dead") << QByteArray("AD")
                              << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 1 dead, 0 in flight");
        QTest::newRow("dead twice") << QByteArray("ADD")
                                    << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 1 dead, 0 in flight");
        QTest::newRow("dead and replayed")
            << QByteArray("ADR") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("replayed in vain")
            << QByteArray("ADRD") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 1 dead, 0 in flight");
        QTest::newRow("given up twice, one letter")
            << QByteArray("ADDR") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("replay heard of after its failure")
            << QByteArray("AD<R") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 1 dead, 0 in flight");
        QTest::newRow("given up, heard of after its replay")
            << QByteArray("AR<D") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("two letters, one replayed")
            << QByteArray("AD2DR") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 1 dead, 0 in flight");
        QTest::newRow("two letters, both replayed")
            << QByteArray("AD2DR1R") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("discarded") << QByteArray("ADX")
                                   << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 1 dead, 0 in flight");
        QTest::newRow("replayed, given up before the journal began")
            << QByteArray("R") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("dead, later paid")
            << QByteArray("ADp") << QByteArray("1 = 1 paid, 0 failed, 0 canceled, 0 dead, 0 in flight");
        QTest::newRow("paid, a notification dead")
            << QByteArray("ApD") << QByteArray("1 = 1 paid, 0 failed, 0 canceled, 0 dead, 0 in flight");
        QTest::newRow("status before acceptance")
            << QByteArray("pA") << QByteArray("1 = 1 paid, 0 failed, 0 canceled, 0 dead, 0 in flight");
        QTest::newRow("dead before acceptance")
            << QByteArray("DA") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 1 dead, 0 in flight");
        QTest::newRow("never accepted here")
            << QByteArray("p") << QByteArray("1 = 1 paid, 0 failed, 0 canceled, 0 dead, 0 in flight");
        QTest::newRow("accepted twice") << QByteArray("AA")
                                        << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("illegal move is shown")
            << QByteArray("Apf") << QByteArray("1 = 0 paid, 1 failed, 0 canceled, 0 dead, 0 in flight");
        QTest::newRow("illegal way back")
            << QByteArray("Apo") << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
        QTest::newRow("unknown status") << QByteArray("Ax")
                                        << QByteArray("1 = 0 paid, 0 failed, 0 canceled, 0 dead, 1 in flight");
    }
    void status_movesTheOrderBetweenTotals()
    {
        QFETCH(QByteArray, story);
        QFETCH(QByteArray, totals);
        EntryStory told;
        told.next.event = Uuid{2, 1};
        for (char step : story) {
            switch (step) {
            case 'A': told.then(EntryKind::OrderAccepted, "EUR", 1999); break;
            case 'D': told.then(EntryKind::DeadLettered, "poison"); break;
            case 'R': told.then(EntryKind::DeadLetterReplayed); break;
            case 'X': told.then(EntryKind::DeadLetterDiscarded, "of no use"); break;
            case '<': told.time_us -= 2; break; // What comes next happened before.
            case '1': told.next.event = Uuid{2, 1}; break;
            case '2': told.next.event = Uuid{2, 2}; break;
            case 'p': told.then(EntryKind::StatusChanged, "paid"); break;
            case 'f': told.then(EntryKind::StatusChanged, "failed"); break;
            case 'c': told.then(EntryKind::StatusChanged, "canceled"); break;
            case 'o': told.then(EntryKind::StatusChanged, "created"); break;
            default: told.then(EntryKind::StatusChanged, "shipped"); break;
            }
            QVERIFY2(addsUp(told.totals()), shown(told.totals()));
        }
        QCOMPARE(shown(told.totals()), totals);
    }

    void acceptance_fillsInWhatAnEarlierEntryLeftOpen()
    {
        EntryStory told;
        told.then(EntryKind::AttemptFailed, "no answer").by("ada").then(EntryKind::OrderAccepted, "USD", 1999);
        const OrderState& order = *told.state.findOrder(OrderId{Uuid{1, 1}});
        QCOMPARE(order.attempts_failed, std::uint8_t(1));
        QCOMPARE(order.amount_minor, 1999);
        QCOMPARE(told.names.text(order.user), std::string_view("ada"));
        QCOMPARE(told.names.text(order.currency), std::string_view("USD"));
        QCOMPARE(order.accepted_us, 1'002);
        told.then(EntryKind::StatusChanged, "paid");
        QCOMPARE(told.state.orders().front().final_us, 1'003);
        QCOMPARE(told.state.orders().front().updated_us, 1'003);
    }

    void counters_saturate()
    {
        EntryStory told;
        for (int i = 0; i < 300; ++i)
            told.then(EntryKind::AttemptFailed).then(EntryKind::DuplicateSkipped).then(EntryKind::DeadLettered);
        const OrderState& order = told.state.orders().front();
        QCOMPARE(int(order.attempts_failed), 255);
        QCOMPARE(int(order.duplicates_skipped), 255);
        QCOMPARE(int(order.dead_letters), 255);
        QCOMPARE(told.totals().attempts_failed, 300);
    }

    void member_isBusyRetryingIdle()
    {
        EntryStory told;
        told.then(EntryKind::MemberJoined);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
        told.then(EntryKind::EventDelivered);
        QCOMPARE(told.member().activity, MemberActivity::Busy);
        QCOMPARE(told.member().since_us, told.time_us);
        QVERIFY(told.member().order == (Uuid{1, 1}));
        told.then(EntryKind::AttemptFailed, "no answer").then(EntryKind::RetryScheduled, "", 50);
        QCOMPARE(told.member().activity, MemberActivity::Retrying);
        QCOMPARE(int(told.member().attempt), 2);
        QCOMPARE(told.member().next_attempt_us, told.time_us + 50'000);
        QCOMPARE(told.names.text(told.member().error), std::string_view("no answer"));
        told.next.attempt = 2;
        told.then(EntryKind::EventDelivered).then(EntryKind::EventHandled);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
        QVERIFY(told.member().order.isNull());
        QCOMPARE(told.member().handled, 1);
        QCOMPARE(told.group().handled, 1);
        QCOMPARE(told.group().attempts_failed, 1);
        told.then(EntryKind::MemberLeft);
        QVERIFY(told.group().members.empty());
        QCOMPARE(told.group().handled, 1);
    }

    void member_showsAnotherPartitionWhenOneIsDone()
    {
        EntryStory told;
        told.at("order-created", 0, 7).about(1).then(EntryKind::EventDelivered);
        told.at("order-canceled", 0, 3).about(2).then(EntryKind::EventDelivered);
        QVERIFY(told.member().order == (Uuid{1, 2}));
        told.then(EntryKind::EventHandled);
        QCOMPARE(told.member().activity, MemberActivity::Busy);
        QVERIFY(told.member().order == (Uuid{1, 1}));
        QCOMPARE(told.names.text(told.member().topic), std::string_view("order-created"));
        told.at("order-created", 0, 7).about(1).then(EntryKind::EventHandled);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
    }

    void member_staysBusyUntilTheLastOfABatchIsHandled()
    {
        EntryStory told;
        for (int offset : {0, 1, 2})
            told.at("order-created", 0, offset).then(EntryKind::EventDelivered);
        for (int offset : {0, 1}) {
            told.at("order-created", 0, offset).then(EntryKind::EventHandled);
            QCOMPARE(told.member().activity, MemberActivity::Busy);
        }
        told.at("order-created", 0, 2).then(EntryKind::DuplicateSkipped);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
    }

    void member_retriesOneOfABatchAndGoesOnWithTheRest()
    {
        EntryStory told;
        for (int offset : {0, 1, 2})
            told.at("order-created", 0, offset).then(EntryKind::EventDelivered);
        told.at("order-created", 0, 0)
            .then(EntryKind::AttemptFailed, "no answer")
            .then(EntryKind::RetryScheduled, "", 5);
        QCOMPARE(told.member().activity, MemberActivity::Retrying);
        told.next.attempt = 2;
        told.then(EntryKind::EventDelivered);
        QCOMPARE(told.group().partitions.front().delivered, 3);
        told.then(EntryKind::EventHandled);
        QCOMPARE(told.member().activity, MemberActivity::Busy);
        told.next.attempt = 1;
        told.at("order-created", 0, 1)
            .then(EntryKind::RetryScheduled, "", 5)
            .then(EntryKind::DeadLettered, "no answer");
        QCOMPARE(told.member().activity, MemberActivity::Busy);
        told.at("order-created", 0, 2).then(EntryKind::EventHandled);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
    }

    /// What is parked is out of the member's hands, and its later attempts, whoever makes them, leave the partition as
    /// it is.
    void retryTopic_leavesThePartitionAlone()
    {
        EntryStory told;
        told.at("order-created", 0, 0).then(EntryKind::EventDelivered).then(EntryKind::AttemptFailed, "no answer");
        told.then(EntryKind::EventParked, "no answer", 50);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
        QCOMPARE(told.group().dead_letters, 0);
        QCOMPARE(told.totals().in_flight, 1);
        told.at("order-created", 0, 1).about(2).then(EntryKind::EventDelivered);
        told.next.attempt = 2;
        told.at("order-created", 0, 0).about(1).by("payment-2").then(EntryKind::EventDelivered, "", 1);
        QCOMPARE(told.names.text(told.group().partitions.front().member), std::string_view("payment-1"));
        QCOMPARE(told.group().partitions.front().delivered, 2);
        QCOMPARE(told.member().activity, MemberActivity::Busy);
        QVERIFY(told.member().order == (Uuid{1, 2}));
        told.then(EntryKind::EventHandled);
        QCOMPARE(told.group().handled, 1);
        QCOMPARE(told.member().activity, MemberActivity::Busy);
    }

    void partition_deliveredGoesBackWhenEventsAreDeliveredAgain()
    {
        EntryStory told;
        for (int offset : {0, 1, 2})
            told.at("order-created", 0, offset).then(EntryKind::EventDelivered);
        told.at("order-created", 0, 1).by("payment-2").then(EntryKind::EventDelivered); // its owner died after one
        QCOMPARE(told.group().partitions.front().delivered, 2);
        QCOMPARE(told.names.text(told.group().partitions.front().member), std::string_view("payment-2"));
        QCOMPARE(told.member(0).activity, MemberActivity::Idle);
        QCOMPARE(told.member(1).activity, MemberActivity::Busy);
    }

    void member_pausesAndResumesWhereItWas()
    {
        EntryStory told;
        told.then(EntryKind::EventDelivered).then(EntryKind::WorkPaused, "the database is away");
        QCOMPARE(told.member().activity, MemberActivity::Paused);
        QCOMPARE(told.names.text(told.member().error), std::string_view("the database is away"));
        told.then(EntryKind::WorkResumed);
        QCOMPARE(told.member().activity, MemberActivity::Busy);
        told.then(EntryKind::EventHandled).then(EntryKind::WorkResumed);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
    }

    void member_thatIsGoneGivesItsPartitionsBack()
    {
        EntryStory told;
        told.then(EntryKind::PartitionAssigned).then(EntryKind::EventDelivered).then(EntryKind::MemberLeft);
        QCOMPARE(told.group().partitions.front().member, NameId(0));
        told.then(EntryKind::EventHandled); // its last word comes late
        QVERIFY(told.group().members.empty());
        told.by("payment-2").then(EntryKind::MemberJoined).then(EntryKind::PartitionAssigned);
        told.then(EntryKind::EventDelivered).then(EntryKind::EventHandled);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
        QCOMPARE(told.names.text(told.group().partitions.front().member), std::string_view("payment-2"));
        // Whoever leaves in the middle of its work and comes back begins anew.
        told.then(EntryKind::EventDelivered).then(EntryKind::MemberLeft).then(EntryKind::MemberJoined);
        QCOMPARE(told.member().activity, MemberActivity::Idle);
        told.then(EntryKind::EventDelivered);
        QCOMPARE(told.member().activity, MemberActivity::Busy);
    }

    void partition_revokedLateStaysWithItsNewOwner()
    {
        EntryStory told;
        told.then(EntryKind::PartitionAssigned).by("payment-2").then(EntryKind::PartitionAssigned);
        told.by("payment-1").then(EntryKind::PartitionRevoked);
        QCOMPARE(told.names.text(told.group().partitions.front().member), std::string_view("payment-2"));
        told.by("payment-2").then(EntryKind::PartitionRevoked);
        QCOMPARE(told.group().partitions.front().member, NameId(0));
    }

    void partitions_areInOrderOfTopicNameAndNumber()
    {
        EntryStory told;
        for (const auto& [topic, partition] : {std::pair{"b", 1}, {"c", 0}, {"a", 2}, {"b", 0}, {"a", 0}})
            told.at(topic, std::uint16_t(partition), 0).then(EntryKind::EventDelivered);
        QByteArray order;
        for (const GroupPartitionState& state : told.group().partitions)
            order += QByteArray(told.names.text(state.topic).data()) + QByteArray::number(state.partition) + ' ';
        QCOMPARE(order, QByteArray("a0 a2 b0 b1 c0 "));
        told.at("b", 1, 0).then(EntryKind::OffsetCommitted); // found again after the moves
        QCOMPARE(told.group().partitions.size(), std::size_t(5));
    }

    void lag_isNeverNegative()
    {
        EntryStory told;
        told.at("order-created", 1, 4).then(EntryKind::EventDelivered); // the relay's own word is late
        QCOMPARE(told.state.topics().front().partitions.at(1).end, 5);
        QCOMPARE(told.state.topics().front().published, 0);
        told.at("order-created", 1, 5).then(EntryKind::OffsetCommitted);
        QCOMPARE(told.group().partitions.front().committed, 5);
        QCOMPARE(told.state.topics().front().partitions.at(1).end, 5);
        told.at("order-created", 1, 4).then(EntryKind::EventPublished);
        QCOMPARE(told.state.topics().front().partitions.at(1).end, 5);
        QCOMPARE(told.totals().outboxWaiting(), 0);
    }

    void resetOffset_isWhereTheGroupGoesOn()
    {
        EntryStory told;
        told.at("order-created", 1, 4).then(EntryKind::EventDelivered);
        told.at("order-created", 1, 5).then(EntryKind::OffsetCommitted);
        told.at("order-created", 1, 2).then(EntryKind::OffsetsReset);
        QCOMPARE(told.group().partitions.front().committed, 2);
        QCOMPARE(told.state.topics().front().partitions.at(1).end, 5);
    }

    void forgets_theOrderThatBecameFinalLongestAgo()
    {
        EntryStory told(16);
        for (std::uint64_t id = 1; id <= 16; ++id)
            told.about(id).then(EntryKind::OrderAccepted, "EUR", 100);
        for (std::uint64_t id : {9, 3, 12})
            told.about(id).then(EntryKind::StatusChanged, "paid");
        told.about(17).then(EntryKind::OrderAccepted, "EUR", 100);
        QCOMPARE(told.state.ordersForgotten(), std::uint64_t(2));
        QCOMPARE(told.state.orders().size(), std::size_t(15));
        QVERIFY(!told.state.findOrder(OrderId{Uuid{1, 9}}));
        QVERIFY(!told.state.findOrder(OrderId{Uuid{1, 3}}));
        for (const OrderState& order : told.state.orders())
            QCOMPARE(told.state.findOrder(order.id), &order);
        QCOMPARE(shown(told.totals()), QByteArray("17 = 3 paid, 0 failed, 0 canceled, 0 dead, 14 in flight"));
        // A late group goes on about a forgotten order: it does not come back.
        told.about(9).then(EntryKind::EventHandled).then(EntryKind::DeadLettered);
        QCOMPARE(shown(told.totals()), QByteArray("17 = 3 paid, 0 failed, 0 canceled, 0 dead, 14 in flight"));
    }

    void forgets_unfinishedOrdersOnlyWhenItMust_andCountsThemOn()
    {
        EntryStory told(8);
        for (std::uint64_t id = 1; id <= 20; ++id) {
            told.about(id).then(EntryKind::OrderAccepted, "EUR", 100);
            QVERIFY(told.state.orders().size() <= 8);
        }
        QCOMPARE(shown(told.totals()), QByteArray("20 = 0 paid, 0 failed, 0 canceled, 0 dead, 20 in flight"));
        for (std::uint64_t id = 1; id <= 20; ++id) {
            told.about(id).then(EntryKind::StatusChanged, id % 2 ? "paid" : "failed");
            QVERIFY2(addsUp(told.totals()), shown(told.totals()));
        }
        QCOMPARE(shown(told.totals()), QByteArray("20 = 10 paid, 10 failed, 0 canceled, 0 dead, 0 in flight"));
    }

    void totals_addUpUnderAnyEntries()
    {
        Names names;
        const std::vector<NameId> ids{0,
                                      names.intern("paid"),
                                      names.intern("failed"),
                                      names.intern("created"),
                                      names.intern("x"),
                                      NameId(60'000)};
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            std::mt19937 random(seed);
            WorldState state(names, 8 + seed * 3);
            for (int i = 0; i < 20'000; ++i) {
                Entry entry;
                entry.kind = EntryKind(random() % (entry_kind_count + 3));
                entry.order = Uuid{0, random() % 100};
                entry.time_us = std::int64_t(random() % 1000) - 500;
                entry.offset = std::int64_t(random() % 30) - 2;
                entry.value = std::int32_t(random());
                entry.partition = std::uint16_t(random() % 4);
                entry.attempt = std::uint8_t(random());
                for (NameId* id : {&entry.topic, &entry.group, &entry.actor, &entry.detail})
                    *id = ids[random() % ids.size()];
                state.apply(entry);
                if (!addsUp(state.totals()))
                    QFAIL(shown(state.totals()) + " seed " + QByteArray::number(seed));
                for (const OrderState& order : state.orders())
                    if (i % 1000 == 0 && state.findOrder(order.id) != &order)
                        QFAIL("the index has lost an order");
            }
            QVERIFY(state.orders().size() <= 8 + seed * 3);
        }
    }

    void copy_isEqualAndGoesItsOwnWay()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(500);
        WorldState state(names);
        state.apply(std::span(entries).first(entries.size() / 2));
        WorldState copy = state;
        QVERIFY(copy == state);
        const auto rest = std::span(entries).subspan(entries.size() / 2);
        state.apply(rest);
        QVERIFY(!(copy == state));
        copy.apply(rest);
        QVERIFY(copy == state);
        QCOMPARE(state.totals().in_flight, 0);
        QCOMPARE(state.totals().dead_lettered, 1);
        QCOMPARE(state.totals().failed, 50);
    }

    void speed()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(60'000);
        QElapsedTimer timer;
        timer.start();
        WorldState state(names);
        state.apply(entries);
        const double seconds = double(timer.nsecsElapsed()) / 1e9;
        timer.start();
        const WorldState copy = state;
        const double copy_ms = double(timer.nsecsElapsed()) / 1e6;
        QCOMPARE(copy.totals().accepted, 60'000);
        qInfo("folded %zu entries of 60,000 orders in %.1f ms: %.1f million a second; a copy takes %.2f ms",
              entries.size(), seconds * 1e3, double(entries.size()) / seconds / 1e6, copy_ms);
    }

    void positionTable_isAMap_alsoAfterErasing()
    {
        std::mt19937_64 random(7);
        PositionTable table;
        std::vector<Uuid> keys;
        std::map<Uuid, std::uint32_t> model;
        const auto find = [&](const Uuid& id) {
            return table.find(hashValue(id), [&](std::uint32_t at) { return keys[at] == id; });
        };
        for (int i = 0; i < 50'000; ++i) {
            const Uuid id{random() % 64, random() % 64}; // few, so that they meet again
            const auto known = model.find(id);
            QCOMPARE(find(id), known == model.end() ? PositionTable::npos : known->second);
            if (known == model.end()) {
                keys.push_back(id);
                table.insert(hashValue(id), std::uint32_t(keys.size() - 1));
                model[id] = std::uint32_t(keys.size() - 1);
            } else if (random() % 2 == 0) {
                table.erase(hashValue(id), known->second);
                model.erase(known);
            }
            QCOMPARE(table.size(), model.size());
        }
        for (const auto& [id, number] : model)
            QCOMPARE(find(id), number);
    }

    void lettersWaiting_areThoseThatNobodyHasDecidedAbout_data()
    {
        QTest::addColumn<QByteArray>("story");
        QTest::addColumn<int>("waiting");
        QTest::newRow("given up") << QByteArray("D") << 1;
        QTest::newRow("replayed") << QByteArray("DR") << 0;
        QTest::newRow("replayed in vain") << QByteArray("DRD") << 1;
        QTest::newRow("discarded") << QByteArray("DX") << 0;
        QTest::newRow("discarded, told twice") << QByteArray("DXX") << 0;
        QTest::newRow("two, one discarded") << QByteArray("D2DX") << 1;
        QTest::newRow("replayed, from before the journal") << QByteArray("R") << 0;
        QTest::newRow("discarded, from before the journal") << QByteArray("X") << 0;
    }
    void lettersWaiting_areThoseThatNobodyHasDecidedAbout()
    {
        QFETCH(QByteArray, story);
        QFETCH(int, waiting);
        EntryStory told;
        told.next.event = Uuid{2, 1};
        for (char step : story) {
            switch (step) {
            case 'D': told.then(EntryKind::DeadLettered, "poison"); break;
            case 'R': told.then(EntryKind::DeadLetterReplayed); break;
            case 'X': told.then(EntryKind::DeadLetterDiscarded, "of no use"); break;
            default: told.next.event = Uuid{2, std::uint64_t(step)}; break;
            }
        }
        QCOMPARE(told.state.deadLettersWaiting(), std::int64_t(waiting));
    }

    // What is broken -------------------------------------------------------------------------------------------------

    void crash_isSeenUntilTheRestartIsTold()
    {
        EntryStory told;
        told.then(EntryKind::EventDelivered).then(EntryKind::RetryScheduled, "", 500);
        QVERIFY(told.member().activity == MemberActivity::Retrying);
        told.about(0).then(EntryKind::ProcessCrashed, "", 1'200);
        const Disturbances& broken = told.state.disturbances();
        const ProcessState* worker = broken.findProcess(told.next.group, told.next.actor);
        QVERIFY(worker);
        QVERIFY(worker->conditionAt(told.time_us) == ProcessCondition::Crashed);
        QCOMPARE(worker->until_us, told.time_us + 1'200'000);
        // What it had in memory is gone: nothing is retried by a dead worker.
        QVERIFY(told.member().activity == MemberActivity::Idle);
        // A restart may be late, as when the broker is away, too.
        QVERIFY(worker->conditionAt(worker->until_us + 5'000'000) == ProcessCondition::Crashed);
        told.then(EntryKind::ProcessRestarted);
        QVERIFY(worker->conditionAt(told.time_us) == ProcessCondition::Runs);
        QCOMPARE(worker->crashes, 1u);
        QVERIFY(!broken.findProcess(told.next.group, told.names.intern("payment-2")));
    }

    void crash_ofTheApi_endsByItself()
    {
        EntryStory told;
        told.next.group = 0;
        told.by("api").about(0).then(EntryKind::ProcessCrashed, "", 300);
        const ProcessState* api = told.state.disturbances().findProcess(0, told.names.intern("api"));
        QVERIFY(api);
        QVERIFY(api->conditionAt(api->until_us - 1) == ProcessCondition::Crashed);
        QVERIFY(api->conditionAt(api->until_us) == ProcessCondition::Runs);
    }

    void hang_ofTheProcess_lastsItsTime_ofAHandler_untilItEnds()
    {
        EntryStory told;
        told.then(EntryKind::FaultInjected, "worker hang", 3'000);
        const auto condition = [&](std::int64_t at_us) {
            return told.state.disturbances().findProcess(told.next.group, told.next.actor)->conditionAt(at_us);
        };
        told.then(EntryKind::EventHandled); // What it had begun; it stands still all the same.
        QVERIFY(condition(told.time_us) == ProcessCondition::Hangs);
        QVERIFY(condition(told.time_us + 3'000'000) == ProcessCondition::Runs);
        told.next.event = Uuid{2, 7};
        told.then(EntryKind::FaultInjected, "handler-entry hang", 60'000);
        QVERIFY(condition(told.time_us) == ProcessCondition::Hangs);
        told.next.event = Uuid{2, 8};
        told.then(EntryKind::AttemptFailed, "another handler");
        QVERIFY(condition(told.time_us) == ProcessCondition::Hangs);
        told.next.event = Uuid{2, 7};
        told.then(EntryKind::AttemptFailed, "the handler took longer than 2 s");
        QVERIFY(condition(told.time_us) == ProcessCondition::Runs);
    }

    void strike_isRememberedAtItsPlace_data()
    {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<StrikePlace>("place");
        QTest::newRow("worker") << QByteArray("after-commit crash") << StrikePlace::Group;
        QTest::newRow("on the way to a worker") << QByteArray("delivery duplicate") << StrikePlace::Group;
        QTest::newRow("bus") << QByteArray("bus-append fail") << StrikePlace::Bus;
        QTest::newRow("store") << QByteArray("database delay") << StrikePlace::Store;
        QTest::newRow("relay") << QByteArray("published crash") << StrikePlace::Relay;
        QTest::newRow("API") << QByteArray("client-answer lose") << StrikePlace::Api;
        QTest::newRow("gateway") << QByteArray("gateway-call lose-answer") << StrikePlace::Gateway;
        QTest::newRow("nowhere") << QByteArray("network delay") << StrikePlace::System;
    }
    void strike_isRememberedAtItsPlace()
    {
        QFETCH(QByteArray, fault);
        QFETCH(StrikePlace, place);
        EntryStory told;
        told.then(EntryKind::FaultInjected, "network jam"); // a fault of a newer program
        QVERIFY(told.state.disturbances().strikes().empty());
        told.then(EntryKind::FaultInjected, fault.constData()).then(EntryKind::FaultInjected, fault.constData());
        QCOMPARE(told.state.disturbances().strikes().size(), std::size_t(1));
        const StrikeState& strike = told.state.disturbances().strikes().front();
        QCOMPARE(strike.place, place);
        QCOMPARE(strike.group, place == StrikePlace::Group ? told.next.group : NameId(0));
        QCOMPARE(strike.count, std::uint64_t(2));
        QCOMPARE(strike.time_us, told.time_us);
        const std::string text = std::string(name(strike.seam)) + ' ' + std::string(name(strike.action));
        QCOMPARE(QByteArray::fromStdString(text), fault);
    }

    void serviceAway_data()
    {
        QTest::addColumn<QByteArray>("story");
        QTest::addColumn<QByteArray>("away"); // at the end
        QTest::newRow("database, for 5 s") << QByteArray("D5") << QByteArray("database");
        QTest::newRow("its time is over") << QByteArray("D5........") << QByteArray("");
        QTest::newRow("until the plan changes") << QByteArray("D........") << QByteArray("database");
        QTest::newRow("the plan has changed") << QByteArray("D..F") << QByteArray("");
        QTest::newRow("changed, and told again") << QByteArray("D..FD") << QByteArray("database");
        QTest::newRow("a commit that was under way") << QByteArray("Dh") << QByteArray("database");
        QTest::newRow("a commit that is not") << QByteArray("D..h") << QByteArray("");
        QTest::newRow("broker") << QByteArray("B") << QByteArray("broker");
        QTest::newRow("broker, published since") << QByteArray("B..p") << QByteArray("");
        QTest::newRow("no fault: the relay finds it away") << QByteArray("f.f...") << QByteArray("broker");
        QTest::newRow("no fault: the relay publishes again") << QByteArray("f.f.p") << QByteArray("");
        QTest::newRow("no fault: the log refuses dead letters") << QByteArray("l...") << QByteArray("");
        QTest::newRow("no fault: work waits for the database") << QByteArray("P...") << QByteArray("database");
        QTest::newRow("no fault: work goes on") << QByteArray("P...R") << QByteArray("");
        QTest::newRow("work waits for the gateway") << QByteArray("CP") << QByteArray("circuit");
        QTest::newRow("the gateway is back") << QByteArray("CPRc") << QByteArray("");
        QTest::newRow("both") << QByteArray("D5f") << QByteArray("database broker");
    }
    /// Letters are entries, a dot is a second in which nothing is told.
    void serviceAway()
    {
        QFETCH(QByteArray, story);
        QFETCH(QByteArray, away);
        EntryStory told;
        for (int i = 0; i < story.size(); ++i) {
            const bool for_5s = i + 1 < story.size() && story[i + 1] == '5';
            switch (story[i]) {
            case 'D': told.then(EntryKind::FaultInjected, "database away", for_5s ? 5'000 : 0); break;
            case 'B': told.then(EntryKind::FaultInjected, "broker away"); break;
            case 'F': told.then(EntryKind::FaultsChanged); break;
            case 'h': told.then(EntryKind::EventHandled); break;
            case 'p': told.then(EntryKind::EventPublished); break;
            case 'f':
            case 'l': {
                const NameId group = told.next.group;
                told.next.group = story[i] == 'l' ? group : NameId{0};
                told.about(0).then(EntryKind::PublishFailed, "the broker is away").about(1).next.group = group;
                break;
            }
            case 'P':
                told.then(EntryKind::EventDelivered).then(EntryKind::WorkPaused, "the connection was refused");
                break;
            case 'R': told.then(EntryKind::WorkResumed); break;
            case 'C': told.then(EntryKind::CircuitOpened, "no answer", 10'000); break;
            case 'c': told.then(EntryKind::CircuitClosed); break;
            case '.': told.time_us += 1'000'000; break;
            default: break;
            }
        }
        QByteArrayList found;
        if (told.state.database(told.time_us).is_away)
            found << "database";
        if (told.state.broker(told.time_us).is_away)
            found << "broker";
        if (told.state.disturbances().circuit().is_open)
            found << "circuit";
        QCOMPARE(found.join(' '), away);
    }

    void parkedEvents_areCountedUntilTheyAreSettled()
    {
        EntryStory told;
        told.next.event = Uuid{2, 1};
        told.then(EntryKind::EventDelivered).then(EntryKind::EventParked, "no answer", 400);
        told.next.event = Uuid{2, 2};
        told.then(EntryKind::EventParked, "no answer", 400).then(EntryKind::EventParked, "no answer", 800);
        QCOMPARE(told.group().parked, std::int64_t(2));
        // Tried from the retry topic, and killed meanwhile: it waits there still.
        told.then(EntryKind::EventDelivered, "", 1).then(EntryKind::ProcessCrashed, "", 100);
        QCOMPARE(told.group().parked, std::int64_t(2));
        told.then(EntryKind::EventDelivered, "", 1).then(EntryKind::EventHandled);
        QCOMPARE(told.group().parked, std::int64_t(1));
        told.next.event = Uuid{2, 1};
        told.then(EntryKind::DeadLettered, "gave up");
        QCOMPARE(told.group().parked, std::int64_t(0));
    }

    /// A replayed dead letter comes to every group, addressed to one: the others' copy says nothing about their own.
    void parkedEvents_stayParkedWhenACopyForOthersIsSkipped()
    {
        EntryStory told;
        told.next.event = Uuid{2, 1};
        told.then(EntryKind::EventDelivered).then(EntryKind::EventParked, "no answer", 400);
        told.next.offset = 1;
        told.then(EntryKind::EventDelivered).then(EntryKind::DuplicateSkipped, "addressed to orderlab.notification");
        QCOMPARE(told.group().parked, std::int64_t(1));
        told.then(EntryKind::EventDelivered).then(EntryKind::DuplicateSkipped);
        QCOMPARE(told.group().parked, std::int64_t(0));
    }

    /// Although the order is final and its offset is committed.
    void quiet_waitsForEventsInWork_data()
    {
        QTest::addColumn<QByteArray>("steps");
        QTest::addColumn<bool>("is_quiet");
        QTest::newRow("nothing") << QByteArray("") << true;
        QTest::newRow("taken") << QByteArray("d") << false;
        QTest::newRow("handled") << QByteArray("dh") << true;
        QTest::newRow("failed, seen through by others") << QByteArray("df") << true;
        QTest::newRow("will be tried again") << QByteArray("dfr") << false;
        QTest::newRow("parked") << QByteArray("dfp") << false;
        QTest::newRow("parked, tried from there") << QByteArray("dfpD") << false;
        QTest::newRow("parked, then given up") << QByteArray("dfpDg") << true;
        QTest::newRow("taken by somebody who is killed") << QByteArray("dc") << true;
        QTest::newRow("taken by somebody who is put out") << QByteArray("dl") << true;
        QTest::newRow("parked, its worker is killed") << QByteArray("dfpDc") << false;
        QTest::newRow("taken by two, one is done") << QByteArray("d2dh") << false;
        QTest::newRow("taken by two, both are done") << QByteArray("d2dh1h") << true;
    }
    void quiet_waitsForEventsInWork()
    {
        QFETCH(QByteArray, steps);
        QFETCH(bool, is_quiet);
        EntryStory told;
        told.next.event = Uuid{2, 1};
        told.then(EntryKind::OrderAccepted).then(EntryKind::EventEmitted).then(EntryKind::EventPublished);
        told.then(EntryKind::StatusChanged, "paid");
        told.next.offset = 1;
        told.then(EntryKind::OffsetCommitted).next.offset = 0;
        for (const char step : steps) {
            switch (step) {
            case '1': told.by("payment-1"); break;
            case '2': told.by("payment-2"); break;
            case 'd': told.then(EntryKind::EventDelivered); break;
            case 'D': told.then(EntryKind::EventDelivered, "", 1); break;
            case 'f': told.then(EntryKind::AttemptFailed, "no answer"); break;
            case 'r': told.then(EntryKind::RetryScheduled, "", 200); break;
            case 'p': told.then(EntryKind::EventParked, "no answer", 400); break;
            case 'h': told.then(EntryKind::EventHandled); break;
            case 'g': told.then(EntryKind::DeadLettered, "no answer"); break;
            case 'c': told.then(EntryKind::ProcessCrashed, "", 100); break;
            case 'l': told.then(EntryKind::MemberLeft); break;
            default: QFAIL("no such step");
            }
        }
        QCOMPARE(told.state.isQuiet(), is_quiet);
    }

    void packed_isTheSameInFewBytes()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(2'000);
        WorldState state(names);
        const auto half = std::span(entries).first(entries.size() / 2);
        state.apply(half);
        const WorldState before = state;
        std::string bytes = "x";
        WorldState rest = state.packed(bytes);
        QVERIFY(state == before);
        QVERIFY(rest.orders().empty());
        state = rest;
        const std::size_t orders = before.orders().size();
        QVERIFY(orders > 500);
        QVERIFY2(bytes.size() < 45 * orders, qPrintable(QString::number(bytes.size() / orders)));
        WorldState other = state;
        QVERIFY(!other.unpack(std::string_view(bytes).substr(1, bytes.size() / 2)));
        QVERIFY(!other.unpack(bytes)); // More than it wrote.
        QVERIFY(state.unpack(std::string_view(bytes).substr(1)));
        QVERIFY(state == before);
        for (const OrderState& order : before.orders())
            QVERIFY(state.findOrder(order.id) && *state.findOrder(order.id) == order);
        // It goes on as the other does, dead letters included.
        WorldState whole = before;
        const auto later = std::span(entries).subspan(half.size());
        whole.apply(later);
        state.apply(later);
        QVERIFY(state == whole);
    }

    void packed_keepsEveryValue()
    {
        EntryStory told;
        told.next.event = Uuid{2, 1};
        told.then(EntryKind::OrderAccepted).then(EntryKind::StatusChanged, "failed");
        told.then(EntryKind::AttemptFailed, "no answer").then(EntryKind::DuplicateSkipped);
        told.then(EntryKind::DeadLettered, "no answer").then(EntryKind::DeadLetterDiscarded);
        WorldState state = told.state;
        std::string bytes;
        state = state.packed(bytes);
        QVERIFY(state.orders().empty() && state.unpack(bytes));
        QVERIFY(state == told.state);
        QCOMPARE(state.orders().front().dead_letters, std::uint8_t(1));
        QCOMPARE(state.orders().front().duplicates_skipped, std::uint8_t(1));
    }

    void disturbances_areInKeyframesToo()
    {
        EntryStory told;
        const WorldState before = told.state;
        told.about(0).then(EntryKind::ProcessCrashed, "", 1'200);
        QVERIFY(!(before == told.state));
        WorldState keyframe = told.state;
        told.then(EntryKind::ProcessRestarted);
        QVERIFY(!(keyframe == told.state));
        keyframe.apply(told.next);
        QVERIFY(keyframe == told.state);
    }
};

ORDERLAB_TEST(tst_world_state, NoApplication, TestWorldState)
#include "tst_world_state.moc"
