#pragma once
#include "ui/bridge/frame_pump.h"

#include <QElapsedTimer>

namespace orderlab::ui {

/// Moves the moment through the world as time goes by: a transport as of a tape. In a world that is known ahead, it
/// plays to its end. In one that is being made, it plays what is recorded until it has caught up, and then follows.
/// GUI thread.
class Player final : public QObject {
    Q_OBJECT
public:
    static constexpr double speed_min = 0.1, speed_max = 1'000;

    /// `lives`: entries are made while it is shown.
    Player(FramePump& frames, bool lives, QObject* parent);

    /// Plays, or follows.
    bool isPlaying() const { return m_is_playing; }
    void setPlaying(bool playing);
    void toggle() { setPlaying(!m_is_playing); }
    /// Seconds of the world a second.
    double speed() const { return m_speed; }
    void setSpeed(double speed);
    bool lives() const { return m_lives; }
    /// How far the moment is behind what happens now; 0 where it follows, or where nothing lives.
    std::int64_t behindUs() const;

    void toStart();
    /// To the end of what is known; in a world that lives, it follows from then on.
    void toEnd();
    /// Over that many entries, back if negative; holds there.
    void step(int entries);
    /// To the next entry (or the one before) of which `wanted` is so; holds there. False: there is none.
    bool stepTo(bool forward, const std::function<bool(const Entry&)>& wanted);
    /// Where stepTo() would go.
    std::optional<std::uint64_t> find(bool forward, const std::function<bool(const Entry&)>& wanted) const;
    /// It rests where it is.
    void pause();

    /// Once a frame.
    void tick();

Q_SIGNALS:
    void changed();

private:
    FramePump& m_frames;
    const bool m_lives;
    bool m_is_playing;
    double m_speed = 1;
    QElapsedTimer m_since_tick;
};

} // namespace orderlab::ui
