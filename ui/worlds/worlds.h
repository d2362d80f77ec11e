#pragma once
#include "simulation/world_run.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/worker_output.h"

#include <QUndoGroup>
#include <QUndoStack>

namespace orderlab::ui {

/// A scenario with a seed: what has been done in it is in its changes.
struct World {
    int id = 0;           ///< From 1, never given out twice.
    int parent = 0;       ///< The world that it was forked from; 0: none.
    Duration parts_at{0}; ///< Where it does.
    QString name;
    Scenario scenario;
    std::uint64_t seed = 1;
    std::optional<SimulationReport> outcome; ///< Once it was run to its end as it is now.
    QString problem;                         ///< Why it could not be run; empty: it could.
};

/// What is so in a world at a moment, as its scenario says.
struct WorldSettings {
    struct ActiveFault {
        Fault fault;
        Duration since{0};
    };
    Guarantees guarantees;
    std::vector<ActiveFault> faults; ///< Those whose time is not over.
};
WorldSettings settingsAt(const Scenario& scenario, Duration at);

/// The worlds of the simulated engine, one of which is shown. Everything a person does there is a change at the moment
/// that is shown; the world from there on is made again. GUI thread.
class Worlds final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t worlds_max = 50;
    static constexpr std::size_t changes_max = 1'000; ///< As in a scenario file.

    /// `names` outlive it and the frames.
    Worlds(Scenario scenario, std::uint64_t seed, Names& names, QObject* parent);

    /// Shows the first world in `frames`, which outlive it.
    void begin(FramePump& frames);
    /// Once a frame: notes how the run of the shown world has ended.
    void follow();

    Names& names() { return m_names; }
    const std::vector<World>& all() const { return m_worlds; }
    const World& shown() const { return m_worlds[m_shown]; }
    /// Null when there is none.
    const World* find(int id) const;
    /// The time in the shown world that is shown, since its start.
    Duration now() const;
    /// Members of all groups, relays and the API at that time: what can crash.
    QStringList members() const;
    /// What is so at that time.
    WorldSettings settings() const { return settingsAt(shown().scenario, now()); }

    /// The shown moment as a line of text (simulation/moment_line.h); `order`: what it is about, may be null. Error:
    /// Exhausted when it is too long.
    Result<std::string> line(OrderId order) const;
    /// SHA-256 of the journal up to the moment.
    std::string sha() const;

    /// Makes `setting` at the moment that is shown. `text`: what it is called in the list of what can be undone.
    void change(Change::Setting setting, const QString& text) { change(std::vector{std::move(setting)}, text); }
    void change(std::vector<Change::Setting> settings, const QString& text);
    /// Takes one change out of the shown world.
    void removeChange(std::size_t index);
    void setSeed(std::uint64_t seed);
    /// Programs in the place of handlers, in all worlds until others are set: no change, and not to be undone. The
    /// shown world is made again, also with the same ones.
    void setOwnWorkers(std::vector<OwnWorker> workers);
    /// What they write in the run of the shown world; another one for each run. Null: it has no programs.
    const std::shared_ptr<WorkerOutput>& workerOutput() const { return m_worker_output; }
    /// What was done in the shown world.
    QUndoStack& history() { return *m_histories[m_shown]; }
    QUndoGroup& histories() { return *m_undo; }

    /// A second world that is the same until the moment shown, and then has `settings`; shows it. Its id; 0: there are
    /// too many.
    int fork(std::vector<Change::Setting> settings, const QString& name);
    void show(int id);
    /// Forgets a world; its forks stay, as they are whole by themselves. The last one stays.
    void remove(int id);

Q_SIGNALS:
    /// Worlds, their changes or outcomes, or which one is shown.
    void changed();
    /// A sentence for a person.
    void failed(const QString& problem);

private:
    class Edit;
    void set(int id, const Scenario& scenario, std::uint64_t seed, Duration same_until, Duration moment);
    void run(Duration same_until, Duration moment);
    World* world(int id);
    bool takeBackRefused(const SimulationReport& report);

    Names& m_names;
    const Scenario m_origin; ///< As the first world began.
    FramePump* m_frames = nullptr;
    std::vector<World> m_worlds;
    std::size_t m_shown = 0;
    int m_next_id = 1;
    std::vector<QUndoStack*> m_histories; ///< Beside m_worlds.
    QUndoGroup* m_undo;
    std::vector<OwnWorker> m_own_workers;
    std::shared_ptr<WorkerOutput> m_worker_output;
    std::shared_ptr<WorldRun> m_run; ///< Of the shown world.
    bool m_is_noted = false;         ///< That it is over.
    bool m_is_new_change = false;    ///< It is run for the first time with a change that may be refused.
};

/// "payment key on", "crash payment-1", "100 orders": a setting in few words.
QString settingText(const Change::Setting& setting);

} // namespace orderlab::ui
