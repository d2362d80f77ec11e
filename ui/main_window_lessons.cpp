#include "lessons/lesson_text.h"
#include "runtime/virtual_runtime.h"
#include "ui/lessons/lesson_desk.h"
#include "ui/lessons/lesson_handout.h"
#include "ui/lessons/lesson_page.h"
#include "ui/lessons/lessons_panel.h"
#include "ui/lessons/narrator_line.h"
#include "ui/lessons/presentation.h"
#include "ui/main_window.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/panel_registry.h"
#include "ui/panels/status_banners.h"
#include "ui/panels/story_panel.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/window_menus.h"
#include "ui/window_room.h"
#include "ui/worlds/worlds.h"

#include <QAbstractScrollArea>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QUrl>

#include <algorithm>

// The window's side of lessons: their worlds, their moments, and what a drill lets one see.

namespace orderlab::ui {

namespace {

constexpr double seconds_to_the_stop = 8; ///< Long enough to look, short enough to wait.
constexpr int lessons_width = 372;

/// The folder of the documentation, in a build or where the program is installed.
QString docsFolder()
{
    const QDir program(QCoreApplication::applicationDirPath());
    for (const char* place : {"../../../docs", "../share/doc/orderlab/docs", "../share/doc/orderlab"}) {
        if (const QFileInfo folder(program.filePath(QLatin1String(place))); folder.isDir())
            return folder.canonicalFilePath();
    }
    return {};
}

} // namespace

void MainWindow::connectLessons()
{
    LessonsPanel& panel = lessonsPanel();
    panel.setDesk(*m_lessons);
    // Another engine makes the panel anew: not while one of its buttons is at work.
    connect(&panel, &LessonsPanel::runWanted, this, &MainWindow::runLesson, Qt::QueuedConnection);
    connect(&panel, &LessonsPanel::stopWanted, this, &MainWindow::goToLessonStop, Qt::QueuedConnection);
    connect(&panel, &LessonsPanel::linkWanted, this, &MainWindow::openLessonLink, Qt::QueuedConnection);
    connect(&panel, &LessonsPanel::handoutWanted, this, &MainWindow::saveHandout, Qt::QueuedConnection);
    connect(m_bridge.get(), &LabBridge::ticked, this, &MainWindow::followLesson);
    disconnect(m_lessons.get(), &LessonDesk::changed, this, nullptr);
    connect(m_lessons.get(), &LessonDesk::changed, this, &MainWindow::limitViews, Qt::QueuedConnection);
    QMetaObject::invokeMethod(this, &MainWindow::limitViews, Qt::QueuedConnection);
}

void MainWindow::showLessons()
{
    Panel& panel = lessonsPanel();
    const bool was_hidden = panel.isHidden();
    showPanel(QStringLiteral("lessons"));
    if (was_hidden && !panel.isFloating() && width() >= WindowRoom::three_columns)
        resizeDocks({&panel}, {lessons_width}, Qt::Horizontal);
}

void MainWindow::runLesson()
{
    const Lesson* const lesson = m_lessons->lesson();
    if (!lesson)
        return;
    Engine engine{Engine::Kind::Simulated};
    engine.scenario = lesson->world;
    engine.seed = lesson->seed;
    const int room = lessonsPanel().width();
    int height = 0;
    for (const Panel* panel : m_panels) {
        if (panel->isSeen() && dockWidgetArea(const_cast<Panel*>(panel)) == Qt::BottomDockWidgetArea)
            height = panel->height();
    }
    if (!changeEngine(engine))
        return;
    showPanel(QStringLiteral("lessons"));
    // Once the new parts know what room they need.
    QTimer::singleShot(0, this, [this, room, height] {
        if (m_presentation->isOn())
            return m_presentation->apply();
        resizeDocks({&lessonsPanel()}, {room}, Qt::Horizontal);
        if (height > 0)
            resizeDocks({m_orders}, {height}, Qt::Vertical);
    });
    m_lesson_stops = !lesson->isDrill();
    m_lesson_jumps = false;
    const auto stop = m_lessons->stopEntry();
    if (stop && !lesson->isDrill())
        m_bridge->player().setSpeed(std::clamp(
            double(m_lessons->played()->timeOf(*stop).count()) / 1e6 / seconds_to_the_stop, Player::speed_min, 1.0));
    m_bridge->player().setPlaying(true);
}

bool MainWindow::showsLessonWorld() const
{
    const Worlds* const worlds = m_bridge->worlds();
    const Lesson* const lesson = m_lessons->lesson();
    return worlds && lesson && worlds->shown().seed == lesson->seed
           && worlds->shown().scenario.name == lesson->world.name
           && worlds->shown().scenario.orders.count == lesson->world.orders.count;
}

/// Once a frame.
void MainWindow::followLesson()
{
    m_narrator->setVisible(m_presentation->isOn() || (showsLessonWorld() && !m_drill_cover));
    if ((!m_lesson_stops && !m_lesson_jumps) || !showsLessonWorld() || m_bridge->frames().isReplacing())
        return;
    const auto stop = m_lessons->stopEntry();
    const FramePump& frames = m_bridge->frames();
    if (stop && (m_lesson_jumps ? frames.timeline().endIndex() : frames.index()) > *stop)
        goToLessonStop();
}

void MainWindow::goToLessonStop()
{
    const auto stop = m_lessons->stopEntry();
    if (!stop || !showsLessonWorld())
        return;
    m_lesson_jumps = m_bridge->frames().timeline().endIndex() <= *stop; // It is still being made.
    if (m_lesson_jumps)
        return;
    m_lesson_stops = false;
    m_bridge->player().setPlaying(false);
    m_bridge->places().go(*stop + 1);
    const OrderId order = storyOrder(*m_lessons->lesson(), *m_lessons->played());
    if (!order.isNull()) {
        m_orders->select(order);
        showStory(order);
    }
    Q_EMIT m_lessons->changed();
}

void MainWindow::openLessonLink(const QString& link)
{
    const QString rest = link.section(QLatin1Char(':'), 1);
    if (link.startsWith(QLatin1String("orderlab-time:"))) {
        if (showsLessonWorld())
            m_bridge->places().goToTime(
                toMicros(VirtualRuntime::epoch() + Duration{std::int64_t(rest.toDouble() * 1e6 + 0.5)}));
        else
            say(tr("Run the lesson first: the window shows another world."));
    } else if (link.startsWith(QLatin1String("orderlab-lesson:"))) {
        if (!m_lessons->open(rest))
            say(tr("There is no lesson “%1”.").arg(rest));
    } else if (link.startsWith(QLatin1String("orderlab-doc:"))) {
        const QString file = QDir(docsFolder()).filePath(QFileInfo(rest).fileName());
        if (docsFolder().isEmpty() || !QFileInfo(file).isFile()
            || !QDesktopServices::openUrl(QUrl::fromLocalFile(file)))
            say(tr("This page is docs/%1 of the program's sources.").arg(QFileInfo(rest).fileName()));
    } else if (MomentLine::isLine(link.toStdString())) {
        openMoment(link);
        showPanel(QStringLiteral("lessons"));
    }
}

/// On call one has the log, metrics, traces and the lag: until it is repaired, the rest is covered.
void MainWindow::limitViews()
{
    const Lesson* const lesson = m_lessons->lesson();
    const bool is_limited =
        lesson && lesson->drill && !m_lessons->record().repaired_at && m_lessons->step() != LessonStep::Told;
    const bool was_limited = m_drill_cover != nullptr;
    if (is_limited == was_limited)
        return;
    m_timeline->setVisible(!is_limited && !m_presentation->isOn());
    if (!is_limited) {
        m_middle->removeWidget(m_drill_cover);
        delete std::exchange(m_drill_cover, nullptr);
        for (const QString& name : std::exchange(m_hidden_for_drill, {})) {
            if (auto* const panel = findChild<QDockWidget*>(name))
                panel->show();
        }
        return;
    }
    leaveCompare();
    QStringList allowed{QStringLiteral("lessons")};
    for (const std::string& view : lesson->drill->views)
        allowed << (view == "metrics" ? QStringLiteral("charts")
                    : view == "lag"   ? QStringLiteral("groups")
                                      : QString::fromStdString(view));
    QStringList titles;
    for (const QString& view : allowed.mid(1)) {
        for (std::size_t i = 0; i < m_panels.size(); ++i) {
            if (view == QLatin1String(panelKinds()[i].name))
                titles << m_panels[i]->windowTitle();
        }
    }
    auto* cover = new QLabel(tr("On call\n\nThe event flow is covered until it is repaired.\nLook at: %1.")
                                 .arg(titles.join(QStringLiteral(", "))),
                             m_middle);
    cover->setObjectName(QStringLiteral("drillCover"));
    cover->setAlignment(Qt::AlignCenter);
    cover->setFont(Theme::textFont(16));
    m_drill_cover = cover;
    m_middle->addWidget(cover);
    m_middle->setCurrentWidget(cover);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (allowed.contains(QLatin1String(panelKinds()[i].name)))
            m_panels[i]->show();
        else if (!m_panels[i]->isHidden()) {
            m_hidden_for_drill << m_panels[i]->objectName();
            m_panels[i]->hide();
        }
    }
    m_hidden_for_drill.removeDuplicates();
    showPanel(QStringLiteral("groups"));
}

void MainWindow::showRememberedBars()
{
    statusBar()->setVisible(m_memory.hasStatusBar());
    m_timeline->setVisible(!m_drill_cover);
}

void MainWindow::togglePresentation()
{
    if (m_presentation->isOn())
        m_presentation->leave();
    else
        m_presentation->enter();
}

void MainWindow::saveHandout()
{
    const Lesson* const lesson = m_lessons->lesson();
    if (!lesson) {
        say(tr("Open a lesson first: the handout is of the one that is open."));
        return;
    }
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the handout"), fromCore(lesson->name) + QStringLiteral(".pdf"), tr("PDF (*.pdf)"));
    if (file.isEmpty())
        return;
    const QString problem = writeHandoutTo(file);
    say(problem.isEmpty() ? tr("%1 is written.").arg(file) : problem);
}

/// With pictures of what the window shows, where that is the lesson's world.
QString MainWindow::writeHandoutTo(const QString& file)
{
    if (!m_lessons->lesson() || !m_lessons->played())
        return tr("The run of this lesson is not made yet. Ask again in a moment.");
    std::vector<HandoutPicture> pictures;
    if (showsLessonWorld() && !m_drill_cover) {
        constexpr double scale = 2;
        EventFlowView& flow = m_canvas->view();
        QImage image(flow.size() * scale, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(scale);
        image.fill(colours().window);
        QPainter painter(&image);
        flow.draw(painter);
        painter.end();
        pictures.push_back(
            {tr("The event flow at %1 s.").arg(double(m_bridge->worlds()->now().count()) / 1e6, 0, 'f', 3), image});
        auto* const sequence = m_story->findChild<QAbstractScrollArea*>(QStringLiteral("sequenceView"));
        if (sequence && sequence->isVisible() && !m_story->order().isNull())
            pictures.push_back({tr("The story of the order."), sequence->viewport()->grab().toImage()});
    }
    const QString problem = writeHandout(*m_lessons->lesson(), *m_lessons->played(), pictures, file);
    return problem.isEmpty() ? QString() : tr("The handout is not written: %1").arg(problem);
}

void WindowMenus::makeLearnMenu()
{
    QMenu* learn = m_bar.addMenu(MainWindow::tr("&Learn"));
    add(learn, MainWindow::tr("&Lessons"), {}, [this] { m_window.showLessons(); });
    add(learn, MainWindow::tr("&Go on with the next lesson"), {}, [this] {
        m_window.showLessons();
        if (const Lesson* const next = m_window.lessons().recommended(); next && !m_window.lessons().lesson())
            m_window.lessons().open(fromCore(next->name));
    });
    add(learn, MainWindow::tr("&Classroom"), {}, [this] { m_window.showPanel(QStringLiteral("class")); });
    add(learn, MainWindow::tr("Save a &handout…"), {}, [this] { m_window.saveHandout(); });
    learn->addSeparator();
    add(learn, MainWindow::tr("&Present, or stop presenting"), QKeySequence(QStringLiteral("F11")),
        [this] { later([this] { m_window.togglePresentation(); }); });
}

} // namespace orderlab::ui
