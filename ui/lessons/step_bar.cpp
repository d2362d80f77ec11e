#include "ui/lessons/step_bar.h"

#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int bar_height = 5, bar_gap = 5;

} // namespace

StepBar::StepBar(LessonDesk& desk, QWidget* parent) : QWidget(parent), m_desk(desk)
{
    setObjectName(QStringLiteral("lessonSteps"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto refresh = [this] {
        const auto steps = m_desk.steps();
        if (m_desk.lesson()) {
            const auto place = std::find(steps.begin(), steps.end(), m_desk.step()) - steps.begin();
            setAccessibleName(tr("Step %1 of %2: %3")
                                  .arg(place + 1)
                                  .arg(steps.size())
                                  .arg(stepWord(m_desk.step(), m_desk.lesson()->isDrill())));
        }
        update();
    };
    connect(&m_desk, &LessonDesk::changed, this, refresh);
    connect(&Theme::instance(), &Theme::changed, this, refresh);
    refresh();
}

QSize StepBar::sizeHint() const
{
    return {200, bar_height + 6 + fontMetrics().height()};
}

QRect StepBar::segment(int index) const
{
    const int count = std::max(1, int(m_desk.steps().size()));
    const int left = index * (width() + bar_gap) / count, right = (index + 1) * (width() + bar_gap) / count - bar_gap;
    return {left, 0, right - left, height()};
}

int StepBar::at(const QPoint& point) const
{
    for (int i = 0; i < int(m_desk.steps().size()); ++i) {
        if (segment(i).contains(point))
            return i;
    }
    return -1;
}

void StepBar::paintEvent(QPaintEvent*)
{
    const auto steps = m_desk.steps();
    if (steps.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto place = int(std::find(steps.begin(), steps.end(), m_desk.step()) - steps.begin());
    const Palette& look = colours();
    QFont small = font();
    if (small.pixelSize() > 0)
        small.setPixelSize(std::max(10, int(small.pixelSize() * 0.77)));
    for (int i = 0; i < int(steps.size()); ++i) {
        const QRect place_of = segment(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(i < place ? look.ok : i == place ? look.accent : look.edge);
        painter.drawRoundedRect(QRect(place_of.left(), 0, place_of.width(), bar_height), 2.5, 2.5);
        small.setWeight(i == place ? QFont::DemiBold : QFont::Normal);
        painter.setFont(small);
        const bool may = m_desk.mayGoTo(steps[std::size_t(i)]);
        painter.setPen(i == place ? look.text : may ? look.muted : look.disabled);
        const QString word = stepWord(steps[std::size_t(i)], m_desk.lesson()->isDrill());
        painter.drawText(place_of.adjusted(-bar_gap, bar_height + 3, bar_gap, 0), Qt::AlignHCenter | Qt::AlignTop,
                         word);
    }
}

void StepBar::mouseReleaseEvent(QMouseEvent* event)
{
    const int index = at(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index >= 0)
        m_desk.goTo(m_desk.steps()[std::size_t(index)]);
}

bool StepBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const int index = at(help->pos());
        const auto steps = m_desk.steps();
        if (index >= 0)
            QToolTip::showText(help->globalPos(), stepWord(steps[std::size_t(index)], m_desk.lesson()->isDrill()),
                               this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace orderlab::ui
