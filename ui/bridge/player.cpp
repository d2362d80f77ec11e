#include "ui/bridge/player.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr double tick_max_s = 0.1; ///< A hidden or stalled window does not catch up what nobody has seen.

} // namespace

Player::Player(FramePump& frames, bool lives, QObject* parent)
    : QObject(parent), m_frames(frames), m_lives(lives), m_is_playing(lives)
{
    m_since_tick.start();
    // Somebody has put the moment elsewhere: it stays there, or goes on from there.
    connect(&frames, &FramePump::momentChanged, this, [this] {
        if (m_frames.isFollowing() && !m_is_playing) {
            m_is_playing = true;
            Q_EMIT changed();
        }
    });
}

void Player::setPlaying(bool playing)
{
    if (m_is_playing == playing)
        return;
    m_since_tick.restart();
    m_is_playing = playing;
    const std::uint64_t end = m_frames.timeline().endIndex();
    if (!playing)
        m_frames.hold();
    else if (!m_lives && m_frames.isWhole() && m_frames.index() == end)
        m_frames.goTo(m_frames.timeline().firstIndex()); // Once more.
    Q_EMIT changed();
}

void Player::pause()
{
    if (std::exchange(m_is_playing, false))
        Q_EMIT changed();
}

void Player::setSpeed(double speed)
{
    m_speed = std::clamp(speed, speed_min, speed_max);
    Q_EMIT changed();
}

std::int64_t Player::behindUs() const
{
    if (!m_lives || m_frames.isFollowing())
        return 0;
    return std::max<std::int64_t>(0, m_frames.summary().lastUs() - m_frames.nowUs());
}

void Player::toStart()
{
    m_frames.goTo(m_frames.timeline().firstIndex());
    if (m_lives)
        pause();
}

void Player::toEnd()
{
    if (m_lives) {
        m_frames.follow();
        setPlaying(true);
        return;
    }
    m_frames.goTo(m_frames.timeline().endIndex());
    pause();
}

void Player::step(int entries)
{
    pause();
    const std::uint64_t index = m_frames.index();
    const std::uint64_t distance = std::uint64_t(std::abs(entries));
    m_frames.goTo(entries >= 0 ? index + distance : index - std::min(index, distance), Cause::Step);
}

bool Player::stepTo(bool forward, const std::function<bool(const Entry&)>& wanted)
{
    pause();
    const auto place = find(forward, wanted);
    if (place)
        m_frames.goTo(*place);
    return place.has_value();
}

std::optional<std::uint64_t> Player::find(bool forward, const std::function<bool(const Entry&)>& wanted) const
{
    const Timeline& timeline = m_frames.timeline();
    const std::uint64_t index = m_frames.index();
    if (forward) {
        for (std::uint64_t i = std::max(index, timeline.firstIndex()); i < timeline.endIndex(); ++i) {
            if (wanted(timeline.at(i)))
                return i + 1;
        }
        return {};
    }
    // The entry that is shown last is left, and the one before it that is wanted becomes the last.
    for (std::uint64_t i = index; i > timeline.firstIndex() + 1; --i) {
        if (wanted(timeline.at(i - 2)))
            return i - 1;
    }
    return {};
}

void Player::tick()
{
    const double seconds = std::min(tick_max_s, double(m_since_tick.nsecsElapsed()) / 1e9);
    m_since_tick.restart();
    if (!m_is_playing || m_frames.isFollowing())
        return;
    const std::int64_t last_us = m_frames.summary().lastUs();
    const std::int64_t now_us = m_frames.nowUs() + std::int64_t(seconds * m_speed * 1e6);
    if (now_us < last_us) {
        m_frames.goToTime(now_us, true);
        return;
    }
    if (m_lives) {
        m_frames.follow(Cause::Self);
    } else if (m_frames.isWhole()) {
        m_frames.goToTime(last_us, true);
        pause();
    } else if (last_us > m_frames.nowUs()) {
        m_frames.goToTime(last_us, true); // The run is behind; it will come.
    }
}

} // namespace orderlab::ui
