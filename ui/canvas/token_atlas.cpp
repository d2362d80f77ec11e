#include "ui/canvas/token_atlas.h"

#include "ui/theme/event_faces.h"
#include "ui/theme/palette.h"

#include <cmath>

namespace orderlab::ui {

QColor colourOf(TokenFace face, const Palette& palette)
{
    return face == TokenFace::Dead ? palette.dead : palette.events[std::size_t(face)];
}

QPainterPath shapeOf(TokenFace face, QPointF centre, double radius)
{
    return face == TokenFace::Dead ? deadLetterShape(centre, radius) : eventShape(EventType(face), centre, radius);
}

void TokenAtlas::build(const Palette& palette, double scale, double radius)
{
    m_scale = scale;
    m_cell = std::ceil((radius * 2 + 6) * scale);
    m_pixmap = QPixmap(int(m_cell) * int(token_face_count), int(m_cell) * 3);
    m_pixmap.fill(Qt::transparent);
    QPainter painter(&m_pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t f = 0; f < token_face_count; ++f) {
        const QColor colour = colourOf(TokenFace(f), palette);
        for (int look = 0; look < 3; ++look) {
            const QPointF centre((double(f) + 0.5) * m_cell, (look + 0.5) * m_cell);
            const double size = radius * scale;
            if (Look(look) == Look::Hollow) {
                QColor line = colour;
                line.setAlphaF(0.85f);
                painter.setPen(QPen(line, 1.4 * scale));
                painter.setBrush(Qt::NoBrush);
                painter.drawPath(shapeOf(TokenFace(f), centre, size * 0.88));
                continue;
            }
            QColor fill = colour;
            if (Look(look) == Look::Dim)
                fill.setAlphaF(palette.dark ? 0.34f : 0.38f);
            painter.setPen(Qt::NoPen);
            if (Look(look) == Look::Dim) { // Pale, and yet its shape can be told from what is behind it.
                QColor outline = colour;
                outline.setAlphaF(palette.dark ? 0.62f : 0.86f);
                painter.setPen(QPen(outline, scale));
            }
            painter.setBrush(fill);
            painter.drawPath(shapeOf(TokenFace(f), centre, Look(look) == Look::Dim ? size * 0.92 : size));
        }
    }
}

void TokenAtlas::add(QPointF centre, TokenFace face, Look look)
{
    // On whole device pixels, so that the raster engine copies instead of resampling.
    const QPointF snapped(std::round(centre.x() * m_scale) / m_scale, std::round(centre.y() * m_scale) / m_scale);
    m_fragments.push_back(QPainter::PixmapFragment::create(
        snapped, QRectF(double(face) * m_cell, double(look) * m_cell, m_cell, m_cell), 1 / m_scale, 1 / m_scale));
}

void TokenAtlas::flush(QPainter& painter)
{
    if (!m_fragments.empty())
        painter.drawPixmapFragments(m_fragments.data(), int(m_fragments.size()), m_pixmap);
    m_fragments.clear();
}

} // namespace orderlab::ui
