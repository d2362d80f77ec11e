#pragma once
#include <QRectF>
#include <QRegion>

#include <vector>

namespace orderlab::ui {

/// Parts of a widget that are to be drawn anew, as a grid of tiles: adding a place costs little, and the region has few
/// rectangles. A value.
class Tiles {
public:
    static constexpr int size = 64; ///< Pixels: some tokens' worth.

    /// None of a widget that large.
    void clear(QSize widget)
    {
        m_columns = (widget.width() + size - 1) / size;
        m_rows = (widget.height() + size - 1) / size;
        m_dirty.assign(std::size_t(m_columns) * std::size_t(m_rows), false);
    }
    /// What lies outside of the widget is left out.
    void add(const QRectF& place)
    {
        const int left = std::max(0, int(place.left()) / size), top = std::max(0, int(place.top()) / size);
        const int right = std::min(m_columns - 1, int(place.right() + 1) / size);
        const int bottom = std::min(m_rows - 1, int(place.bottom() + 1) / size);
        for (int row = top; row <= bottom; ++row) {
            for (int column = left; column <= right; ++column)
                m_dirty[std::size_t(row * m_columns + column)] = true;
        }
    }
    QRegion region() const
    {
        std::vector<QRect> runs;
        for (int row = 0; row < m_rows; ++row) {
            for (int column = 0; column < m_columns;) {
                int end = column;
                while (end < m_columns && m_dirty[std::size_t(row * m_columns + end)])
                    ++end;
                if (end > column)
                    runs.emplace_back(column * size, row * size, (end - column) * size, size);
                column = end + 1;
            }
        }
        QRegion region;
        region.setRects(runs.data(), int(runs.size()));
        return region;
    }

private:
    int m_columns = 0, m_rows = 0;
    std::vector<bool> m_dirty;
};

} // namespace orderlab::ui
