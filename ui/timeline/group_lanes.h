#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QColor>

namespace orderlab::ui {

/// The run that is shown, apart for each consumer group: what the lanes of the timeline are drawn from. Reads only when
/// it is asked to, so that it costs nothing while no lane is shown. GUI thread.
class GroupLanes {
public:
    struct Lane {
        QString group; ///< Without prefix.
        TimelineSummary summary;
    };

    explicit GroupLanes(const LabBridge& bridge);

    /// In the order of the configuration. Takes in what has come since the last call.
    const std::vector<Lane>& read();
    /// It is another run, or nobody looks any more: begins anew.
    void forget();

private:
    const LabBridge& m_bridge;
    std::vector<Lane> m_lanes;
    std::uint64_t m_read = 0; ///< Entries before this one are in.
};

} // namespace orderlab::ui
