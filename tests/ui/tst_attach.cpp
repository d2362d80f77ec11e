#include "desktop.h"
#include "journal/journal_batch.h"
#include "kafka/embedded_kafka.h"
#include "kafka/journal_publisher.h"
#include "kafka/kafka_context.h"
#include "ui/panels/banner.h"
#include "ui/panels/dead_letters_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/story_panel.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// A cluster on which two processes share their journals: one takes an order and charges it, the other writes to the
/// customer.
class Elsewhere {
public:
    Elsewhere()
    {
        auto started = EmbeddedKafka::start(1);
        if (!started)
            qFatal("%s", started.error().message.c_str());
        m_kafka = std::move(*started);
        if (!m_kafka->createTopic("orders.journal", 1))
            qFatal("no topic");
        char reason[256];
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        rd_kafka_conf_set(conf, "bootstrap.servers", brokers().c_str(), reason, sizeof reason);
        m_producer.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason, sizeof reason));
    }
    std::string brokers() const { return m_kafka->bootstrap(); }

    OrderId sellOne(std::int64_t time_us)
    {
        const OrderId order(Uuid::version7(std::uint64_t(time_us / 1'000), 1, std::uint64_t(++m_orders)));
        const Uuid event = Uuid::version7(std::uint64_t(time_us / 1'000), 2, std::uint64_t(m_orders));
        const auto entry = [&](EntryKind kind, std::int64_t after_us) {
            Entry made;
            made.kind = kind;
            made.time_us = time_us + after_us;
            made.order = order;
            return made;
        };
        Entry accepted = entry(EntryKind::OrderAccepted, 0);
        accepted.actor = m_names.intern("ada");
        accepted.detail = m_names.intern("EUR");
        accepted.value = 1'999;
        Entry paid = entry(EntryKind::StatusChanged, 900);
        paid.detail = m_names.intern("paid");
        send("shop/1", {accepted, joined("payment", "shop/1", time_us),
                        delivered(entry(EntryKind::EventDelivered, 300), event, "payment", "shop/1"),
                        delivered(entry(EntryKind::EventHandled, 500), event, "payment", "shop/1"), paid});
        send("post/2", {joined("notification", "post/2", time_us),
                        delivered(entry(EntryKind::EventDelivered, 310), event, "notification", "post/2"),
                        delivered(entry(EntryKind::EventHandled, 400), event, "notification", "post/2")});
        return order;
    }

    /// The payment of an order that was sold cannot be processed.
    void giveUp(OrderId order, std::int64_t time_us)
    {
        Entry dead;
        dead.kind = EntryKind::DeadLettered;
        dead.time_us = time_us;
        dead.order = order;
        send("shop/1", {delivered(dead, Uuid::version7(std::uint64_t(time_us / 1'000), 3, 1), "payment", "shop/1")});
    }

private:
    Entry joined(const std::string& group, const std::string& process, std::int64_t time_us)
    {
        Entry made;
        made.kind = EntryKind::MemberJoined;
        made.time_us = time_us - 100;
        made.group = m_names.intern("orderlab." + group);
        made.actor = m_names.intern(group + "-1@" + process);
        return made;
    }
    Entry delivered(Entry made, const Uuid& event, const std::string& group, const std::string& process)
    {
        made.event = event;
        made.topic = m_names.intern("order-created");
        made.offset = m_orders - 1;
        made.group = m_names.intern("orderlab." + group);
        made.actor = m_names.intern(group + "-1@" + process);
        made.attempt = 1;
        return made;
    }
    void send(const std::string& process, const std::vector<Entry>& entries)
    {
        JournalBatchHeader header;
        header.process = process;
        header.run = "2026-01-01T00:00:00.000000Z";
        header.sequence = ++m_sequences[process];
        const std::string text = encodeJournalBatch(header, entries, m_names);
        rd_kafka_producev(m_producer.get(), RD_KAFKA_V_TOPIC("orders.journal"),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                          RD_KAFKA_V_VALUE(const_cast<char*>(text.data()), text.size()), RD_KAFKA_V_END);
        rd_kafka_flush(m_producer.get(), 5'000);
    }

    std::shared_ptr<EmbeddedKafka> m_kafka;
    KafkaHandle m_producer;
    Names m_names;
    std::map<std::string, std::uint64_t> m_sequences;
    std::int64_t m_orders = 0;
};

struct AttachedDesktop : Desktop {
    explicit AttachedDesktop(const std::string& brokers) : Desktop(config(brokers), options()) {}

    static LabConfig config(const std::string& brokers)
    {
        LabConfig config;
        config.bus = BusKind::Kafka;
        config.kafka.brokers = brokers;
        return config;
    }
    static WindowOptions options()
    {
        WindowOptions options = forgetful();
        options.engine = Engine{Engine::Kind::Attached};
        return options;
    }
};

} // namespace

class AttachTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void workersElsewhere_areShown();
    void deadLetters_areCountedAsTheyCome();
    void deadLetters_areNotDecidedHere();
    void nothing_canBeChanged();
    void brokerAway_isSaidAndTriedAgain();
};

void AttachTest::workersElsewhere_areShown()
{
    Elsewhere elsewhere;
    const OrderId before = elsewhere.sellOne(1'767'225'600'000'000); // Before anybody looked.
    AttachedDesktop desktop(elsewhere.brokers());
    QTRY_COMPARE_WITH_TIMEOUT(desktop.totals().paid, std::int64_t(1), patience_ms);
    const OrderId while_looking = elsewhere.sellOne(1'767'225'601'000'000);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.totals().paid, std::int64_t(2), patience_ms);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.child<QLabel>("storeLabel")->text(), QStringLiteral("2 processes"), patience_ms);
    QCOMPARE(desktop.child<QLabel>("storeLabel")->toolTip(),
             QStringLiteral("They share their journals:\npost/2\nshop/1"));
    QCOMPARE(desktop.bridge().commands().members(QStringLiteral("payment")), std::size_t(1));
    QCOMPARE(desktop.bridge().commands().members(QStringLiteral("notification")), std::size_t(1));
    QCOMPARE(desktop.bridge().commands().members(QStringLiteral("analytics")), std::size_t(0));
    QTRY_COMPARE_WITH_TIMEOUT(desktop.child<QTableView>("ordersTable")->model()->rowCount(), 2, patience_ms);
    QCOMPARE(desktop.bridge().store().counts().orders, std::int64_t(2));
    for (const OrderId order : {before, while_looking}) {
        desktop.window.showStory(order);
        QCOMPARE(desktop.window.story().order(), order);
    }
    QVERIFY(!desktop.window.grab().isNull());
}

void AttachTest::deadLetters_areCountedAsTheyCome()
{
    Elsewhere elsewhere;
    const OrderId order = elsewhere.sellOne(1'767'225'600'000'000);
    AttachedDesktop desktop(elsewhere.brokers());
    desktop.window.showPanel(QStringLiteral("dead-letters"));
    const auto* empty = desktop.window.deadLetters().findChild<QLabel*>(QStringLiteral("emptyState"));
    const QString why_not = desktop.bridge().commands().whyNot(Ask::DecideDeadLetters);
    QTRY_COMPARE_WITH_TIMEOUT(empty->text(), QStringLiteral("The journals tell that 0 wait.\n\n") + why_not,
                              patience_ms);
    elsewhere.giveUp(order, 1'767'225'602'000'000);
    QTRY_COMPARE_WITH_TIMEOUT(empty->text(), QStringLiteral("The journals tell that 1 wait.\n\n") + why_not,
                              patience_ms);
}

/// There is no Lab behind this window whose store could be asked.
void AttachTest::deadLetters_areNotDecidedHere()
{
    Elsewhere elsewhere;
    const OrderId order = elsewhere.sellOne(1'767'225'600'000'000);
    elsewhere.giveUp(order, 1'767'225'602'000'000);
    AttachedDesktop desktop(elsewhere.brokers());
    QTRY_COMPARE_WITH_TIMEOUT(desktop.bridge().frames().world().deadLettersWaiting(), std::int64_t(1), patience_ms);
    DeadLetterDesk& desk = desktop.bridge().deadLetters();
    const QString why_not = desktop.bridge().commands().whyNot(Ask::DecideDeadLetters);
    QStringList told;
    connect(&desk, &DeadLetterDesk::forecastFailed, this,
            [&](quint64 number, const QString& problem) { told << QString::number(number) + ' ' + problem; });
    connect(&desk, &DeadLetterDesk::discardEnded, this, [&](const QString& problem) { told << problem; });
    desk.discard(Uuid{1, 2}, QStringLiteral("wrong"));
    const quint64 asked = desk.askForecast({});
    QVERIFY(!desk.replay({}, 1));
    QVERIFY(!desk.isReplaying());
    QTRY_COMPARE_WITH_TIMEOUT(told, QStringList({why_not, QString::number(asked) + ' ' + why_not}), patience_ms);
    QVERIFY(desk.letters().empty() && !desk.isKnown());
}

void AttachTest::nothing_canBeChanged()
{
    Elsewhere elsewhere;
    elsewhere.sellOne(1'767'225'600'000'000);
    AttachedDesktop desktop(elsewhere.brokers());
    QTRY_COMPARE_WITH_TIMEOUT(desktop.totals().accepted, std::int64_t(1), patience_ms);
    const QString reason = desktop.bridge().commands().whyNot(Ask::CreateOrders);
    for (std::size_t ask = 0; ask < ask_count; ++ask)
        QVERIFY2(!desktop.bridge().commands().whyNot(Ask(ask)).isEmpty(), std::to_string(ask).c_str());
    for (const char* name : {"createButton", "burstButton", "keep-inbox", "more-payment", "fewer-payment"}) {
        auto* button = desktop.child<QAbstractButton>(name);
        QVERIFY2(!button->isEnabled(), name);
        QCOMPARE(button->toolTip(), reason);
    }
    for (const char* name : {"memoryBusButton", "kafkaBusButton"}) {
        QVERIFY2(!desktop.child<QToolButton>(name)->isEnabled(), name);
        QVERIFY(desktop.child<QToolButton>(name)->toolTip().endsWith(reason));
    }
    desktop.bridge().commands().burst(10);
    desktop.bridge().commands().switchBus({BusKind::Memory});
    desktop.bridge().commands().scale(QStringLiteral("payment"), 2);
    QCOMPARE(desktop.window.banner().text(), reason);
    QVERIFY(!desktop.bridge().faults().add(Fault{}));
    elsewhere.sellOne(1'767'225'601'000'000); // What was asked for would be seen by then.
    QTRY_COMPARE(desktop.totals().accepted, std::int64_t(2));
    QCOMPARE(desktop.bridge().commands().bus().kind, BusKind::Kafka);
}

void AttachTest::brokerAway_isSaidAndTriedAgain()
{
    AttachedDesktop desktop("127.0.0.1:1");
    QTRY_COMPARE_WITH_TIMEOUT(desktop.bridge().session().state(), Session::State::Waiting, patience_ms);
    const QString said = desktop.window.banner().text();
    QVERIFY2(said.startsWith(QLatin1String("No Kafka broker answers at 127.0.0.1:1")), qPrintable(said));
    QVERIFY2(said.endsWith(QLatin1String("Trying again every two seconds.")), qPrintable(said));
}

ORDERLAB_TEST(tst_attach, QApplication, AttachTest)
#include "tst_attach.moc"
