#include "ui/panels/event_glyph.h"

#include "ui/theme/shapes.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace orderlab::ui {

EventGlyph::EventGlyph(EventType type, QWidget* parent) : QWidget(parent), m_type(type)
{
    setFixedSize(16, 16);
    setAccessibleName(shapeName(type));
    setToolTip(QStringLiteral("%1: a %2").arg(eventTitle(type), shapeName(type)));
}

void EventGlyph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours().events[std::size_t(m_type)]);
    painter.drawPath(eventShape(m_type, QRectF(rect()).center(), 6));
}

} // namespace orderlab::ui
