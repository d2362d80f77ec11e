#pragma once
#include "ui/timeline/timeline_view.h"

class QLabel;
class QPushButton;

namespace orderlab::ui {

/// The timeline under a line that says where the moment is: how far, which entry, what it was, how far behind. GUI
/// thread.
class TimelinePanel final : public QWidget {
    Q_OBJECT
public:
    explicit TimelinePanel(LabBridge& bridge, QWidget* parent = nullptr);
    TimelineView& view() { return *m_view; }
    /// What it says of the moment.
    QString momentLine() const;

public Q_SLOTS:
    void askForBookmark();

Q_SIGNALS:
    void forkWanted();

private:
    void refresh();
    void refreshSoon();

    LabBridge& m_bridge;
    TimelineView* m_view;
    QLabel* m_moment;
    QLabel* m_last; ///< The entry shown last.
    QPushButton* m_live;
    QPushButton* m_fork;
    bool m_is_stale = false;
};

} // namespace orderlab::ui
