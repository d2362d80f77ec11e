#pragma once
#include "journal/world_state.h"

#include <set>

namespace orderlab {

/// Follows a run's journal and knows when nothing is under way any more: what a run waits for at its end. One thread.
class QuietWatch {
public:
    explicit QuietWatch(const Names& names) : m_world(names) {}

    void apply(std::span<const Entry> entries)
    {
        m_world.apply(entries);
        for (const Entry& entry : entries)
            followParked(entry);
    }
    /// Every order is final or dead-lettered, every group has committed all that was published, no retry topic holds anything.
    bool isQuiet() const { return m_parked.empty() && m_world.isQuiet(); }
    const WorldState& world() const { return m_world; }

private:
    /// Events in the retry topic: their offsets are committed, and yet they are to be handled.
    void followParked(const Entry& entry)
    {
        if (entry.kind == EntryKind::EventParked)
            m_parked.emplace(entry.group, entry.event);
        else if (!m_parked.empty()
                 && (entry.kind == EntryKind::EventHandled || entry.kind == EntryKind::DuplicateSkipped
                     || entry.kind == EntryKind::DeadLettered))
            m_parked.erase({entry.group, entry.event});
    }

    WorldState m_world;
    std::set<std::pair<NameId, Uuid>> m_parked; ///< By group.
};

} // namespace orderlab
