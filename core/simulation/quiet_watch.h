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
            follow(entry);
    }
    /// As WorldState::isQuiet(), and every outbox row is published.
    bool isQuiet() const { return m_unpublished.empty() && m_world.isQuiet(); }
    const WorldState& world() const { return m_world; }

private:
    /// One by one: an event that was published twice would hide another one that was not.
    void follow(const Entry& entry)
    {
        if (entry.kind == EntryKind::EventEmitted) { // The relay may be quicker than who emitted it.
            if (m_published.erase(entry.event) == 0)
                m_unpublished.insert(entry.event);
        } else if (entry.kind == EntryKind::EventPublished) {
            if (m_unpublished.erase(entry.event) == 0)
                m_published.insert(entry.event);
        }
    }

    WorldState m_world;
    std::set<Uuid> m_unpublished; ///< Outbox rows.
    std::set<Uuid> m_published;   ///< Before they were told to be emitted, or once more.
};

} // namespace orderlab
