// What EventFlowView does with the pointer and the keys.
#include "ui/bridge/lab_bridge.h"
#include "ui/canvas/event_flow_view.h"
#include "ui/canvas/flow_hits.h"
#include "ui/canvas/flow_texts.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <cmath>
#include <utility>

namespace orderlab::ui {

OrderId EventFlowView::orderUnder(QPointF position) const
{
    return orderAt(m_view.toScene(position), m_layout, m_routes, m_tokens, m_source.frames.tail());
}

QString EventFlowView::tooltipAt(QPointF scene) const
{
    if (const OrderId order = orderAt(scene, m_layout, m_routes, m_tokens, m_source.frames.tail()); !order.isNull())
        return orderLine(order, m_source.store.findOrder(order), m_source.frames.names())
               + tr("\nClick to see its story, double click to go to this moment");
    return aboutNode(m_layout.nodeAt(scene));
}

QString EventFlowView::aboutNode(NodeId node) const
{
    const QString trouble = troubleAt(node, m_data);
    const QString about = ui::aboutNode(node, m_data, m_source.session.texts(), m_source.session.stateText());
    return trouble.isEmpty() ? about : trouble + QLatin1Char('\n') + about;
}

bool EventFlowView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tooltipAt(m_view.toScene(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

// Pointer and keys ---------------------------------------------------------------------------------------------------

void EventFlowView::mousePressEvent(QMouseEvent* event)
{
    m_drag_from = event->position();
    m_dragging = false;
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = orderUnder(event->position()); // Picked when the button goes up: what moves may be somewhere else then.
    m_data.focus = m_layout.nodeAt(m_view.toScene(event->position()));
    refresh();
}

void EventFlowView::mouseMoveEvent(QMouseEvent* event)
{
    const bool can_drag = zoom() > 1 && event->buttons().testFlag(Qt::LeftButton);
    if (can_drag && (m_dragging || (event->position() - m_drag_from).manhattanLength() > 6)) {
        m_dragging = true;
        m_view.move(event->position() - m_drag_from);
        m_drag_from = event->position();
        refresh();
        return;
    }
    const bool over_order = !orderUnder(event->position()).isNull();
    setCursor(over_order ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void EventFlowView::mouseReleaseEvent(QMouseEvent* event)
{
    const OrderId order = std::exchange(m_pressed, OrderId());
    if (!std::exchange(m_dragging, false) && event->button() == Qt::LeftButton && !order.isNull())
        Q_EMIT orderPicked(order);
}

void EventFlowView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const OrderId order = orderUnder(event->position()); !order.isNull()) {
        const QPointF scene = m_view.toScene(event->position());
        Q_EMIT momentWanted(order, publishedAt(scene, order, m_layout, m_source.frames.tail()));
        return;
    }
    if (const NodeId node = m_layout.nodeAt(m_view.toScene(event->position())); node.kind != NodeId::Kind::None)
        Q_EMIT nodeActivated(node);
}

void EventFlowView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return event->ignore();
    setZoom(zoom() * std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

void EventFlowView::setZoom(double zoom, QPointF anchor)
{
    m_view.setZoom(zoom, anchor);
    relayout();
    Q_EMIT zoomChanged(m_view.zoom());
}

void EventFlowView::resetZoom()
{
    m_view.reset();
    setZoom(1, {});
}

void EventFlowView::keyPressEvent(QKeyEvent* event)
{
    const auto go = [this](int dx, int dy) {
        m_data.focus = m_layout.neighbour(m_data.focus, dx, dy);
        setAccessibleDescription(tooltipAt(m_layout.rectOf(m_data.focus).topLeft() + QPointF(1, 1)));
        refresh();
    };
    switch (event->key()) {
    case Qt::Key_Left: return go(-1, 0);
    case Qt::Key_Right: return go(1, 0);
    case Qt::Key_Up: return go(0, -1);
    case Qt::Key_Down: return go(0, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_data.focus.kind != NodeId::Kind::None)
            Q_EMIT nodeActivated(m_data.focus);
        return;
    case Qt::Key_Escape: m_data.focus = {}; return refresh();
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomBy(1.25);
    case Qt::Key_Minus: return zoomBy(0.8);
    case Qt::Key_0: return resetZoom();
    default: QWidget::keyPressEvent(event);
    }
}

void EventFlowView::focusOutEvent(QFocusEvent* event)
{
    m_data.focus = {};
    refresh();
    QWidget::focusOutEvent(event);
}

} // namespace orderlab::ui
