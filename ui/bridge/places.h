#pragma once
#include "ui/bridge/player.h"

#include <deque>

namespace orderlab {
struct DeadLetter;
}

namespace orderlab::ui {

/// The moments that a person has been at, as a browser keeps pages, and the way that every link to a moment takes. GUI
/// thread.
///
/// A jump is a place of its own; a drag of the playhead is one, and so are steps that follow each other. What plays by
/// itself is none, but one comes back to the moment that one has left. Whoever goes elsewhere after going back drops
/// what was forward. In another world (a change, a fork, a seed) places keep their times.
class Places final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t places_max = 100; ///< The oldest go. Nobody goes further back step by step.

    Places(FramePump& frames, Player& player, QObject* parent);

    /// Shows the moment after the entries before `index`, and rests there, also where a live system was followed.
    void go(std::uint64_t index);
    /// The same with the moment at `time_us`.
    void goToTime(std::int64_t time_us);
    /// The same with the moment after `entry`. False: it is not kept.
    bool goToEntry(const Entry& entry);

    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_places.size(); }

public Q_SLOTS:
    void back() { goBy(-1); }
    void forward() { goBy(1); }

Q_SIGNALS:
    /// Whether one can go back or forward.
    void changed();

private:
    struct Place {
        bool is_now = false; ///< A live system was followed.
        std::int64_t time_us = 0;
        std::optional<std::uint64_t> index; ///< Of the world that is shown; another one may have other entries.
        bool operator==(const Place&) const = default;
    };
    Place here() const;
    void note(Cause cause);
    void goBy(int places);

    FramePump& m_frames;
    Player& m_player;
    std::deque<Place> m_places; ///< Oldest first.
    std::size_t m_at = 0;       ///< Where one is now.
    Place m_left;
    Cause m_cause = Cause::Self;
    bool m_is_own = false;   ///< The place one is at was made by the movement that may go on.
    bool m_is_going = false; ///< Back or forward.
};

// Where links lead. The entries before the answer are shown there; nothing: the journal has none of it.

/// The last entry about the order, of those that are shown.
std::optional<std::uint64_t> momentOf(const FramePump& frames, OrderId order);
/// When its group gave it up, the last time.
std::optional<std::uint64_t> momentOf(const FramePump& frames, const DeadLetter& letter);
/// The group's last failed attempt, crash or dead letter, of those that are shown. `group` as JournalNames shows it.
std::optional<std::uint64_t> lastFailureOf(const FramePump& frames, const QString& group);

} // namespace orderlab::ui
