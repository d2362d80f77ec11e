#pragma once
#include "ui/timeline/entry_finder.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/fate_finder.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStringListModel;

namespace orderlab::ui {

/// The timeline under a line that says where the moment is: how far, which entry, what it was, how far behind. GUI
/// thread.
class TimelinePanel final : public QWidget {
    Q_OBJECT
public:
    explicit TimelinePanel(LabBridge& bridge, QWidget* parent = nullptr);
    TimelineView& view() { return *m_view; }
    EntryFinder& finder() { return *m_finder; }
    /// Null unless the engine is simulated.
    FateFinder* fate() { return m_fate; }
    /// What it says of the moment.
    QString momentLine() const;

public Q_SLOTS:
    void askForBookmark();
    void focusFind();
    /// As if it were typed.
    void findEntries(const QString& expression);
    /// Of the promise that was broken for the order of the story, else of the first one.
    void findFate();

Q_SIGNALS:
    void forkWanted();
    /// A sentence for a person.
    void told(const QString& sentence);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QLineEdit* makeFind();
    void complete();
    void showHits();
    void makeFate(QHBoxLayout* head);
    void showFate();
    void refresh();
    void refreshSoon();
    void showRange();

    LabBridge& m_bridge;
    TimelineView* m_view;
    EntryFinder* m_finder;
    QLineEdit* m_find;
    QStringListModel* m_completions = nullptr;
    QLabel* m_hits;
    QLabel* m_moment;
    QLabel* m_last; ///< The entry shown last.
    QPushButton* m_live;
    QPushButton* m_range;
    QPushButton* m_lanes;
    QPushButton* m_fork;
    FateFinder* m_fate = nullptr; ///< Of the simulated engine.
    QPushButton* m_fate_button = nullptr;
    bool m_is_stale = false;
};

} // namespace orderlab::ui
