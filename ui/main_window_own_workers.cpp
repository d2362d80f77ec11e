#include "ui/main_window.h"
#include "ui/models/format.h"
#include "ui/own_workers/own_worker_dialog.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/status_banners.h"
#include "ui/panels/story_panel.h"
#include "ui/status/status_line.h"
#include "ui/worlds/worlds.h"

// The window's own workers: programs of a person in the place of handlers, in whichever engine is shown.

namespace orderlab::ui {

void MainWindow::makeWithOwnWorkers()
{
    LabConfig config = m_config;
    Engine engine = m_engine;
    config.own_workers = m_own_workers->running();
    engine.scenario.own_workers = m_own_workers->running();
    m_bridge = std::make_unique<LabBridge>(std::move(config), engine);
}

void MainWindow::connectOwnWorkers()
{
    OwnWorkers& own = *m_own_workers;
    own.disconnect(this);
    own.attach(*m_bridge);
    const auto refresh = [this] { m_status->setOwnWorkers(m_own_workers->shortSentence(), m_own_workers->sentence()); };
    connect(&own, &OwnWorkers::changed, m_status, refresh);
    connect(&own, &OwnWorkers::said, this, [this](const QString& sentence, bool is_problem) {
        if (findChild<OwnWorkerDialog*>())
            m_status->note(sentence); // It says it itself.
        else if (is_problem)
            m_banners->warn(sentence);
        else
            m_banners->tell(sentence);
    });
    connect(&own, &OwnWorkers::started, this,
            [this](const OwnWorker& worker) { m_memory.keepWorkerCommand(toQt(worker.command)); });
    connect(
        &own, &OwnWorkers::systemWanted, this,
        [this] {
            Engine engine = m_engine;
            if (const Worlds* const worlds = m_bridge->worlds()) {
                engine.scenario = worlds->shown().scenario;
                engine.seed = worlds->shown().seed;
                engine.speed = m_bridge->player().speed();
            }
            const bool is_open = findChild<OwnWorkerDialog*>() != nullptr;
            if (!changeEngine(engine))
                say(tr("The further group joins, or goes, when the system is started again."));
            else if (is_open)
                openOwnWorkers();
        },
        Qt::QueuedConnection);
    refresh();
}

void MainWindow::openOwnWorkers()
{
    auto* dialog = findChild<OwnWorkerDialog*>();
    if (!dialog) {
        dialog = new OwnWorkerDialog(*m_own_workers, m_memory, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &OwnWorkerDialog::attemptWanted, this, [this](OrderId order, qint64 time_us) {
            m_bridge->places().goToTime(time_us);
            m_story->show();
            m_orders->select(order);
            showStory(order);
        });
        // Another engine takes the dialog away.
        connect(dialog, &OwnWorkerDialog::worldWanted, this, &MainWindow::openWorld, Qt::QueuedConnection);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::openWorld(const PromiseVerdict& promise)
{
    const auto scenario = promise.moment ? promise.moment->scenario() : Result<Scenario>(internalError("no world"));
    if (!scenario) {
        m_banners->warn(tr("This world is not opened. %1").arg(toQt(scenario.error().message)));
        return;
    }
    Engine engine = simulatedEngine();
    engine.scenario = *scenario;
    engine.seed = promise.moment->seed;
    const MomentLine line = *promise.moment;
    const QString name = toQt(promise.name);
    const std::vector<OwnWorker> before = m_own_workers->running();
    m_own_workers->setRunning({m_own_workers->tested()});
    if (!changeEngine(engine)) {
        m_own_workers->setRunning(before);
        return;
    }
    m_wanted = line;
    m_wanted_promise = name;
    m_bridge->player().setPlaying(false);
    connect(m_bridge->worlds(), &Worlds::changed, this, &MainWindow::showWanted, Qt::QueuedConnection);
}

} // namespace orderlab::ui
