#include "ui/panels/transport.h"

#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double animation_speeds[] = {0.25, 0.5, 1, 2, 4};
constexpr int steps_a_decade = 6;
constexpr int speed_steps = 4 * steps_a_decade; ///< From 0.1 to 1,000.

double speedAt(int step)
{
    return Player::speed_min * std::pow(10.0, double(step) / steps_a_decade);
}

int stepOf(double speed)
{
    return qRound(std::log10(speed / Player::speed_min) * steps_a_decade);
}

QString speedText(double speed)
{
    return speed < 10 ? QStringLiteral("%1×").arg(speed, 0, 'g', 2) : QStringLiteral("%1×").arg(qRound(speed));
}

} // namespace

Transport::Transport(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("transport"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    Player& player = bridge.player();
    Places& places = bridge.places();
    m_place_back =
        button("placeBackButton", tr("Back to where one was (Alt+←)"), Sign::PlaceBack, [&places] { places.back(); });
    m_place_forward =
        button("placeForwardButton", tr("Forward again (Alt+→)"), Sign::PlaceForward, [&places] { places.forward(); });
    row->addWidget(m_place_back);
    row->addWidget(m_place_forward);
    row->addSpacing(4);
    connect(&places, &Places::changed, this, &Transport::refresh);
    row->addWidget(button("toStartButton", tr("To the start (Home)"), Sign::ToStart, [&player] { player.toStart(); }));
    row->addWidget(button("backButton", tr("One entry back (←)"), Sign::Back, [&player] { player.step(-1); }));
    m_play = button("playButton", {}, Sign::Play, [&player] { player.toggle(); });
    m_play->setProperty("primary", true);
    m_play->setFixedSize(44, 28);
    row->addWidget(m_play);
    row->addWidget(button("forwardButton", tr("One entry forward (→)"), Sign::Forward, [&player] { player.step(1); }));
    row->addWidget(button("toEndButton", player.lives() ? tr("To what happens now (L)") : tr("To the end (End)"),
                          Sign::ToEnd, [&player] { player.toEnd(); }));
    makeSpeed();
    row->addSpacing(8);
    row->addWidget(m_speed_title);
    row->addWidget(m_speed);
    row->addWidget(m_speed_text);
    connect(&player, &Player::changed, this, &Transport::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &Transport::setIcons);
    refresh();
}

QToolButton* Transport::button(const char* object, const QString& text, Sign sign, std::function<void()> run)
{
    auto* made = new QToolButton(this);
    made->setObjectName(QLatin1String(object));
    made->setToolTip(text);
    made->setAccessibleName(text.section(QStringLiteral(" ("), 0, 0));
    made->setFixedSize(28, 28);
    connect(made, &QToolButton::clicked, this, [run = std::move(run)] { run(); });
    m_buttons.emplace_back(made, sign);
    return made;
}

QIcon Transport::iconOf(Sign sign, const QColor& colour)
{
    QPixmap pixmap(32, 32);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    if (sign == Sign::ToStart || sign == Sign::Back
        || sign == Sign::PlaceBack) { // The same as those to the right, seen in a mirror.
        painter.translate(16, 0);
        painter.scale(-1, 1);
    }
    switch (sign) {
    case Sign::Pause:
        painter.drawRect(QRectF(4, 2.5, 3, 11));
        painter.drawRect(QRectF(9.5, 2.5, 3, 11));
        break;
    case Sign::Play: painter.drawPolygon(QPolygonF({{4, 2}, {14, 8}, {4, 14}})); break;
    case Sign::Back:
    case Sign::Forward: painter.drawPolygon(QPolygonF({{4.5, 3}, {12.5, 8}, {4.5, 13}})); break;
    case Sign::PlaceBack:
    case Sign::PlaceForward: // An arrow with a shaft, as of a browser.
        painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawLine(QPointF(3, 8), QPointF(12.5, 8));
        painter.drawPolyline(QPolygonF({{8.5, 4}, {12.5, 8}, {8.5, 12}}));
        break;
    case Sign::ToStart:
    case Sign::ToEnd:
        painter.drawPolygon(QPolygonF({{2.5, 3}, {10.5, 8}, {2.5, 13}}));
        painter.drawRect(QRectF(11, 3, 2, 10));
        break;
    }
    return QIcon(pixmap);
}

void Transport::makeSpeed()
{
    m_speed_title = mutedLabel(tr("Speed"), this);
    m_speed = new QSlider(Qt::Horizontal, this);
    m_speed->setObjectName(QStringLiteral("speedSlider"));
    m_speed->setPageStep(1);
    m_speed->setFixedWidth(96);
    m_speed_title->setBuddy(m_speed);
    m_speed_text = new QLabel(this);
    m_speed_text->setFont(Theme::monoFont(12, QFont::Medium));
    m_speed_text->setFixedWidth(44);
    if (m_bridge.player().lives()) {
        m_speed->setRange(0, int(std::size(animation_speeds)) - 1);
        m_speed->setValue(2);
        m_speed->setAccessibleName(tr("Speed of the animation"));
        m_speed->setToolTip(tr("Speed of the animation. The system itself always runs in real time."));
    } else {
        m_speed->setRange(0, speed_steps);
        m_speed->setValue(stepOf(m_bridge.player().speed()));
        m_speed->setAccessibleName(tr("Speed of virtual time"));
        m_speed->setToolTip(tr("Speed of virtual time: from a tenth to a thousand times that of a clock"));
    }
    connect(m_speed, &QSlider::valueChanged, this, [this](int step) {
        if (m_bridge.player().lives())
            Q_EMIT animationSpeedChanged(animation_speeds[step]);
        else
            m_bridge.player().setSpeed(speedAt(step));
        showSpeed();
    });
    showSpeed();
}

void Transport::showSpeed()
{
    m_speed_text->setText(m_bridge.player().lives() ? QStringLiteral("%1×").arg(animation_speeds[m_speed->value()])
                                                    : speedText(speedAt(m_speed->value())));
}

void Transport::setIcons()
{
    for (const auto& [button, sign] : m_buttons) {
        if (button != m_play)
            button->setIcon(iconOf(sign, button->isEnabled() ? colours().text : colours().disabled));
    }
    m_play->setIcon(iconOf(m_bridge.player().isPlaying() ? Sign::Pause : Sign::Play, colours().on_accent));
}

void Transport::refresh()
{
    m_place_back->setEnabled(m_bridge.places().canGoBack());
    m_place_forward->setEnabled(m_bridge.places().canGoForward());
    const Player& player = m_bridge.player();
    if (player.lives()) {
        m_play->setToolTip(player.isPlaying() ? tr("Hold what is shown (Space). The system goes on.")
                                              : tr("Go on from the moment that is shown (Space)"));
        m_play->setAccessibleName(player.isPlaying() ? tr("Hold what is shown") : tr("Play"));
    } else {
        m_play->setToolTip(player.isPlaying() ? tr("Pause (Space)") : tr("Play (Space)"));
        m_play->setAccessibleName(player.isPlaying() ? tr("Pause") : tr("Play"));
        m_speed->setValue(stepOf(player.speed()));
    }
    setIcons();
}

void Transport::setNarrow(bool narrow, bool has_speed)
{
    m_speed_title->setVisible(!narrow && has_speed);
    m_speed->setVisible(has_speed);
    m_speed_text->setVisible(has_speed);
    m_speed->setFixedWidth(narrow ? 60 : 96);
}

} // namespace orderlab::ui
