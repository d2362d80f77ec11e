#include "ui/canvas/event_flow_view.h"

#include "domain/group_roles.h"
#include "handlers/group_registry.h"
#include "ui/canvas/flash_painter.h"
#include "ui/canvas/flow_gather.h"
#include "ui/canvas/flow_texts.h"
#include "ui/canvas/moving_paint.h"
#include "ui/models/format.h"
#include "ui/theme/focus_frame.h"
#include "ui/theme/motion.h"
#include "ui/theme/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int animation_ms = 16;
constexpr int jump_ms = 150; ///< Where events jump instead of moving.
constexpr int slow_ms = 100; ///< While only figures change: countdowns, rates that fade.
constexpr int quiet_after_ms = 2'300;
constexpr QSizeF shrinkable_least(660, 360); ///< Smaller, all of the picture shrinks, so that its words stay whole.

QStringList groupsOf(const LabConfig& config)
{
    QStringList groups;
    for (const std::string& group : config.workers)
        groups << toQt(group);
    return groups;
}

} // namespace

EventFlowView::EventFlowView(const FlowSource& source, QWidget* parent)
    : QWidget(parent), m_source(source), m_rates(groupsOf(source.session.config()))
{
    setObjectName(QStringLiteral("eventFlow"));
    setAccessibleRole(this, QAccessible::Graphic); // Before it is known to anybody.
    setAccessibleName(tr("Event flow"));
    setAccessibleDescription(tr(
        "Events on their way from the API through the store and the event bus to the workers. Arrow keys go from node "
        "to node, Enter opens one."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_shape.partitions = source.session.config().partitions;
    TokenField::Emitters emitters;
    emitters.fill(-1);
    int payer = -1;
    for (const std::string& group : source.session.config().workers) {
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
    m_since_step.start();
    m_since_news.start();
    connect(&Theme::instance(), &Theme::changed, this, &EventFlowView::relayout);
    connect(&Motion::instance(), &Motion::changed, this, [this] {
        animate();
        refresh();
    });
}

void EventFlowView::setPlaying(bool playing)
{
    m_playing = playing;
    m_is_stepping = false;
    m_since_step.restart();
    animate();
    update();
}

void EventFlowView::setShrinkable()
{
    m_is_shrinkable = true;
    updateGeometry();
    relayout();
}

void EventFlowView::setSelectedOrder(OrderId id)
{
    m_data.selected = id;
    refresh();
}

void EventFlowView::setNamesShown(bool shown)
{
    m_shows_names = shown;
    update();
}

void EventFlowView::setLit(const std::optional<Entry>& entry)
{
    const LitWay lit = entry ? litWayOf(*entry, m_source.frames.names(), m_shape.groups) : LitWay{};
    if (std::exchange(m_lit, lit) != lit)
        update();
}

void EventFlowView::setEqual(const EqualParts& equal)
{
    if (equal == m_data.equal)
        return;
    m_data.equal = equal;
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
    const int partitions = m_source.commands.partitions();
    if (partitions > 0 && partitions != m_shape.partitions) {
        m_shape.partitions = partitions;
        relayout();
    }
    refresh();
}

void EventFlowView::showFrame(const Frame& frame)
{
    m_since_news.restart();
    const FramePump& frames = m_source.frames;
    if (frame.move == Move::Forward)
        m_rates.add(frame.fresh, frames.names(), nowUs());
    else
        m_rates.countAt(frames.timeline(), frames.index(), frames.names(), nowUs());
    bool topics_changed = false;
    for (const TopicState& topic : frame.state.topics()) {
        const auto type = m_source.frames.names().topic(topic.name);
        if (type && topic.published > 0 && !m_shape.active[std::size_t(*type)])
            topics_changed = m_shape.active[std::size_t(*type)] = true;
    }
    m_scene_stale = true;
    if (topics_changed)
        relayout();
    const bool is_step = !m_playing && !frame.fresh.empty();
    if (frame.move == Move::Jump || is_step || (frame.move == Move::Backward) != m_is_backward)
        m_tokens.clear(); // What was on its way is not so at this moment.
    m_is_backward = frame.move == Move::Backward;
    m_is_stepping = is_step;
    m_tokens.add(frame.fresh, m_routes, frames.names(), m_rates.groupPlaces(), m_is_backward);
    if (!m_playing) { // Who moves the playhead sees each moment, and at once.
        m_since_scene.invalidate();
        update();
    }
    animate();
}

void EventFlowView::animate()
{
    const bool moving = (isMoving() && !m_tokens.isSettled()) || (!m_data.marks.flashes.empty() && !isStill());
    const bool counting = !m_since_news.hasExpired(quiet_after_ms) || m_data.marks.isMoving()
                          || std::any_of(m_data.groups.begin(), m_data.groups.end(), [](const GroupCard& group) {
                                 return group.activity == MemberActivity::Retrying;
                             });
    const int moving_ms = Motion::instance().isReduced() ? jump_ms : animation_ms;
    const int wanted = moving ? moving_ms : counting ? slow_ms : 0;
    if (wanted == m_timer_ms)
        return;
    if (m_timer_id != 0)
        killTimer(m_timer_id);
    if (m_timer_ms != animation_ms && m_timer_ms != jump_ms)
        m_since_step.restart();
    m_timer_ms = wanted;
    m_timer_id = wanted > 0 ? startTimer(wanted, Qt::PreciseTimer) : 0;
    m_scene_stale = true;
    update();
}

void EventFlowView::timerEvent(QTimerEvent*)
{
    step();
}

void EventFlowView::step()
{
    // A hidden or stalled window does not catch up what nobody has seen.
    const double seconds = std::min(jump_ms / 1000.0, double(m_since_step.restart()) / 1000.0);
    if (isMoving())
        m_tokens.advance(seconds * m_speed);
    if (m_tokens.sampled() != m_shown_sample) {
        m_shown_sample = m_tokens.sampled();
        Q_EMIT samplingChanged(m_shown_sample);
    }
    m_scene_stale = true;
    animate();
    updateMoving();
}

void EventFlowView::relayout()
{
    const QSizeF least = m_is_shrinkable ? shrinkable_least : QSizeF(FlowLayout::least());
    const double fit = std::min({1.0, width() / least.width(), height() / least.height()});
    m_view.setFit(std::max(fit, 0.1));
    m_layout = FlowLayout(QSizeF(size()) / std::max(fit, 0.1), m_shape);
    m_routes = Routes(m_layout, m_shape.partitions);
    const double scale = devicePixelRatioF() * m_view.scale();
    m_atlas.build(colours(), scale, token_radius);
    m_cells.build(colours(), scale, std::clamp(m_layout.cell_width * 0.26, 3.4, 6.0));
    m_scene = m_ground = QPixmap();
    refresh();
}

void EventFlowView::resizeEvent(QResizeEvent*)
{
    m_view.setSize(size());
    relayout();
}

bool EventFlowView::isStill() const
{
    return !isMoving() || Motion::instance().isReduced();
}

} // namespace orderlab::ui
