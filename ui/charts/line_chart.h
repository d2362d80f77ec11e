#pragma once
#include <QColor>
#include <QPixmap>
#include <QPointF>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace orderlab::ui {

struct ChartLine {
    /// Between low and high are the middle four fifths of many runs.
    struct Band {
        double x = 0, low = 0, median = 0, high = 0;
    };
    QString name;
    QColor colour;
    std::vector<QPointF> points; ///< By x.
    std::vector<QPointF> other;  ///< The same in another run; empty: there is none.
    double gap = 0; ///< Points that are farther apart are not joined, and all are drawn as dots; 0: all are joined.
    std::vector<Band> band = {}; ///< By x; empty: there is none.
};

/// Lines over time, with a title, the values under the cursor, the moment and the chosen range. All that knows the
/// charting library is behind it: it draws into a picture, and only when the lines change. GUI thread.
///
/// A click picks a time, dragging chooses a range. x is in seconds.
class LineChart final : public QWidget {
    Q_OBJECT
public:
    LineChart(const QString& title, const QString& unit, QWidget* parent = nullptr);
    ~LineChart() override;

    void setLines(std::vector<ChartLine> lines, double from, double to);
    const std::vector<ChartLine>& lines() const { return m_lines; }
    void setMoment(std::optional<double> at);
    void setCursor(std::optional<double> at);
    void setRange(std::optional<std::pair<double, double>> range);

    double xOf(double seconds) const;
    double secondsAt(double x) const;
    /// The chart without cursor, for a file.
    void draw(QPainter& painter, const QRectF& target);
    QSize sizeHint() const override { return {320, 190}; }
    QSize minimumSizeHint() const override { return {220, 110}; }

Q_SIGNALS:
    void hovered(double seconds);
    void left();
    void picked(double seconds);
    void brushed(double from, double to);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Chart;
    void fill();
    void drawHead(QPainter& painter, double width) const;
    QString valueText(const std::vector<QPointF>& points) const;

    const QString m_title, m_unit;
    std::unique_ptr<Chart> m_chart;
    std::vector<ChartLine> m_lines;
    double m_from = 0, m_to = 1;
    std::optional<double> m_moment, m_cursor;
    std::optional<std::pair<double, double>> m_range;
    std::optional<double> m_pressed; ///< Where, while a button is held.
    bool m_is_brushing = false;
    QPixmap m_picture;
    bool m_is_stale = true;
};

} // namespace orderlab::ui
