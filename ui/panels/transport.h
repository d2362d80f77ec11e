#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace orderlab::ui {

/// Back and forward over the moments one has been at; play, pause, to the start and to the end, an entry forward and
/// back, and the speed. Of a live system it holds what
/// is shown, while the system goes on; the speed is then that of the animation. GUI thread.
class Transport final : public QWidget {
    Q_OBJECT
public:
    explicit Transport(LabBridge& bridge, QWidget* parent = nullptr);

    /// `has_speed`: whether there is room for the speed at all.
    void setNarrow(bool narrow, bool has_speed);

Q_SIGNALS:
    /// Of the animation, for a live system.
    void animationSpeedChanged(double factor);

private:
    enum class Sign : std::uint8_t { PlaceBack, PlaceForward, ToStart, Back, Play, Pause, Forward, ToEnd };
    QToolButton* button(const char* object, const QString& text, Sign sign, std::function<void()> run);
    static QIcon iconOf(Sign sign, const QColor& colour);
    void makeSpeed();
    void showSpeed();
    void setIcons();
    void refresh();

    LabBridge& m_bridge;
    std::vector<std::pair<QToolButton*, Sign>> m_buttons;
    QToolButton* m_play = nullptr;
    QToolButton* m_place_back = nullptr;
    QToolButton* m_place_forward = nullptr;
    QLabel* m_speed_title = nullptr;
    QSlider* m_speed = nullptr;
    QLabel* m_speed_text = nullptr;
};

} // namespace orderlab::ui
