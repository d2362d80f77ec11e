#pragma once
#include <QByteArray>
#include <QSize>
#include <QString>

class QMainWindow;

namespace orderlab::ui {

class Panel;

/// A panel needs no more room than there is: what it cannot show at once is scrolled. For one that does not scroll by
/// itself. Once.
void letScroll(Panel& panel);

/// Where the panels of a window stand when it becomes too narrow for three columns, because it is small or because all
/// in it is large (Zoom): what is left of the event flow then shares the right column with the story, as a tab. With
/// more room, all is where it was. GUI thread.
class WindowRoom {
public:
    /// Smaller, and panels would lie over each other.
    static constexpr QSize least{800, 500};
    static constexpr int three_columns = 1'120; ///< From this width on.

    /// All outlive it.
    WindowRoom(QMainWindow& window, Panel& left, Panel& right) : m_window(window), m_left(left), m_right(right) {}

    /// After each change of the window's size, and once it has its panels.
    void fit(int state_version);
    bool isNarrow() const { return m_is_narrow; }
    /// What saveState() would tell of the window if it had room.
    QByteArray state(int state_version) const;

private:
    QMainWindow& m_window;
    Panel& m_left;
    Panel& m_right;
    bool m_is_narrow = false;
    QByteArray m_roomy; ///< The state before it became narrow.
    QString m_left_title;
};

} // namespace orderlab::ui
