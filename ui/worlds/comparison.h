#pragma once
#include "simulation/compare.h"
#include "ui/bridge/lab_bridge.h"
#include "ui/bridge/watched_commands.h"
#include "ui/canvas/flow_source.h"

namespace orderlab::ui {

class Worlds;

/// A second world beside the one that is shown, on the same clock, and what differs between the two. GUI thread.
class WorldComparison final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t differences_max = 500;

    /// `id`: of the other world, which is made anew for this.
    WorldComparison(LabBridge& bridge, int id, QObject* parent);
    ~WorldComparison() override;

    /// Once a frame.
    void follow();

    int otherId() const { return m_id; }
    QString otherName() const { return m_name; }
    const FramePump& other() const { return m_frames; }
    FlowSource otherSource() const;
    /// How the other world has ended; null: it is not known yet.
    const SimulationReport* otherOutcome() const;
    /// Nothing before both worlds are known as a whole.
    const std::optional<Comparison>& result() const { return m_result; }
    struct Place {
        std::int64_t time_us = 0;
        QString explanation;
        OrderId order; ///< In the shown world, else in the other; null: it could not be found.
        DifferenceKind kind = DifferenceKind::Status;
    };
    /// By time.
    const std::vector<Place>& places() const { return m_places; }
    /// Whether the other world is still there as it was, and is not the one that is shown.
    bool isStillTrue() const;
    /// To the next difference after the moment, or the one before. Null: there is none.
    const Place* goToNext(bool forward);

Q_SIGNALS:
    void frame(const orderlab::ui::Frame& frame);
    /// The result, or the other world.
    void changed();

private:
    void compare();
    void followMoment();

    LabBridge& m_bridge;
    const int m_id;
    QString m_name;
    FramePump m_frames;
    std::shared_ptr<WorldRun> m_run;
    JournalStoreReader m_store;
    WatchedCommands m_commands; ///< Nothing is asked of the other world.
    DeadLetterDesk m_letters;   ///< Counts are as the journal tells.
    std::optional<Comparison> m_result;
    std::vector<Place> m_places;
    std::uint64_t m_equal = 0; ///< So many entries both worlds have, before they part.
    bool m_is_stale = true;
};

} // namespace orderlab::ui
