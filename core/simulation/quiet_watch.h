#pragma once
#include "journal/world_state.h"

#include <set>
#include <tuple>

namespace orderlab {

/// Follows a run's journal and knows when nothing is under way any more: what a run waits for at its end. One thread.
class QuietWatch {
public:
    explicit QuietWatch(const Names& names) : m_world(names) {}

    void apply(std::span<const Entry> entries)
    {
        m_world.apply(entries);
        for (const Entry& entry : entries)
            follow(entry);
    }
    /// Every order is final or dead-lettered, every outbox row is published, every group has committed all that was
    /// published, no retry topic holds anything, and nobody has anything in hand.
    bool isQuiet() const { return m_parked.empty() && m_unpublished.empty() && m_in_hand.empty() && m_world.isQuiet(); }
    const WorldState& world() const { return m_world; }

private:
    /// One by one: an event that was published twice would hide another one that was not, and a copy of an event that
    /// was given up may still be tried, though its offset is committed.
    void follow(const Entry& entry)
    {
        switch (stepOf(entry.kind)) {
        case EventStep::Failed: // What follows says where it goes; nothing, if others have seen it through meanwhile.
            m_in_hand.erase({entry.actor, entry.group, entry.event});
            return;
        case EventStep::Kept:
        case EventStep::Taken: m_in_hand.emplace(entry.actor, entry.group, entry.event); return;
        case EventStep::Parked:
            m_parked.emplace(entry.group, entry.event);
            m_in_hand.erase({entry.actor, entry.group, entry.event});
            return;
        case EventStep::Handled:
        case EventStep::Skipped:
        case EventStep::GivenUp:
            m_parked.erase({entry.group, entry.event});
            m_in_hand.erase({entry.actor, entry.group, entry.event});
            return;
        case EventStep::None: break;
        }
        switch (entry.kind) {
        case EntryKind::EventEmitted: // The relay may be quicker than who emitted it.
            if (m_published.erase(entry.event) == 0)
                m_unpublished.insert(entry.event);
            break;
        case EntryKind::EventPublished:
            if (m_unpublished.erase(entry.event) == 0)
                m_published.insert(entry.event);
            break;
        case EntryKind::MemberLeft:
        case EntryKind::ProcessCrashed:
            m_in_hand.erase(m_in_hand.lower_bound({entry.actor, 0, Uuid{}}),
                            m_in_hand.lower_bound({NameId(entry.actor + 1), 0, Uuid{}}));
            break;
        default: break;
        }
    }

    WorldState m_world;
    std::set<std::pair<NameId, Uuid>>
        m_parked;                 ///< By group: their offsets are committed, and yet they are to be handled.
    std::set<Uuid> m_unpublished; ///< Outbox rows.
    std::set<Uuid> m_published;   ///< Before they were told to be emitted, or once more.
    std::set<std::tuple<NameId, NameId, Uuid>> m_in_hand; ///< Of a member of a group.
};

} // namespace orderlab
