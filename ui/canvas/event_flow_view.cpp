#include "ui/canvas/event_flow_view.h"

#include "domain/group_roles.h"
#include "handlers/group_registry.h"
#include "ui/canvas/flash_painter.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr int animation_ms = 16;
constexpr int slow_ms = 100;       ///< While only figures change: countdowns, rates that fade.
constexpr int scene_every_ms = 66; ///< The resting part is drawn anew at most 15 times a second.
constexpr int quiet_after_ms = 2'300;
constexpr double token_radius = 7;
constexpr double ring_glow_s = 0.7;
constexpr std::size_t paints_max = 2'000;

/// What fits into the frame of the bus.
QString busPlace(const LabBridge& bridge)
{
    if (const QString place = bridge.session().texts().bus_place; !place.isEmpty())
        return place;
    if (bridge.commands().isSwitchingBus())
        return QStringLiteral("switching…");
    switch (bridge.commands().bus().kind) {
    case BusKind::Memory: return QStringLiteral("in this process");
    case BusKind::EmbeddedKafka: return QStringLiteral("Kafka, 3 brokers in this process");
    case BusKind::Kafka: break;
    }
    const QString& brokers = bridge.commands().bus().brokers; // The first one will do, where there is little room.
    return QStringLiteral("Kafka at %1%2").arg(brokers.section(QLatin1Char(','), 0, 0), brokers.contains(QLatin1Char(',')) ? QStringLiteral(", …") : QString());
}

} // namespace

EventFlowView::EventFlowView(const LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("eventFlow"));
    setAccessibleName(QStringLiteral("Event flow"));
    setAccessibleDescription(QStringLiteral(
        "Events on their way from the API through the store and the event bus to the workers. Arrow keys go from node "
        "to node, Enter opens one."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_shape.partitions = bridge.session().config().partitions;
    TokenField::Emitters emitters;
    emitters.fill(-1);
    int payer = -1;
    for (const std::string& group : bridge.session().config().workers) {
        const int place = int(m_shape.groups.size());
        m_shape.groups.push_back(toQt(group));
        if (group == group_roles.pays)
            payer = place;
        if (const GroupKind* kind = findGroupKind(group)) {
            for (const EventType type : kind->emits)
                emitters[std::size_t(type)] = place;
        }
    }
    m_tokens.setGroups(emitters, payer);
    m_group_rates.resize(m_shape.groups.size());
    m_data.partitions = m_shape.partitions;
    m_since_step.start();
    m_since_news.start();
    connect(&Theme::instance(), &Theme::changed, this, &EventFlowView::relayout);
}

void EventFlowView::setPlaying(bool playing)
{
    m_playing = playing;
    m_since_step.restart();
    animate();
    update();
}

void EventFlowView::setSelectedOrder(OrderId id)
{
    m_data.selected = id;
    refresh();
}

void EventFlowView::refresh()
{
    m_scene_stale = true;
    m_since_scene.invalidate();
    update();
}

void EventFlowView::showBus()
{
    const int partitions = m_bridge.commands().partitions();
    if (partitions > 0 && partitions != m_shape.partitions) {
        m_shape.partitions = m_data.partitions = partitions;
        relayout();
    }
    refresh();
}

void EventFlowView::showFrame(const Frame& frame)
{
    m_since_news.restart();
    countRates(frame.fresh);
    bool topics_changed = false;
    for (const TopicState& topic : frame.state.topics()) {
        const auto type = m_bridge.frames().names().topic(topic.name);
        if (type && topic.published > 0 && !m_shape.active[std::size_t(*type)])
            topics_changed = m_shape.active[std::size_t(*type)] = true;
    }
    m_scene_stale = true;
    if (topics_changed)
        relayout();
    if (m_playing)
        m_tokens.add(frame.fresh, m_routes, m_bridge.frames().names(), m_group_place);
    animate();
}

void EventFlowView::countRates(std::span<const Entry> entries)
{
    std::array<std::int64_t, event_type_count> published{};
    std::vector<std::int64_t> handled(m_group_rates.size());
    std::int64_t accepted = 0;
    for (const Entry& entry : entries) {
        if (entry.group != 0 && entry.group >= m_group_place.size())
            m_group_place.resize(std::size_t(entry.group) + 1, -2);
        if (entry.group != 0 && m_group_place[entry.group] == -2) {
            const auto place = std::find(m_shape.groups.begin(), m_shape.groups.end(),
                                         m_bridge.frames().names().groupLabel(entry.group));
            m_group_place[entry.group] =
                place == m_shape.groups.end() ? -1 : int(place - m_shape.groups.begin());
        }
        if (entry.kind == EntryKind::OrderAccepted)
            ++accepted;
        else if (const auto topic = m_bridge.frames().names().topic(entry.topic); entry.kind == EntryKind::EventPublished && topic)
            ++published[std::size_t(*topic)];
        else if (entry.kind == EntryKind::EventHandled && entry.group != 0 && m_group_place[entry.group] >= 0)
            ++handled[std::size_t(m_group_place[entry.group])];
    }
    const std::int64_t now_us = toMicros(m_bridge.session().now());
    m_order_rate.add(now_us, accepted);
    for (std::size_t t = 0; t < event_type_count; ++t)
        m_topic_rates[t].add(now_us, published[t]);
    for (std::size_t g = 0; g < handled.size(); ++g)
        m_group_rates[g].add(now_us, handled[g]);
}

void EventFlowView::animate()
{
    const bool moving = (m_playing && !m_tokens.isSettled()) || (!m_data.marks.flashes.empty() && !isStill());
    const bool counting = !m_since_news.hasExpired(quiet_after_ms) || m_data.marks.isMoving()
                          || std::any_of(m_data.groups.begin(), m_data.groups.end(), [](const GroupCard& group) {
                                 return group.activity == MemberActivity::Retrying;
                             });
    const int wanted = moving ? animation_ms : counting ? slow_ms : 0;
    if (wanted == m_timer_ms)
        return;
    if (m_timer_id != 0)
        killTimer(m_timer_id);
    if (m_timer_ms != animation_ms)
        m_since_step.restart();
    m_timer_ms = wanted;
    m_timer_id = wanted > 0 ? startTimer(wanted, Qt::PreciseTimer) : 0;
    m_scene_stale = true;
    update();
}

void EventFlowView::timerEvent(QTimerEvent*) { step(); }

void EventFlowView::step()
{
    // A hidden or stalled window does not catch up what nobody has seen.
    const double seconds = std::min(0.1, double(m_since_step.restart()) / 1000.0);
    if (m_playing)
        m_tokens.advance(seconds * m_speed);
    if (m_tokens.sampled() != m_shown_sample) {
        m_shown_sample = m_tokens.sampled();
        Q_EMIT samplingChanged(m_shown_sample);
    }
    m_scene_stale = true;
    animate();
    update();
}

void EventFlowView::relayout()
{
    m_layout = FlowLayout(QSizeF(size()), m_shape);
    m_routes = Routes(m_layout, m_shape.partitions);
    const double scale = devicePixelRatioF() * m_zoom;
    m_atlas.build(colours(), scale, token_radius);
    m_cells.build(colours(), scale, std::clamp(m_layout.cell_width * 0.26, 3.4, 6.0));
    m_scene = QPixmap();
    refresh();
}

void EventFlowView::resizeEvent(QResizeEvent*)
{
    boundPan();
    relayout();
}

void EventFlowView::gather()
{
    const WorldState& world = m_bridge.frames().world();
    const std::int64_t now_us = toMicros(m_bridge.session().now());
    m_data.store = m_bridge.session().texts().store_title;
    m_data.running = m_bridge.session().state() == Session::State::Running;
    m_data.counts = m_bridge.store().counts();
    m_data.bus = busPlace(m_bridge);
    m_data.order_rate = m_order_rate.perSecond(now_us);
    m_data.now_us = now_us;
    m_data.max_attempts = m_bridge.session().config().policies.retry.max_attempts;
    // The store also has those of earlier runs.
    m_data.dead_letters = m_bridge.deadLetters().isKnown() ? m_bridge.deadLetters().waiting() : world.deadLettersWaiting();
    gatherGroups();
    gatherTopics();
    std::vector<GroupPlace> places;
    for (const GroupCard& card : m_data.groups)
        places.push_back({card.name, card.members});
    m_data.marks = failureMarks(world, m_bridge.frames().names(), places, now_us);
}

void EventFlowView::gatherGroups()
{
    const std::size_t count = m_shape.groups.size();
    m_data.groups.assign(count, {});
    m_data.committed.assign(count, {});
    for (std::size_t g = 0; g < count; ++g) {
        GroupCard& card = m_data.groups[g];
        card.name = m_shape.groups[g];
        card.colour = colours().groups[g % colours().groups.size()];
        card.members = m_bridge.commands().members(card.name);
        card.rate = m_group_rates[g].perSecond(m_data.now_us);
    }
    for (const GroupState& group : m_bridge.frames().world().groups()) {
        const int place = group.name < m_group_place.size() ? m_group_place[group.name] : -1;
        if (place < 0)
            continue;
        GroupCard& card = m_data.groups[std::size_t(place)];
        card.handled = group.handled;
        card.parked = group.parked;
        for (const MemberState& member : group.members) {
            // Paused asks for most attention, then Retrying, Busy, Idle: the order of the enumeration.
            if (member.activity > card.activity
                || (member.activity == MemberActivity::Retrying && member.next_attempt_us < card.next_attempt_us)) {
                card.activity = member.activity;
                card.attempt = member.attempt;
                card.next_attempt_us = member.next_attempt_us;
                card.error = m_bridge.frames().names().text(member.error);
            }
        }
        for (const GroupPartitionState& partition : group.partitions) {
            const auto topic = m_bridge.frames().names().topic(partition.topic);
            if (!topic)
                continue;
            auto& offsets = m_data.committed[std::size_t(place)][std::size_t(*topic)];
            offsets.resize(std::max<std::size_t>(offsets.size(), std::size_t(m_shape.partitions)), 0);
            if (partition.partition < offsets.size())
                offsets[partition.partition] = partition.committed;
        }
    }
}

void EventFlowView::gatherTopics()
{
    for (const EventType type : all_event_types) {
        TopicLine& line = m_data.topics[std::size_t(type)];
        line = {};
        line.rate = m_topic_rates[std::size_t(type)].perSecond(m_data.now_us);
        for (const TopicState& topic : m_bridge.frames().world().topics()) {
            if (m_bridge.frames().names().topic(topic.name) != type)
                continue;
            line.published = topic.published;
            for (const auto& group : m_data.committed) {
                const auto& offsets = group[std::size_t(type)];
                std::int64_t lag = 0;
                for (std::size_t p = 0; p < offsets.size() && p < topic.partitions.size(); ++p)
                    lag += std::max<std::int64_t>(0, topic.partitions[p].end - offsets[p]);
                line.lag = std::max(line.lag, lag);
            }
        }
    }
}

void EventFlowView::drawScene()
{
    gather();
    const double ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    if (m_scene.size() != pixels)
        m_scene = QPixmap(pixels);
    m_scene.setDevicePixelRatio(ratio);
    m_scene.fill(colours().window);
    QPainter painter(&m_scene);
    painter.translate(m_pan);
    painter.scale(m_zoom, m_zoom);
    const double now = m_tokens.time();
    const auto age = [this, now](const Uuid& event) { return now - m_tokens.arrivalOf(event); };
    FlowScene(m_layout, m_data, colours()).draw(painter, m_cells, m_bridge.frames().tail(), age);
    if (m_bridge.frames().world().totals().accepted == 0)
        drawEmptyState(painter);
    m_scene_stale = false;
    m_since_scene.start();
}

void EventFlowView::drawEmptyState(QPainter& painter)
{
    const bool running = m_bridge.session().state() == Session::State::Running;
    const double top = m_layout.topics.back().area.bottom();
    const QRectF room(m_layout.bus.left() + 16, top, m_layout.bus.width() - 32, m_layout.bus.bottom() - top - 12);
    if (room.height() < 44)
        return;
    QRectF line(room.left(), room.center().y() - 22, room.width(), 20);
    painter.setFont(Theme::textFont(13, QFont::DemiBold));
    painter.setPen(colours().text);
    painter.drawText(line, Qt::AlignCenter, !running                      ? m_bridge.session().stateTitle()
                     : m_data.counts.orders > 0 ? QStringLiteral("No orders in this run yet")
                                                : QStringLiteral("No orders yet"));
    if (!running)
        return;
    painter.setFont(Theme::textFont(12));
    painter.setPen(colours().muted);
    painter.drawText(line.translated(0, 22).adjusted(0, 0, 0, 18), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_bridge.session().texts().no_orders_hint);
}

void EventFlowView::paintEvent(QPaintEvent*)
{
    QElapsedTimer clock;
    clock.start();
    // The last picture of an animation is always drawn: nothing would mend it.
    const bool due = m_timer_id == 0 || !m_since_scene.isValid() || m_since_scene.hasExpired(scene_every_ms);
    if (m_scene.isNull() || (m_scene_stale && due))
        drawScene();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_scene);
    painter.translate(m_pan);
    painter.scale(m_zoom, m_zoom);
    drawRings(painter);
    drawTokens(painter);
    drawFlashes(painter, m_layout, m_data.marks, colours(), toMicros(m_bridge.session().now()), isStill());
    if (m_paint_ms.size() >= paints_max)
        m_paint_ms.erase(m_paint_ms.begin(), m_paint_ms.begin() + paints_max / 2);
    m_paint_ms.push_back(double(clock.nsecsElapsed()) / 1e6);
}

bool EventFlowView::isStill() const
{
    return !m_playing || style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0;
}

void EventFlowView::drawRings(QPainter& painter)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double now = m_tokens.time();
    for (std::size_t g = 0; g < m_data.groups.size() && g < m_layout.groups.size(); ++g) {
        if (g < m_data.marks.groups.size() && m_data.marks.groups[g].is_down)
            continue;
        const GroupCard& group = m_data.groups[g];
        const QRectF ring = m_layout.ring(g);
        const double since = now - m_tokens.lastArrivalAt(g);
        QColor colour = group.colour;
        double span = 0;
        double start = 90;
        if (group.activity == MemberActivity::Retrying) {
            colour = colours().warning;
            const double left = double(group.next_attempt_us - toMicros(m_bridge.session().now())) / 1e6;
            span = 360 * std::clamp(left / std::max(1.0, left + 0.5), 0.06, 1.0);
        } else if (group.activity == MemberActivity::Paused) {
            colour = colours().failure;
            span = 360;
        } else if (since > -0.4 && since < ring_glow_s) {
            span = 250 * std::clamp(1 - std::max(0.0, since) / ring_glow_s, 0.15, 1.0);
            start = 90 - std::fmod(now * 300, 360.0);
        } else if (group.activity == MemberActivity::Busy) {
            span = 90;
            start = 90 - std::fmod(now * 300, 360.0);
        }
        if (span <= 0)
            continue;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 3.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(ring, int(start * 16), int(-span * 16));
        if (since > 0 && since < ring_glow_s)
            m_atlas.add(ring.center(), m_tokens.lastFaceAt(g));
        else if (group.activity == MemberActivity::Retrying)
            m_atlas.add(ring.center(), new_order_face, TokenAtlas::Look::Dim);
    }
}

void EventFlowView::drawTokens(QPainter& painter)
{
    const double now = m_tokens.time();
    for (const Token& token : m_tokens.tokens()) {
        if (token.start_s > now)
            continue;
        const QPointF position = TokenField::positionOf(token, m_routes, now);
        m_atlas.add(position, token.face);
        if (!m_data.selected.isNull() && token.order == m_data.selected) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colours().text, 1.6));
            painter.drawEllipse(position, token_radius + 4, token_radius + 4);
        }
    }
    m_atlas.flush(painter);
}

// What is under the pointer ------------------------------------------------------------------------------------------

OrderId EventFlowView::orderAt(QPointF scene) const
{
    constexpr double reach = 11;
    const double now = m_tokens.time();
    for (auto token = m_tokens.tokens().rbegin(); token != m_tokens.tokens().rend(); ++token) {
        if (token->start_s > now)
            continue;
        const QPointF way = TokenField::positionOf(*token, m_routes, now) - scene;
        if (std::hypot(way.x(), way.y()) < reach)
            return token->order;
    }
    for (const EventType type : all_event_types) {
        const auto& rows = m_layout.topics[std::size_t(type)].rows;
        for (std::size_t p = 0; p < rows.size(); ++p) {
            if (!m_layout.cellsOf(rows[p]).contains(scene))
                continue;
            const auto& log = m_bridge.frames().tail().cells(type, std::uint16_t(p));
            const std::int64_t end = log.empty() ? 0 : log.back().offset + 1;
            const std::int64_t offset = firstShownOffset(end, m_layout.cellCount(rows[p]))
                                        + std::int64_t((scene.x() - m_layout.cellsOf(rows[p]).left()) / m_layout.cell_width);
            for (const LogCell& cell : log) {
                if (cell.offset == offset)
                    return cell.order;
            }
        }
    }
    return {};
}

QString EventFlowView::orderText(OrderId id) const
{
    const OrderState* order = m_bridge.store().findOrder(id);
    if (!order || order->user == 0)
        return QStringLiteral("Order ") + shortId(id);
    return QStringLiteral("Order %1 · %2 · %3 %4 · %5")
        .arg(shortId(id), m_bridge.frames().names().text(order->user), amountText(order->amount_minor),
             m_bridge.frames().names().text(order->currency), toQt(name(order->status)));
}

QString EventFlowView::tooltipAt(QPointF scene) const
{
    if (const OrderId order = orderAt(scene); !order.isNull())
        return orderText(order) + QStringLiteral("\nClick to see its story");
    const NodeId node = m_layout.nodeAt(scene);
    const QString trouble = troubleAt(node);
    return trouble.isEmpty() ? aboutNode(node) : trouble + QLatin1Char('\n') + aboutNode(node);
}

QString EventFlowView::troubleAt(NodeId node) const
{
    const FailureMarks& marks = m_data.marks;
    const auto said = [](const char* who, const Trouble& trouble) {
        return trouble.isEmpty() ? QString() : QLatin1String(who) + trouble.text() + QLatin1Char('.');
    };
    switch (node.kind) {
    case NodeId::Kind::Api: return said("The API: ", marks.api);
    case NodeId::Kind::Store: return QStringList{said("The store: ", marks.store), said("The relay: ", marks.relay)}.join(QString());
    case NodeId::Kind::Topic: return said("The event bus: ", marks.bus);
    case NodeId::Kind::Group: {
        const auto place = std::size_t(node.index);
        if (place >= marks.groups.size())
            return {};
        const QString worker = said("A worker: ", marks.groups[place].trouble);
        return m_shape.groups[place] == toQt(group_roles.pays) ? worker + said("The payment gateway: ", marks.circuit) : worker;
    }
    case NodeId::Kind::DeadLetters:
    case NodeId::Kind::None: break;
    }
    return {};
}

QString EventFlowView::aboutNode(NodeId node) const
{
    switch (node.kind) {
    case NodeId::Kind::Api:
        return m_bridge.session().texts().api_sentence;
    case NodeId::Kind::Store: {
        const QString sentence = m_bridge.session().texts().store_sentence;
        return sentence.isEmpty() ? m_bridge.session().stateText() : sentence;
    }
    case NodeId::Kind::Topic: {
        const auto type = EventType(node.index);
        return QStringLiteral("Topic %1: %2 events published\nEach row is a partition, each mark an event; a small triangle "
                              "is how far a group has committed.")
            .arg(toQt(topicName(type)), grouped(m_data.topics[std::size_t(type)].published));
    }
    case NodeId::Kind::Group:
        return QStringLiteral("Consumer group %1\nEnter shows how far it is in every partition.")
            .arg(m_shape.groups[std::size_t(node.index)]);
    case NodeId::Kind::DeadLetters:
        return QStringLiteral("Events that a group gave up on. They are kept, nothing is lost.\nEnter shows them, and what can be done.");
    case NodeId::Kind::None: break;
    }
    return {};
}

bool EventFlowView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tooltipAt(toScene(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

// Pointer and keys ---------------------------------------------------------------------------------------------------

void EventFlowView::mousePressEvent(QMouseEvent* event)
{
    m_drag_from = event->position();
    m_dragging = false;
    const QPointF scene = toScene(event->position());
    if (event->button() != Qt::LeftButton)
        return;
    if (const OrderId order = orderAt(scene); !order.isNull())
        Q_EMIT orderPicked(order);
    m_data.focus = m_layout.nodeAt(scene);
    refresh();
}

void EventFlowView::mouseMoveEvent(QMouseEvent* event)
{
    const bool can_drag = m_zoom > 1 && event->buttons().testFlag(Qt::LeftButton);
    if (can_drag && (m_dragging || (event->position() - m_drag_from).manhattanLength() > 6)) {
        m_dragging = true;
        m_pan += event->position() - m_drag_from;
        m_drag_from = event->position();
        boundPan();
        refresh();
        return;
    }
    const bool over_order = !orderAt(toScene(event->position())).isNull();
    setCursor(over_order ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void EventFlowView::mouseReleaseEvent(QMouseEvent*) { m_dragging = false; }

void EventFlowView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const NodeId node = m_layout.nodeAt(toScene(event->position())); node.kind != NodeId::Kind::None)
        Q_EMIT nodeActivated(node);
}

void EventFlowView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return event->ignore();
    setZoom(m_zoom * std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

void EventFlowView::setZoom(double zoom, QPointF anchor)
{
    const QPointF fixed = toScene(anchor);
    m_zoom = std::clamp(zoom, 0.5, 4.0);
    if (std::abs(m_zoom - 1) < 0.02)
        m_zoom = 1;
    m_pan = anchor - fixed * m_zoom;
    boundPan();
    relayout();
    Q_EMIT zoomChanged(m_zoom);
}

void EventFlowView::resetZoom()
{
    m_pan = {};
    setZoom(1, {});
}

void EventFlowView::boundPan()
{
    const QPointF low(std::min(0.0, width() * (1 - m_zoom)), std::min(0.0, height() * (1 - m_zoom)));
    const QPointF high(std::max(0.0, width() * (1 - m_zoom)), std::max(0.0, height() * (1 - m_zoom)));
    m_pan = {std::clamp(m_pan.x(), low.x(), high.x()), std::clamp(m_pan.y(), low.y(), high.y())};
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
    case Qt::Key_Escape:
        m_data.focus = {};
        return refresh();
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
