#include "ui/canvas/event_flow_view.h"
#include "ui/canvas/flash_painter.h"
#include "ui/canvas/flow_gather.h"
#include "ui/canvas/flow_texts.h"
#include "ui/canvas/moving_paint.h"
#include "ui/theme/focus_frame.h"
#include "ui/theme/theme.h"

#include <QPaintEvent>
#include <QPainter>

namespace orderlab::ui {

// How the view draws: what rests on the ground, what moves on top of it, and only where something has changed.

namespace {

constexpr int scene_every_ms = 100; ///< The resting part is drawn anew at most ten times a second.
constexpr std::size_t paints_max = 2'000;
constexpr std::size_t apart_max = 400; ///< More tokens are everywhere: then all is drawn.

} // namespace

bool EventFlowView::isSceneDue() const
{
    // The last picture of an animation is always drawn: nothing would mend it.
    return m_scene.isNull() || m_timer_id == 0 || !m_since_scene.isValid() || m_since_scene.hasExpired(scene_every_ms);
}

/// Between two pictures of what rests, only what moves is drawn.
void EventFlowView::updateMoving()
{
    if (isSceneDue() || !m_data.marks.flashes.empty() || m_tokens.tokens().size() > apart_max)
        update();
    else
        update(m_moving | movingRegion());
}

QRegion EventFlowView::movingRegion() const
{
    if (m_tokens.tokens().size() > apart_max)
        return rect();
    Tiles tiles;
    tiles.clear(size());
    coverMoving(tiles, m_layout, m_routes, m_tokens, m_view, m_shows_names);
    return tiles.region();
}

std::vector<TokenName> EventFlowView::names() const
{
    if (!m_shows_names)
        return {};
    return tokenNames(m_routes, m_tokens, [this](const OrderId& id) {
        const OrderState* const order = m_source.frames.world().findOrder(id);
        return order ? m_source.frames.names().text(order->user) : QString();
    });
}

void EventFlowView::gather()
{
    const WorldState& world = m_source.frames.world();
    const SystemTexts texts = m_source.session.texts();
    m_data.store = texts.store_title;
    m_data.running = m_source.session.isRunning();
    m_data.counts = m_source.store.counts();
    m_data.bus = !texts.bus_place.isEmpty()           ? texts.bus_place
                 : m_source.commands.isSwitchingBus() ? tr("switching…")
                                                      : busPlace(m_source.commands.bus());
    m_data.max_attempts = m_source.session.config().policies.retry.max_attempts;
    // The store also has those of earlier runs.
    m_data.dead_letters = m_source.letters.isKnown() ? m_source.letters.waiting() : world.deadLettersWaiting();
    FlowMoment moment{world, m_source.frames.names(), m_rates, {}, m_shape.partitions, nowUs()};
    for (const QString& group : m_shape.groups)
        moment.groups.push_back({group, m_source.commands.members(group)});
    gatherFlow(std::move(moment), m_data);
    for (std::size_t g = 0; g < m_data.groups.size(); ++g) {
        m_data.groups[g].colour = colours().groups[g % colours().groups.size()];
        m_data.groups[g].own = m_source.commands.ownCommand(m_data.groups[g].name);
    }
}

QPixmap EventFlowView::emptyPicture() const
{
    QPixmap picture((QSizeF(size()) * devicePixelRatioF()).toSize());
    picture.setDevicePixelRatio(devicePixelRatioF());
    return picture;
}

void EventFlowView::drawScene()
{
    gather();
    const FlowScene scene(m_layout, m_data, colours());
    const QString place = QStringLiteral("%1,%2,%3|").arg(m_view.pan().x()).arg(m_view.pan().y()).arg(m_view.scale());
    if (const QString key = place + scene.groundKey(); m_ground.isNull() || key != m_ground_key) {
        m_ground = emptyPicture();
        m_ground.fill(colours().window);
        QPainter painter(&m_ground);
        painter.translate(m_view.pan());
        painter.scale(m_view.scale(), m_view.scale());
        scene.drawGround(painter);
        m_ground_key = key;
    }
    if (m_scene.size() != m_ground.size())
        m_scene = emptyPicture();
    QPainter painter(&m_scene);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.drawPixmap(0, 0, m_ground);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.translate(m_view.pan());
    painter.scale(m_view.scale(), m_view.scale());
    const double now = m_tokens.time();
    const auto age = [this, now](const Uuid& event) { return now - m_tokens.arrivalOf(event); };
    scene.draw(painter, m_cells, m_source.frames.tail(), age);
    if (m_source.frames.world().totals().accepted == 0)
        drawEmptyState(painter);
    m_scene_stale = false;
    m_since_scene.start();
}

void EventFlowView::draw(QPainter& painter)
{
    gather();
    painter.save();
    painter.translate(m_view.pan());
    painter.scale(m_view.scale(), m_view.scale());
    const FlowScene scene(m_layout, m_data, colours());
    scene.drawGround(painter);
    const auto age = [this](const Uuid& event) { return m_tokens.time() - m_tokens.arrivalOf(event); };
    scene.draw(painter, m_cells, m_source.frames.tail(), age);
    drawLitWay(painter, m_lit, m_layout, m_routes, colours());
    drawRings(painter, m_layout, m_data, m_tokens, m_atlas, nowUs());
    drawTokens(painter, m_routes, m_data, m_tokens, m_atlas);
    drawNames(painter, names());
    painter.restore();
}

void EventFlowView::drawEmptyState(QPainter& painter)
{
    if (!m_data.running)
        drawEmptyFlow(painter, m_layout, m_source.session.stateTitle(), {});
    else
        drawEmptyFlow(painter, m_layout,
                      m_data.counts.orders > 0 ? tr("No orders in this run yet") : tr("No orders yet"),
                      m_source.session.texts().no_orders_hint);
}

void EventFlowView::paintEvent(QPaintEvent* event)
{
    QElapsedTimer clock;
    clock.start();
    if (!m_scene.isNull() && m_scene.devicePixelRatio() != devicePixelRatioF())
        relayout(); // On another screen.
    const bool is_whole = event->region().rectCount() == 1 && event->rect() == rect();
    if (m_scene.isNull() || (m_scene_stale && is_whole && isSceneDue()))
        drawScene();
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    for (const QRect& part : event->region())
        painter.drawPixmap(QRectF(part), m_scene, QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio));
    m_moving = is_whole ? movingRegion() : m_moving.subtracted(event->region()) | movingRegion();
    painter.translate(m_view.pan());
    painter.scale(m_view.scale(), m_view.scale());
    drawLitWay(painter, m_lit, m_layout, m_routes, colours());
    drawRings(painter, m_layout, m_data, m_tokens, m_atlas, nowUs());
    drawTokens(painter, m_routes, m_data, m_tokens, m_atlas);
    drawNames(painter, names());
    drawFlashes(painter, m_layout, m_data.marks, colours(), nowUs(), isStill());
    if (hasFocus() && m_data.focus.kind == NodeId::Kind::None) {
        painter.resetTransform();
        drawFocusFrame(painter, rect());
    }
    if (m_paint_ms.size() >= paints_max)
        m_paint_ms.erase(m_paint_ms.begin(), m_paint_ms.begin() + paints_max / 2);
    m_paint_ms.push_back(double(clock.nsecsElapsed()) / 1e6);
}

} // namespace orderlab::ui
