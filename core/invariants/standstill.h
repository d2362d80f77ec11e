#pragma once
#include "journal/entry.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace orderlab {

/// What stands in everybody's way while a system runs, and which workers there are: the journal's word on it. Bounded
/// by the number of partitions and members. One thread at a time.
class Standstill {
public:
    void apply(const Entry& entry)
    {
        const Place place{entry.group, entry.topic, entry.partition};
        switch (entry.kind) {
        case EntryKind::FaultsChanged:
            m_faults = entry.value > 0;
            disturb(entry.time_us);
            break;
        case EntryKind::FaultInjected:
        case EntryKind::ProcessRestarted:
        case EntryKind::PublishFailed:
        case EntryKind::CircuitClosed:
        case EntryKind::GuaranteeSwitched: disturb(entry.time_us); break;
        case EntryKind::ProcessCrashed:
        case EntryKind::CircuitOpened:
        case EntryKind::WorkThrottled: disturb(entry.time_us + std::int64_t{entry.value} * 1'000); break;
        case EntryKind::WorkPaused:
            m_paused.insert(place);
            disturb(entry.time_us);
            break;
        case EntryKind::WorkResumed:
        case EntryKind::PartitionAssigned: // Whoever paused it does not have it any more.
        case EntryKind::PartitionRevoked:
            m_paused.erase(place);
            disturb(entry.time_us);
            break;
        case EntryKind::MemberJoined:
            m_members[entry.group].insert(entry.actor);
            disturb(entry.time_us);
            break;
        case EntryKind::MemberLeft:
            m_members[entry.group].erase(entry.actor);
            disturb(entry.time_us);
            break;
        default: break;
        }
    }
    /// Nothing could go on here until then.
    void disturb(std::int64_t until_us) { m_calm_us = std::max(m_calm_us, until_us); }
    /// Entries are missing here. Faults that were set count as set: rather silent than wrong.
    void forgetAll() { m_paused.clear(); }

    /// Faults are set, or something is away: nobody can be blamed for waiting.
    bool isDisturbed() const { return m_faults || !m_paused.empty(); }
    /// When the last disturbance ended.
    std::int64_t calmSince() const { return m_calm_us; }
    bool hasMembers(NameId group) const
    {
        const auto found = m_members.find(group);
        return found != m_members.end() && !found->second.empty();
    }

private:
    using Place = std::tuple<NameId, NameId, std::uint16_t>;

    bool m_faults = false;
    std::int64_t m_calm_us = -1;
    std::set<Place> m_paused;
    std::map<NameId, std::set<NameId>> m_members;
};

} // namespace orderlab
