#pragma once
#include "ui/canvas/event_flow_view.h"

class QLabel;
class QToolButton;

namespace orderlab::ui {

class PartsLabel;

/// The middle of the window: the event flow under a line that says what it shows, with the sum that has to come out:
/// accepted = paid + failed + canceled + dead-lettered + in flight. GUI thread.
class CanvasPanel final : public QWidget {
    Q_OBJECT
public:
    explicit CanvasPanel(const LabBridge& bridge, QWidget* parent = nullptr);
    EventFlowView& view() { return *m_view; }
    QString note() const;
    /// What the bus in use is, whether or not there is room for it.
    QString about() const;
    QString balanceText() const;

Q_SIGNALS:
    void legendWanted();

public Q_SLOTS:
    void setPlaying(bool playing);
    void showFrame();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showNote();
    void showBalance();
    void showBus();
    void aboutBusInUse();

    const LabBridge& m_bridge;
    EventFlowView* m_view = nullptr;
    PartsLabel* m_about = nullptr;
    QStringList m_about_parts;
    QString m_note;
    QLabel* m_balance = nullptr;
    bool m_balance_planned = false;
    quint64 m_sample = 1;
};

} // namespace orderlab::ui
