#include "ui/own_workers/own_workers.h"

#include "handlers/group_registry.h"
#include "ui/bridge/lab_bridge.h"
#include "ui/models/format.h"
#include "ui/own_workers/command_files.h"

#include <QFileInfo>

#include <algorithm>
#include <atomic>

namespace orderlab::ui {

namespace {

constexpr std::uint64_t entries_a_frame = 50'000; ///< Looked through for attempts that failed.
constexpr const char* trial_scenario = "everything-at-once";

bool isBuiltIn(const std::string& group)
{
    return findGroupKind(group) != nullptr;
}

} // namespace

OwnWorkers::OwnWorkers(std::vector<OwnWorker> running, QObject* parent)
    : QObject(parent), m_running(std::move(running)), m_files(nullptr)
{
    connect(&m_files, &FileWatch::changed, this, &OwnWorkers::filesChanged);
    watchFiles();
}

OwnWorkers::~OwnWorkers() = default;

void OwnWorkers::attach(LabBridge& bridge)
{
    m_bridge = &bridge;
    m_output.reset();
    m_read = 0;
    m_log.clear();
    m_log.setStart(bridge.engine() == Engine::Kind::Simulated ? std::optional(toMicros(bridge.session().startedAt()))
                                                              : std::nullopt);
    connect(&bridge.commands(), &SystemCommands::handlerReplaced, this, &OwnWorkers::takeReplaced);
    connect(&bridge, &LabBridge::ticked, this, &OwnWorkers::follow);
    connect(&bridge.frames(), &FramePump::worldChanged, this, [this] {
        m_read = 0;
        m_log.forget(true);
    });
    connect(&bridge.session(), &Session::stateChanged, this, &OwnWorkers::changed);
    Q_EMIT changed();
}

void OwnWorkers::detach()
{
    if (m_step == Step::Replacing)
        m_step = Step::None; // The next system is made with what runs.
    m_bridge = nullptr;
}

const OwnWorker* OwnWorkers::find(const QString& group) const
{
    return findOwnWorker(m_running, group.toStdString());
}

QString OwnWorkers::whyNot() const
{
    return m_bridge ? m_bridge->commands().whyNot(Ask::ReplaceHandlers) : tr("There is no system.");
}

QString OwnWorkers::shortSentence() const
{
    if (m_running.empty() || !m_bridge || !m_bridge->commands().capabilities().can(Ask::ReplaceHandlers))
        return {};
    const OwnWorker& first = m_running.front();
    if (m_running.size() == 1)
        return tr("%1 is your own: %2").arg(toQt(first.group), shortCommand(toQt(first.command)));
    QStringList groups;
    for (const OwnWorker& one : m_running)
        groups << toQt(one.group);
    return tr("your own: %1").arg(groups.join(QStringLiteral(", ")));
}

QString OwnWorkers::sentence() const
{
    QStringList lines;
    for (const OwnWorker& one : m_running)
        lines << tr("%1 is your own: %2").arg(toQt(one.group), toQt(one.command));
    return lines.join(QLatin1Char('\n'));
}

QString OwnWorkers::busyText() const
{
    switch (m_step) {
    case Step::None: return {};
    case Step::Trying: return tr("Trying %1…").arg(shortCommand(toQt(m_wanted.command)));
    case Step::Replacing:
        if (m_bridge && m_bridge->engine() == Engine::Kind::Simulated)
            return tr("The world is made again…");
        return tr("The members of %1 finish what they have in hand…").arg(toQt(m_wanted.group));
    }
    return {};
}

void OwnWorkers::finish(const QString& sentence, bool is_problem)
{
    m_step = Step::None;
    watchFiles();
    Q_EMIT changed();
    Q_EMIT said(sentence, is_problem);
    if (!m_changed_meanwhile.isEmpty())
        filesChanged(std::exchange(m_changed_meanwhile, {}));
}

// Trying, starting, stopping --------------------------------------------------------------------------------------

void OwnWorkers::tryThen(const OwnWorker& worker, std::function<void()> then)
{
    std::vector<OwnWorker> all{worker};
    if (const auto valid = validateOwnWorkers(all); !valid) {
        finish(tr("It cannot be started: %1.").arg(toQt(valid.error().message)), true);
        return;
    }
    m_step = Step::Trying;
    m_wanted = worker;
    auto result = std::make_shared<Result<void>>();
    m_trying.start(
        [all = std::move(all), result](const std::function<bool()>& is_given_up) {
            OwnWorkerOptions options;
            options.give_up = is_given_up;
            *result = tryOwnWorkers(all, options);
        },
        [this, result, then = std::move(then)] {
            if (*result)
                then();
            else
                finish(tr("It does not work: %1").arg(toQt(result->error().message)), true);
        });
    Q_EMIT changed();
}

void OwnWorkers::tryOut(const OwnWorker& worker)
{
    if (!isBusy())
        tryThen(worker, [this] { finish(tr("It starts, and says that it is ready. Nothing else was tried."), false); });
}

void OwnWorkers::start(const OwnWorker& worker)
{
    if (isBusy())
        return;
    if (const QString why_not = whyNot(); !why_not.isEmpty()) {
        Q_EMIT said(why_not, true);
        return;
    }
    tryThen(worker, [this, worker] { replace(worker); });
}

void OwnWorkers::stop(const QString& group)
{
    const OwnWorker* const running = find(group);
    if (isBusy() || !running)
        return;
    OwnWorker none = *running;
    none.command.clear();
    replace(none);
}

/// An empty command: what there is without it.
void OwnWorkers::replace(const OwnWorker& worker)
{
    m_wanted = worker;
    if (isBuiltIn(worker.group) && m_bridge && whyNot().isEmpty()) {
        m_step = Step::Replacing;
        Q_EMIT changed();
        m_bridge->commands().replaceHandler(worker);
        return;
    }
    if (isBuiltIn(worker.group) && !worker.command.empty()) {
        finish(whyNot(), true);
        return;
    }
    const bool was_there = findOwnWorker(m_running, worker.group) != nullptr;
    put(worker);
    finish(worker.command.empty()
               ? tr("%1 has ended.").arg(toQt(worker.group))
               : tr("%1 is a further group now: %2").arg(toQt(worker.group), shortCommand(toQt(worker.command))),
           false);
    if (!worker.command.empty())
        Q_EMIT started(worker);
    if (!isBuiltIn(worker.group) && (was_there || !worker.command.empty()))
        Q_EMIT systemWanted();
}

void OwnWorkers::put(const OwnWorker& worker)
{
    std::erase_if(m_running, [&](const OwnWorker& one) { return one.group == worker.group; });
    if (!worker.command.empty())
        m_running.push_back(worker);
}

void OwnWorkers::setRunning(std::vector<OwnWorker> workers)
{
    m_running = std::move(workers);
    watchFiles();
    Q_EMIT changed();
}

void OwnWorkers::takeReplaced(const QString& group, const QString& problem)
{
    if (m_step != Step::Replacing || group != toQt(m_wanted.group))
        return;
    if (!problem.isEmpty()) {
        finish(tr("%1 was not changed. %2").arg(group, problem), true);
        return;
    }
    const OwnWorker worker = m_wanted;
    const bool was_there = findOwnWorker(m_running, worker.group) && *findOwnWorker(m_running, worker.group) == worker;
    put(worker);
    if (worker.command.empty()) {
        finish(tr("%1 has its built-in handler again.").arg(group), false);
        return;
    }
    finish(was_there ? tr("The processes of %1 were started anew.").arg(group)
                     : tr("%1 is your own now: %2").arg(group, shortCommand(toQt(worker.command))),
           false);
    Q_EMIT started(worker);
}

bool OwnWorkers::canCancel() const
{
    return m_step == Step::Trying
           || (m_step == Step::Replacing && m_bridge && m_bridge->engine() == Engine::Kind::Simulated);
}

void OwnWorkers::cancel()
{
    if (m_step == Step::Trying) {
        m_trying.giveUp();
        finish(tr("Given up."), false);
    } else if (canCancel()) {
        OwnWorker back = m_wanted;
        const OwnWorker* const before = findOwnWorker(m_running, m_wanted.group);
        back.command = before ? before->command : std::string();
        m_step = Step::None;
        replace(back);
    }
}

// The files --------------------------------------------------------------------------------------------------------

void OwnWorkers::setRestartsOnChange(bool restarts)
{
    m_restarts_on_change = restarts;
    watchFiles();
    Q_EMIT changed();
}

void OwnWorkers::watchFiles()
{
    QStringList files;
    for (const OwnWorker& one : m_running)
        files << filesOf(toQt(one.command));
    files.removeDuplicates();
    files.sort();
    QStringList watched = m_files.files();
    watched.sort();
    const QStringList wanted = m_restarts_on_change ? files : QStringList();
    if (watched != wanted)
        m_files.setFiles(wanted);
}

void OwnWorkers::filesChanged(const QStringList& files)
{
    if (isBusy()) {
        m_changed_meanwhile = files;
        return;
    }
    if (!m_bridge || !whyNot().isEmpty())
        return; // The next system is made with the file as it is then.
    for (const OwnWorker& one : m_running) {
        const QStringList named = filesOf(toQt(one.command));
        const bool is_meant =
            std::any_of(files.begin(), files.end(), [&named](const QString& file) { return named.contains(file); });
        if (!is_meant)
            continue;
        Q_EMIT said(tr("%1 has changed.").arg(QFileInfo(files.front()).fileName()), false);
        tryThen(one, [this, worker = one] { replace(worker); });
        return;
    }
}

void OwnWorkers::restart()
{
    if (!isBusy() && !m_running.empty())
        start(m_running.front());
}

// The log ----------------------------------------------------------------------------------------------------------

void OwnWorkers::follow()
{
    if (!m_bridge || m_running.empty())
        return;
    if (const auto output = m_bridge->workerOutput(); output != m_output) {
        m_output = output;
        m_log.forget(false);
    }
    if (m_output) {
        std::vector<WorkerLogModel::Line> lines;
        for (WorkerOutput::Line& line : m_output->take())
            lines.push_back({std::move(line), {}, false});
        m_log.append(std::move(lines));
    }
    readFailures();
}

/// Attempts that failed lead from the log to their orders.
void OwnWorkers::readFailures()
{
    const FramePump& frames = m_bridge->frames();
    const Timeline& timeline = frames.timeline();
    m_read = std::max(m_read, timeline.firstIndex());
    const std::uint64_t end = std::min(timeline.endIndex(), m_read + entries_a_frame);
    std::vector<WorkerLogModel::Line> lines;
    for (; m_read < end; ++m_read) {
        const Entry& entry = timeline.at(m_read);
        const bool is_last = entry.kind == EntryKind::DeadLettered;
        if ((!is_last && entry.kind != EntryKind::AttemptFailed) || entry.order.isNull())
            continue;
        const QString group = frames.names().groupLabel(entry.group);
        if (!find(group))
            continue;
        WorkerLogModel::Line line;
        line.time_us = entry.time_us;
        line.member = (entry.actor == 0 ? group : frames.names().groupLabel(entry.actor)).toStdString();
        line.text = frames.names().text(entry.detail).toStdString();
        line.order = OrderId(entry.order);
        line.is_last = is_last;
        lines.push_back(std::move(line));
    }
    m_log.append(std::move(lines));
}

// Many worlds ------------------------------------------------------------------------------------------------------

void OwnWorkers::test(const OwnWorker& worker, int worlds)
{
    const std::vector<OwnWorker> all{worker};
    const auto valid = validateOwnWorkers(all);
    const auto engine = engineOf(trial_scenario);
    if (!valid || !engine) {
        m_test_text = tr("It cannot be tested: %1.").arg(toQt(valid ? engine.error().message : valid.error().message));
        Q_EMIT trialChanged();
        return;
    }
    Scenario scenario = engine->scenario;
    scenario.own_workers = all;
    m_tested = worker;
    m_promises.setTrial({});
    m_worlds_done = 0;
    m_worlds_wanted = worlds;
    m_test_text = tr("Trying %1…").arg(shortCommand(toQt(worker.command)));
    auto result = std::make_shared<std::optional<Result<WorkerTrial>>>();
    m_testing.start(
        [this, scenario = std::move(scenario), worlds, result](const std::function<bool()>& is_given_up) {
            OwnWorkerOptions trying;
            trying.give_up = is_given_up;
            if (const auto tried = tryOwnWorkers(scenario.own_workers, trying); !tried) {
                *result = tried.error();
                return;
            }
            WorkerTrialOptions options;
            options.seeds = {1, std::uint64_t(worlds)};
            options.give_up = is_given_up;
            options.on_progress = [this, worlds](const std::string& text) {
                int done = -1;
                if (text.starts_with("seed ")) // "seed 7 of 200"
                    done = std::atoi(text.c_str() + 5);
                m_testing.post([this, done, worlds, said = toQt(text)] {
                    m_worlds_done = std::max(m_worlds_done, done);
                    m_test_text = done >= 0 ? tr("%1 of %2 worlds…").arg(done).arg(worlds)
                                  : m_worlds_done >= worlds
                                      ? tr("Making the failing world smaller: %1").arg(said)
                                      : tr("Running the first worlds twice, to see whether its answers depend on "
                                           "chance…");
                    Q_EMIT trialChanged();
                });
            };
            *result = tryWorkers(scenario, options);
        },
        [this, result] { takeTrial(**result); });
    Q_EMIT trialChanged();
}

void OwnWorkers::takeTrial(const Result<WorkerTrial>& trial)
{
    if (!trial) {
        m_test_text = tr("It was not tested: %1").arg(toQt(trial.error().message));
    } else {
        m_promises.setTrial(*trial);
        const auto broken = std::count_if(trial->promises.begin(), trial->promises.end(),
                                          [](const PromiseVerdict& one) { return one.broken > 0; });
        if (trial->holds())
            m_test_text =
                tr("All promises hold in all %1 worlds, with %2 orders.").arg(trial->worlds).arg(trial->orders);
        else if (broken == 0)
            m_test_text =
                tr("All promises hold in all %1 worlds, but its answers depend on chance.").arg(trial->worlds);
        else
            m_test_text = tr("Not yet. Broken promises: %1, in %2 worlds.").arg(broken).arg(trial->worlds);
    }
    Q_EMIT trialChanged();
}

void OwnWorkers::cancelTest()
{
    if (!isTesting())
        return;
    m_testing.giveUp();
    m_test_text = tr("Given up after %1 of %2 worlds.").arg(m_worlds_done).arg(m_worlds_wanted);
    Q_EMIT trialChanged();
}

} // namespace orderlab::ui
