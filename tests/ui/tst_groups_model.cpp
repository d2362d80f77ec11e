#include "entry_builder.h"
#include "support/test_program.h"
#include "ui/models/groups_model.h"
#include "ui/models/rate_meter.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

QString rowText(const GroupsModel& model, int row)
{
    QStringList cells;
    for (int column = 0; column < GroupsModel::Bar; ++column)
        cells << model.index(row, column).data().toString();
    return cells.join(QLatin1Char('|'));
}

} // namespace

class GroupsModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lag_isEndMinusCommitted();
    void lagTime_isTheAgeOfTheOldestUncommittedEvent();
    void lagTime_isKnownHoweverLargeTheLag();
    void quietPartitions_announceNothing();
    void topics_standInTheOrderOfAnOrdersLife();
    void rateMeter_forgetsAfterTwoSeconds();
};

void GroupsModelTest::lag_isEndMinusCommitted()
{
    EntryBuilder journal;
    LogTail tail;
    GroupsModel model(journal.names);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    journal.event(EntryKind::PartitionAssigned, 0, EventType::OrderCreated, 2, -1, "payment");
    for (int offset = 0; offset < 5; ++offset)
        journal.event(EntryKind::EventPublished, std::uint64_t(offset), EventType::OrderCreated, 2, offset);
    journal.event(EntryKind::OffsetCommitted, 0, EventType::OrderCreated, 2, 3, "payment");
    const auto entries = journal.take();
    tail.apply(entries, journal.names);
    model.refresh(journal.world, tail, journal.now_us);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(rowText(model, 0), QStringLiteral("payment|order-created|2|payment-1|3|5|2|< 0.1 s|–"));
    QVERIFY(model.index(0, GroupsModel::Bar).data(GroupsModel::LagShareRole).toDouble() > 0);
}

void GroupsModelTest::lagTime_isTheAgeOfTheOldestUncommittedEvent()
{
    EntryBuilder journal;
    LogTail tail;
    GroupsModel model(journal.names);
    journal.event(EntryKind::PartitionAssigned, 0, EventType::OrderCreated, 0, -1, "payment");
    journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 0, 0);
    const std::int64_t published_us = journal.now_us;
    tail.apply(journal.take(), journal.names);
    model.refresh(journal.world, tail, published_us + 3'400'000);
    QCOMPARE(model.index(0, GroupsModel::LagTime).data().toString(), QStringLiteral("3.4 s"));
    QVERIFY(model.index(0, GroupsModel::LagTime).data(GroupsModel::BehindRole).toBool());
}

void GroupsModelTest::lagTime_isKnownHoweverLargeTheLag()
{
    EntryBuilder journal;
    LogTail tail;
    GroupsModel model(journal.names);
    journal.event(EntryKind::PartitionAssigned, 0, EventType::OrderCreated, 0, -1, "payment");
    for (int offset = 0; offset < 3'000; ++offset) // a millisecond each
        journal.event(EntryKind::EventPublished, std::uint64_t(offset), EventType::OrderCreated, 0, offset);
    journal.event(EntryKind::OffsetCommitted, 0, EventType::OrderCreated, 0, 1'500, "payment");
    tail.apply(journal.take(), journal.names);
    model.refresh(journal.world, tail, journal.now_us + 60'000'000);
    // Of those that are no longer kept, one a second is remembered: offsets 0, 1000, 2000.
    QCOMPARE(model.index(0, GroupsModel::LagTime).data().toString(), QStringLiteral("1 min 2 s"));
    QVERIFY(model.index(0, GroupsModel::LagTime).data(GroupsModel::BehindRole).toBool());
}

void GroupsModelTest::quietPartitions_announceNothing()
{
    EntryBuilder journal;
    LogTail tail;
    GroupsModel model(journal.names);
    for (std::uint16_t partition = 0; partition < 3; ++partition)
        journal.event(EntryKind::PartitionAssigned, 0, EventType::OrderCreated, partition, -1, "payment");
    journal.take();
    model.refresh(journal.world, tail, journal.now_us);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.refresh(journal.world, tail, journal.now_us);
    QCOMPARE(changed.count() + reset.count(), 0);
    journal.event(EntryKind::OffsetCommitted, 0, EventType::OrderCreated, 1, 7, "payment");
    journal.take();
    model.refresh(journal.world, tail, journal.now_us);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(reset.count(), 0);
}

void GroupsModelTest::topics_standInTheOrderOfAnOrdersLife()
{
    EntryBuilder journal;
    LogTail tail;
    GroupsModel model(journal.names);
    for (const EventType topic : {EventType::OrderCanceled, EventType::OrderCreated, EventType::PaymentSucceeded})
        journal.event(EntryKind::PartitionAssigned, 0, topic, 0, -1, "analytics");
    journal.take();
    model.refresh(journal.world, tail, journal.now_us);
    QStringList topics;
    for (int row = 0; row < model.rowCount(); ++row)
        topics << model.index(row, GroupsModel::Topic).data().toString();
    QCOMPARE(topics, QStringList({"order-created", "payment-succeeded", "order-canceled"}));
}

void GroupsModelTest::rateMeter_forgetsAfterTwoSeconds()
{
    RateMeter meter;
    meter.add(10'000'000, 30);
    meter.add(10'500'000, 30);
    QCOMPARE(meter.perSecond(10'600'000), 30.0);
    QCOMPARE(meter.perSecond(12'100'000), 15.0);
    QCOMPARE(meter.perSecond(13'000'000), 0.0);
}

ORDERLAB_TEST(tst_groups_model, QApplication, GroupsModelTest)
#include "tst_groups_model.moc"
