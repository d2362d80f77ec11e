#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenuBar;
class QPushButton;

namespace orderlab::ui {

class BusControl;
class Transport;

/// The strip at the top: brand, menus, the engine, its seed, transport and speed, and the figures of the run; at the
/// right, what is out of the ordinary (failures on, guarantees off) and how many invariants hold. In a narrow window
/// the menus stand above the rest. GUI thread.
class Toolbar final : public QWidget {
    Q_OBJECT
public:
    Toolbar(LabBridge& bridge, QMenuBar* menus, QWidget* parent = nullptr);

    BusControl& bus() { return *m_bus; }
    Transport& transport() { return *m_transport; }

public Q_SLOTS:
    void showFrame(const orderlab::ui::Frame& frame);
    void refresh();

Q_SIGNALS:
    void invariantsPicked();
    void moreFailuresWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeFigure(const QString& title, QLabel*& value, int width);
    void makePills();
    void makeRecordingPill();
    void showPills();
    void showRecording();
    void fit();
    void placeMenus();
    bool isCrowded() const;
    void refreshSoon();

    LabBridge& m_bridge;
    QHBoxLayout* m_menu_row = nullptr; ///< Above the others, where one row has no room for all.
    QHBoxLayout* m_row = nullptr;
    QLabel* m_brand = nullptr;
    QMenuBar* m_menus = nullptr;
    BusControl* m_bus = nullptr;
    QLabel* m_seed_title = nullptr; ///< Where there is a seed.
    Transport* m_transport = nullptr;
    QLabel* m_time = nullptr;
    QLabel* m_orders = nullptr;
    QPushButton* m_recording = nullptr; ///< While it records.
    QPushButton* m_failures = nullptr;
    QPushButton* m_off = nullptr;
    QPushButton* m_invariants = nullptr;
    QLabel* m_engine_title = nullptr;
    QTimer* m_clock = nullptr;
    bool m_stale = false;
    bool m_is_short = false; ///< There is too little room for what the width alone allows.
};

} // namespace orderlab::ui
