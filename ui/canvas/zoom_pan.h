#pragma once
#include <QPointF>
#include <QSizeF>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

/// What part of a scene is seen in a view of `size`, and how large. A value.
class ZoomPan {
public:
    static constexpr double least = 0.5, most = 4;

    double zoom() const { return m_zoom; }
    QPointF pan() const { return m_pan; }
    /// From the scene to the view.
    double scale() const { return m_zoom * m_fit; }
    QPointF toScene(QPointF position) const { return (position - m_pan) / scale(); }
    /// How much smaller the whole scene is drawn at zoom 1, so that it fits; above 0, at most 1.
    void setFit(double fit) { m_fit = fit; }

    /// `least` to `most`; what is at `anchor` stays there as far as the bounds let it. Close to 1 it is 1.
    void setZoom(double zoom, QPointF anchor)
    {
        const QPointF fixed = toScene(anchor);
        m_zoom = std::clamp(zoom, least, most);
        if (std::abs(m_zoom - 1) < 0.02)
            m_zoom = 1;
        m_pan = anchor - fixed * scale();
        bound();
    }
    void move(QPointF by)
    {
        m_pan += by;
        bound();
    }
    void setSize(QSizeF size)
    {
        m_size = size;
        bound();
    }
    void reset()
    {
        m_zoom = 1;
        m_pan = {};
    }

private:
    /// A larger scene covers the view, a smaller one stays inside it.
    void bound()
    {
        const auto bounded = [this](double pan, double size) {
            const double slack = size * (1 - m_zoom);
            return std::clamp(pan, std::min(0.0, slack), std::max(0.0, slack));
        };
        m_pan = {bounded(m_pan.x(), m_size.width()), bounded(m_pan.y(), m_size.height())};
    }
    QSizeF m_size;
    double m_zoom = 1;
    double m_fit = 1;
    QPointF m_pan;
};

} // namespace orderlab::ui
