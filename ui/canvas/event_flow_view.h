#pragma once
#include "ui/canvas/flow_rates.h"
#include "ui/canvas/flow_scene.h"
#include "ui/canvas/flow_source.h"
#include "ui/canvas/lit_way.h"
#include "ui/canvas/moving_paint.h"
#include "ui/canvas/routes.h"
#include "ui/canvas/token_field.h"
#include "ui/canvas/zoom_pan.h"

#include <QWidget>

namespace orderlab::ui {

/// The event flow: API, store, bus, workers and dead letters, and the events that move between them.
/// What does not move every frame is drawn into a pixmap a few times a second; tokens are blitted on top of it, so a
/// frame costs little more than its tokens. It repaints only while something moves. GUI thread.
///
/// Keys: arrows go from node to node, Enter opens one, Escape lets go; + and − zoom, 0 fits. Ctrl+wheel zooms around
/// the pointer, dragging moves a zoomed view.
class EventFlowView final : public QWidget {
    Q_OBJECT
public:
    explicit EventFlowView(const FlowSource& source, QWidget* parent = nullptr);

    void setPlaying(bool playing);
    bool isPlaying() const { return m_playing; }
    /// 0.25 to 4: how fast tokens move; the system itself is not slowed.
    void setSpeed(double speed) { m_speed = speed; }
    void setSelectedOrder(OrderId id);
    /// Events that move bear the name of the customer whose order they are of.
    void setNamesShown(bool shown);
    /// As they are written now.
    std::vector<TokenName> names() const;
    /// The way of what this entry tells stands out; nothing: none does.
    void setLit(const std::optional<Entry>& entry);
    const LitWay& lit() const { return m_lit; }
    /// Where two stand side by side: it may be smaller than its words need, and is then drawn smaller as a whole.
    void setShrinkable();
    /// All of it, as lines and words, for a file.
    void draw(QPainter& painter);
    /// What is dim from now on.
    void setEqual(const EqualParts& equal);
    const EqualParts& equalParts() const { return m_data.equal; }
    /// How many tokens may be on their way before orders are sampled.
    void setTokensWanted(std::size_t count) { m_tokens.setWanted(count); }

    double zoom() const { return m_view.zoom(); }
    /// 0.5 to 4, around `anchor` in widget coordinates.
    void setZoom(double zoom, QPointF anchor);
    void zoomBy(double factor) { setZoom(zoom() * factor, rect().center()); }
    void resetZoom();

    /// See TokenField::slowness().
    double slowness() const { return m_tokens.slowness() / m_speed; }
    std::size_t tokenCount() const { return m_tokens.tokens().size(); }
    /// Milliseconds of the newest paints, at most 2,000, oldest first.
    std::vector<double> paintTimes() const { return m_paint_ms; }
    void forgetPaintTimes() { m_paint_ms.clear(); }
    /// In the order of their cards.
    const std::vector<QString>& groupNames() const { return m_shape.groups; }
    NodeId focusedNode() const { return m_data.focus; }
    QSize sizeHint() const override { return {900, 560}; }
    QSize minimumSizeHint() const override { return {300, 140}; }

public Q_SLOTS:
    void showFrame(const orderlab::ui::Frame& frame);
    /// Draws everything anew: the state or the counts have changed.
    void refresh();
    /// Another bus may have other partitions.
    void showBus();

Q_SIGNALS:
    void orderPicked(orderlab::OrderId id);
    void nodeActivated(orderlab::ui::NodeId node);
    /// By a double click on an event. `time_us`: when it was published; 0 for one that is on its way.
    void momentWanted(orderlab::OrderId id, std::int64_t time_us);
    /// One order in `every` is shown.
    void samplingChanged(quint64 every);
    void zoomChanged(double zoom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    void animate();
    void step();
    void relayout();
    void gather();
    QPixmap emptyPicture() const;
    void drawScene();
    void drawEmptyState(QPainter& painter);
    bool isSceneDue() const;
    void updateMoving();
    QRegion movingRegion() const;
    bool isMoving() const { return m_playing || m_is_stepping; }
    /// The desktop asks for no animation, or the user has paused ours.
    bool isStill() const;
    OrderId orderUnder(QPointF position) const;
    QString tooltipAt(QPointF scene) const;
    QString aboutNode(NodeId node) const;
    std::int64_t nowUs() const { return m_source.frames.nowUs(); }

    const FlowSource m_source;
    FlowShape m_shape;
    FlowLayout m_layout;
    Routes m_routes;
    TokenField m_tokens;
    TokenAtlas m_atlas, m_cells;
    SceneData m_data;
    FlowRates m_rates;
    ZoomPan m_view;
    LitWay m_lit;

    QPixmap m_scene;  ///< All that rests.
    QPixmap m_ground; ///< What of it seldom changes.
    QString m_ground_key;
    bool m_scene_stale = true;
    QRegion m_moving; ///< Where what moves was drawn last.
    QElapsedTimer m_since_scene;
    QElapsedTimer m_since_step;
    QElapsedTimer m_since_news;
    int m_timer_id = 0;
    int m_timer_ms = 0;
    bool m_playing = true;
    bool m_is_stepping = false; ///< It rests but for the entries that were passed last.
    bool m_is_backward = false;
    bool m_is_shrinkable = false;
    bool m_shows_names = false;
    double m_speed = 1;
    QPointF m_drag_from;
    bool m_dragging = false;
    OrderId m_pressed; ///< Under the pointer as the button went down.
    std::uint64_t m_shown_sample = 1;
    std::vector<double> m_paint_ms;
};

} // namespace orderlab::ui
