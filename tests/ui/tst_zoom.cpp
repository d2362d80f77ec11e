#include "geometry.h"
#include "machine.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/story_panel.h"
#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"
#include "ui/window_room.h"

#include <QTableView>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

WindowOptions shown(ThemeName theme)
{
    WindowOptions options = simulated();
    options.theme = theme;
    return options;
}

/// A world in which something is wrong, with an order's story, so that all parts have something to say.
void fill(Machine& machine)
{
    machine.bridge().player().toEnd();
    auto* const orders = machine.child<QTableView>("ordersTable");
    QVERIFY(machine.waitFor([orders] { return orders->model()->rowCount() > 0; }));
    orders->selectRow(0);
    QVERIFY(machine.waitFor([&] { return !machine.window.story().order().isNull(); }));
}

QString problems(const QWidget& window)
{
    QCoreApplication::processEvents();
    return geometry::overlaps(window).join(QLatin1Char('\n'));
}

} // namespace

class ZoomTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { Zoom::instance().set(100); }
    void everyZoom_hasRoomForAll_data();
    void everyZoom_hasRoomForAll();
    void everySize_hasRoomForAll_data();
    void everySize_hasRoomForAll();
    void keys_zoomTheWindow();
    void keysOfTheEventFlow_zoomItAlone();
};

void ZoomTest::everyZoom_hasRoomForAll_data()
{
    QTest::addColumn<int>("percent");
    QTest::addColumn<int>("theme");
    for (const int percent : {100, 125, 150, 200})
        QTest::addRow("%d", percent) << percent << int(percent == 125 ? ThemeName::Light : ThemeName::Dark);
    QTest::addRow("contrast 150") << 150 << int(ThemeName::Contrast);
}

void ZoomTest::everyZoom_hasRoomForAll()
{
    QFETCH(int, percent);
    QFETCH(int, theme);
    Machine machine(shown(ThemeName(theme)));
    fill(machine);
    Zoom::instance().set(percent);
    QTRY_COMPARE(machine.window.devicePixelRatioF(), percent / 100.0);
    QTRY_VERIFY(machine.window.width() * percent / 100 <= 1'602);
    QTRY_COMPARE(problems(machine.window), QString()); // Once it is laid out.
    QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("zoom-%1-%2").arg(percent).arg(name(ThemeName(theme)))));
}

void ZoomTest::everySize_hasRoomForAll_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size :
         {QSize(1'600, 1'000), QSize(1'280, 720), QSize(1'120, 660), QSize(1'000, 620), WindowRoom::least})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

void ZoomTest::everySize_hasRoomForAll()
{
    QFETCH(QSize, size);
    Machine machine(simulated(), size);
    QCOMPARE(machine.window.size(), size);
    fill(machine);
    QTRY_COMPARE(problems(machine.window), QString());
    QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("size-%1x%2").arg(size.width()).arg(size.height())));
}

void ZoomTest::keys_zoomTheWindow()
{
    Machine machine;
    QTest::keyClick(&machine.window, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(Zoom::instance().percent(), 110);
    QTest::keyClick(&machine.window, Qt::Key_Equal, Qt::ControlModifier);
    QCOMPARE(Zoom::instance().percent(), 125);
    QTest::keyClick(&machine.window, Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(&machine.window, Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(&machine.window, Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(Zoom::instance().percent(), 90);
    QTest::keyClick(&machine.window, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(Zoom::instance().percent(), 100);
    QCOMPARE(machine.window.size(), QSize(1'600, 1'000));
}

void ZoomTest::keysOfTheEventFlow_zoomItAlone()
{
    Machine machine;
    EventFlowView& flow = machine.window.canvas().view();
    flow.setFocus();
    QTest::keyClick(&flow, Qt::Key_Plus);
    QVERIFY(flow.zoom() > 1);
    QTest::keyClick(&flow, Qt::Key_Minus);
    QCOMPARE(flow.zoom(), 1.0);
    QTest::keyClick(&flow, Qt::Key_Minus);
    QTest::keyClick(&flow, Qt::Key_0);
    QCOMPARE(flow.zoom(), 1.0);
    QTest::keyClick(&machine.window, Qt::Key_Plus, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(flow.zoom() > 1);
    QCOMPARE(Zoom::instance().percent(), 100);
}

ORDERLAB_TEST(tst_zoom, QApplication, ZoomTest)
#include "tst_zoom.moc"
