#include "ui/timeline/entry_finder.h"

#include <algorithm>

namespace orderlab::ui {

EntryFinder::EntryFinder(LabBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    connect(&bridge, &LabBridge::ticked, this, &EntryFinder::look);
    connect(&bridge.frames(), &FramePump::worldChanged, this, &EntryFinder::restart);
}

void EntryFinder::find(const QString& text)
{
    m_text = text.trimmed();
    m_problem.clear();
    m_query.reset();
    if (!m_text.isEmpty()) {
        QueryProblem problem;
        m_query = readQuery(m_text.toStdString(), problem);
        if (!m_query)
            m_problem = tr("column %1: %2").arg(problem.column).arg(QString::fromStdString(problem.reason));
    }
    restart();
}

void EntryFinder::restart()
{
    m_hits.clear();
    m_matcher.reset();
    m_is_finished = false;
    const FramePump& frames = m_bridge.frames();
    m_first = m_next = frames.timeline().firstIndex();
    if (m_query)
        m_matcher.emplace(*m_query, frames.names().names(), toMicros(m_bridge.session().startedAt()));
    Q_EMIT changed();
    look();
}

bool EntryFinder::isDone() const
{
    return !m_matcher || m_next == m_bridge.frames().timeline().endIndex();
}

void EntryFinder::look()
{
    if (!m_matcher || m_is_finished)
        return;
    const Timeline& timeline = m_bridge.frames().timeline();
    if (m_next < timeline.firstIndex()) { // What was not looked at yet has made room.
        restart();
        return;
    }
    const std::uint64_t end = std::min(timeline.endIndex(), m_next + entries_per_frame);
    std::vector<Entry> entries;
    for (; m_next < end; ++m_next)
        entries.push_back(timeline.at(m_next));
    std::vector<std::uint64_t> found;
    m_matcher->add(entries, found);
    if (m_bridge.frames().isWhole() && m_next == timeline.endIndex()) {
        m_matcher->finish(found);
        m_is_finished = true;
    }
    if (!found.empty())
        take(std::move(found));
    if (!entries.empty() || m_is_finished)
        Q_EMIT changed();
}

void EntryFinder::take(std::vector<std::uint64_t> found)
{
    const Timeline& timeline = m_bridge.frames().timeline();
    for (const std::uint64_t number : found) {
        const std::uint64_t index = m_first + number;
        if (m_hits.size() < hits_max && index >= timeline.firstIndex())
            m_hits.push_back({index, timeline.at(index).time_us});
    }
    std::sort(m_hits.begin(), m_hits.end(), [](const Hit& a, const Hit& b) { return a.index < b.index; });
}

bool EntryFinder::goToNext(bool forward)
{
    const std::uint64_t shown = m_bridge.frames().index(); // The entry shown last is the one before it.
    const Hit* found = nullptr;
    for (const Hit& hit : m_hits) {
        if (forward ? hit.index >= shown : hit.index + 1 < shown) {
            found = &hit;
            if (forward)
                break;
        }
    }
    if (found)
        m_bridge.places().go(found->index + 1);
    return found != nullptr;
}

} // namespace orderlab::ui
