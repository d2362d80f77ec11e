#include "ui/main_window.h"

#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/brokers_dialog.h"
#include "ui/dialogs/faults_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/panels/allowed.h"
#include "ui/panels/banner.h"
#include "ui/panels/bus_control.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/dead_letters_panel.h"
#include "ui/panels/failures_section.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/invariants_section.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/panel_registry.h"
#include "ui/panels/story_panel.h"
#include "ui/panels/toolbar.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QFileDialog>
#include <QMenuBar>
#include <QSettings>
#include <QTabBar>
#include <QToolBar>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace orderlab::ui {

namespace {

constexpr QSize least_size(1'120, 660); ///< All panels at their smallest, none over another.
/// Another layout with each panel more.
int windowStateVersion() { return int(panelKinds().size()) - 3; }

} // namespace

MainWindow::MainWindow(LabConfig config, WindowOptions options, QWidget* parent)
    : QMainWindow(parent), m_options(std::move(options))
{
    setDockOptions(QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
    const QString remembered =
        m_options.remember ? QSettings().value(QStringLiteral("theme")).toString() : QString();
    Theme::instance().set(m_options.theme.value_or(themeOf(remembered).value_or(ThemeName::Dark)));

    m_bridge = std::make_unique<LabBridge>(std::move(config), m_options.attach ? LabBridge::Mode::Attached : LabBridge::Mode::OwnSystem);
    (void)m_bridge->faults().set(m_options.faults); // Whoever made the options has checked them.
    m_bridge->faults().setGuarantees(m_options.guarantees);
    setWindowTitle(m_bridge->session().texts().window_title);
    m_menus = new QMenuBar(this);
    m_toolbar = new Toolbar(*m_bridge, m_menus, this);
    placePanels();
    makeActions();
    connectPanels();
    setMinimumSize(least_size); // Their hints change with the width.
    resize(1'600, 1'000);
    restore();
    showState();
}

MainWindow::~MainWindow()
{
    m_bridge->stop();
    // Panels look at the bridge until the end, so they go before it does.
    hide();
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
}

void MainWindow::placePanels()
{
    auto* bar = new QToolBar(QStringLiteral("Toolbar"), this);
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

    auto* middle = new QWidget(this);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_notice = new Banner(middle);
    m_banner = new Banner(middle);
    m_canvas = new CanvasPanel(*m_bridge, middle);
    column->addWidget(m_notice);
    column->addWidget(m_banner);
    column->addWidget(m_canvas, 1);
    setCentralWidget(middle);

    for (const PanelKind& kind : panelKinds())
        m_panels.push_back(kind.make(*m_bridge, this));
    m_create = panelOf<CreateOrdersPanel>();
    m_orders = panelOf<OrdersPanel>();
    m_dead_letters = panelOf<DeadLettersPanel>();
    m_groups = panelOf<GroupsPanel>();
    m_story = panelOf<StoryPanel>();
    for (const Qt::Corner corner : {Qt::TopLeftCorner, Qt::BottomLeftCorner})
        setCorner(corner, Qt::LeftDockWidgetArea);
    for (const Qt::Corner corner : {Qt::TopRightCorner, Qt::BottomRightCorner})
        setCorner(corner, Qt::RightDockWidgetArea);
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    std::map<Qt::DockWidgetArea, std::pair<Panel*, Panel*>> places; ///< The first and the last of each area.
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        const Qt::DockWidgetArea area = panelKinds()[i].area;
        const auto [place, is_first] = places.try_emplace(area, m_panels[i], m_panels[i]);
        if (is_first)
            addDockWidget(area, m_panels[i]);
        else
            tabifyDockWidget(std::exchange(place->second.second, m_panels[i]), m_panels[i]);
    }
    for (const auto& [area, ends] : places)
        ends.first->raise();
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

void MainWindow::fitPanels()
{
    const bool narrow = width() < 1'440;
    resizeDocks({m_create, m_story}, {metrics::left_width, narrow ? 288 : metrics::right_width},
                Qt::Horizontal);
    resizeDocks({m_orders}, {height() < 800 ? 200 : int(height() * 0.29)}, Qt::Vertical);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (m_fitted)
        return;
    m_fitted = true;
    if (!m_restored)
        fitPanels();
    // The style sheet's word comes before the dock's own tab bar is set up.
    for (QTabBar* bar : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        bar->setDrawBase(false);
    // The window is on screen first; what takes its time comes up behind it.
    QTimer::singleShot(0, m_bridge.get(), &LabBridge::start);
}

void MainWindow::makeActions()
{
    makeFileMenu();
    makeViewMenu();
    makeFailuresMenu();
    makeBusMenu();
    makeHelpMenu();
}

QAction* MainWindow::addAction(QMenu* menu, const QString& text, const QKeySequence& keys, std::function<void()> run,
                               std::optional<Ask> ask)
{
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    if (ask)
        allow(action, m_bridge->commands().capabilities().whyNot(*ask));
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    menu->addAction(action);
    // Also to the window, so that the shortcut works wherever the menu bar stands.
    QMainWindow::addAction(action);
    m_shortcut_actions << action;
    return action;
}

void MainWindow::makeFileMenu()
{
    QMenu* file = m_menus->addMenu(QStringLiteral("&File"));
    const auto create = [this] {
        m_create->focusCustomer();
        m_create->createOrder();
    };
    addAction(file, QStringLiteral("&New order"), QKeySequence(QStringLiteral("Ctrl+N")), create, Ask::CreateOrders);
    addAction(file, QStringLiteral("&Burst of 100"), QKeySequence(QStringLiteral("Ctrl+B")), [this] { m_create->createBurst(); },
              Ask::CreateOrders);
    addAction(file, QStringLiteral("&Import orders…"), QKeySequence(QStringLiteral("Ctrl+I")), [this] { importOrders(); },
              Ask::ImportOrders);
    file->addSeparator();
    addAction(file, QStringLiteral("&Quit"), QKeySequence::Quit, [this] { close(); })
        ->setShortcut(QKeySequence(QStringLiteral("Ctrl+Q")));
}

void MainWindow::makeViewMenu()
{
    QMenu* view = m_menus->addMenu(QStringLiteral("&View"));
    for (Panel* panel : m_panels)
        view->addAction(panel->toggleViewAction());
    view->addSeparator();
    QMenu* themes = view->addMenu(QStringLiteral("&Theme"));
    auto* group = new QActionGroup(this);
    const std::pair<ThemeName, QString> names[] = {{ThemeName::Dark, QStringLiteral("&Dark")},
                                                   {ThemeName::Light, QStringLiteral("&Light")},
                                                   {ThemeName::Contrast, QStringLiteral("High &contrast")}};
    for (const auto& [theme, text] : names) {
        QAction* action = themes->addAction(text);
        action->setObjectName(QStringLiteral("theme-") + name(theme));
        action->setCheckable(true);
        action->setChecked(theme == Theme::instance().current());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = theme] { setTheme(chosen); });
    }
    view->addSeparator();
    addAction(view, QStringLiteral("Pause or play the animation"), QKeySequence(QStringLiteral("Ctrl+Space")),
              [this] { m_toolbar->togglePlaying(); });
    addAction(view, QStringLiteral("Zoom &in"), QKeySequence(QStringLiteral("Ctrl++")),
              [this] { m_canvas->view().zoomBy(1.25); });
    addAction(view, QStringLiteral("Zoom &out"), QKeySequence(QStringLiteral("Ctrl+-")),
              [this] { m_canvas->view().zoomBy(0.8); });
    addAction(view, QStringLiteral("&Fit the event flow"), QKeySequence(QStringLiteral("Ctrl+0")),
              [this] { m_canvas->view().resetZoom(); });
    view->addSeparator();
    addAction(view, QStringLiteral("Go to the event flow"), QKeySequence(QStringLiteral("Ctrl+1")),
              [this] { m_canvas->view().setFocus(); });
    std::vector<const PanelKind*> kinds; // By their keys: so they are learned.
    for (const PanelKind& kind : panelKinds()) {
        if (kind.go_to)
            kinds.push_back(&kind);
    }
    std::sort(kinds.begin(), kinds.end(), [](const PanelKind* a, const PanelKind* b) { return qstrcmp(a->keys, b->keys) < 0; });
    for (const PanelKind* kind : kinds)
        addAction(view, QLatin1String(kind->go_to), QKeySequence(QLatin1String(kind->keys)), [this, kind] { showPanel(QLatin1String(kind->name)); });
    addAction(view, QStringLiteral("Copy the selected order's id"), QKeySequence(QStringLiteral("Ctrl+Shift+C")),
              [this] { m_orders->copySelectedId(); });
    view->addSeparator();
    addAction(view, QStringLiteral("&Reset the layout"), {}, [this] {
        for (Panel* panel : m_panels)
            panel->show();
        fitPanels();
    });
}

void MainWindow::makeFailuresMenu()
{
    QMenu* failures = m_menus->addMenu(QStringLiteral("F&ailures"));
    addAction(failures, QStringLiteral("&Go to failures"), QKeySequence(QStringLiteral("Ctrl+5")), [this] {
        m_create->show();
        m_create->failures().focusFirst();
    });
    addAction(failures, QStringLiteral("&Compose a failure…"), QKeySequence(QStringLiteral("Ctrl+M")), [this] { composeFailures(); },
              Ask::InjectFailures);
    addAction(failures, QStringLiteral("&Stop all failures"), QKeySequence(QStringLiteral("Ctrl+.")),
              [this] { m_bridge->faults().stopAll(); }, Ask::InjectFailures);
    failures->addSeparator();
    addAction(failures, QStringLiteral("Switch all guarantees &on"), {}, [this] { m_bridge->faults().setGuarantees({}); },
              Ask::ChangeGuarantees);
}

void MainWindow::composeFailures()
{
    auto* dialog = new FaultsDialog(*m_bridge, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::makeBusMenu()
{
    QMenu* menu = m_menus->addMenu(QStringLiteral("&Bus"));
    const QStringList keys = {QStringLiteral("Ctrl+Shift+M"), QStringLiteral("Ctrl+Shift+K"), QStringLiteral("Ctrl+Shift+L"),
                              QStringLiteral("Ctrl+Shift+A")};
    const QList<QAction*> choices = m_toolbar->bus().choices();
    for (qsizetype i = 0; i < choices.size(); ++i) {
        choices[i]->setShortcut(QKeySequence(keys[i]));
        menu->addAction(choices[i]);
        QMainWindow::addAction(choices[i]);
        m_shortcut_actions << choices[i];
    }
}

void MainWindow::showBus()
{
    if (m_bridge->commands().isSwitchingBus()) {
        m_is_switching_bus = true;
        m_banner->showText(Banner::Kind::Info,
                           QStringLiteral("Switching to %1: workers finish what they have in hand, new orders are accepted and wait "
                                          "in the outbox…")
                               .arg(busName(m_bridge->commands().nextBus())),
                           false);
    } else if (std::exchange(m_is_switching_bus, false)) {
        m_banner->hide();
    }
    const BusChoice& bus = m_bridge->commands().bus();
    if (bus.kind != BusKind::Kafka)
        return;
    m_toolbar->bus().setBrokers(bus.brokers);
    if (m_options.remember)
        QSettings().setValue(QStringLiteral("kafkaBrokers"), bus.brokers);
}

void MainWindow::askForBrokers()
{
    auto* dialog = new BrokersDialog(m_toolbar->bus().brokers(), QString::fromStdString(m_bridge->session().config().topic_prefix), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_bridge->commands().switchBus({BusKind::Kafka, dialog->brokers()}); });
    dialog->open();
}

void MainWindow::makeHelpMenu()
{
    QMenu* help = m_menus->addMenu(QStringLiteral("&Help"));
    addAction(help, QStringLiteral("&Keyboard shortcuts"), QKeySequence(QStringLiteral("F1")),
              [this] { ShortcutsDialog(m_shortcut_actions, this).exec(); });
    addAction(help, QStringLiteral("&About Orderlab"), {}, [this] { AboutDialog(this).exec(); });
}

void MainWindow::connectPanels()
{
    connect(&m_bridge->frames(), &FramePump::frame, &m_canvas->view(), &EventFlowView::showFrame);
    connect(&m_bridge->frames(), &FramePump::frame, m_toolbar, &Toolbar::showFrame);
    for (Panel* panel : m_panels) {
        connect(&m_bridge->frames(), &FramePump::frame, panel, &Panel::showFrame);
        connect(panel, &Panel::orderSelected, this, &MainWindow::showStory);
    }
    connect(&m_bridge->store(), &StoreReader::countsChanged, &m_canvas->view(), &EventFlowView::refresh);
    connect(&m_bridge->commands(), &SystemCommands::groupsScaled, &m_canvas->view(), &EventFlowView::refresh);
    connect(&m_bridge->session(), &Session::stateChanged, this, &MainWindow::showState);
    connect(m_bridge.get(), &LabBridge::commandFailed, this,
            [this](const QString& problem) { m_banner->showText(Banner::Kind::Problem, problem); });
    connect(&m_bridge->commands(), &SystemCommands::busChanged, this, &MainWindow::showBus);
    connect(&m_toolbar->bus(), &BusControl::otherBrokersWanted, this, &MainWindow::askForBrokers);
    connect(m_toolbar, &Toolbar::playingChanged, m_canvas, &CanvasPanel::setPlaying);
    connect(m_toolbar, &Toolbar::speedChanged, &m_canvas->view(), &EventFlowView::setSpeed);
    connect(&m_bridge->frames(), &FramePump::frame, m_canvas, &CanvasPanel::showFrame);
    connect(m_toolbar, &Toolbar::invariantsPicked, this, &MainWindow::showFirstViolation);
    connect(m_toolbar, &Toolbar::moreFailuresWanted, this, &MainWindow::composeFailures);
    connect(&m_create->failures(), &FailuresSection::moreWanted, this, &MainWindow::composeFailures);
    connect(&m_create->invariants(), &InvariantsSection::violationPicked, this, &MainWindow::showViolation);
    connect(m_create, &CreateOrdersPanel::importWanted, this, &MainWindow::importOrders);
    connect(&m_bridge->deadLetters(), &DeadLetterDesk::changed, &m_canvas->view(), &EventFlowView::refresh);
    connect(&m_bridge->commands(), &SystemCommands::orderCreated, this, &MainWindow::showStory);
    connect(&m_canvas->view(), &EventFlowView::orderPicked, this, [this](OrderId id) {
        m_orders->select(id);
        showStory(id);
    });
    connect(&m_canvas->view(), &EventFlowView::nodeActivated, this, &MainWindow::openNode);
}

void MainWindow::importOrders()
{
    const QString file = QFileDialog::getOpenFileName(
        this, QStringLiteral("Import orders"), {},
        QStringLiteral("Order files (*.csv);;All files (*)"));
    if (!file.isEmpty())
        importFile(file);
}

ImportDialog* MainWindow::importFile(const QString& file)
{
    auto* dialog = new ImportDialog(*m_bridge, file, this);
    if (!m_bridge->commands().startImport(file)) {
        delete dialog;
        m_banner->showText(Banner::Kind::Warning, m_bridge->session().state() == Session::State::Running
                                                      ? QStringLiteral("One import runs already. Wait for its end, or cancel it.")
                                                      : QStringLiteral("Not yet: ") + m_bridge->session().stateText());
        return nullptr;
    }
    dialog->show();
    return dialog;
}

void MainWindow::showStory(OrderId id)
{
    m_story->tell(id);
    m_canvas->view().setSelectedOrder(id);
}

void MainWindow::showViolation(const Violation& violation)
{
    if (violation.order.isNull()) {
        m_banner->showText(Banner::Kind::Warning, QString::fromStdString(violation.explanation));
        return;
    }
    m_story->show();
    m_orders->select(violation.order);
    showStory(violation.order);
}

void MainWindow::showFirstViolation()
{
    const Violation* first = nullptr;
    for (const InvariantStatus& status : m_bridge->faults().invariants().statuses) {
        if (status.first && (!first || status.first->time_us < first->time_us))
            first = &*status.first;
    }
    if (first)
        showViolation(*first);
}

void MainWindow::showState()
{
    m_canvas->view().refresh();
    switch (m_bridge->session().state()) {
    case Session::State::Idle:
    case Session::State::Starting:
        m_banner->showText(Banner::Kind::Info, m_bridge->session().stateText(), false);
        break;
    case Session::State::Waiting: m_banner->showText(Banner::Kind::Warning, m_bridge->session().stateText(), false); break;
    case Session::State::Failed: m_banner->showText(Banner::Kind::Problem, m_bridge->session().stateText(), false); break;
    case Session::State::Running:
        m_banner->hide();
        if (const QString notice = m_bridge->session().texts().notice; !notice.isEmpty())
            m_notice->showText(Banner::Kind::Info, notice);
        if (!m_options.store_notice.isEmpty())
            m_notice->showText(Banner::Kind::Warning, m_options.store_notice);
        break;
    case Session::State::Stopped: break;
    }
}

void MainWindow::openNode(NodeId node)
{
    switch (node.kind) {
    case NodeId::Kind::Api: m_create->focusCustomer(); break;
    case NodeId::Kind::Store: showPanel(QStringLiteral("orders")); break;
    case NodeId::Kind::Topic: showPanel(QStringLiteral("groups")); break;
    case NodeId::Kind::Group:
        showPanel(QStringLiteral("groups"));
        m_groups->showGroup(QString::fromStdString(m_bridge->session().config().workers[std::size_t(node.index)]));
        break;
    case NodeId::Kind::DeadLetters: showPanel(QStringLiteral("dead-letters")); break;
    case NodeId::Kind::None: break;
    }
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
    if (m_options.remember)
        QSettings().setValue(QStringLiteral("theme"), name(theme));
}

void MainWindow::restore()
{
    if (m_bridge->commands().bus().kind == BusKind::Kafka)
        m_toolbar->bus().setBrokers(m_bridge->commands().bus().brokers);
    if (!m_options.remember)
        return;
    const QSettings settings;
    const QString brokers = settings.value(QStringLiteral("kafkaBrokers")).toString();
    if (m_bridge->commands().bus().kind != BusKind::Kafka && brokersProblem(brokers).isEmpty())
        m_toolbar->bus().setBrokers(brokers);
    const QByteArray geometry = settings.value(QStringLiteral("geometry")).toByteArray();
    if (!geometry.isEmpty())
        restoreGeometry(geometry);
    m_restored = restoreState(settings.value(QStringLiteral("panels")).toByteArray(), windowStateVersion());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_options.remember) {
        QSettings settings;
        settings.setValue(QStringLiteral("geometry"), saveGeometry());
        settings.setValue(QStringLiteral("panels"), saveState(windowStateVersion()));
    }
    // Gone from the screen at once; the system drains behind it.
    hide();
    m_bridge->stop();
    event->accept();
}

} // namespace orderlab::ui
