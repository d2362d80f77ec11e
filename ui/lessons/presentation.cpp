#include "ui/lessons/presentation.h"

#include "ui/layouts/window_layouts.h"
#include "ui/lessons/lesson_desk.h"
#include "ui/lessons/lesson_page.h"
#include "ui/lessons/lessons_panel.h"
#include "ui/lessons/narrator_line.h"
#include "ui/main_window.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/story_panel.h"
#include "ui/status/status_line.h"
#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"
#include "ui/timeline/timeline_panel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int halo_radius = 26;
constexpr int side_share = 38;        ///< Of the window's width, in per cent, for the lesson or the story.
constexpr QSize least_room{860, 480}; ///< What the event flow and a panel beside it need.

/// A ring around the pointer, over everything.
class Halo final : public QWidget {
public:
    explicit Halo(QWidget* parent) : QWidget(parent)
    {
        setObjectName(QStringLiteral("pointerHalo"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_NoSystemBackground);
        setFocusPolicy(Qt::NoFocus);
        resize(2 * halo_radius, 2 * halo_radius);
    }
    void moveTo(const QPoint& centre)
    {
        move(centre - QPoint(halo_radius, halo_radius));
        show();
        raise();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QColor fill = colours().warning;
        fill.setAlpha(60);
        painter.setBrush(fill);
        painter.setPen(QPen(colours().warning, 2.5));
        painter.drawEllipse(QRectF(rect()).adjusted(2, 2, -2, -2));
    }
};

/// As large as leaves room for both.
int fittingZoom(QSize logical, int now)
{
    const double width = logical.width() * now / 100.0, height = logical.height() * now / 100.0;
    const double most = 100 * std::min(width / least_room.width(), height / least_room.height());
    return std::clamp(int(most / 5) * 5, 100, Zoom::percent_max);
}

} // namespace

Presentation::Presentation(MainWindow& window) : m_window(window) {}

Presentation::~Presentation()
{
    if (m_is_on)
        Zoom::instance().set(m_zoom_before);
}

void Presentation::enter(bool full_screen)
{
    if (m_is_on)
        return;
    m_layout_before = m_window.saveState(WindowLayouts::version());
    m_zoom_before = Zoom::instance().percent();
    m_was_full_screen = m_window.isFullScreen();
    m_is_on = true;
    if (full_screen)
        m_window.showFullScreen();
    Zoom::instance().set(fittingZoom(m_window.size(), m_zoom_before));
    qApp->installEventFilter(this);
    m_halo = new Halo(&m_window);
    m_halo->hide();
    apply();
    m_window.say(tr("Space or Page Down: one step on. Page Up: one back. Escape: leave."));
    Q_EMIT changed(true);
}

void Presentation::apply()
{
    if (!m_is_on)
        return;
    for (QToolBar* bar : m_window.findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly))
        bar->hide();
    m_window.statusBar()->hide();
    m_window.timeline().hide();
    const bool has_lesson = m_window.lessons().lesson() != nullptr;
    Panel& side = has_lesson ? static_cast<Panel&>(m_window.lessonsPanel()) : m_window.story();
    for (Panel* const panel : m_window.panels())
        panel->setVisible(panel == &side);
    side.raise();
    const auto fit = [this, &side] {
        if (m_is_on)
            m_window.resizeDocks({&side}, {m_window.width() * side_share / 100}, Qt::Horizontal);
    };
    fit();
    QTimer::singleShot(0, &side, fit); // Once the parts know what room they need.
    const int pixels = std::max(LessonsPanel::text_size,
                                (text_pixels * 100 + Zoom::instance().percent() - 1) / Zoom::instance().percent());
    m_window.lessonsPanel().page()->setTextSize(pixels);
    m_window.narrator().setVisible(true);
    m_window.narrator().setTextSize(pixels);
}

void Presentation::leave()
{
    if (!m_is_on)
        return;
    qApp->removeEventFilter(this);
    delete m_halo;
    if (!m_was_full_screen && m_window.isFullScreen())
        m_window.showNormal();
    Zoom::instance().set(m_zoom_before);
    m_window.lessonsPanel().page()->setTextSize(LessonsPanel::text_size);
    m_window.narrator().setTextSize(LessonsPanel::text_size);
    for (QToolBar* bar : m_window.findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly))
        bar->show();
    m_window.showRememberedBars();
    m_window.restoreState(m_layout_before, WindowLayouts::version());
    m_is_on = false;
    Q_EMIT changed(false);
}

/// What is typed or chosen by it keeps its key.
bool Presentation::takesKey(int key) const
{
    const QWidget* const focus = QApplication::focusWidget();
    if (QApplication::activeModalWidget() || QApplication::activePopupWidget()
        || (focus && focus->window() != &m_window))
        return false;
    if (key == Qt::Key_PageDown || key == Qt::Key_PageUp || key == Qt::Key_Escape)
        return true;
    return key == Qt::Key_Space && !qobject_cast<const QLineEdit*>(focus)
           && !qobject_cast<const QAbstractButton*>(focus) && !qobject_cast<const QAbstractItemView*>(focus)
           && !qobject_cast<const QAbstractSlider*>(focus) && !qobject_cast<const QComboBox*>(focus);
}

bool Presentation::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::MouseMove && m_halo && object->isWidgetType()
        && static_cast<QWidget*>(object)->window() == &m_window) {
        const QPoint global = static_cast<QMouseEvent*>(event)->globalPosition().toPoint();
        static_cast<Halo*>(m_halo.data())->moveTo(m_window.mapFromGlobal(global));
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return false;
    const auto* const pressed = static_cast<QKeyEvent*>(event);
    if (!object->isWidgetType() || pressed->modifiers() != Qt::NoModifier || !takesKey(pressed->key()))
        return false;
    const int key = pressed->key();
    if (key != Qt::Key_Space && key != Qt::Key_PageDown && key != Qt::Key_PageUp && key != Qt::Key_Escape)
        return false;
    event->accept();
    if (event->type() == QEvent::ShortcutOverride)
        return true;
    // Another engine makes the window's parts anew: not while one of them has the key.
    if (key == Qt::Key_Escape)
        QMetaObject::invokeMethod(this, &Presentation::leave, Qt::QueuedConnection);
    else if (key == Qt::Key_PageUp)
        QMetaObject::invokeMethod(this, &Presentation::back, Qt::QueuedConnection);
    else
        QMetaObject::invokeMethod(this, &Presentation::next, Qt::QueuedConnection);
    return true;
}

void Presentation::next()
{
    LessonDesk& lessons = m_window.lessons();
    if (!m_is_on)
        return;
    if (!lessons.lesson())
        return stepOn(true);
    if (lessons.step() == LessonStep::Run && !lessons.lesson()->isDrill()) {
        if (!m_window.showsLessonWorld())
            return m_window.runLesson();
        const auto stop = lessons.stopEntry();
        if (stop && m_window.bridge().frames().index() <= *stop)
            return m_window.goToLessonStop();
    }
    if (lessons.canGoOn())
        lessons.next();
    else
        m_window.say(lessons.whyNotOn());
    apply();
}

void Presentation::back()
{
    LessonDesk& lessons = m_window.lessons();
    if (m_is_on && lessons.lesson())
        lessons.back();
    else if (m_is_on)
        stepOn(false);
}

/// To the next entry of the order whose story is told, else of any order.
void Presentation::stepOn(bool forward)
{
    const OrderId order = m_window.story().order();
    const auto isTold = [order](const Entry& entry) {
        return order.isNull() ? !OrderId(entry.order).isNull() : OrderId(entry.order) == order;
    };
    if (!m_window.bridge().player().stepTo(forward, isTold))
        m_window.say(forward ? tr("This is the end of the story.") : tr("This is its beginning."));
}

} // namespace orderlab::ui
