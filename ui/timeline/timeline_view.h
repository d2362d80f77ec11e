#pragma once
#include "ui/timeline/group_lanes.h"

#include <QPixmap>
#include <QWidget>

namespace orderlab::ui {

class EntryFinder;
class FateFinder;
class WorldComparison;

/// The world that is shown, from its start to its end: how many entries of which outcome there are, marks for what went
/// wrong and what was changed, and the playhead. GUI thread.
///
/// Dragging moves the playhead, which snaps to entries; with Shift it chooses a range (TimeRange). The wheel zooms
/// around the pointer, with Shift it moves the part that is shown; a double click shows the whole. Keys: see TimeKeys.
class TimelineView final : public QWidget {
    Q_OBJECT
public:
    explicit TimelineView(LabBridge& bridge, QWidget* parent = nullptr);

    /// What a person has marked: an entry's place and a name.
    struct Bookmark {
        std::uint64_t index = 0;
        std::int64_t time_us = 0;
        QString name;
    };
    static constexpr std::size_t bookmarks_max = 1'000;

    /// The whole world.
    void fit();
    void zoomBy(double factor, std::int64_t around_us);
    /// Its hits are drawn as dots. Outlives this.
    void setFinder(const EntryFinder* finder);
    /// How likely a broken promise was is drawn over the bars. Outlives this.
    void setFate(const FateFinder* fate);
    /// Marks the moment that is shown. False: there are too many.
    bool addBookmark(const QString& name);
    const std::vector<Bookmark>& bookmarks() const { return m_bookmarks; }
    /// The order that Shift with an arrow key follows.
    void setOrder(OrderId order) { m_order = order; }
    OrderId order() const { return m_order; }

    /// A second lane above, of the other world, and where the two differ; null: none. It outlives this, or is taken
    /// away before.
    void setComparison(const WorldComparison* comparison);

    /// A lane for each group below the bars.
    void showLanes(bool shown);
    bool hasLanes() const { return m_has_lanes; }

    std::int64_t fromUs() const;
    std::int64_t toUs() const;
    double xOf(std::int64_t time_us) const;
    std::int64_t timeAt(double x) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void bookmarkWanted();
    void forkWanted();
    void lanesShown(bool shown);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// Something that is drawn above the bars.
    struct Point {
        std::int64_t time_us;
        QColor colour;
        QString text;
    };
    struct Lane {
        QRectF bars;
        QColor colour;
        QString group; ///< Empty: all of them.
        std::vector<TimelineSummary::Counts> bins;
        std::uint32_t most = 1; ///< Of all bins.
    };
    static constexpr double label_height = 15;
    static constexpr double delta_height = 12; ///< Of the row that shows where two worlds differ.
    static constexpr double side = 8;
    static constexpr int count_every_ms = 250; ///< While the run grows.

    void recount();
    void growSoon();
    void countBins();
    static std::size_t binsOf(double width);
    void addLane(const TimelineSummary& summary, const QRectF& bars, const QColor& colour, const QString& group = {});
    void drawResting();
    /// Of what lies under the bars.
    double heightBelow() const;
    QRectF barsRect() const;
    QRectF laneRect(std::size_t lane) const;
    void setRangeEnd(bool is_begin);
    void drawRange(QPainter& painter) const;
    void drawBars(QPainter& painter, const Lane& lane) const;
    void drawDifferences(QPainter& painter) const;
    void drawFate(QPainter& painter) const;
    void drawMarks(QPainter& painter) const;
    void drawPoints(QPainter& painter) const;
    void drawPlayhead(QPainter& painter) const;
    void drawLabel(QPainter& painter, double x, const QString& text, const QColor& colour) const;
    std::vector<Point> violations() const;
    std::vector<Point> changes() const;
    void moveTo(double x, Cause cause);
    QString textAt(double x) const;

    LabBridge& m_bridge;
    bool m_is_fitted = true;
    std::int64_t m_from_us = 0, m_to_us = 1; ///< What is shown, unless it is fitted.
    const EntryFinder* m_finder = nullptr;
    const FateFinder* m_fate = nullptr;
    const WorldComparison* m_comparison = nullptr;
    GroupLanes m_group_lanes;
    bool m_has_lanes = false;
    std::vector<Lane> m_lanes; ///< Of the other world, of the one that is shown, of its groups.
    bool m_bins_stale = true;
    bool m_is_growing = false; ///< It will be drawn soon.
    QPixmap m_resting;
    QElapsedTimer m_since_bins;
    bool m_is_dragged = false;
    std::optional<double> m_range_from_x; ///< While a range is chosen.
    bool m_played_before = false;         ///< Before it was dragged.
    std::vector<Bookmark> m_bookmarks;
    OrderId m_order;
};

/// Of the window's start, "1.083 s" or "2:03.5".
QString momentText(std::int64_t since_us);

} // namespace orderlab::ui
