#include "ui/worlds/worlds.h"

#include "journal/journal_hash.h"
#include "runtime/virtual_runtime.h"
#include "simulation/moment_line.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"

#include <QUndoGroup>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr Duration instant{1}; ///< Changes are made between two entries, so right after the moment that is shown.

std::int64_t timeUs(Duration since_start)
{
    return toMicros(VirtualRuntime::epoch() + since_start);
}

} // namespace

WorldSettings settingsAt(const Scenario& scenario, Duration at)
{
    WorldSettings settings;
    settings.guarantees = scenario.guarantees;
    for (const Fault& fault : scenario.faults)
        settings.faults.push_back({fault, Duration{0}});
    std::vector<const Change*> changes;
    for (const Change& change : scenario.changes) {
        if (change.at <= at)
            changes.push_back(&change);
    }
    std::stable_sort(changes.begin(), changes.end(), [](const Change* a, const Change* b) { return a->at < b->at; });
    bool are_stopped = false;
    const auto stopUntil = [&](Duration time) { // The scenario's own end of all faults.
        if (!are_stopped && scenario.fault_time <= time) {
            settings.faults.clear();
            are_stopped = true;
        }
    };
    for (const Change* change : changes) {
        if (change->at > scenario.fault_time)
            stopUntil(change->at);
        if (const auto* one = std::get_if<SwitchGuarantee>(&change->setting))
            settings.guarantees.set(one->guarantee, one->on);
        else if (const auto* added = std::get_if<AddFault>(&change->setting))
            settings.faults.push_back({added->fault, change->at});
        else if (const auto* stopped = std::get_if<StopFault>(&change->setting))
            std::erase_if(settings.faults, [&](const auto& active) { return active.fault == stopped->fault; });
        else if (std::holds_alternative<StopFaults>(change->setting))
            settings.faults.clear();
    }
    stopUntil(at);
    std::erase_if(settings.faults, [&](const WorldSettings::ActiveFault& active) {
        return active.fault.length != Duration::max() && active.since + active.fault.start + active.fault.length <= at;
    });
    return settings;
}

/// Replaces a world's scenario and seed by others.
class Worlds::Edit final : public QUndoCommand {
public:
    struct State {
        Scenario scenario;
        std::uint64_t seed = 1;
    };
    /// `moment`: what is shown afterwards.
    Edit(Worlds& worlds, const World& world, State after, Duration differs_from, Duration moment, const QString& text)
        : QUndoCommand(text), m_worlds(worlds), m_world(world.id), m_before{world.scenario, world.seed},
          m_after(std::move(after)), m_differs_from(differs_from), m_moment(moment)
    {}
    void undo() override { m_worlds.set(m_world, m_before.scenario, m_before.seed, m_differs_from, m_worlds.now()); }
    void redo() override
    {
        const Duration moment = std::exchange(m_is_done, true) ? m_worlds.now() : m_moment;
        m_worlds.set(m_world, m_after.scenario, m_after.seed, m_differs_from, moment);
    }

private:
    Worlds& m_worlds;
    const int m_world;
    const State m_before;
    const State m_after;
    const Duration m_differs_from;
    const Duration m_moment;
    bool m_is_done = false;
};

Worlds::Worlds(Scenario scenario, std::uint64_t seed, Names& names, QObject* parent)
    : QObject(parent), m_names(names), m_origin(scenario), m_undo(new QUndoGroup(this)),
      m_own_workers(scenario.own_workers)
{
    World first;
    first.id = m_next_id++;
    first.name = toQt(scenario.name);
    first.scenario = std::move(scenario);
    first.seed = seed;
    m_worlds.push_back(std::move(first));
    m_histories.push_back(new QUndoStack(m_undo));
    m_histories.front()->setUndoLimit(int(changes_max));
    m_undo->setActiveStack(m_histories.front());
}

void Worlds::begin(FramePump& frames)
{
    m_frames = &frames;
    run(Duration{0}, Duration{0});
}

Duration Worlds::now() const
{
    return m_frames ? std::max(Duration{0}, fromMicros(m_frames->nowUs()) - VirtualRuntime::epoch()) : Duration{0};
}

QStringList Worlds::members() const
{
    QStringList members;
    if (m_frames) {
        for (const GroupState& group : m_frames->world().groups()) {
            for (const MemberState& member : group.members)
                members << m_frames->names().groupLabel(member.name);
        }
    }
    return members << QStringLiteral("relay-1") << QStringLiteral("api");
}

std::string Worlds::sha() const
{
    JournalHash hash;
    std::vector<Entry> entries;
    for (std::uint64_t i = m_frames->timeline().firstIndex(); i < m_frames->index(); ++i)
        entries.push_back(m_frames->timeline().at(i));
    hash.add(entries, m_frames->names().names());
    return hash.hex();
}

Result<std::string> Worlds::line(OrderId order) const
{
    // Where the world is one that everybody knows, with changes: its name and these.
    Scenario begun = shown().scenario;
    std::vector<Change> changes;
    if (begun.changes.size() >= m_origin.changes.size()
        && std::equal(m_origin.changes.begin(), m_origin.changes.end(), begun.changes.begin())) {
        changes.assign(begun.changes.begin() + std::ptrdiff_t(m_origin.changes.size()), begun.changes.end());
        begun.changes = m_origin.changes;
    }
    MomentLine line = MomentLine::of(begun, shown().seed);
    line.changes = std::move(changes);
    if (m_frames->index() > m_frames->timeline().firstIndex())
        line.entry = m_frames->index() - 1;
    line.order = order;
    line.sha = sha().substr(0, MomentLine::sha_digits);
    return line.print();
}

const World* Worlds::find(int id) const
{
    const auto found = std::find_if(m_worlds.begin(), m_worlds.end(), [id](const World& one) { return one.id == id; });
    return found == m_worlds.end() ? nullptr : &*found;
}

World* Worlds::world(int id)
{
    return const_cast<World*>(find(id));
}

void Worlds::run(Duration same_until, Duration moment)
{
    m_worker_output = m_own_workers.empty() ? nullptr : std::make_shared<WorkerOutput>();
    WorldRun::WorkerOutput listener;
    if (m_worker_output)
        listener = [output = m_worker_output](TimePoint at, std::string_view member, std::string_view line) {
            output->say(toMicros(at), member, line);
        };
    m_run = std::make_shared<WorldRun>(shown().scenario, shown().seed, m_names, std::move(listener));
    m_is_noted = false;
    if (m_frames)
        m_frames->replace(std::make_unique<WorldSource>(m_run), timeUs(moment), timeUs(same_until));
}

void Worlds::follow()
{
    if (m_is_noted || !m_run || !m_run->isOver())
        return;
    m_is_noted = true;
    const auto& report = m_run->report();
    const bool is_new_change = std::exchange(m_is_new_change, false);
    if (report && is_new_change && takeBackRefused(*report))
        return;
    if (report) {
        m_worlds[m_shown].outcome = *report;
        m_worlds[m_shown].problem.clear();
    } else {
        m_worlds[m_shown].problem = QString::fromStdString(report.error().message);
        Q_EMIT failed(tr("This world cannot be run. %1").arg(m_worlds[m_shown].problem));
    }
    Q_EMIT changed();
}

/// What cannot be done at its moment is told, and the world stays as it was.
bool Worlds::takeBackRefused(const SimulationReport& report)
{
    const std::vector<Change>& changes = shown().scenario.changes;
    for (const RefusedChange& refused : report.refused) {
        if (changes.empty() || !(refused.change == changes.back()))
            continue;
        Q_EMIT failed(tr("At %1 s this cannot be done: %2. %3")
                          .arg(double(refused.change.at.count()) / 1e6, 0, 'f', 3)
                          .arg(settingText(refused.change.setting), QString::fromStdString(refused.reason)));
        history().undo();
        return true;
    }
    return false;
}

void Worlds::set(int id, const Scenario& scenario, std::uint64_t seed, Duration same_until, Duration moment)
{
    World* const one = world(id);
    if (!one)
        return;
    one->scenario = scenario;
    one->scenario.own_workers = m_own_workers;
    one->seed = seed;
    one->outcome.reset();
    if (one == &shown())
        run(same_until, moment);
    Q_EMIT changed();
}

void Worlds::change(std::vector<Change::Setting> settings, const QString& text)
{
    const World& world = shown();
    if (world.scenario.changes.size() + settings.size() > changes_max) {
        Q_EMIT failed(tr("A world has at most %1 changes. Undo some, or begin another world.")
                          .arg(grouped(std::int64_t(changes_max))));
        return;
    }
    const Duration at = now() + instant;
    Edit::State after{world.scenario, world.seed};
    for (Change::Setting& setting : settings)
        after.scenario.changes.push_back({at, std::move(setting)});
    history().push(new Edit(*this, world, std::move(after), at, at, text));
    m_is_new_change = true;
}

void Worlds::removeChange(std::size_t index)
{
    const World& world = shown();
    if (index >= world.scenario.changes.size())
        return;
    const Change& change = world.scenario.changes[index];
    Edit::State after{world.scenario, world.seed};
    after.scenario.changes.erase(after.scenario.changes.begin() + std::ptrdiff_t(index));
    history().push(
        new Edit(*this, world, std::move(after), change.at, now(), tr("remove “%1”").arg(settingText(change.setting))));
}

void Worlds::setSeed(std::uint64_t seed)
{
    const World& world = shown();
    if (world.seed != seed)
        history().push(new Edit(*this, world, {world.scenario, seed}, Duration{0}, now(), tr("seed %1").arg(seed)));
}

void Worlds::setOwnWorkers(std::vector<OwnWorker> workers)
{
    m_own_workers = std::move(workers);
    for (World& one : m_worlds) {
        one.scenario.own_workers = m_own_workers;
        one.outcome.reset();
        one.problem.clear();
    }
    run(Duration{0}, now());
    Q_EMIT changed();
}

int Worlds::fork(std::vector<Change::Setting> settings, const QString& name)
{
    if (m_worlds.size() >= worlds_max) {
        Q_EMIT failed(tr("There are %1 worlds, which is the most. Remove one first.").arg(worlds_max));
        return 0;
    }
    const Duration at = now() + instant;
    World second = shown();
    second.parent = second.id;
    second.id = m_next_id++;
    second.parts_at = at;
    second.name = name;
    second.outcome.reset();
    for (Change::Setting& setting : settings)
        second.scenario.changes.push_back({at, std::move(setting)});
    const int id = second.id;
    m_worlds.push_back(std::move(second));
    m_histories.push_back(new QUndoStack(m_undo));
    m_histories.back()->setUndoLimit(int(changes_max));
    m_shown = m_worlds.size() - 1;
    m_undo->setActiveStack(m_histories[m_shown]);
    run(at, at);
    Q_EMIT changed();
    return id;
}

void Worlds::show(int id)
{
    const World* const one = find(id);
    if (!one || one == &shown())
        return;
    m_shown = std::size_t(one - m_worlds.data());
    m_undo->setActiveStack(m_histories[m_shown]);
    run(Duration{0}, now());
    Q_EMIT changed();
}

void Worlds::remove(int id)
{
    const World* const one = find(id);
    if (!one || m_worlds.size() == 1)
        return;
    const std::size_t place = std::size_t(one - m_worlds.data());
    if (place == m_shown)
        show(m_worlds[place == 0 ? 1 : 0].id);
    delete m_histories[place];
    m_histories.erase(m_histories.begin() + std::ptrdiff_t(place));
    m_worlds.erase(m_worlds.begin() + std::ptrdiff_t(place));
    if (m_shown > place)
        --m_shown;
    Q_EMIT changed();
}

namespace {

struct SettingText {
    QString operator()(const SwitchGuarantee& change) const
    {
        for (const GuaranteeText& text : guaranteeTexts()) {
            if (text.guarantee == change.guarantee)
                return (change.on ? Worlds::tr("%1 on") : Worlds::tr("%1 off")).arg(text.title);
        }
        return {};
    }
    QString operator()(const AddFault& change) const { return QString::fromStdString(change.fault.toString()); }
    QString operator()(const StopFaults&) const { return Worlds::tr("stop all failures"); }
    QString operator()(const StopFault& change) const
    {
        return Worlds::tr("stop %1").arg(QString::fromStdString(change.fault.toString()));
    }
    QString operator()(const SetMembers& change) const
    {
        return QStringLiteral("%1 ×%2")
            .arg(change.group.empty() ? Worlds::tr("all groups") : QString::fromStdString(change.group))
            .arg(change.members);
    }
    QString operator()(const PlaceOrder& change) const
    {
        return Worlds::tr("order of %1").arg(QString::fromStdString(change.customer));
    }
    QString operator()(const PlaceOrders& change) const
    {
        return counted(std::int64_t(change.count), QT_TRANSLATE_N_NOOP("counted", "%n orders"));
    }
    QString operator()(const CancelOrder& change) const
    {
        return Worlds::tr("cancel order %1").arg(shortId(change.order));
    }
    QString operator()(const CrashMember& change) const
    {
        return Worlds::tr("crash %1").arg(QString::fromStdString(change.member));
    }
    QString operator()(const ReplayDeadLetter& change) const
    {
        return Worlds::tr("replay a dead letter of %1").arg(QString::fromStdString(change.group));
    }
    QString operator()(const DiscardDeadLetter& change) const
    {
        return Worlds::tr("discard a dead letter of %1").arg(QString::fromStdString(change.group));
    }
    QString operator()(const ResetOffsets& change) const
    {
        return Worlds::tr("reset the offsets of %1").arg(QString::fromStdString(change.group));
    }
    QString operator()(const Reseed& change) const { return Worlds::tr("chance anew (%1)").arg(change.seed); }
    template <typename Other>
    QString operator()(const Other& change) const
    {
        return QString::fromStdString(toString(Change::Setting(change)));
    }
};

} // namespace

QString settingText(const Change::Setting& setting)
{
    return std::visit(SettingText{}, setting);
}

} // namespace orderlab::ui
