#include "ui/bridge/places.h"

#include "store/records.h"

namespace orderlab::ui {

Places::Places(FramePump& frames, Player& player, QObject* parent) : QObject(parent), m_frames(frames), m_player(player)
{
    connect(&frames, &FramePump::leaving, this, [this] { m_left = here(); });
    connect(&frames, &FramePump::arrived, this, &Places::note);
    connect(&frames, &FramePump::worldChanged, this, [this] {
        for (Place& place : m_places)
            place.index.reset();
    });
    connect(&player, &Player::changed, this, [this] {
        if (m_player.isPlaying()) // A step after that begins anew.
            m_is_own = false;
    });
}

Places::Place Places::here() const
{
    if (m_player.lives() && m_frames.isFollowing())
        return {true, 0, {}};
    return {false, m_frames.nowUs(), m_frames.index()};
}

void Places::note(Cause cause)
{
    const Place place = here();
    const bool goes_on = m_is_own && (cause == Cause::Drag || (cause == Cause::Step && m_cause == Cause::Step));
    m_cause = cause;
    if (m_is_going)
        return;
    if (goes_on) {
        m_places[m_at] = place;
        return;
    }
    m_is_own = place != m_left;
    if (!m_is_own)
        return;
    if (m_places.empty())
        m_places.push_back(m_left);
    m_places[m_at] = m_left; // As it was when it was left.
    m_places.resize(m_at + 1);
    m_places.push_back(place);
    if (m_places.size() > places_max)
        m_places.pop_front();
    m_at = m_places.size() - 1;
    Q_EMIT changed();
}

void Places::go(std::uint64_t index)
{
    m_frames.goTo(index);
    m_player.pause();
}

void Places::goToTime(std::int64_t time_us)
{
    m_frames.goToTime(time_us);
    m_player.pause();
}

bool Places::goToEntry(const Entry& entry)
{
    const auto index = m_frames.indexOf(entry);
    if (index)
        go(*index + 1);
    return index.has_value();
}

void Places::goBy(int places)
{
    if (places < 0 ? !canGoBack() : !canGoForward())
        return;
    m_is_own = false;
    m_is_going = true;
    m_places[m_at] = here();
    m_at = places < 0 ? m_at - 1 : m_at + 1;
    const Place place = m_places[m_at];
    if (place.is_now)
        m_player.toEnd();
    else if (place.index && *place.index != m_frames.timeline().indexAfter(place.time_us))
        go(*place.index); // Between entries of the same time.
    else
        goToTime(place.time_us);
    m_is_going = false;
    Q_EMIT changed();
}

std::optional<std::uint64_t> momentOf(const FramePump& frames, OrderId order)
{
    const std::vector<Entry> entries = frames.timeline().story(order);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (const auto index = frames.indexOf(*entry); index && *index < frames.index())
            return *index + 1;
    }
    return {};
}

std::optional<std::uint64_t> momentOf(const FramePump& frames, const DeadLetter& letter)
{
    if (letter.event.order.isNull())
        return {};
    const std::vector<Entry> entries = frames.timeline().story(letter.event.order);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (entry->kind != EntryKind::DeadLettered || entry->event != letter.event.id)
            continue;
        const std::string_view group = frames.names().names().text(entry->group);
        const auto index = frames.indexOf(*entry);
        if (index && (group == letter.group || group.ends_with('.' + letter.group)))
            return *index + 1;
    }
    return {};
}

std::optional<std::uint64_t> lastFailureOf(const FramePump& frames, const QString& group)
{
    const Timeline& timeline = frames.timeline();
    for (std::uint64_t i = frames.index(); i > timeline.firstIndex(); --i) {
        const Entry entry = timeline.at(i - 1);
        const bool is_failure = entry.kind == EntryKind::AttemptFailed || entry.kind == EntryKind::ProcessCrashed
                                || entry.kind == EntryKind::DeadLettered;
        if (is_failure && frames.names().groupLabel(entry.group) == group)
            return i;
    }
    return {};
}

} // namespace orderlab::ui
