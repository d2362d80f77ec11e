#include "ui/bridge/lab_commands.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/dialogs/welcome_dialog.h"
#include "ui/main_window.h"
#include "ui/panels/bus_control.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/invariants_section.h"
#include "ui/panels/status_banners.h"
#include "ui/panels/toolbar.h"
#include "ui/settings/settings_dialog.h"
#include "ui/settings/window_settings.h"
#include "ui/status/status_line.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/window_menus.h"
#include "ui/worlds/worlds.h"

#include <QFileDialog>
#include <QStatusBar>

// How the window's system is started, and again, and what is set for it.

namespace orderlab::ui {

void MainWindow::openSettings(const QString& search)
{
    auto* dialog = new SettingsDialog(*m_settings, search, *this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showShortcuts()
{
    ShortcutsDialog(m_window_menus->shortcuts(), this).exec();
}

bool MainWindow::hasStatusBar() const
{
    return !statusBar()->isHidden();
}

void MainWindow::setStatusBarShown(bool shown)
{
    statusBar()->setVisible(shown);
    m_memory.keepStatusBar(shown);
}

void MainWindow::useConfig(LabConfig config, bool with_bus)
{
    if (!with_bus) { // What was chosen in the toolbar stays.
        config.bus = m_config.bus;
        config.kafka.brokers = m_config.kafka.brokers;
    }
    const bool has_other_policies = config.policies != m_config.policies;
    m_config = std::move(config);
    auto* const commands = qobject_cast<LabCommands*>(&m_bridge->commands());
    if (has_other_policies && commands)
        commands->setPolicies(m_config.policies);
}

void MainWindow::startSystem()
{
    changeEngine(Engine{});
}

void MainWindow::useBrokers(const QString& brokers)
{
    const BusChoice bus{BusKind::Kafka, brokers};
    if (m_bridge->engine() == Engine::Kind::OwnSystem)
        m_toolbar->bus().choose(bus);
    else
        changeEngine(Engine{}, bus);
}

void MainWindow::startAgain()
{
    changeEngine(m_engine);
}

void MainWindow::startInOtherFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Where the orders are kept"),
                                                             QString::fromStdString(m_config.data_dir.string()));
    if (!folder.isEmpty())
        startIn(folder);
}

void MainWindow::startIn(const QString& folder)
{
    m_config.data_dir = folder.toStdString();
    startSystem();
}

void MainWindow::startInMemory()
{
    m_config.store = StoreKind::Memory;
    startSystem();
}

/// After the banner's button has done its work: another engine makes the banner anew.
void MainWindow::connectStarts()
{
    connect(m_banners, &StatusBanners::startWanted, this, &MainWindow::startAgain, Qt::QueuedConnection);
    connect(m_banners, &StatusBanners::otherFolderWanted, this, &MainWindow::startInOtherFolder, Qt::QueuedConnection);
    connect(m_banners, &StatusBanners::memoryWanted, this, &MainWindow::startInMemory, Qt::QueuedConnection);
    connect(m_banners, &StatusBanners::said, m_status, &StatusLine::note);
    connect(&m_bridge->frames(), &FramePump::frame, m_status, &StatusLine::showFrame);
}

void MainWindow::placeStatusBar()
{
    statusBar()->setSizeGripEnabled(false);
    m_status = new StatusLine(*m_bridge, this);
    statusBar()->addWidget(m_status, 1);
    statusBar()->setVisible(m_memory.hasStatusBar());
}

void MainWindow::showWelcome()
{
    auto* welcome = new WelcomeDialog(this);
    welcome->setAttribute(Qt::WA_DeleteOnClose);
    connect(welcome, &WelcomeDialog::watchWanted, this, [this] {
        m_memory.keepEngine(Engine::Kind::Simulated);
        if (m_bridge->worlds())
            m_bridge->player().setPlaying(true);
        else
            QMetaObject::invokeMethod(this, &MainWindow::simulate, Qt::QueuedConnection);
    });
    connect(
        welcome, &WelcomeDialog::realWanted, this, [this] { startSystem(); }, Qt::QueuedConnection);
    connect(
        welcome, &WelcomeDialog::learnWanted, this,
        [this] {
            if (changeEngine(learningEngine())) // A calm world behind them.
                showLessons();
        },
        Qt::QueuedConnection);
    connect(
        welcome, &WelcomeDialog::tryWanted, this, [this](int what) { tryOut(Trial(what)); }, Qt::QueuedConnection);
    welcome->open();
}

/// All of them begin in the world in which a customer is charged twice.
void MainWindow::tryOut(Trial what)
{
    if (!changeEngine(simulatedEngine()))
        return;
    m_bridge->player().setPlaying(false);
    m_trial = what;
    connect(m_bridge->worlds(), &Worlds::changed, this, &MainWindow::goOnTrying, Qt::QueuedConnection);
}

void MainWindow::goOnTrying()
{
    if (!m_trial || !m_bridge->worlds() || !m_bridge->worlds()->shown().outcome || !m_bridge->frames().isWhole())
        return;
    const Trial what = *std::exchange(m_trial, std::nullopt);
    m_bridge->frames().goTo(m_bridge->frames().timeline().endIndex());
    const std::vector<Violation> violations = knownViolations(*m_bridge);
    if (violations.empty())
        return;
    showViolation(violations.front());
    switch (what) {
    case Trial::BrokenPromise:
        say(tr("This customer was charged twice. The story at the right says why, and what would have prevented it. "
               "F3 goes to the next broken promise."));
        break;
    case Trial::TimeTravel:
        m_bridge->places().goToTime(violations.front().time_us - 200'000);
        m_timeline->view().setFocus();
        m_bridge->player().setSpeed(Player::speed_min);
        m_bridge->player().setPlaying(true);
        say(tr("This is a fifth of a second before the customer is charged twice, ten times as slow. Drag the playhead "
               "in the timeline to look again."));
        break;
    case Trial::OtherFuture:
        m_bridge->places().goToTime(violations.front().time_us - 200'000);
        say(tr("The world is still in order here. Choose what is to be otherwise from now on, and compare what becomes "
               "of it."));
        forkHere();
        break;
    }
}

} // namespace orderlab::ui
