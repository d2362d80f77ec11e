#include "runtime/virtual_runtime.h"
#include "ui/bridge/recorded_session.h"
#include "ui/main_window.h"
#include "ui/models/format.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/panel.h"
#include "ui/panels/status_banners.h"
#include "ui/panels/story_panel.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/window_files.h"
#include "ui/worlds/compare_view.h"
#include "ui/worlds/fork_dialog.h"
#include "ui/worlds/worlds.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QStackedWidget>

// The window's worlds, moments and recordings: which one is shown, and beside which.

namespace orderlab::ui {

void MainWindow::forkHere()
{
    Worlds* const worlds = m_bridge->worlds();
    if (!worlds)
        return;
    auto* dialog = new ForkDialog(*worlds, m_bridge->frames(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, worlds] { compareWith(worlds->shown().parent); });
    dialog->open();
}

void MainWindow::openJournal()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open a journal"), {}, tr("Journals (*.jsonl *.orderlab-journal *.packed);;All files (*)"));
    if (!file.isEmpty())
        openJournalFile(file);
}

void MainWindow::openJournalFile(const QString& file)
{
    Engine engine{Engine::Kind::Recorded};
    engine.recording = file;
    if (QFileInfo(file).isFile())
        m_files->keep(file);
    changeEngine(engine);
}

void MainWindow::simulateRecording()
{
    const auto* const session = qobject_cast<const RecordedSession*>(&m_bridge->session());
    if (!session || !session->isRunning())
        return;
    const RecordingHeader& header = session->header();
    auto scenario = header.scenario.empty() || !header.seed
                        ? Result<Scenario>(invalidArgument("recording", "is not of a simulated run"))
                        : parseScenario(header.scenario, "the recording's scenario");
    if (!scenario) {
        m_banners->warn(tr("It cannot be simulated: %1").arg(QString::fromStdString(scenario.error().message)));
        return;
    }
    Engine engine{Engine::Kind::Simulated};
    engine.scenario = std::move(*scenario);
    engine.seed = *header.seed;
    changeEngine(engine);
}

void MainWindow::copyMoment()
{
    const Worlds* const worlds = m_bridge->worlds();
    if (!worlds)
        return;
    const auto line = worlds->line(m_story->order());
    if (!line) {
        m_banners->warn(tr("This moment is not copied. %1").arg(QString::fromStdString(line.error().message)));
        return;
    }
    QApplication::clipboard()->setText(QString::fromStdString(*line));
    if (!worlds->shown().scenario.own_workers.empty()) {
        say(tr("Copied, without your program: a line starts none, so who opens it needs the same program. %1")
                .arg(QString::fromStdString(*line)));
        return;
    }
    m_banners->tell(tr("Copied: %1").arg(QString::fromStdString(*line)));
}

void MainWindow::askForMoment()
{
    const QString offered = QApplication::clipboard()->text().trimmed();
    bool is_given = false;
    const QString line =
        QInputDialog::getText(this, tr("Open a moment"), tr("A line that begins with orderlab:"), QLineEdit::Normal,
                              MomentLine::isLine(offered.toStdString()) ? offered : QString(), &is_given);
    if (is_given && !line.trimmed().isEmpty())
        openMoment(line.trimmed());
}

void MainWindow::openMoment(const QString& text)
{
    const auto line = MomentLine::parse(text.toStdString());
    const auto engine = line ? engineOf(text.toStdString()) : Result<Engine>(line.error());
    if (!engine) {
        m_banners->warn(tr("This line is not opened: %1").arg(QString::fromStdString(engine.error().message)));
        return;
    }
    if (!changeEngine(*engine))
        return;
    m_wanted = *line;
    m_wanted_promise.clear();
    m_bridge->player().setPlaying(false);
    connect(m_bridge->worlds(), &Worlds::changed, this, &MainWindow::showWanted, Qt::QueuedConnection);
}

/// A line from another version may tell of another run: that is said, never hidden.
void MainWindow::showWanted()
{
    const Worlds* const worlds = m_bridge->worlds();
    if (!m_wanted || !worlds || !worlds->shown().outcome || !m_bridge->frames().isWhole())
        return;
    const MomentLine line = *std::exchange(m_wanted, std::nullopt);
    FramePump& frames = m_bridge->frames();
    if (line.entry)
        frames.goTo(*line.entry + 1);
    else if (line.at)
        frames.goTo(frames.timeline().indexAfter(toMicros(VirtualRuntime::epoch() + *line.at)));
    else
        frames.goTo(frames.timeline().endIndex());
    if (!line.sha.empty() && !worlds->sha().starts_with(line.sha))
        m_banners->warn(tr("This is another run than the line tells of: this version of the program makes "
                           "it otherwise. The journal up to the moment has the hash %1, not %2.")
                            .arg(QString::fromStdString(worlds->sha().substr(0, MomentLine::sha_digits)),
                                 QString::fromStdString(line.sha)));
    if (!line.order.isNull()) {
        m_orders->select(line.order);
        showStory(line.order);
    }
    if (const QString promise = std::exchange(m_wanted_promise, {}); !promise.isEmpty())
        nextViolationOf(promise);
}

void MainWindow::compareWith(int world)
{
    Worlds* const worlds = m_bridge->worlds();
    if (!worlds || !worlds->find(world) || world == worlds->shown().id)
        return;
    leaveCompare();
    m_comparison = std::make_unique<WorldComparison>(*m_bridge, world, nullptr);
    m_compare = new CompareView(*m_bridge, *m_comparison, m_middle);
    m_middle->addWidget(m_compare);
    m_middle->setCurrentWidget(m_compare);
    m_timeline->view().setComparison(m_comparison.get());
    for (Panel* const panel : m_panels)
        panel->setComparison(m_comparison.get());
    connect(m_compare, &CompareView::leaveWanted, this, &MainWindow::leaveCompare, Qt::QueuedConnection);
    connect(m_compare, &CompareView::orderPicked, this, &MainWindow::showStory);
}

void MainWindow::leaveCompare()
{
    if (!m_compare)
        return;
    m_timeline->view().setComparison(nullptr);
    for (Panel* const panel : m_panels)
        panel->setComparison(nullptr);
    m_middle->removeWidget(m_compare);
    delete std::exchange(m_compare, nullptr);
    m_comparison.reset();
}

void MainWindow::simulate()
{
    if (m_bridge->engine() == Engine::Kind::Simulated)
        return;
    const Engine wanted = m_options.engine.value_or(Engine{});
    changeEngine(wanted.kind == Engine::Kind::Simulated ? wanted : simulatedEngine());
}

void MainWindow::simulateScenario(const QString& name)
{
    Engine engine{Engine::Kind::Simulated};
    if (name.isEmpty()) {
        engine.scenario.name = "empty";
        engine.scenario.orders.count = 0;
    } else {
        auto chosen = engineOf(name.toStdString());
        if (!chosen) {
            m_banners->warn(QString::fromStdString(chosen.error().message));
            return;
        }
        engine = std::move(*chosen);
        if (QFileInfo(name).isFile())
            m_files->keep(name);
        else
            m_memory.keepRecentScenario(name);
    }
    changeEngine(engine);
}

void MainWindow::openScenario()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Open a scenario"), {}, tr("Scenarios (*.json);;All files (*)"));
    if (!file.isEmpty())
        simulateScenario(file);
}

} // namespace orderlab::ui
