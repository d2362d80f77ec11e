#pragma once
#include "simulation/scenario.h"
#include "ui/bridge/table_desk.h"

namespace orderlab::ui {

class Worlds;

/// Tables of a simulated run at the moment shown: the run is made again up to there, behind the window, and its store
/// looked into. GUI thread.
class SimulatedTableDesk final : public TableDesk {
    Q_OBJECT
public:
    /// Of the world that is shown.
    SimulatedTableDesk(SystemCore& core, Worlds& worlds, const FramePump& frames, QObject* parent);
    /// Of a recording that says which run it is.
    SimulatedTableDesk(SystemCore& core, const FramePump& frames, QObject* parent);

    /// What a recording says of itself, once it is read; without a scenario there are no tables.
    void setRecorded(Scenario scenario, std::uint64_t seed);

    bool followsMoment() const override { return true; }
    QString source() const override;
    QString whyNoMark() const override { return {}; }

protected:
    std::string momentKey() const override;
    OpenTables opener() const override { return openerFor(shown(), m_before); }
    std::string keyOf(const TableMoment& moment) const override;
    OpenTables openerOf(const TableMoment& moment) const override;
    void markNow() override;
    void forgetMark() override { m_before.reset(); }

private:
    struct Run {
        std::shared_ptr<const Scenario> scenario; ///< Null: not known.
        std::uint64_t seed = 1;
        std::uint64_t entries = 0;
        std::uint64_t version = 0; ///< Of the world: it was made again since.
    };
    struct Before;
    Run shown() const;
    static OpenTables openerFor(Run run, std::shared_ptr<Before> before);

    Worlds* m_worlds = nullptr; ///< Null for a recording.
    Run m_recorded;
    std::uint64_t m_version = 0;
    std::uint64_t m_mark = 0; ///< Counts them.
    std::shared_ptr<Before> m_before;
};

} // namespace orderlab::ui
