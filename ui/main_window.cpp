#include "ui/main_window.h"

#include "ui/database/database_panel.h"
#include "ui/database/rows_view.h"
#include "ui/database/select_view.h"
#include "ui/dialogs/brokers_dialog.h"
#include "ui/dialogs/faults_dialog.h"
#include "ui/dialogs/legend_dialog.h"
#include "ui/layouts/window_layouts.h"
#include "ui/lessons/lesson_desk.h"
#include "ui/lessons/lessons_panel.h"
#include "ui/lessons/narrator_line.h"
#include "ui/lessons/presentation.h"
#include "ui/own_workers/own_workers.h"
#include "ui/panels/bus_control.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/dead_letters_panel.h"
#include "ui/panels/failures_section.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/invariants_section.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/panel_registry.h"
#include "ui/panels/status_banners.h"
#include "ui/panels/story_panel.h"
#include "ui/panels/toolbar.h"
#include "ui/panels/transport.h"
#include "ui/settings/window_settings.h"
#include "ui/status/status_line.h"
#include "ui/theme/motion.h"
#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/undo/undo_desk.h"
#include "ui/window_files.h"
#include "ui/window_menus.h"
#include "ui/window_regions.h"
#include "ui/window_room.h"
#include "ui/worlds/comparison.h"
#include "ui/worlds/worlds.h"
#include "ui/worlds/worlds_panel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int canvas_head = 38; ///< What stays to be seen over a message: the title of the event flow.

} // namespace

MainWindow::MainWindow(LabConfig config, WindowOptions options, QWidget* parent)
    : QMainWindow(parent), m_options(std::move(options)), m_config(std::move(config)), m_memory(m_options.remember),
      m_files(std::make_unique<WindowFiles>(*this, m_memory))
{
    const QString set_aside = m_memory.setAsideBroken();
    m_settings = std::make_unique<WindowSettings>(*this, m_memory, m_options.system);
    m_layouts = std::make_unique<WindowLayouts>(*this, m_memory);
    m_presentation = std::make_unique<Presentation>(*this);
    m_lessons = std::make_unique<LessonDesk>(m_memory.remembers() ? LearnerProgress::usualFile() : QString());
    m_own_workers = std::make_unique<OwnWorkers>(m_config.own_workers, nullptr);
    setDockOptions(QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
    Theme::instance().set(m_options.theme.value_or(m_memory.theme().value_or(ThemeName::Dark)));
    followLook();

    const auto remembered = m_memory.engine();
    m_is_first_start = !m_options.engine && !remembered;
    if (!m_options.engine && remembered.value_or(Engine::Kind::Simulated) == Engine::Kind::Simulated)
        m_options.engine = simulatedEngine();
    const Engine engine = m_options.engine.value_or(Engine{});
    build(engine);
    if (engine.kind == Engine::Kind::Recorded)
        m_files->keep(engine.recording);
    if (engine.kind == Engine::Kind::OwnSystem) {
        (void)m_bridge->faults().set(m_options.faults); // Whoever made the options has checked them.
        m_bridge->faults().setGuarantees(m_options.guarantees);
    }
    setMinimumSize(WindowRoom::least); // Their hints change with the width.
    resize(1'600, 1'000);
    restore();
    if (!set_aside.isEmpty())
        Q_EMIT m_bridge->told(set_aside);
    if (const QString problem = m_lessons->takeProblem(); !problem.isEmpty())
        Q_EMIT m_bridge->told(problem);
}

MainWindow::~MainWindow()
{
    m_bridge->stop();
    hide();
    takeApart();
}

void MainWindow::build(const Engine& engine)
{
    m_engine = engine;
    if (engine.kind == Engine::Kind::OwnSystem)
        m_settings->noteStart();
    makeWithOwnWorkers();
    m_undo = std::make_unique<UndoDesk>(*m_bridge, this);
    setWindowTitle(m_bridge->session().texts().window_title);
    m_menus = new QMenuBar(this);
    m_toolbar = new Toolbar(*m_bridge, m_menus, this);
    placePanels();
    placeStatusBar();
    m_layouts->keepFirst();
    m_undo->watch(m_panels);
    m_window_menus = std::make_unique<WindowMenus>(*this, *m_menus);
    connectPanels();
    connectLessons();
    connectOwnWorkers();
    restoreLists();
}

/// Panels look at the bridge until the end, so they go before it does.
void MainWindow::takeApart()
{
    leaveCompare();
    m_drill_cover = nullptr;
    m_window_menus.reset();
    m_regions.reset();
    m_room.reset();
    for (QDialog* dialog : findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly))
        delete dialog;
    for (Panel* panel : m_panels)
        delete panel;
    m_panels.clear();
    delete std::exchange(m_status, nullptr);
    m_own_workers->detach();
    m_undo.reset();
    delete takeCentralWidget();
    for (QToolBar* bar : findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly)) {
        removeToolBar(bar);
        delete bar;
    }
    m_bridge.reset();
}

/// Orders that are under way in a real system are not lost, but they rest until it runs again.
bool MainWindow::mayLeave()
{
    const std::int64_t open = m_bridge->frames().timeline().now().totals().in_flight;
    if (m_bridge->engine() != Engine::Kind::OwnSystem || open == 0)
        return true;
    const bool is_kept = m_bridge->session().config().store != StoreKind::Memory;
    QMessageBox box(QMessageBox::Question, tr("Another engine"),
                    tr("%n orders are under way. End the system nevertheless?", nullptr, int(open)),
                    QMessageBox::NoButton, this);
    box.setInformativeText(is_kept ? tr("They are in the database, and go on when the real system is "
                                        "started again.")
                                   : tr("The store is in memory: all orders of this system are gone "
                                        "then."));
    QPushButton* yes = box.addButton(tr("End the system"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(tr("Stay"), QMessageBox::RejectRole));
    box.exec();
    return box.clickedButton() == yes;
}

bool MainWindow::changeEngine(const Engine& engine, std::optional<BusChoice> bus)
{
    if (!mayLeave())
        return false;
    const QByteArray layout = m_room->state(WindowLayouts::version());
    m_memory.keepLayout(*this, layout);
    const Panel& left = lessonsPanel().isSeen() ? static_cast<Panel&>(lessonsPanel()) : *m_create;
    const std::pair widths(left.width(), m_story->width()); // Which of two tabs is behind does not know it.
    int height = m_orders->height();                        // Of the tabs: one that is behind another does not know it.
    for (const Panel* panel : m_panels) {
        if (panel->isSeen() && dockWidgetArea(m_orders) == dockWidgetArea(const_cast<Panel*>(panel)))
            height = panel->height();
    }
    QApplication::setOverrideCursor(Qt::WaitCursor);
    m_bridge->stop();
    setUpdatesEnabled(false);
    takeApart();
    if (bus) {
        m_config.bus = bus->kind;
        if (bus->kind == BusKind::Kafka)
            m_config.kafka.brokers = bus->brokers.toStdString();
    }
    build(engine);
    m_files->tellOfEnd();
    m_memory.keepEngine(engine.kind);
    if (!m_layouts->take(layout))
        fitPanels();
    // A middle that is not shown yet has no room, which the panels then take.
    centralWidget()->show();
    QMainWindow::layout()->activate();
    resizeDocks({m_create, m_story}, {widths.first, widths.second}, Qt::Horizontal);
    resizeDocks({m_orders}, {height}, Qt::Vertical);
    if (!m_presentation->isOn())
        m_room->fit(WindowLayouts::version());
    m_presentation->apply();
    setUpdatesEnabled(true);
    QApplication::restoreOverrideCursor();
    m_bridge->start();
    if (m_bridge->player().lives())
        m_canvas->view().setFocus();
    else
        m_timeline->view().setFocus();
    return true;
}

void MainWindow::say(const QString& sentence)
{
    m_banners->tell(sentence);
}

Banner& MainWindow::banner()
{
    return m_banners->banner();
}

void MainWindow::placeToolbar()
{
    auto* bar = new QToolBar(tr("Toolbar"), this);
    bar->setObjectName(QStringLiteral("mainToolbar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setStyleSheet(QStringLiteral("QToolBar { border: none; padding: 0; spacing: 0; }"));
    m_toolbar->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    bar->addWidget(m_toolbar);
    bar->layout()->setContentsMargins(0, 0, 0, 0);
    addToolBar(Qt::TopToolBarArea, bar);
    setContextMenuPolicy(Qt::PreventContextMenu);
}

void MainWindow::placePanels()
{
    placeToolbar();
    auto* middle = new QWidget(this);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const bool is_real = m_bridge->engine() == Engine::Kind::OwnSystem;
    m_banners = new StatusBanners(*m_bridge, is_real ? m_options.store_notice : QString(), middle);
    m_canvas = new CanvasPanel(*m_bridge, middle);
    m_timeline = new TimelinePanel(*m_bridge, middle);
    m_middle = new QStackedWidget(middle);
    m_middle->addWidget(m_canvas);
    m_narrator = new NarratorLine(*m_bridge, middle);
    m_narrator->hide();
    column->addWidget(m_middle, 1);
    column->addWidget(m_narrator);
    column->addWidget(m_timeline);
    setCentralWidget(middle);
    m_banners->lieOver(m_middle, canvas_head);

    m_panels = dockPanels(*this, *m_bridge);
    m_create = panelOf<CreateOrdersPanel>();
    m_orders = panelOf<OrdersPanel>();
    m_dead_letters = panelOf<DeadLettersPanel>();
    m_groups = panelOf<GroupsPanel>();
    m_story = panelOf<StoryPanel>();
    for (Panel* const panel : m_panels)
        letScroll(*panel);
    m_room = std::make_unique<WindowRoom>(*this, *m_create, *m_story);
    m_regions = std::make_unique<WindowRegions>(*this, [this] { return regions(); });
    SelectView& select = panelOf<DatabasePanel>()->select();
    select.setHistory(m_memory.statements());
    connect(&select, &SelectView::historyChanged, this,
            [this](const QStringList& statements) { m_memory.keepStatements(statements); });
}

template <typename P>
P* MainWindow::panelOf() const
{
    for (Panel* panel : m_panels) {
        if (auto* found = qobject_cast<P*>(panel))
            return found;
    }
    qFatal("a panel of the window is not in panel_registry.cpp");
}

LessonsPanel& MainWindow::lessonsPanel()
{
    return *panelOf<LessonsPanel>();
}

void MainWindow::fitPanels()
{
    const bool narrow = width() < 1'440;
    resizeDocks({m_create, m_story}, {metrics::left_width, narrow ? 288 : metrics::right_width}, Qt::Horizontal);
    resizeDocks({m_orders}, {height() < 660 ? 150 : height() < 800 ? 200 : int(height() * 0.29)}, Qt::Vertical);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (m_fitted)
        return;
    m_fitted = true;
    if (m_restored)
        m_memory.restorePanels(*this, WindowLayouts::version());
    else
        fitPanels();
    m_layouts->tidyTabs();
    m_room->fit(WindowLayouts::version());
    // The window is on screen first; what takes its time comes up behind it.
    QTimer::singleShot(0, this, [this] {
        m_bridge->start();
        if (m_bridge->player().lives())
            m_canvas->view().setFocus();
        else
            m_timeline->view().setFocus();
        if (m_is_first_start)
            showWelcome();
    });
}

void MainWindow::resetLayout()
{
    const QByteArray before = saveState(WindowLayouts::version());
    m_layouts->reset();
    did(
        tr("reset the layout"), [this, before] { m_layouts->take(before); }, [this] { m_layouts->reset(); });
}

void MainWindow::did(const QString& text, std::function<void()> undo, std::function<void()> redo)
{
    m_undo->did(text, std::move(undo), std::move(redo));
}

void MainWindow::composeFailures()
{
    auto* dialog = new FaultsDialog(*m_bridge, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::rememberBus()
{
    const BusChoice& bus = m_bridge->commands().bus();
    if (bus.kind != BusKind::Kafka)
        return;
    m_toolbar->bus().setBrokers(bus.brokers);
    m_memory.keepBrokers(bus.brokers);
}

void MainWindow::askForBrokers()
{
    auto* dialog = new BrokersDialog(m_toolbar->bus().brokers(),
                                     QString::fromStdString(m_bridge->session().config().topic_prefix), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_toolbar->bus().choose({BusKind::Kafka, dialog->brokers()});
    });
    dialog->open();
}

void MainWindow::connectPanels()
{
    m_files->listen();
    connectStarts();
    connect(&m_bridge->frames(), &FramePump::frame, &m_canvas->view(), &EventFlowView::showFrame);
    connect(&m_bridge->frames(), &FramePump::frame, m_toolbar, &Toolbar::showFrame);
    for (Panel* panel : m_panels) {
        connect(&m_bridge->frames(), &FramePump::frame, panel, &Panel::showFrame);
        connect(panel, &Panel::orderSelected, this, &MainWindow::showStory);
        connect(panel, &Panel::told, m_banners, &StatusBanners::tell);
    }
    connect(&m_bridge->store(), &StoreReader::countsChanged, &m_canvas->view(), &EventFlowView::refresh);
    connect(&m_bridge->commands(), &SystemCommands::groupsScaled, &m_canvas->view(), &EventFlowView::refresh);
    connect(&m_bridge->session(), &Session::stateChanged, &m_canvas->view(), &EventFlowView::refresh);
    connect(&m_bridge->commands(), &SystemCommands::busChanged, this, &MainWindow::rememberBus);
    connect(&m_toolbar->bus(), &BusControl::otherBrokersWanted, this, &MainWindow::askForBrokers);
    connect(&m_toolbar->bus(), &BusControl::simulatedWanted, this, &MainWindow::simulate, Qt::QueuedConnection);
    connect(
        &m_toolbar->bus(), &BusControl::realWanted, this, [this](const BusChoice& bus) { changeEngine({}, bus); },
        Qt::QueuedConnection);
    connect(&m_toolbar->transport(), &Transport::animationSpeedChanged, &m_canvas->view(), &EventFlowView::setSpeed);
    connect(&m_bridge->player(), &Player::changed, m_canvas,
            [this] { m_canvas->setPlaying(m_bridge->player().isPlaying()); });
    m_canvas->setPlaying(m_bridge->player().isPlaying());
    connect(m_timeline, &TimelinePanel::forkWanted, this, &MainWindow::forkHere);
    connect(m_timeline, &TimelinePanel::told, m_banners, &StatusBanners::tell);
    if (m_bridge->worlds()) {
        connect(panelOf<WorldsPanel>(), &WorldsPanel::compareWanted, this, &MainWindow::compareWith);
        // A world that is changed or shown no more is not the one that was compared.
        connect(m_bridge->worlds(), &Worlds::changed, this, [this] {
            if (m_comparison && !m_comparison->isStillTrue())
                QMetaObject::invokeMethod(this, &MainWindow::leaveCompare, Qt::QueuedConnection);
        });
    }
    connect(&m_bridge->frames(), &FramePump::frame, m_canvas, &CanvasPanel::showFrame);
    connect(m_canvas, &CanvasPanel::legendWanted, this, &MainWindow::showLegend);
    connect(m_toolbar, &Toolbar::invariantsPicked, this, &MainWindow::showFirstViolation);
    connect(m_toolbar, &Toolbar::moreFailuresWanted, this, &MainWindow::composeFailures);
    connect(&m_create->failures(), &FailuresSection::moreWanted, this, &MainWindow::composeFailures);
    connect(&m_create->invariants(), &InvariantsSection::invariantPicked, this, &MainWindow::nextViolationOf);
    connect(m_story, &StoryPanel::violationWanted, this, &MainWindow::nextViolation);
    connect(m_story, &StoryPanel::compareWanted, this, &MainWindow::compareOrder);
    connect(m_story, &StoryPanel::stepLit, &m_canvas->view(), &EventFlowView::setLit);
    auto* const database = panelOf<DatabasePanel>();
    connect(m_story, &StoryPanel::stepChosen, &database->rows(), &RowsView::setTouched);
    connect(m_story, &StoryPanel::placeWanted, this, [this, database](const RowsPlace& place) {
        database->showRows();
        database->rows().showPlace(place);
        showPanel(QStringLiteral("database"));
    });
    connect(m_create, &CreateOrdersPanel::importWanted, this, &MainWindow::importOrders);
    connect(&m_bridge->deadLetters(), &DeadLetterDesk::changed, &m_canvas->view(), &EventFlowView::refresh);
    connect(&m_bridge->commands(), &SystemCommands::orderCreated, this, &MainWindow::showStory);
    connect(&m_canvas->view(), &EventFlowView::orderPicked, this, [this](OrderId id) {
        m_orders->select(id);
        showStory(id);
    });
    connect(&m_canvas->view(), &EventFlowView::momentWanted, this, [this](OrderId id, std::int64_t time_us) {
        const auto last = time_us > 0 ? std::nullopt : momentOf(m_bridge->frames(), id);
        if (time_us > 0)
            m_bridge->places().goToTime(time_us);
        else if (last)
            m_bridge->places().go(*last);
    });
    connect(&m_canvas->view(), &EventFlowView::nodeActivated, this, &MainWindow::openNode);
}

void MainWindow::showLegend()
{
    auto* legend = findChild<LegendDialog*>();
    if (legend) {
        legend->close();
        return;
    }
    legend = new LegendDialog(m_canvas->view().groupNames(), this);
    legend->setAttribute(Qt::WA_DeleteOnClose);
    legend->move(mapToGlobal(QPoint(0, metrics::toolbar_height))); // Beside the event flow, not over it.
    legend->show();
}

QStringList MainWindow::panelNames()
{
    QStringList names;
    for (const PanelKind& kind : panelKinds())
        names << QLatin1String(kind.name);
    names.sort();
    return names;
}

bool MainWindow::showPanel(const QString& name)
{
    const auto kinds = panelKinds();
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (name != QLatin1String(kinds[i].name))
            continue;
        m_panels[i]->show();
        m_panels[i]->raise();
        m_panels[i]->setFocus();
        return true;
    }
    return false;
}

void MainWindow::setTheme(ThemeName theme)
{
    Theme::instance().set(theme);
    m_memory.keepTheme(theme);
}

/// What a person chose last, and what they choose from now on, wherever that is done.
void MainWindow::followLook()
{
    Zoom::instance().set(m_memory.zoom());
    Motion::instance().setReduced(m_memory.isMotionReduced());
    connect(&Zoom::instance(), &Zoom::changed, this, [this](int percent) {
        if (!m_presentation->isOn())
            m_memory.keepZoom(percent);
        setMinimumSize(WindowRoom::least); // Told to the desktop anew, in its pixels.
        resize(size().expandedTo(WindowRoom::least));
        if (isVisible() && !m_presentation->isOn())
            say(percent == 100 ? tr("As large as usual.") : tr("All is shown at %1 %. Ctrl+0: as usual.").arg(percent));
    });
    connect(&Motion::instance(), &Motion::changed, this,
            [this] { m_memory.keepMotionReduced(Motion::instance().isReducedByChoice()); });
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (m_fitted && !m_presentation->isOn())
        m_room->fit(WindowLayouts::version());
}

void MainWindow::restore()
{
    const BusChoice& bus = m_bridge->commands().bus();
    const QString remembered = m_memory.brokers();
    if (bus.kind == BusKind::Kafka)
        m_toolbar->bus().setBrokers(bus.brokers);
    else if (!remembered.isEmpty() && brokersProblem(remembered).isEmpty())
        m_toolbar->bus().setBrokers(remembered);
    m_restored = m_memory.restoreLayout(*this, WindowLayouts::version());
}

void MainWindow::end()
{
    m_ends = true;
    close();
}

/// What is in a database goes on with the next start.
bool MainWindow::mayEnd()
{
    const std::int64_t open = m_bridge->frames().timeline().now().totals().in_flight;
    if (m_ends || !m_options.asks_before_end || m_bridge->engine() != Engine::Kind::OwnSystem || open == 0
        || m_bridge->session().config().store != StoreKind::Memory)
        return true;
    QMessageBox box(QMessageBox::Question, tr("Quit"), tr("%1 orders are under way. Quit nevertheless?").arg(open),
                    QMessageBox::NoButton, this);
    box.setInformativeText(tr("The store is in memory: all orders of this system are gone then."));
    QPushButton* yes = box.addButton(tr("Quit"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(tr("Stay"), QMessageBox::RejectRole));
    box.exec();
    return m_ends || box.clickedButton() == yes;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayEnd()) {
        event->ignore();
        return;
    }
    m_presentation->leave();
    m_lessons->close(); // A drill has hidden panels.
    m_memory.keepLayout(*this, m_room->state(WindowLayouts::version()));
    // Gone from the screen at once; the system drains behind it.
    hide();
    m_bridge->stop();
    event->accept();
}

} // namespace orderlab::ui
