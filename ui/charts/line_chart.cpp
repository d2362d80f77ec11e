#include "ui/charts/line_chart.h"

#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>

#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double head_height = 18;
constexpr double brush_least = 4; ///< Pixels; less is a click.
/// So that lines are told apart without colours.
constexpr Qt::PenStyle styles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine, Qt::DashDotDotLine};

Qt::PenStyle styleOf(std::size_t line)
{
    return styles[line % std::size(styles)];
}

QString numberText(double value)
{
    if (value >= 1'000)
        return grouped(std::int64_t(std::llround(value)));
    return QString::number(value, 'f', value == std::floor(value) ? 0 : value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

/// After the point, for the labels of an axis.
int digitsFor(double length)
{
    return length < 2 ? 2 : length < 20 ? 1 : 0;
}

QList<QPointF> listOf(const std::vector<QPointF>& points)
{
    return {points.begin(), points.end()};
}

} // namespace

struct LineChart::Chart {
    QGraphicsScene scene;
    QChart* chart = new QChart;
    QValueAxis* x = new QValueAxis;
    QValueAxis* y = new QValueAxis;

    Chart()
    {
        scene.addItem(chart);
        chart->legend()->hide();
        chart->setAnimationOptions(QChart::NoAnimation);
        chart->setBackgroundVisible(false);
        chart->setMargins({0, 0, 6, 0});
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        chart->addAxis(x, Qt::AlignBottom);
        chart->addAxis(y, Qt::AlignLeft);
        x->setTickCount(5);
        y->setTickCount(4);
    }
    void add(const std::vector<QPointF>& points, const QPen& pen, double gap)
    {
        auto begin = points.begin();
        while (begin != points.end()) {
            auto end = std::next(begin);
            while (end != points.end() && (gap <= 0 || end->x() - std::prev(end)->x() <= gap))
                ++end;
            if (end - begin == 1)
                addPoint(*begin, pen.color());
            else
                addLine({begin, end}, pen);
            begin = end;
        }
    }
    void addLine(const QList<QPointF>& points, const QPen& pen)
    {
        auto* series = new QLineSeries;
        series->setPen(pen);
        series->replace(points);
        attach(series);
    }
    void addPoint(const QPointF& point, const QColor& colour)
    {
        auto* series = new QScatterSeries;
        series->setMarkerSize(4);
        series->setColor(colour);
        series->setBorderColor(Qt::transparent);
        series->append(point);
        attach(series);
    }
    void shade(const ChartLine& line, QColor colour)
    {
        auto* upper = new QLineSeries;
        auto* lower = new QLineSeries;
        upper->replace(listOf(line.points));
        lower->replace(listOf(line.other));
        auto* area = new QAreaSeries(upper, lower);
        upper->setParent(area);
        lower->setParent(area);
        colour.setAlpha(50);
        area->setBrush(colour);
        area->setPen(Qt::NoPen);
        attach(area);
    }
    /// Pale, behind the lines, with the median as a thin one.
    void addBand(const std::vector<ChartLine::Band>& band, QColor colour, double gap)
    {
        for (auto begin = band.begin(); begin != band.end();) {
            auto end = std::next(begin);
            while (end != band.end() && (gap <= 0 || end->x - std::prev(end)->x <= gap))
                ++end;
            ChartLine shaded;
            std::vector<QPointF> median;
            for (auto one = begin; one != end; ++one) {
                shaded.points.emplace_back(one->x, one->high);
                shaded.other.emplace_back(one->x, one->low);
                median.emplace_back(one->x, one->median);
            }
            shade(shaded, colour);
            colour.setAlpha(150);
            addLine(listOf(median), QPen(colour, 1));
            begin = end;
        }
    }
    void attach(QAbstractSeries* series)
    {
        chart->addSeries(series);
        series->attachAxis(x);
        series->attachAxis(y);
    }
};

LineChart::LineChart(const QString& title, const QString& unit, QWidget* parent)
    : QWidget(parent), m_title(title), m_unit(unit), m_chart(std::make_unique<Chart>())
{
    setMouseTracking(true);
    QWidget::setCursor(Qt::CrossCursor);
    setAccessibleName(QStringLiteral("%1, %2").arg(title, unit));
    setToolTip(tr("Click: the moment. Drag: a range for tables and charts."));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_is_stale = true;
        update();
    });
}

LineChart::~LineChart() = default;

void LineChart::setLines(std::vector<ChartLine> lines, double from, double to)
{
    m_lines = std::move(lines);
    m_from = from;
    m_to = std::max(to, from + 1e-6);
    m_is_stale = true;
    update();
}

void LineChart::setMoment(std::optional<double> at)
{
    m_moment = at;
    update();
}

void LineChart::setCursor(std::optional<double> at)
{
    m_cursor = at;
    update();
}

void LineChart::setRange(std::optional<std::pair<double, double>> range)
{
    m_range = range;
    update();
}

/// The library's chart from the lines.
void LineChart::fill()
{
    const Palette& p = colours();
    m_chart->chart->removeAllSeries();
    double most = 0;
    for (const ChartLine& line : m_lines) {
        m_chart->addBand(line.band, line.colour, line.gap);
        for (const ChartLine::Band& one : line.band)
            most = std::max(most, one.high);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const ChartLine& line = m_lines[i];
        for (const auto* points : {&line.points, &line.other}) {
            for (const QPointF& point : *points)
                most = std::max(most, point.y());
        }
        if (!line.points.empty() && !line.other.empty() && line.gap <= 0)
            m_chart->shade(line, line.colour);
        if (!line.other.empty())
            m_chart->add(line.other,
                         QPen(QColor(line.colour.red(), line.colour.green(), line.colour.blue(), 120), 1.2, styleOf(i)),
                         line.gap);
        m_chart->add(line.points, QPen(line.colour, 1.8, styleOf(i)), line.gap);
    }
    // Before the ranges: labels that are there keep the format that they were made with.
    m_chart->x->setLabelFormat(QStringLiteral("%.%1f s").arg(digitsFor(m_to - m_from)));
    m_chart->y->setLabelFormat(QStringLiteral("%.%1f").arg(digitsFor(most)));
    m_chart->x->setRange(m_from, m_to);
    m_chart->y->setRange(0, most > 0 ? most : 1);
    m_chart->y->applyNiceNumbers();
    m_chart->y->setTickCount(std::clamp(m_chart->y->tickCount(), 2, 5));
    for (QValueAxis* const axis : {m_chart->x, m_chart->y}) {
        axis->setLabelsFont(Theme::textFont(10));
        axis->setLabelsColor(p.muted);
        axis->setLinePen(QPen(p.edge, 1));
        axis->setGridLinePen(QPen(p.border, 1, Qt::DotLine));
    }
}

void LineChart::draw(QPainter& painter, const QRectF& target)
{
    fill();
    painter.save();
    painter.translate(target.topLeft());
    drawHead(painter, target.width());
    const QSizeF size(target.width(), target.height() - head_height);
    m_chart->chart->resize(size);
    m_chart->scene.setSceneRect({QPointF(), size});
    painter.setRenderHint(QPainter::Antialiasing);
    m_chart->scene.render(&painter, QRectF(QPointF(0, head_height), size), {QPointF(), size});
    painter.restore();
    m_is_stale = true; // The picture may be of another size.
    update();
}

double LineChart::xOf(double seconds) const
{
    const QRectF plot = m_chart->chart->plotArea();
    return plot.left() + plot.width() * (seconds - m_from) / (m_to - m_from);
}

double LineChart::secondsAt(double x) const
{
    const QRectF plot = m_chart->chart->plotArea();
    return m_from + (m_to - m_from) * std::clamp((x - plot.left()) / std::max(1.0, plot.width()), 0.0, 1.0);
}

/// At the cursor, else at the moment.
QString LineChart::valueText(const std::vector<QPointF>& points) const
{
    const std::optional<double> at = m_cursor ? m_cursor : m_moment;
    if (points.empty() || !at)
        return {};
    const auto after = std::lower_bound(points.begin(), points.end(), *at,
                                        [](const QPointF& point, double x) { return point.x() < x; });
    if (after == points.end())
        return numberText(points.back().y());
    if (after != points.begin() && *at - std::prev(after)->x() < after->x() - *at)
        return numberText(std::prev(after)->y());
    return numberText(after->y());
}

void LineChart::drawHead(QPainter& painter, double width) const
{
    const Palette& p = colours();
    painter.setFont(Theme::textFont(12, QFont::DemiBold));
    painter.setPen(p.text);
    const QRectF head(4, 0, width - 8, head_height);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    double x = head.left() + painter.fontMetrics().horizontalAdvance(m_title) + 6;
    painter.setFont(Theme::textFont(10.5));
    painter.setPen(p.muted);
    painter.drawText(QRectF(x, 0, head.right() - x, head_height), Qt::AlignLeft | Qt::AlignVCenter, m_unit);
    x += painter.fontMetrics().horizontalAdvance(m_unit) + 14;
    // From the right, as far as there is room: the first lines matter most.
    std::vector<std::pair<std::size_t, QString>> shown;
    double needed = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        QString words = m_lines[i].name;
        if (const QString value = valueText(m_lines[i].points); !value.isEmpty())
            words += QLatin1Char(' ') + value;
        if (const QString other = valueText(m_lines[i].other); !other.isEmpty())
            words += QStringLiteral(" (%1)").arg(other);
        const double room = painter.fontMetrics().horizontalAdvance(words) + 30;
        if (x + needed + room > head.right())
            break;
        needed += room;
        shown.emplace_back(i, words);
    }
    x = head.right() - needed;
    for (const auto& [i, words] : shown) {
        painter.setPen(QPen(m_lines[i].colour, 2, styleOf(i)));
        painter.drawLine(QPointF(x, head_height / 2), QPointF(x + 14, head_height / 2));
        painter.setPen(p.muted);
        const double room = painter.fontMetrics().horizontalAdvance(words);
        painter.drawText(QRectF(x + 18, 0, room + 2, head_height), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += room + 30;
    }
}

void LineChart::paintEvent(QPaintEvent*)
{
    const Palette& p = colours();
    if (m_is_stale || m_picture.size() != size() * devicePixelRatioF()) {
        fill();
        const QSizeF room(width(), std::max(1.0, height() - head_height));
        m_chart->chart->resize(room);
        m_chart->scene.setSceneRect({QPointF(), room});
        m_picture = QPixmap(size() * devicePixelRatioF());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(Qt::transparent);
        QPainter painter(&m_picture);
        painter.setRenderHint(QPainter::Antialiasing);
        m_chart->scene.render(&painter, QRectF(QPointF(0, head_height), room), {QPointF(), room});
        m_is_stale = false;
    }
    QPainter painter(this);
    drawHead(painter, width());
    painter.drawPixmap(0, 0, m_picture);
    const QRectF plot = m_chart->chart->plotArea().translated(0, head_height);
    const auto isSeen = [&](double x) { return x >= plot.left() - 1 && x <= plot.right() + 1; };
    if (m_range) {
        const double from = std::clamp(xOf(m_range->first), plot.left(), plot.right());
        const double to = std::clamp(xOf(m_range->second), plot.left(), plot.right());
        QColor band = p.accent;
        band.setAlpha(38);
        if (to > from && (from > plot.left() || to < plot.right()))
            painter.fillRect(QRectF(from, plot.top(), to - from, plot.height()), band);
    }
    if (m_moment && isSeen(xOf(*m_moment)))
        painter.fillRect(QRectF(xOf(*m_moment) - 0.75, plot.top(), 1.5, plot.height()), p.text);
    if (m_cursor && isSeen(xOf(*m_cursor))) {
        painter.setPen(QPen(p.muted, 1, Qt::DashLine));
        painter.drawLine(QPointF(xOf(*m_cursor), plot.top()), QPointF(xOf(*m_cursor), plot.bottom()));
    }
    const bool has_points = std::any_of(m_lines.begin(), m_lines.end(), [](const ChartLine& line) {
        return !line.points.empty() || !line.other.empty();
    });
    if (!has_points) {
        painter.setPen(p.muted);
        painter.setFont(Theme::textFont(12));
        painter.drawText(plot, Qt::AlignCenter, tr("nothing yet"));
    }
}

void LineChart::resizeEvent(QResizeEvent*)
{
    m_is_stale = true;
}

void LineChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_pressed = event->position().x();
}

void LineChart::mouseMoveEvent(QMouseEvent* event)
{
    Q_EMIT hovered(secondsAt(event->position().x()));
    if (m_pressed && std::abs(event->position().x() - *m_pressed) >= brush_least)
        m_is_brushing = true;
    if (m_is_brushing) {
        const double one = secondsAt(*m_pressed), other = secondsAt(event->position().x());
        setRange(std::pair(std::min(one, other), std::max(one, other)));
    }
}

void LineChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_pressed)
        return;
    const double from = secondsAt(*m_pressed), to = secondsAt(event->position().x());
    m_pressed.reset();
    if (std::exchange(m_is_brushing, false))
        Q_EMIT brushed(std::min(from, to), std::max(from, to));
    else
        Q_EMIT picked(to);
}

void LineChart::leaveEvent(QEvent*)
{
    Q_EMIT left();
}

} // namespace orderlab::ui
