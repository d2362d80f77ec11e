#include "ui/panels/switch.h"

#include "ui/theme/motion.h"
#include "ui/theme/theme.h"

#include <QAccessibleWidget>
#include <QKeyEvent>
#include <QPainter>

namespace orderlab::ui {

namespace {

constexpr double track_width = 26;
constexpr double track_height = 14;
constexpr double gap = 8;
constexpr int control_height = 20;
constexpr int move_ms = 110;

QColor between(const QColor& a, const QColor& b, double part)
{
    const auto mixed = [part](float x, float y) { return float(x + (y - x) * part); };
    return QColor::fromRgbF(mixed(a.redF(), b.redF()), mixed(a.greenF(), b.greenF()), mixed(a.blueF(), b.blueF()));
}

/// What a screen reader hears: a check box with a name and a state.
class AccessibleSwitch final : public QAccessibleWidget {
public:
    explicit AccessibleSwitch(Switch* control) : QAccessibleWidget(control, QAccessible::CheckBox, control->text()) {}

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = true;
        state.checked = static_cast<const Switch*>(object())->isChecked();
        return state;
    }
    QStringList actionNames() const override
    {
        return QStringList{QAccessibleActionInterface::toggleAction()} + QAccessibleWidget::actionNames();
    }
    void doAction(const QString& action) override
    {
        if (action == QAccessibleActionInterface::toggleAction())
            static_cast<Switch*>(object())->click();
        else
            QAccessibleWidget::doAction(action);
    }
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object)
{
    auto* control = qobject_cast<Switch*>(object);
    return control ? new AccessibleSwitch(control) : nullptr;
}

} // namespace

Switch::Switch(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    static const bool known = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(known)
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setFont(Theme::textFont(12));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_way.setStartValue(0.0);
    m_way.setEndValue(1.0);
    m_way.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_way, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(this, &QAbstractButton::toggled, this, &Switch::move);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Switch::move()
{
    m_way.setDirection(isChecked() ? QAbstractAnimation::Forward : QAbstractAnimation::Backward);
    // What nobody sees need not move either.
    const bool still = Motion::instance().isReduced() || !isVisible();
    m_way.setDuration(still ? 1 : move_ms);
    m_way.start();
    QAccessible::State changed;
    changed.checked = true;
    QAccessibleStateChangeEvent event(this, changed);
    QAccessible::updateAccessibility(&event);
}

void Switch::showEvent(QShowEvent* event)
{
    QAbstractButton::showEvent(event);
    m_way.setCurrentTime(isChecked() ? m_way.duration() : 0);
}

QSize Switch::sizeHint() const
{
    return {int(track_width + gap + QFontMetricsF(font()).horizontalAdvance(text())) + 4, control_height};
}

QSize Switch::minimumSizeHint() const
{
    return {int(track_width + gap) + 60, control_height};
}

void Switch::paintEvent(QPaintEvent*)
{
    const Palette& p = colours();
    const double way = m_way.state() == QAbstractAnimation::Running ? m_way.currentValue().toDouble()
                       : isChecked()                                ? 1
                                                                    : 0;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(1.5, (QWidget::height() - track_height) / 2.0, track_width, track_height);
    const QColor off = underMouse() && isEnabled() ? p.border : p.raised;
    painter.setPen(QPen(between(p.edge, p.accent, isEnabled() ? way : 0), 1));
    painter.setBrush(between(off, isEnabled() ? p.accent : p.border, way));
    painter.drawRoundedRect(track, track_height / 2, track_height / 2);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(p.text, 1.4));
        painter.drawRoundedRect(track.adjusted(-1.2, -2, 1.2, 2), track_height / 2 + 2, track_height / 2 + 2);
    }
    // Off and on differ by the knob's place and its fill, not by colour alone.
    const double radius = track_height / 2 - 2.5;
    const double x = track.left() + track_height / 2 + way * (track_width - track_height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(between(p.dark ? p.muted : p.faint, p.on_accent, isEnabled() ? way : 0));
    painter.drawEllipse(QPointF(x, track.center().y()), radius, radius);

    const QRectF label(track.right() + gap, 0, width() - track.right() - gap, QWidget::height());
    painter.setFont(font());
    painter.setPen(isEnabled() ? between(p.muted, p.text, way) : p.disabled);
    painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetricsF(font()).elidedText(text(), Qt::ElideRight, label.width()));
}

void Switch::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void Switch::enterEvent(QEnterEvent*)
{
    update();
}

void Switch::leaveEvent(QEvent*)
{
    update();
}

} // namespace orderlab::ui
