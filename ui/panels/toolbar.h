#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/models/rate_meter.h"

#include <QWidget>

class QLabel;
class QMenuBar;
class QPushButton;
class QSlider;
class QToolButton;

namespace orderlab::ui {

class BusControl;

/// The strip at the top: brand, menus, what runs, play and speed of the animation, and the figures of the run; at the
/// right, what is out of the ordinary (failures on, guarantees off) and how many invariants hold. GUI thread.
class Toolbar final : public QWidget {
    Q_OBJECT
public:
    Toolbar(LabBridge& bridge, QMenuBar* menus, QWidget* parent = nullptr);

    BusControl& bus() { return *m_bus; }
    bool isPlaying() const { return m_playing; }

public Q_SLOTS:
    void showFrame(const orderlab::ui::Frame& frame);
    void refresh();
    void togglePlaying();

Q_SIGNALS:
    void playingChanged(bool playing);
    void speedChanged(double factor);
    void invariantsPicked();
    void moreFailuresWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeFigure(const QString& title, QLabel*& value, int width);
    void makePlayer();
    void makePills();
    void showPills();
    void setIcon();

    LabBridge& m_bridge;
    BusControl* m_bus = nullptr;
    QToolButton* m_play = nullptr;
    QSlider* m_speed = nullptr;
    QLabel* m_speed_text = nullptr;
    QLabel* m_time = nullptr;
    QLabel* m_orders = nullptr;
    QLabel* m_rate = nullptr;
    QPushButton* m_failures = nullptr;
    QPushButton* m_off = nullptr;
    QPushButton* m_invariants = nullptr;
    QLabel* m_store = nullptr;
    QLabel* m_engine_title = nullptr;
    QLabel* m_speed_title = nullptr;
    QTimer* m_clock = nullptr;
    RateMeter m_meter;
    bool m_playing = true;
    bool m_stale = false;
};

} // namespace orderlab::ui
