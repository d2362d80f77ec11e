#include "ui/lessons/narrator_line.h"

#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QAccessible>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int told_every_ms = 200; ///< Nobody reads faster.
constexpr std::uint64_t looked_back_max = 5'000;
constexpr std::size_t story_steps_max = 500;
constexpr int usual_text = 13;

} // namespace

NarratorLine::NarratorLine(LabBridge& bridge, QWidget* parent) : QLabel(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("narratorLine"));
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    setTextSize(usual_text);
    m_timer.setSingleShot(true);
    m_timer.setInterval(told_every_ms);
    connect(&m_timer, &QTimer::timeout, this, &NarratorLine::refresh);
    const auto plan = [this] {
        if (isVisible() && !m_timer.isActive())
            m_timer.start();
    };
    connect(&bridge.frames(), &FramePump::momentChanged, this, plan);
    connect(&bridge.frames(), &FramePump::frame, this, plan);
    const auto forget = [this, plan] { // More may be known of the order.
        m_told = {};
        plan();
    };
    connect(&bridge.frames(), &FramePump::worldChanged, this, forget);
    connect(&bridge.frames(), &FramePump::grown, this, forget);
}

void NarratorLine::setOrder(OrderId order)
{
    m_order = order;
    refresh();
}

void NarratorLine::setTextSize(int pixels)
{
    setFont(Theme::textFont(pixels, QFont::Medium));
    setContentsMargins(metrics::margin, pixels / 2, metrics::margin, pixels / 2);
    fit();
    refresh();
}

/// Two lines, so that nothing jumps with the words; more where they need it.
void NarratorLine::fit()
{
    const int usual = 2 * fontMetrics().lineSpacing() + contentsMargins().top() + contentsMargins().bottom();
    setMinimumHeight(std::max(usual, heightForWidth(width())));
}

void NarratorLine::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    fit();
}

OrderId NarratorLine::lastOrder() const
{
    const FramePump& frames = m_bridge.frames();
    const std::uint64_t first = frames.timeline().firstIndex();
    for (std::uint64_t at = frames.index(), looked = 0; at > first && looked < looked_back_max; --at, ++looked) {
        if (const OrderId order(frames.timeline().at(at - 1).order); !order.isNull())
            return order;
    }
    return {};
}

QString NarratorLine::sentence() const
{
    const FramePump& frames = m_bridge.frames();
    const OrderId order = m_order.isNull() ? lastOrder() : m_order;
    if (order.isNull())
        return {};
    if (order != m_told) {
        m_told = order;
        m_story =
            tellStory(collectStory(frames.timeline(), frames.names().names(), order, story_steps_max), frames.names());
    }
    const StoryStep* last = nullptr;
    for (const StoryStep& step : m_story.steps) {
        const auto place = frames.indexOf(step.entry);
        if (place && *place < frames.index())
            last = &step;
    }
    if (!last)
        return {};
    const QString who = m_story.facts.customer.isEmpty() ? shortId(order) : m_story.facts.customer;
    const QString words = last->summary.isEmpty() ? last->title : last->summary;
    return tr("%1: %2", "whose order, and what happened to it").arg(who, words);
}

void NarratorLine::refresh()
{
    if (!isVisible())
        return;
    const QString words = sentence();
    if (words == text())
        return;
    setText(words);
    fit();
    setAccessibleName(words);
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

} // namespace orderlab::ui
