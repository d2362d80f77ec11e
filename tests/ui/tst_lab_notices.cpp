#include "desktop.h"
#include "ui/bridge/lab_notices.h"
#include "ui/panels/banner.h"

#include <QSignalSpy>

#include <thread>

using namespace orderlab;
using namespace orderlab::ui;

/// What a system says besides its journal reaches the person at the window.
class TestLabNotices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sentences_comeInOrder_onTheWindowsThread();
    void busThatDoesNotWork_isTold_unlessAFailureIsSet();
    void window_showsTheLastThree();
};

void TestLabNotices::sentences_comeInOrder_onTheWindowsThread()
{
    LabNotices notices(nullptr);
    LabCore core(notices.configured({}));
    notices.listenTo(core);
    QStringList told;
    connect(&notices, &LabNotices::told, this, [&](const QString& sentence) { told += sentence; });
    std::thread([&] {
        core.config.on_groups_renamed("first");
        core.config.on_log_loss("second");
        core.config.on_other_logs("third");
    }).join();
    QVERIFY(told.isEmpty());
    core.answers.drain();
    QCOMPARE(told, QStringList({"First", "Second", "Third"}));
    for (int i = 0; i < 1'000; ++i)
        core.config.on_log_loss(std::to_string(i));
    told.clear();
    core.answers.drain();
    QVERIFY(told.size() < 100); // What nobody takes does not pile up.
    QCOMPARE(told.last(), "999");
}

void TestLabNotices::busThatDoesNotWork_isTold_unlessAFailureIsSet()
{
    LabNotices notices(nullptr);
    LabCore core(notices.configured({}));
    notices.listenTo(core);
    QSignalSpy told(&notices, &LabNotices::told);
    HealthPart bus;
    bus.name = "bus";
    bus.is_ready = false;
    bus.reason = "topic orders.order-created: not authorized";
    core.config.on_health(bus, {});
    core.answers.drain();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.takeFirst().at(0).toString(), "The bus does not work: topic orders.order-created: not authorized");
    HealthPart relay = bus;
    relay.name = "relay";
    core.config.on_health(relay, {});
    bus.is_ready = true;
    core.config.on_health(bus, {});
    bus.is_ready = false;
    QVERIFY(core.lab.faults().setFaults({parseFault("bus-append=fail").value()}));
    core.config.on_health(bus, {});
    core.answers.drain();
    QVERIFY(told.isEmpty());
}

void TestLabNotices::window_showsTheLastThree()
{
    Desktop desktop;
    const auto shown = [&] {
        QString all;
        for (const Banner* banner : desktop.window.findChildren<Banner*>())
            all += banner->isVisible() ? banner->text() + '|' : QString();
        return all;
    };
    QVERIFY(desktop.start());
    for (const char* sentence : {"one.", "two.", "three.", "two.", "four."})
        Q_EMIT desktop.bridge().told(QString::fromLatin1(sentence));
    QVERIFY2(shown().contains("three.\ntwo.\nfour."), qPrintable(shown()));
    QVERIFY2(!shown().contains("one."), qPrintable(shown()));
}

ORDERLAB_TEST(tst_lab_notices, QApplication, TestLabNotices)
#include "tst_lab_notices.moc"
