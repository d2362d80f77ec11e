#include "ui/timeline/group_lanes.h"

namespace orderlab::ui {

GroupLanes::GroupLanes(const LabBridge& bridge) : m_bridge(bridge)
{
    forget();
}

void GroupLanes::forget()
{
    m_lanes.clear();
    for (const std::string& group : m_bridge.session().config().workers)
        m_lanes.push_back({QString::fromStdString(group), {}});
    m_read = 0;
}

const std::vector<GroupLanes::Lane>& GroupLanes::read()
{
    const Timeline& timeline = m_bridge.frames().timeline();
    const JournalNames& names = m_bridge.frames().names();
    std::vector<int> places; // By name; -1: no lane, -2: not looked up.
    for (m_read = std::max(m_read, timeline.firstIndex()); m_read < timeline.endIndex(); ++m_read) {
        const Entry entry = timeline.at(m_read);
        if (entry.group == 0)
            continue;
        if (entry.group >= places.size())
            places.resize(entry.group + std::size_t{1}, -2);
        int& place = places[entry.group];
        if (place == -2) {
            const QString& group = names.groupLabel(entry.group);
            const auto lane =
                std::find_if(m_lanes.begin(), m_lanes.end(), [&](const Lane& one) { return one.group == group; });
            place = lane == m_lanes.end() ? -1 : int(lane - m_lanes.begin());
        }
        if (place >= 0)
            m_lanes[std::size_t(place)].summary.append(std::span(&entry, 1));
    }
    return m_lanes;
}

} // namespace orderlab::ui
