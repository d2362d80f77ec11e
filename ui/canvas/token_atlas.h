#pragma once
#include "ui/canvas/token_field.h"

#include <QPainter>
#include <QPixmap>

namespace orderlab::ui {

struct Palette;

/// Every face of a token, drawn once in the current colours and resolution, so that thousands are blitted a frame.
/// Three rows: bright (in flight, not yet committed), dim (committed by all), hollow (on its way). GUI thread.
class TokenAtlas {
public:
    enum class Look : std::uint8_t { Bright, Dim, Hollow };

    /// `scale`: device pixels a pixel, times the zoom. `radius` in pixels at zoom 1.
    void build(const Palette& palette, double scale, double radius);
    /// Queues one token; flush() draws what is queued.
    void add(QPointF centre, TokenFace face, Look look = Look::Bright);
    void flush(QPainter& painter);

private:
    QPixmap m_pixmap;
    double m_scale = 1;
    double m_cell = 0; ///< Edge of a cell, in device pixels.
    std::vector<QPainter::PixmapFragment> m_fragments;
};

/// The colour of a face.
QColor colourOf(TokenFace face, const Palette& palette);
QPainterPath shapeOf(TokenFace face, QPointF centre, double radius);

} // namespace orderlab::ui
