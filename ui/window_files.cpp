#include "ui/window_files.h"

#include "ui/bridge/live_recorder.h"
#include "ui/bridge/recorded_session.h"
#include "ui/dialogs/moment_dialog.h"
#include "ui/dialogs/record_dialog.h"
#include "ui/main_window.h"
#include "ui/panels/banner.h"
#include "ui/panels/story_panel.h"
#include "ui/worlds/scenario_from_dialog.h"
#include "ui/worlds/worlds.h"

#include <QFileInfo>
#include <QMenu>

namespace orderlab::ui {

WindowFiles::WindowFiles(MainWindow& window, const WindowMemory& memory) : m_window(window), m_memory(memory) {}

void WindowFiles::listen()
{
    connect(&m_window.bridge().recorder(), &LiveRecorder::ended, this, [this](const QString& report, bool by_itself) {
        keep(m_window.bridge().recorder().file());
        if (m_window.bridge().session().state() == Session::State::Stopped)
            m_ended = report; // The window shows something else in a moment, or nothing.
        else
            m_window.banner().showText(by_itself ? Banner::Kind::Warning : Banner::Kind::Info, report);
    });
}

void WindowFiles::tellOfEnd()
{
    if (!m_ended.isEmpty())
        Q_EMIT m_window.bridge().told(std::exchange(m_ended, {}));
}

void WindowFiles::record()
{
    QString folder;
    int mib = int(LiveRecorder::bytes_max_default / LiveRecorder::mib);
    m_memory.recordingWishes(folder, mib);
    auto* dialog = new RecordDialog(folder, mib, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (recordTo(dialog->file(), dialog->mib()))
            m_memory.keepRecordingWishes(QFileInfo(dialog->file()).absolutePath(), dialog->mib());
    });
    dialog->open();
}

bool WindowFiles::recordTo(const QString& file, int mib)
{
    const auto begun = m_window.bridge().recorder().start(file, std::uint64_t(mib) * LiveRecorder::mib);
    if (!begun)
        m_window.banner().showText(Banner::Kind::Problem,
                                   tr("Nothing is recorded. %1").arg(QString::fromStdString(begun.error().message)));
    return bool(begun);
}

void WindowFiles::stopRecording()
{
    m_window.bridge().recorder().stop();
}

void WindowFiles::turnIntoScenario()
{
    const auto* const session = qobject_cast<const RecordedSession*>(&m_window.bridge().session());
    if (!session || !session->isRunning())
        return;
    auto* dialog = new ScenarioFromDialog(session->file(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        Engine engine{Engine::Kind::Simulated};
        engine.scenario = dialog->made()->scenario.scenario;
        engine.seed = engine.scenario.seed;
        // The dialog is a part of the window, which is made anew.
        QMetaObject::invokeMethod(
            this, [this, engine] { m_window.changeEngine(engine); }, Qt::QueuedConnection);
    });
    dialog->open();
}

void WindowFiles::showMoment()
{
    const Worlds* const worlds = m_window.bridge().worlds();
    if (!worlds)
        return;
    Scenario scenario = worlds->shown().scenario;
    scenario.seed = worlds->shown().seed;
    auto* dialog = new MomentDialog(worlds->line(m_window.story().order()), std::move(scenario), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WindowFiles::open(const QString& file)
{
    if (isJournalFile(file))
        m_window.openJournalFile(file);
    else
        m_window.simulateScenario(file);
}

void WindowFiles::openRecent(const QString& file)
{
    if (QFileInfo(file).isFile()) {
        open(file);
        return;
    }
    m_memory.forgetRecentFile(file);
    m_window.banner().showText(Banner::Kind::Warning,
                               tr("%1 is not there any more, and was taken off the list.").arg(file));
}

/// Another engine makes the menus anew: not while one of them is at work.
QAction* WindowFiles::addRecent(QMenu* menu, const QString& text, std::function<void()> run)
{
    QString shown = text;
    QAction* const action = menu->addAction(shown.replace(QLatin1Char('&'), QLatin1String("&&")));
    connect(action, &QAction::triggered, this, std::move(run), Qt::QueuedConnection);
    return action;
}

void WindowFiles::fillRecent(QMenu* menu)
{
    menu->clear();
    for (const QString& file : m_memory.recentFiles()) {
        QAction* const action = addRecent(menu, QFileInfo(file).fileName(), [this, file] { openRecent(file); });
        action->setToolTip(file);
        action->setData(file);
    }
    const QStringList scenarios = m_memory.recentScenarios(), brokers = m_memory.recentBrokers();
    if (!scenarios.isEmpty())
        menu->addSection(tr("Scenarios"));
    for (const QString& scenario : scenarios)
        addRecent(menu, scenario, [this, scenario] { m_window.simulateScenario(scenario); });
    if (!brokers.isEmpty())
        menu->addSection(tr("Kafka brokers"));
    for (const QString& one : brokers)
        addRecent(menu, tr("Kafka at %1").arg(one), [this, one] { m_window.useBrokers(one); });
    if (menu->isEmpty()) {
        menu->addAction(tr("None yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&Clear the list")), &QAction::triggered, this, [this] { m_memory.clearRecentFiles(); });
}

} // namespace orderlab::ui
