#pragma once
#include "ui/bridge/journal_names.h"
#include "ui/bridge/track.h"

#include <QObject>

#include <functional>
#include <span>

namespace orderlab::ui {

/// How the moment that is shown has moved.
enum class Move : std::uint8_t {
    Forward,  ///< Over the entries of Frame::fresh, one after the other.
    Backward, ///< The same; the entries are in the order in which they were passed, the latest first.
    Jump,     ///< To a moment elsewhere, or in another world.
};

/// Who shows another moment. What moves by itself (it plays, it catches up) is none of these.
enum class Cause : std::uint8_t {
    Jump, ///< A person goes there.
    Drag, ///< A person goes on with the movement before.
    Step, ///< A person goes from one entry to the next.
    Self, ///< Time goes by, or what is shown stays.
};

/// What a frame brings: the entries that were passed since the last one, and what is so at the moment shown now.
struct Frame {
    std::span<const Entry> fresh; ///< None for a jump.
    const WorldState& state;
    const LogTail& tail;
    Move move = Move::Forward;
};

/// The one moment that everything on the screen shows: a world (its entries) and a place in it. It follows the latest
/// entry, or is held where somebody has put it while more are read. GUI thread; those who write a journal never wait
/// for it.
class FramePump final : public QObject {
    Q_OBJECT
public:
    /// Farther than this is a jump.
    static constexpr std::uint64_t step_max = 4'096;

    /// `names` are those of all entries and outlive this. `clock`: the time while it follows. The prefixes are taken
    /// off what is shown.
    FramePump(const Names& names, std::string topic_prefix, std::string group_prefix, std::function<TimePoint()> clock,
              QObject* parent);
    ~FramePump() override;

    /// Goes on with the entries of `source`, which are a world of their own. What is shown stays until the new world is
    /// known up to `moment_us`, or as a whole, and is then at that time. Both worlds are the same before
    /// `same_until_us`.
    void replace(std::unique_ptr<EntrySource> source, std::int64_t moment_us = INT64_MAX,
                 std::int64_t same_until_us = INT64_MIN);
    /// Whether a world is on its way that is not shown yet.
    bool isReplacing() const { return m_next != nullptr; }

    /// Reads and folds what has come. False when there was nothing.
    bool read();
    /// What read() has brought, wherever the moment is.
    const std::vector<Entry>& fresh() const { return m_fresh; }
    /// Shows what read() has brought, unless the moment is held.
    void show();

    /// At the moment that is shown.
    const WorldState& world() const { return m_held ? m_held->state : m_track->timeline().now(); }
    const LogTail& tail() const { return m_held ? m_held->tail : m_track->tail(); }
    std::int64_t nowUs() const;
    /// The entries before this one are shown.
    std::uint64_t index() const { return m_held ? m_held->index : m_track->timeline().endIndex(); }
    bool isFollowing() const { return !m_held; }
    /// All entries, whatever is shown.
    const Timeline& timeline() const { return m_track->timeline(); }
    const TimelineSummary& summary() const { return m_track->summary(); }
    const JournalNames& names() const { return m_names; }
    std::optional<std::uint64_t> indexOf(const Entry& entry) const { return m_track->indexOf(entry); }
    /// Whether all entries of this world are known.
    bool isWhole() const { return m_track->isOver() && !m_next; }

    /// Shows the moment after the entries before `index`, and holds it.
    void goTo(std::uint64_t index, Cause cause = Cause::Jump);
    /// Shows the moment at `time_us`, and holds it. `plays`: however many entries lie between, they are passed and not
    /// jumped over.
    void goToTime(std::int64_t time_us, bool plays = false);
    void hold() { goTo(index(), Cause::Self); }
    /// Shows the latest, from now on.
    void follow(Cause cause = Cause::Jump);

    /// Folds in what no entry of this journal tells, as entries of an earlier run. They are in no frame.
    void learn(const std::vector<Entry>& entries);

Q_SIGNALS:
    void frame(const orderlab::ui::Frame& frame);
    void ordersLearned(const std::vector<orderlab::Entry>& entries);
    /// More is known of the world, or it is another one.
    void grown();
    /// It is another one.
    void worldChanged();
    /// Another moment is shown, or it is held or followed now.
    void momentChanged();
    /// A person moves the moment: before and after. Not for Cause::Self.
    void leaving();
    void arrived(orderlab::ui::Cause cause);

private:
    struct Held {
        std::uint64_t index = 0;
        std::int64_t time_us = 0;
        WorldState state;
        LogTail tail;
    };
    struct Next {
        std::unique_ptr<Track> track;
        std::int64_t moment_us = 0;
        std::int64_t same_until_us = 0;
    };
    void move(std::uint64_t index, std::int64_t time_us, bool plays);
    void emitFrame(Move move);
    void readNext();
    std::int64_t timeBefore(std::uint64_t index) const;

    JournalNames m_names;
    std::function<TimePoint()> m_clock;
    std::unique_ptr<Track> m_track;
    std::unique_ptr<Next> m_next;
    std::optional<Held> m_held; ///< Nothing while it follows.
    std::vector<Entry> m_fresh;
    std::vector<Entry> m_passed;
};

} // namespace orderlab::ui
