#include "desktop.h"
#include "kafka/embedded_kafka.h"
#include "ui/dialogs/brokers_dialog.h"
#include "ui/models/bus_text.h"
#include "ui/panels/banner.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QToolButton>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

constexpr int stall_max_ms =
    1'000; ///< A switch takes several seconds; a window that waited for it would stand still for those.

LabConfig onBus(BusKind kind, std::string brokers = {})
{
    LabConfig config;
    config.bus = kind;
    config.kafka.brokers = std::move(brokers);
    return config;
}

/// The real window over a real system, with its store in memory.
struct BusDesktop : Desktop {
    using Desktop::Desktop;

    void burst() { window.createOrders().createBurst(); }
    bool waitForSwitch()
    {
        return waitFor([this] { return !bridge().commands().isSwitchingBus(); });
    }
    QString about() { return window.canvas().about(); }
    QString describe() // For failures.
    {
        return QStringLiteral("accepted %1, paid %2, failed %3, in flight %4, dead-lettered %5; banner: %6")
            .arg(totals().accepted)
            .arg(totals().paid)
            .arg(totals().failed)
            .arg(totals().in_flight)
            .arg(totals().dead_lettered)
            .arg(window.banner().text());
    }
};

/// The longest time that the GUI thread did nothing else.
class StallMeter {
public:
    StallMeter()
    {
        m_since.start();
        QObject::connect(&m_timer, &QTimer::timeout,
                         [this] { m_longest_ms = std::max(m_longest_ms, m_since.restart()); });
        m_timer.start(5);
    }
    qint64 longestMs() const { return std::max(m_longest_ms, m_since.elapsed()); }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest_ms = 0;
};

/// Of all that is shown of order-created; -1: nothing is.
std::int64_t lastOffset(LabBridge& bridge)
{
    std::int64_t last = -1;
    for (std::uint16_t partition = 0; partition < bridge.commands().partitions(); ++partition) {
        const auto& cells = bridge.frames().tail().cells(EventType::OrderCreated, partition);
        if (!cells.empty())
            last = std::max(last, cells.back().offset);
    }
    return last;
}

/// Those of this cluster cannot be made by clients.
bool makeTopics(EmbeddedKafka& kafka, const std::string& prefix, int partitions)
{
    bool made = bool(kafka.createTopic(prefix + "dead-letter", partitions));
    for (const EventType type : all_event_types)
        made = made && kafka.createTopic(prefix + std::string(topicName(type)), partitions);
    return made;
}

} // namespace

class BusControlTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void toKafkaAndBack_noOrderIsLost();
    void topicsBeginAnew();
    void noBroker_isSaidInWordsAndNothingChanges();
    void start_onKafka_isShown();
    void keyboard_reachesEveryChoice();
    void whileItSwitches_anotherHasToWait();
    void endOfTheWindow_inTheMiddleOfASwitch();
    void addresses_areChecked_data();
    void addresses_areChecked();
    void addressUsedLast_isOffered();
};

void BusControlTest::toKafkaAndBack_noOrderIsLost()
{
    BusDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.about().startsWith(QStringLiteral("in-memory bus · ")));
    desktop.burst();
    QVERIFY(desktop.waitForAccepted(1)); // Some are under way.
    const StallMeter stalls;
    desktop.child<QAction>("useEmbeddedKafka")->trigger();
    QVERIFY(desktop.bridge().commands().isSwitchingBus());
    QVERIFY2(
        desktop.window.banner().text().startsWith(QLatin1String("Switching to Kafka in this process: workers finish")),
        qPrintable(desktop.window.banner().text()));
    QVERIFY(desktop.window.banner().isVisible());
    QVERIFY(!desktop.child<QToolButton>("kafkaBusButton")->isEnabled());
    desktop.burst(); // Accepted while no worker runs.
    QVERIFY2(desktop.waitForSwitch(), qPrintable(desktop.describe()));
    QVERIFY(!desktop.window.banner().isVisible());
    QCOMPARE(desktop.bridge().commands().bus(), BusChoice{BusKind::EmbeddedKafka});
    static const QRegularExpression with_address(
        QStringLiteral("^embedded Kafka at 127\\.0\\.0\\.1:\\d+ · 5 topics × 3 partitions"));
    QVERIFY2(with_address.match(desktop.about()).hasMatch(), qPrintable(desktop.about()));
    desktop.burst();
    QVERIFY2(desktop.waitForFinal(300), qPrintable(desktop.describe()));

    desktop.child<QToolButton>("memoryBusButton")->click();
    QVERIFY2(desktop.waitForSwitch(), qPrintable(desktop.describe()));
    QCOMPARE(desktop.bridge().commands().bus(), BusChoice{BusKind::Memory});
    desktop.burst();
    QVERIFY2(desktop.waitForFinal(400), qPrintable(desktop.describe()));
    QCOMPARE(desktop.totals().accepted, std::int64_t(400));
    QCOMPARE(desktop.totals().paid, std::int64_t(360));
    QCOMPARE(desktop.totals().failed, std::int64_t(40));   // user-declined, one in ten.
    QCOMPARE(desktop.totals().charges, std::int64_t(360)); // Each once.
    QCOMPARE(desktop.bridge().faults().invariants().holding(),
             int(desktop.bridge().faults().invariants().statuses.size()));
    QVERIFY2(stalls.longestMs() < stall_max_ms, qPrintable(QString::number(stalls.longestMs())));
}

void BusControlTest::topicsBeginAnew()
{
    BusDesktop desktop;
    QVERIFY(desktop.start());
    for (std::int64_t orders = 100; orders <= 300; orders += 100) {
        desktop.burst();
        QVERIFY2(desktop.waitForFinal(orders), qPrintable(desktop.describe()));
    }
    QVERIFY(lastOffset(desktop.bridge()) >= 99); // A third of 300, or more.
    desktop.bridge().commands().switchBus({BusKind::EmbeddedKafka});
    QVERIFY2(desktop.waitForSwitch(), qPrintable(desktop.describe()));
    QTRY_COMPARE_WITH_TIMEOUT(lastOffset(desktop.bridge()), std::int64_t(-1), patience_ms);
    desktop.burst();
    QVERIFY2(desktop.waitForFinal(400), qPrintable(desktop.describe()));
    QVERIFY2(lastOffset(desktop.bridge()) >= 33 && lastOffset(desktop.bridge()) < 99,
             qPrintable(QString::number(lastOffset(desktop.bridge())))); // Again from 0.
}

void BusControlTest::noBroker_isSaidInWordsAndNothingChanges()
{
    BusDesktop desktop;
    QVERIFY(desktop.start());
    desktop.child<QAction>("useOtherKafka")->trigger();
    auto* dialog = desktop.child<BrokersDialog>("brokersDialog");
    dialog->findChild<QLineEdit*>(QStringLiteral("brokersEdit"))->setText(QStringLiteral("127.0.0.1:1"));
    QTest::keyClick(dialog, Qt::Key_Return);
    QVERIFY(desktop.bridge().commands().isSwitchingBus());
    desktop.burst();
    QVERIFY2(desktop.waitForFinal(100),
             qPrintable(desktop.describe())); // Nothing stands still for a broker that is away.
    QVERIFY(desktop.waitForSwitch());
    const QString said = desktop.window.banner().text();
    QVERIFY2(said.startsWith(QLatin1String("Still on the in-memory bus. No Kafka broker answers at 127.0.0.1:1 (")),
             qPrintable(said));
    QVERIFY2(said.endsWith(QLatin1String("Start one there, choose another address, or take Kafka in this process.")),
             qPrintable(said));
    QVERIFY(desktop.window.banner().isVisible());
    QVERIFY(desktop.about().startsWith(QStringLiteral("in-memory bus · ")));
    QVERIFY(desktop.child<QToolButton>("kafkaBusButton")->isEnabled());
}

void BusControlTest::start_onKafka_isShown()
{
    const auto kafka = EmbeddedKafka::start();
    QVERIFY(kafka);
    const QString brokers = QString::fromStdString((*kafka)->bootstrap());
    LabConfig config = onBus(BusKind::Kafka, (*kafka)->bootstrap());
    QVERIFY(makeTopics(**kafka, config.topic_prefix, 6));
    config.kafka.session_timeout = std::chrono::seconds{4};
    BusDesktop desktop(config);
    QVERIFY(desktop.start());
    QVERIFY2(desktop.about().startsWith(QStringLiteral("Kafka at %1 · 5 topics × 6 partitions").arg(brokers)),
             qPrintable(desktop.about()));
    QCOMPARE(desktop.child<QToolButton>("kafkaBusButton")->property("segment").toString(), QStringLiteral("on"));
    QVERIFY(desktop.child<QAction>("useKafka")->isChecked());
    desktop.burst();
    QVERIFY2(desktop.waitForFinal(100), qPrintable(desktop.describe()));
}

void BusControlTest::keyboard_reachesEveryChoice()
{
    BusDesktop desktop;
    QVERIFY(desktop.start());
    auto* kafka = desktop.child<QToolButton>("kafkaBusButton");
    QVERIFY(kafka->focusPolicy() & Qt::TabFocus);
    QStringList texts;
    QTimer::singleShot(200, &desktop.window, [&] {
        QWidget* menu = QApplication::activePopupWidget();
        if (!menu)
            return;
        const auto actions = menu->actions();
        for (const QAction* action : actions)
            texts << action->text().remove(QLatin1Char('&'));
        // A menu acts on the press, and takes no release.
        QTest::keyPress(menu, Qt::Key_Down);
        QTest::keyPress(menu, Qt::Key_Return);
    });
    QTest::keyClick(kafka, Qt::Key_Space);
    QCOMPARE(texts,
             (QStringList{QStringLiteral("Kafka in this process: 3 brokers, gone at exit"),
                          QStringLiteral("Kafka at localhost:9092"), QStringLiteral("Kafka at another address…")}));
    QVERIFY(desktop.bridge().commands().isSwitchingBus());
    QCOMPARE(desktop.bridge().commands().nextBus(), BusChoice{BusKind::EmbeddedKafka});
    QVERIFY(desktop.waitForSwitch());
    QVERIFY2(desktop.bridge().commands().bus() == BusChoice{BusKind::EmbeddedKafka}, qPrintable(desktop.describe()));
    QTest::keyClick(&desktop.window, Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(desktop.waitForSwitch());
    QVERIFY2(desktop.bridge().commands().bus() == BusChoice{BusKind::Memory}, qPrintable(desktop.describe()));
}

void BusControlTest::whileItSwitches_anotherHasToWait()
{
    BusDesktop desktop;
    QVERIFY(desktop.start());
    desktop.bridge().commands().switchBus({BusKind::EmbeddedKafka});
    desktop.bridge().commands().switchBus({BusKind::Kafka, QStringLiteral("127.0.0.1:1")});
    QCOMPARE(desktop.bridge().commands().nextBus(), BusChoice{BusKind::EmbeddedKafka});
    desktop.bridge().commands().scale(QStringLiteral("payment"), 2);
    QVERIFY(desktop.window.banner().text().startsWith(QLatin1String("Not yet: the bus is being switched")));
    QVERIFY(desktop.waitForSwitch());
    QCOMPARE(desktop.bridge().commands().bus(), BusChoice{BusKind::EmbeddedKafka});
    QCOMPARE(desktop.bridge().commands().members(QStringLiteral("payment")), std::size_t(1));
}

void BusControlTest::endOfTheWindow_inTheMiddleOfASwitch()
{
    BusDesktop desktop;
    QVERIFY(desktop.start());
    desktop.burst();
    desktop.bridge().commands().switchBus({BusKind::EmbeddedKafka});
    desktop.window.close();
    QCOMPARE(desktop.bridge().session().state(), Session::State::Stopped);
}

void BusControlTest::addresses_areChecked_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("is_right");
    QTest::newRow("host and port") << "kafka-1.example.com:9092" << true;
    QTest::newRow("several, with blanks") << "a:1, b:65535" << true;
    QTest::newRow("IPv6") << "[::1]:9092" << true;
    QTest::newRow("nothing") << "  " << false;
    QTest::newRow("no port") << "localhost" << false;
    QTest::newRow("no host") << ":9092" << false;
    QTest::newRow("port past the last") << "a:65536" << false;
    QTest::newRow("a URL") << "http://a:9092" << false;
    QTest::newRow("an empty one among them") << "a:1,,b:2" << false;
    QTest::newRow("IPv6 without brackets") << "::1:9092" << false;
}

void BusControlTest::addresses_areChecked()
{
    QFETCH(QString, typed);
    QFETCH(bool, is_right);
    BrokersDialog dialog(typed, QStringLiteral("orders."));
    QCOMPARE(dialog.findChild<QPushButton*>(QStringLiteral("useBrokersButton"))->isEnabled(), is_right);
    QCOMPARE(dialog.findChild<QLabel*>(QStringLiteral("brokersNote"))->text().isEmpty(), is_right);
    QVERIFY(!dialog.brokers().contains(QLatin1Char(' ')));
}

void BusControlTest::addressUsedLast_isOffered()
{
    const auto kafka = EmbeddedKafka::start();
    QVERIFY(kafka);
    LabConfig config;
    QVERIFY(makeTopics(**kafka, config.topic_prefix, 3));
    config.kafka.session_timeout = std::chrono::seconds{4};
    BusDesktop desktop(config);
    QVERIFY(desktop.start());
    const QString brokers = QString::fromStdString((*kafka)->bootstrap());
    desktop.bridge().commands().switchBus({BusKind::Kafka, brokers});
    QVERIFY2(desktop.waitForSwitch(), qPrintable(desktop.describe()));
    QCOMPARE(desktop.bridge().commands().bus().brokers, brokers);
    QCOMPARE(desktop.child<QAction>("useKafka")->text(), QStringLiteral("Kafka at ") + brokers);
    QVERIFY(desktop.child<QAction>("useKafka")->isChecked());
}

ORDERLAB_TEST(tst_bus_control, QApplication, BusControlTest)
#include "tst_bus_control.moc"
