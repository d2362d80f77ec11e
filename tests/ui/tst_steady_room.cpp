#include "support/test_program.h"
#include "ui/panels/labels.h"

#include <QApplication>
#include <QHBoxLayout>

using namespace orderlab::ui;

namespace {

/// Counts how often the window is asked to lay itself out.
struct SteadyWindow : QWidget {
    SteadyWindow()
    {
        auto* row = new QHBoxLayout(this);
        label = new QLabel(QStringLiteral("10 orders"), this);
        row->addWidget(room = new SteadyRoom(label));
        row->addStretch();
        resize(600, 40);
        show();
        settle();
    }
    bool event(QEvent* event) override
    {
        layouts += event->type() == QEvent::LayoutRequest;
        return QWidget::event(event);
    }
    /// What is posted by what was posted is done, too.
    static void settle()
    {
        for (int i = 0; i < 4; ++i)
            QCoreApplication::processEvents();
    }
    /// How often it was laid out for that.
    int set(const QString& text)
    {
        settle();
        layouts = 0;
        label->setText(text);
        settle();
        return layouts;
    }
    QLabel* label = nullptr;
    SteadyRoom* room = nullptr;
    int layouts = 0;
};

} // namespace

/// Room for labels whose text changes often.
class TestSteadyRoom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void change_thatFits_laysNothingOut()
    {
        SteadyWindow window;
        QVERIFY(window.room->isVisible() && window.label->isVisible());
        QCOMPARE(window.set(QStringLiteral("1 order")), 0);
        QCOMPARE(window.label->size(), window.room->size());
    }

    void change_thatNeedsMore_getsIt()
    {
        SteadyWindow window;
        QVERIFY(window.set(QStringLiteral("1,000,000 orders of yesterday")) > 0);
        QVERIFY(window.label->width() >= window.label->sizeHint().width());
        QCOMPARE(window.set(QStringLiteral("1,000,000 orders of today")), 0);
        QVERIFY(window.set(QStringLiteral("1 order")) > 0); // Less than half: the room is given back.
        QVERIFY(window.room->width() < 2 * window.label->sizeHint().width());
    }

    void largerFont_getsItsHeight()
    {
        SteadyWindow window;
        const int before = window.room->height();
        QFont font = window.label->font();
        font.setPixelSize(40);
        window.label->setFont(font);
        window.settle();
        QVERIFY(window.room->sizeHint().height() > before);
    }

    void label_takesItsRoomAway()
    {
        SteadyWindow window;
        window.label->hide();
        QVERIFY(!window.room->isVisible());
        window.label->show();
        window.settle();
        QVERIFY(window.room->isVisible() && window.label->isVisible());
        QLabel* const hidden = new QLabel(QStringLiteral("not yet"), &window);
        hidden->hide();
        window.layout()->addWidget(new SteadyRoom(hidden));
        window.settle();
        QVERIFY(!hidden->parentWidget()->isVisible());
    }
};

ORDERLAB_TEST(tst_steady_room, QApplication, TestSteadyRoom)
#include "tst_steady_room.moc"
