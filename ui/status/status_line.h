#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/models/rate_meter.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;

namespace orderlab::ui {

/// The line at the window's lower edge: what runs and on what, the moment, how much is going on there, and what the
/// window has said last. GUI thread.
class StatusLine final : public QWidget {
    Q_OBJECT
public:
    static constexpr qsizetype notices_max = 50; ///< The oldest go.

    StatusLine(LabBridge& bridge, QWidget* parent);

    /// Programs in the place of handlers; empty: there are none.
    void setOwnWorkers(const QString& text, const QString& details);
    /// Something that the window has said.
    void note(const QString& sentence);
    /// The latest first, each with its time of day.
    const QStringList& notices() const { return m_notices; }
    /// All of the line as sentences, for a screen reader.
    QString text() const;

public Q_SLOTS:
    void showFrame(const orderlab::ui::Frame& frame);

private:
    QLabel* addPart(const char* object, const QString& about);
    void refreshSoon();
    void refresh();
    void showSystem();
    void showMoment();
    void showFigures();
    void fillNotices();

    LabBridge& m_bridge;
    RateMeter m_meter;
    QLabel* m_state;
    QLabel* m_store;
    QLabel* m_bus;
    QLabel* m_own;
    QLabel* m_moment;
    QLabel* m_rate;
    QLabel* m_open;
    QPushButton* m_notice_button;
    QMenu* m_notice_menu;
    QStringList m_notices;
    bool m_is_stale = false;
};

} // namespace orderlab::ui
