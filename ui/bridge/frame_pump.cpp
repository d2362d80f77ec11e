#include "ui/bridge/frame_pump.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr std::uint64_t fold_max = 16'384; ///< So far forward, folding on is quicker than to begin at a keyframe.

/// Nothing yet.
class EmptySource final : public EntrySource {
public:
    std::size_t read(std::vector<Entry>&, std::size_t) override { return 0; }
};

} // namespace

FramePump::FramePump(const Names& names, std::string topic_prefix, std::string group_prefix,
                     std::function<TimePoint()> clock, QObject* parent)
    : QObject(parent), m_names(names, std::move(topic_prefix), std::move(group_prefix)), m_clock(std::move(clock)),
      m_track(std::make_unique<Track>(std::make_unique<EmptySource>(), m_names))
{}

FramePump::~FramePump() = default;

void FramePump::replace(std::unique_ptr<EntrySource> source, std::int64_t moment_us, std::int64_t same_until_us)
{
    // Another one that was on its way was never shown: what is the same is so in all three.
    if (m_next)
        same_until_us = std::min(same_until_us, m_next->same_until_us);
    m_next =
        std::make_unique<Next>(Next{std::make_unique<Track>(std::move(source), m_names), moment_us, same_until_us});
    if (m_track->timeline().endIndex() == 0 && moment_us == INT64_MAX) { // Nothing is shown that could stay.
        m_track = std::move(m_next->track);
        m_next.reset();
    }
}

bool FramePump::read()
{
    if (m_next)
        readNext();
    else
        m_track->read(m_fresh);
    if (!m_fresh.empty())
        Q_EMIT grown();
    return !m_fresh.empty();
}

void FramePump::readNext()
{
    Track& track = *m_next->track;
    track.read(m_fresh);
    m_fresh.clear(); // Not of the world that is shown.
    const bool is_known = track.summary().lastUs() > m_next->moment_us || track.isOver();
    if (!is_known)
        return;
    const std::unique_ptr<Next> next = std::move(m_next);
    const bool is_same = next->same_until_us >= nowUs() && m_held && next->moment_us >= m_held->time_us;
    m_track = std::move(next->track);
    const std::uint64_t index = m_track->timeline().indexAfter(next->moment_us);
    const std::int64_t time_us = std::min(next->moment_us, m_track->summary().lastUs());
    if (is_same && index >= m_held->index) {
        move(index, std::max(time_us, m_held->time_us), true);
    } else {
        m_held = Held{index, time_us, m_track->stateBefore(index), m_track->tailBefore(index)};
        m_passed.clear();
        emitFrame(Move::Jump);
    }
    Q_EMIT worldChanged();
    Q_EMIT grown();
}

void FramePump::show()
{
    if (!m_held && !m_fresh.empty())
        Q_EMIT frame({m_fresh, world(), tail(), Move::Forward});
}

std::int64_t FramePump::nowUs() const
{
    return m_held ? m_held->time_us : toMicros(m_clock());
}

std::int64_t FramePump::timeBefore(std::uint64_t index) const
{
    const Timeline& timeline = m_track->timeline();
    if (index > timeline.firstIndex())
        return timeline.at(index - 1).time_us;
    return m_track->summary().firstUs();
}

void FramePump::goTo(std::uint64_t index, Cause cause)
{
    if (cause != Cause::Self)
        Q_EMIT leaving();
    const Timeline& timeline = m_track->timeline();
    index = std::clamp(index, timeline.firstIndex(), timeline.endIndex());
    move(index, timeBefore(index), false);
    if (cause != Cause::Self)
        Q_EMIT arrived(cause);
}

void FramePump::goToTime(std::int64_t time_us, bool plays)
{
    if (!plays)
        Q_EMIT leaving();
    move(m_track->timeline().indexAfter(time_us), time_us, plays);
    if (!plays)
        Q_EMIT arrived(Cause::Jump);
}

void FramePump::move(std::uint64_t index, std::int64_t time_us, bool plays)
{
    const Timeline& timeline = m_track->timeline();
    m_passed.clear();
    if (!m_held) { // What is shown stays until it moves.
        m_held = Held{timeline.endIndex(), time_us, timeline.now(), m_track->tail()};
    }
    const std::uint64_t from = std::max(m_held->index, timeline.firstIndex());
    const std::uint64_t distance = index > from ? index - from : from - index;
    const bool is_gone = m_held->index < timeline.firstIndex(); // What is shown has made room for newer entries.
    m_held->index = index;
    m_held->time_us = time_us;
    if (!is_gone && !plays && index > from && distance > step_max && distance <= fold_max) {
        for (std::uint64_t i = from; i < index; ++i)
            m_passed.push_back(timeline.at(i));
        m_held->state.apply(m_passed);
        m_held->tail.apply(m_passed, m_names);
        m_passed.clear();
        emitFrame(Move::Jump);
        return;
    }
    if (is_gone || (distance > step_max && !(plays && index > from))) {
        m_held->state = m_track->stateBefore(index);
        m_held->tail = m_track->tailBefore(index);
        emitFrame(Move::Jump);
        return;
    }
    if (index >= from) {
        for (std::uint64_t i = from; i < index; ++i)
            m_passed.push_back(timeline.at(i));
        m_held->state.apply(m_passed);
        m_held->tail.apply(m_passed, m_names);
        emitFrame(Move::Forward);
        return;
    }
    for (std::uint64_t i = from; i > index; --i)
        m_passed.push_back(timeline.at(i - 1));
    m_held->state = m_track->stateBefore(index);
    if (std::any_of(m_passed.begin(), m_passed.end(), [](const Entry& e) { return LogTail::counts(e.kind); }))
        m_held->tail = m_track->tailBefore(index);
    emitFrame(Move::Backward);
}

void FramePump::emitFrame(Move move)
{
    Q_EMIT frame({m_passed, world(), tail(), move});
    Q_EMIT momentChanged();
}

void FramePump::follow(Cause cause)
{
    if (!m_held)
        return;
    if (cause != Cause::Self)
        Q_EMIT leaving();
    const Timeline& timeline = m_track->timeline();
    move(timeline.endIndex(), timeBefore(timeline.endIndex()), false);
    m_held.reset();
    Q_EMIT momentChanged();
    if (cause != Cause::Self)
        Q_EMIT arrived(cause);
}

void FramePump::learn(const std::vector<Entry>& entries)
{
    m_track->append(entries);
    Q_EMIT ordersLearned(entries);
    if (!m_held)
        Q_EMIT frame({{}, world(), tail(), Move::Forward}); // Totals have changed.
}

} // namespace orderlab::ui
