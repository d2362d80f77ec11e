#include "ui/window_menus.h"

#include "simulation/shipped_scenarios.h"
#include "ui/bridge/live_recorder.h"
#include "ui/bridge/recorded_session.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/export/export_actions.h"
#include "ui/layouts/window_layouts.h"
#include "ui/main_window.h"
#include "ui/panels/allowed.h"
#include "ui/panels/bus_control.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/failures_section.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/panel_registry.h"
#include "ui/panels/toolbar.h"
#include "ui/theme/core_text.h"
#include "ui/timeline/time_keys.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/undo/undo_desk.h"
#include "ui/window_files.h"
#include "ui/worlds/worlds.h"

#include <QCoreApplication>
#include <QMenuBar>

#include <algorithm>

namespace orderlab::ui {

WindowMenus::WindowMenus(MainWindow& window, QMenuBar& bar) : m_window(window), m_bar(bar)
{
    makeFileMenu();
    makeEditMenu();
    makeViewMenu();
    makeFailuresMenu();
    makeBusMenu();
    makeWorkersMenu();
    makeTimeMenu();
    makeLearnMenu();
    makeHelpMenu();
}

WindowMenus::~WindowMenus()
{
    for (QAction* action : m_shortcuts) {
        if (action->parent() == &m_window)
            delete action;
    }
}

void WindowMenus::makeTimeMenu()
{
    QMenu* time = m_bar.addMenu(tr("&Time"));
    LabBridge& bridge = m_window.bridge();
    Player& player = bridge.player();
    add(time, tr("&Play or pause"), QKeySequence(QStringLiteral("Ctrl+Space")), [&player] { player.toggle(); });
    add(time, tr("To the &start"), {}, [&player] { player.toStart(); });
    add(time, player.lives() ? tr("To what happens &now") : tr("To the &end"), {}, [&player] { player.toEnd(); });
    Places& places = bridge.places();
    QAction* back =
        add(time, tr("&Back to where one was"), QKeySequence(QStringLiteral("Alt+Left")), [&places] { places.back(); });
    QAction* forward =
        add(time, tr("F&orward again"), QKeySequence(QStringLiteral("Alt+Right")), [&places] { places.forward(); });
    const auto allowPlaces = [&places, back, forward] {
        back->setEnabled(places.canGoBack());
        forward->setEnabled(places.canGoForward());
    };
    QObject::connect(&places, &Places::changed, back, allowPlaces);
    allowPlaces();
    time->addSeparator();
    add(time, tr("Previous &trouble"), QKeySequence(QStringLiteral("[")), [&bridge] { goToTrouble(bridge, false); });
    add(time, tr("Ne&xt trouble"), QKeySequence(QStringLiteral("]")), [&bridge] { goToTrouble(bridge, true); });
    add(time, tr("Previous broken promise"), QKeySequence(QStringLiteral("Shift+F3")),
        [this] { m_window.nextViolation(false); });
    add(time, tr("Next broken promise"), QKeySequence(QStringLiteral("F3")), [this] { m_window.nextViolation(true); });
    time->addSeparator();
    add(time, tr("&Mark this moment…"), QKeySequence(QStringLiteral("Ctrl+D")),
        [this] { m_window.timeline().askForBookmark(); });
    add(time, tr("Find entr&ies"), QKeySequence(QStringLiteral("Ctrl+Shift+F")),
        [this] { m_window.timeline().focusFind(); });
    add(time, tr("&Go to the timeline"), QKeySequence(QStringLiteral("Ctrl+7")),
        [this] { m_window.timeline().view().setFocus(); });
    if (Worlds* const worlds = bridge.worlds()) {
        add(time, tr("Point of &no return"), QKeySequence(QStringLiteral("Ctrl+Shift+P")),
            [this] { m_window.timeline().findFate(); });
        add(time, tr("&Copy this moment as a line"), QKeySequence(QStringLiteral("Ctrl+Shift+C")),
            [this] { m_window.copyMoment(); });
        add(time, tr("Show this moment as a &QR code…"), QKeySequence(QStringLiteral("Ctrl+Shift+Q")),
            [this] { m_window.files().showMoment(); });
        add(time, tr("&Fork here…"), QKeySequence(QStringLiteral("Ctrl+Alt+F")), [this] { m_window.forkHere(); });
    }
}

QAction* WindowMenus::add(QMenu* menu, const QString& text, const QKeySequence& keys, std::function<void()> run,
                          std::optional<Ask> ask)
{
    auto* action = new QAction(text, &m_window);
    action->setShortcut(keys);
    if (ask)
        allow(action, m_window.bridge().commands().capabilities().whyNot(*ask));
    QObject::connect(action, &QAction::triggered, &m_window, [run = std::move(run)] { run(); });
    take(menu, action);
    return action;
}

void WindowMenus::makeScenarios(QMenu* menu)
{
    menu->setObjectName(QStringLiteral("scenarios"));
    menu->setToolTipsVisible(true);
    for (const EmbeddedText& text : shippedScenarios()) {
        const QString name = QString::fromUtf8(text.name.data(), qsizetype(text.name.size()));
        QAction* const action = menu->addAction(name);
        const auto scenario = parseScenario(text.text, std::string(text.name));
        action->setToolTip(scenario ? coreText(scenario->description) : QString());
        QObject::connect(action, &QAction::triggered, &m_window,
                         [this, name] { later([this, name] { m_window.simulateScenario(name); }); });
    }
    menu->addSeparator();
    QObject::connect(menu->addAction(tr("&Empty world")), &QAction::triggered, &m_window,
                     [this] { later([this] { m_window.simulateScenario({}); }); });
    QObject::connect(menu->addAction(tr("From a &file…")), &QAction::triggered, &m_window,
                     [this] { later([this] { m_window.openScenario(); }); });
}

/// Another engine makes the window's parts anew, menus and actions among them: not while one of them is at work.
void WindowMenus::later(std::function<void()> run)
{
    QMetaObject::invokeMethod(&m_window, std::move(run), Qt::QueuedConnection);
}

void WindowMenus::take(QMenu* menu, QAction* action)
{
    menu->addAction(action);
    // Also to the window, so that the shortcut works wherever the menu bar stands.
    m_window.addAction(action);
    m_shortcuts << action;
}

void WindowMenus::makeFileMenu()
{
    QMenu* file = m_bar.addMenu(tr("&File"));
    CreateOrdersPanel& orders = m_window.createOrders();
    const auto create = [&orders] {
        orders.focusCustomer();
        orders.createOrder();
    };
    add(file, tr("&New order"), QKeySequence(QStringLiteral("Ctrl+N")), create, Ask::CreateOrders);
    add(
        file, tr("&Burst of 100"), QKeySequence(QStringLiteral("Ctrl+B")), [&orders] { orders.createBurst(); },
        Ask::CreateOrders);
    add(
        file, tr("&Import orders…"), QKeySequence(QStringLiteral("Ctrl+I")), [this] { m_window.importOrders(); },
        Ask::ImportOrders);
    add(file, tr("&Open a journal…"), QKeySequence(QStringLiteral("Ctrl+O")),
        [this] { later([this] { m_window.openJournal(); }); });
    QMenu* recent = file->addMenu(tr("Open &recent"));
    recent->setObjectName(QStringLiteral("recentFiles"));
    recent->setToolTipsVisible(true);
    QObject::connect(recent, &QMenu::aboutToShow, &m_window, [this, recent] { m_window.files().fillRecent(recent); });
    if (m_window.bridge().engine() == Engine::Kind::Recorded)
        makeOfRecording(file);
    add(file, tr("Open a &moment…"), QKeySequence(QStringLiteral("Ctrl+Shift+V")),
        [this] { later([this] { m_window.askForMoment(); }); });
    makeRecording(file);
    file->addSeparator();
    add(file, tr("Export the &table…"), QKeySequence(QStringLiteral("Ctrl+E")), [this] { askToExportTable(m_window); });
    add(file, tr("Export a &picture…"), QKeySequence(QStringLiteral("Ctrl+Shift+E")),
        [this] { askToExportPicture(m_window); });
    file->addSeparator();
    add(file, tr("&Quit"), QKeySequence(QStringLiteral("Ctrl+Q")), [this] { m_window.close(); });
}

void WindowMenus::makeEditMenu()
{
    QMenu* edit = m_bar.addMenu(tr("&Edit"));
    take(edit, m_window.undo().makeUndoAction(&m_window));
    take(edit, m_window.undo().makeRedoAction(&m_window));
    edit->addSeparator();
    add(edit, tr("&Copy the selected order's id"), QKeySequence(QStringLiteral("Ctrl+Shift+I")),
        [this] { m_window.orders().copySelectedId(); });
    add(edit, tr("&Find in this list"), QKeySequence(QKeySequence::Find), [this] { m_window.focusFindField(); });
    edit->addSeparator();
    add(edit, tr("&Settings…"), QKeySequence(QStringLiteral("Ctrl+,")), [this] { m_window.openSettings(); });
}

/// One of a simulated run holds its scenario; of another one it is made.
void WindowMenus::makeOfRecording(QMenu* file)
{
    const auto* const session = qobject_cast<const RecordedSession*>(&m_window.bridge().session());
    QAction* again =
        add(file, tr("&Simulate this recording"), {}, [this] { later([this] { m_window.simulateRecording(); }); });
    QAction* make = add(file, tr("&Turn into a scenario…"), QKeySequence(QStringLiteral("Ctrl+T")),
                        [this] { m_window.files().turnIntoScenario(); });
    make->setObjectName(QStringLiteral("scenarioFromAction"));
    const auto refresh = [session, again, make] {
        const bool is_open = session->isRunning();
        const bool is_simulated = is_open && !session->header().scenario.empty();
        const QString not_yet = is_open ? QString() : tr("The recording is not open.");
        allow(again, !is_open || is_simulated ? not_yet : tr("It is of a real system: turn it into a scenario first."));
        allow(make, !is_open || !is_simulated ? not_yet
                                              : tr("It is of a simulated run and has its scenario: simulate "
                                                   "it."));
    };
    QObject::connect(session, &Session::stateChanged, make, refresh);
    refresh();
}

void WindowMenus::makeRecording(QMenu* file)
{
    file->addSeparator();
    LiveRecorder& recorder = m_window.bridge().recorder();
    QAction* record = add(file, tr("Re&cord…"), QKeySequence(QStringLiteral("Ctrl+R")), [this, &recorder] {
        if (recorder.isRecording())
            m_window.files().stopRecording();
        else
            m_window.files().record();
    });
    record->setObjectName(QStringLiteral("recordAction"));
    allow(record, recorder.whyNot());
    QObject::connect(&recorder, &LiveRecorder::changed, record, [record, &recorder] {
        record->setText(recorder.isRecording() ? tr("Stop re&cording") : tr("Re&cord…"));
    });
}

void WindowMenus::makeViewMenu()
{
    QMenu* view = m_bar.addMenu(tr("&View"));
    EventFlowView& flow = m_window.canvas().view();
    view->setToolTipsVisible(true);
    QMenu* panels = view->addMenu(tr("&Panels"));
    for (Panel* panel : m_window.panels())
        panels->addAction(panel->toggleViewAction());
    view->addSeparator();
    makeThemes(view->addMenu(tr("&Theme")));
    makeZoom(view);
    makeMotion(view);
    view->addSeparator();
    add(view, tr("Go to the event flo&w"), QKeySequence(QStringLiteral("Ctrl+1")), [&flow] { flow.setFocus(); });
    makePlaces(view);
    makeRegions(view);
    add(view, tr("Go to &anything…"), QKeySequence(QStringLiteral("Ctrl+K")), [this] { m_window.openPalette(); });
    add(view, tr("Columns of this list…"), QKeySequence(QStringLiteral("Ctrl+Shift+H")),
        [this] { m_window.arrangeColumns(); });
    add(view, tr("Le&gend of the event flow"), QKeySequence(QStringLiteral("F2")), [this] { m_window.showLegend(); });
    view->addSeparator();
    makeLayouts(view);
}

void WindowMenus::makeLayouts(QMenu* view)
{
    QMenu* layouts = view->addMenu(tr("Layo&uts"));
    layouts->setObjectName(QStringLiteral("layouts"));
    QObject::connect(layouts, &QMenu::aboutToShow, &m_window.layouts(),
                     [this, layouts] { m_window.layouts().fillLayouts(layouts); });
    QMenu* places = view->addMenu(tr("&Move the panel"));
    places->setObjectName(QStringLiteral("panelPlaces"));
    QObject::connect(places, &QMenu::aboutToShow, &m_window.layouts(),
                     [this, places] { m_window.layouts().fillPlaces(places); });
    m_window.layouts().fillLayouts(layouts);
    add(view, tr("&Reset the layout"), {}, [this] { m_window.resetLayout(); });
    QAction* bar = add(view, tr("&Status bar"), {}, [this] { m_window.setStatusBarShown(!m_window.hasStatusBar()); });
    bar->setObjectName(QStringLiteral("statusBarAction"));
    bar->setCheckable(true);
    QObject::connect(view, &QMenu::aboutToShow, bar, [this, bar] { bar->setChecked(m_window.hasStatusBar()); });
}

/// By their keys: so they are learned.
void WindowMenus::makePlaces(QMenu* view)
{
    std::vector<const PanelKind*> kinds;
    for (const PanelKind& kind : panelKinds()) {
        if (kind.go_to)
            kinds.push_back(&kind);
    }
    std::sort(kinds.begin(), kinds.end(),
              [](const PanelKind* a, const PanelKind* b) { return qstrcmp(a->keys, b->keys) < 0; });
    for (const PanelKind* kind : kinds)
        add(view, QCoreApplication::translate("orderlab::ui::PanelKind", kind->go_to),
            QKeySequence(QLatin1String(kind->keys)), [this, kind] { m_window.showPanel(QLatin1String(kind->name)); });
}

void WindowMenus::makeFailuresMenu()
{
    QMenu* failures = m_bar.addMenu(tr("F&ailures"));
    FaultControl& faults = m_window.bridge().faults();
    add(failures, tr("&Go to failures"), QKeySequence(QStringLiteral("Ctrl+5")), [this] {
        m_window.createOrders().show();
        m_window.createOrders().failures().focusFirst();
    });
    add(
        failures, tr("&Compose a failure…"), QKeySequence(QStringLiteral("Ctrl+M")),
        [this] { m_window.composeFailures(); }, Ask::InjectFailures);
    add(
        failures, tr("&Stop all failures"), QKeySequence(QStringLiteral("Ctrl+.")), [&faults] { faults.stopAll(); },
        Ask::InjectFailures);
    failures->addSeparator();
    add(
        failures, tr("Switch all guarantees &on"), {}, [&faults] { faults.setGuarantees({}); }, Ask::ChangeGuarantees);
}

void WindowMenus::makeBusMenu()
{
    QMenu* menu = m_bar.addMenu(tr("E&ngine"));
    const QStringList keys = {QStringLiteral("Ctrl+Shift+S"), QStringLiteral("Ctrl+Shift+M"),
                              QStringLiteral("Ctrl+Shift+K"), QStringLiteral("Ctrl+Shift+L"),
                              QStringLiteral("Ctrl+Shift+A")};
    const QList<QAction*> choices = m_window.toolbar().bus().choices();
    for (qsizetype i = 0; i < choices.size(); ++i) {
        choices[i]->setShortcut(QKeySequence(keys[i]));
        take(menu, choices[i]);
    }
    add(
        menu, tr("&Reset a group's offsets…"), {}, [this] { m_window.groups().askToReset(); }, Ask::ResetOffsets);
    menu->addSeparator();
    makeScenarios(menu->addMenu(tr("S&imulate a scenario")));
}

void WindowMenus::makeHelpMenu()
{
    QMenu* help = m_bar.addMenu(tr("&Help"));
    add(help, tr("&Keyboard shortcuts"), QKeySequence(QStringLiteral("F1")), [this] { m_window.showShortcuts(); });
    add(help, tr("&Welcome, and three things to try…"), {}, [this] { m_window.showWelcome(); });
    add(help, tr("&About Orderlab"), {}, [this] { AboutDialog(&m_window).exec(); });
}

} // namespace orderlab::ui
