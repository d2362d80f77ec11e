#include "ui/worlds/simulated_table_desk.h"

#include "lab/lab_tables.h"
#include "simulation/simulate.h"
#include "tables/sqlite_tables.h"
#include "ui/worlds/worlds.h"

namespace orderlab::ui {

namespace {

Result<StoreRows> rowsOfRun(const Scenario& scenario, std::uint64_t seed, std::uint64_t entries,
                            const std::function<bool()>& is_given_up)
{
    Result<StoreRows> rows = internalError("the run has not been looked into");
    SimulationOptions options;
    options.hash = false;
    options.give_up = is_given_up;
    options.stop_after_entries = entries;
    options.at_stop = [&rows](Lab& lab, VirtualRuntime&) { rows = copyRows(lab); };
    const auto report = simulate(scenario, seed, options);
    if (!report)
        return report.error();
    return rows;
}

} // namespace

/// A marked moment. The worker's, once it is asked for.
struct SimulatedTableDesk::Before {
    Run run;
    std::optional<StoreRows> rows;
};

SimulatedTableDesk::SimulatedTableDesk(SystemCore& core, Worlds& worlds, const FramePump& frames, QObject* parent)
    : TableDesk(core, frames, {}, parent), m_worlds(&worlds)
{
    connect(&worlds, &Worlds::changed, this, [this] {
        ++m_version;
        Q_EMIT stale();
    });
}

SimulatedTableDesk::SimulatedTableDesk(SystemCore& core, const FramePump& frames, QObject* parent)
    : TableDesk(core, frames, {}, parent)
{}

void SimulatedTableDesk::setRecorded(Scenario scenario, std::uint64_t seed)
{
    m_recorded.scenario = std::make_shared<const Scenario>(std::move(scenario));
    m_recorded.seed = seed;
    ++m_version;
    Q_EMIT stale();
}

QString SimulatedTableDesk::source() const
{
    return m_worlds ? QString() : tr("from the scenario and seed in the recording");
}

SimulatedTableDesk::Run SimulatedTableDesk::shown() const
{
    Run run = m_recorded;
    if (m_worlds) {
        run.scenario = std::make_shared<const Scenario>(m_worlds->shown().scenario);
        run.seed = m_worlds->shown().seed;
    }
    run.entries = m_frames.index();
    run.version = m_version;
    return run;
}

std::string SimulatedTableDesk::momentKey() const
{
    std::string key = std::to_string(m_version);
    for (const std::uint64_t number :
         {std::uint64_t(m_worlds ? m_worlds->shown().id : 0), m_frames.index(), isMarked() ? m_mark : 0})
        key.append("/").append(std::to_string(number));
    return key;
}

std::string SimulatedTableDesk::keyOf(const TableMoment& moment) const
{
    std::string key = std::to_string(m_version);
    for (const std::uint64_t number :
         {std::uint64_t(m_worlds ? m_worlds->shown().id : 0), moment.entries, moment.before ? *moment.before + 1 : 0})
        key.append("@").append(std::to_string(number));
    return key;
}

OpenTables SimulatedTableDesk::openerOf(const TableMoment& moment) const
{
    Run run = shown();
    run.entries = moment.entries;
    std::shared_ptr<Before> before;
    if (moment.before) {
        before = std::make_shared<Before>(Before{run, std::nullopt});
        before->run.entries = *moment.before;
    }
    return openerFor(std::move(run), std::move(before));
}

OpenTables SimulatedTableDesk::openerFor(Run run, std::shared_ptr<Before> before)
{
    return [run = std::move(run),
            before = std::move(before)](const std::function<bool()>& is_given_up) -> Result<std::shared_ptr<Tables>> {
        if (!run.scenario)
            return Error{ErrorCode::NotFound,
                         Retry::Later,
                         "this recording does not say which run it is of, so its rows are not known",
                         {}};
        if (before && !before->rows) {
            auto rows = rowsOfRun(*before->run.scenario, before->run.seed, before->run.entries, is_given_up);
            if (!rows)
                return rows.error();
            before->rows = std::move(*rows);
        }
        const auto rows = rowsOfRun(*run.scenario, run.seed, run.entries, is_given_up);
        if (!rows)
            return rows.error();
        auto opened = makeSqliteTables(*rows, before ? &*before->rows : nullptr);
        if (!opened)
            return opened.error();
        return std::shared_ptr<Tables>(std::move(*opened));
    };
}

void SimulatedTableDesk::markNow()
{
    ++m_mark;
    m_before = std::make_shared<Before>(Before{shown(), std::nullopt});
}

} // namespace orderlab::ui
