#pragma once
#include "ui/canvas/event_flow_view.h"

class QLabel;

namespace orderlab::ui {

/// The middle of the window: the event flow under a line that says what it shows. GUI thread.
class CanvasPanel final : public QWidget {
    Q_OBJECT
public:
    explicit CanvasPanel(const LabBridge& bridge, QWidget* parent = nullptr);
    EventFlowView& view() { return *m_view; }
    QString note() const;

public Q_SLOTS:
    void setPlaying(bool playing);

private:
    void showNote();

    const LabBridge& m_bridge;
    EventFlowView* m_view = nullptr;
    QLabel* m_note = nullptr;
    quint64 m_sample = 1;
};

} // namespace orderlab::ui
