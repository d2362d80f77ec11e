#include "ui/panels/sequence_view.h"

#include "handlers/group_registry.h"
#include "ui/theme/focus_frame.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int row_pitch = 26;
constexpr double time_width = 46; ///< Of the times at the left.
constexpr double side_margin = 22;
constexpr double bar_width = 8;
constexpr double head_height = 15; ///< Of a row of names.
constexpr int head_rows_max = 3;
constexpr double gap_share_min = 0.1; ///< Of the whole story: a shorter wait is no news.
constexpr std::int64_t gap_us_min = 1'000;

QFont headFont()
{
    return Theme::textFont(11, QFont::DemiBold);
}

/// In at most seven letters.
QString shortTime(std::int64_t us)
{
    if (us < 0)
        return SequenceView::tr("before");
    if (us < 1'000)
        return QStringLiteral("%1 µs").arg(us);
    if (us < 1'000'000)
        return QStringLiteral("%1 ms").arg(double(us) / 1e3, 0, 'f', us < 10'000 ? 1 : 0);
    if (us < 100'000'000)
        return QStringLiteral("%1 s").arg(double(us) / 1e6, 0, 'f', us < 10'000'000 ? 2 : 1);
    return QStringLiteral("%1 min").arg(us / 60'000'000);
}

} // namespace

SequenceView::SequenceView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("sequenceView"));
    setAccessibleRole(this, QAccessible::Graphic); // Before it is known to anybody.
    setAccessibleName(tr("Sequence of the order's events"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumHeight(120);
    viewport()->setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void SequenceView::show(const Story& story, const JournalNames& names, const QStringList& groups,
                        const QString& store_name)
{
    const bool same_order = !story.order.isNull() && m_story.order == story.order;
    const bool at_end = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    m_story = story;
    m_names = &names;
    m_groups = groups;
    m_store_name = store_name;
    if (!same_order)
        m_selected = m_hovered = -1;
    arrange();
    verticalScrollBar()->setValue(same_order ? (at_end ? verticalScrollBar()->maximum() : verticalScrollBar()->value())
                                             : 0);
}

void SequenceView::setAllGroups(bool all)
{
    m_all_groups = all;
    arrange();
}

void SequenceView::arrange()
{
    m_lines = {{Lifeline::Kind::Api, {}, QStringLiteral("API")},
               {Lifeline::Kind::Store, {}, m_store_name},
               {Lifeline::Kind::Bus, {}, tr("Bus")}};
    for (const QString& group : m_groups) {
        const GroupKind* kind = findGroupKind(group.toStdString());
        if (m_all_groups || !kind || kind->settles_orders)
            m_lines.push_back({Lifeline::Kind::Group, group, group});
        // The gateway stands beside the group that asks it.
        if (kind && kind->calls_gateway)
            m_lines.push_back({Lifeline::Kind::Gateway, {}, tr("gateway")});
    }
    m_rows.clear();
    for (std::size_t i = 0; i < m_story.steps.size(); ++i) {
        const StoryStep& step = m_story.steps[i];
        const int from = lineOf(step.from);
        const int to = lineOf(step.to);
        // That an event is in the outbox is told by the transaction it was part of.
        const bool told_already = step.entry.kind == EntryKind::EventEmitted && step.from == step.to;
        if (from >= 0 && to >= 0 && !told_already)
            m_rows.push_back({int(i), from, to});
    }
    m_first_us = INT64_MAX;
    std::int64_t last_us = 0;
    for (const StoryStep& step : m_story.steps) {
        if (!step.entry.order.isNull()) {
            m_first_us = std::min(m_first_us, step.entry.time_us);
            last_us = std::max(last_us, step.entry.time_us);
        }
    }
    m_long_us = std::max(gap_us_min, std::int64_t(double(last_us - m_first_us) * gap_share_min));
    arrangeHead();
    const int content = headerHeight() + int(m_rows.size()) * row_pitch + 20;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(row_pitch);
    verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
    viewport()->update();
}

bool SequenceView::hasLifelines(int step) const
{
    const StoryStep& one = m_story.steps[std::size_t(step)];
    return lineOf(one.from) >= 0 && lineOf(one.to) >= 0;
}

int SequenceView::lineOf(const Lifeline& lifeline) const
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i].kind == lifeline.kind
            && (lifeline.kind != Lifeline::Kind::Group
                || (m_names && m_lines[i].group == m_names->groupLabel(lifeline.group))))
            return int(i);
    }
    return -1;
}

double SequenceView::xOf(int line) const
{
    const double room = viewport()->width() - time_width - 2 * side_margin;
    return time_width + side_margin + room * line / std::max(1, int(m_lines.size()) - 1);
}

int SequenceView::headerHeight() const
{
    return int(6 + m_head_rows * head_height);
}

/// Each name stands in the first row in which it has room beside the one before it.
void SequenceView::arrangeHead()
{
    const QFontMetricsF metric(headFont());
    double ends[head_rows_max] = {-1e9, -1e9, -1e9};
    m_head_rows = 1;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const double width = metric.horizontalAdvance(m_lines[i].title) + 6;
        const double left = std::clamp(xOf(int(i)) - width / 2, 0.0, std::max(0.0, viewport()->width() - width));
        int row = 0;
        while (row + 1 < head_rows_max && ends[row] > left)
            ++row;
        m_lines[i].head_row = row;
        ends[row] = left + width;
        m_head_rows = std::max(m_head_rows, row + 1);
    }
}

std::vector<QRectF> SequenceView::heads() const
{
    const QFontMetricsF metric(headFont());
    std::vector<QRectF> places;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const double width = metric.horizontalAdvance(m_lines[i].title) + 4;
        const double x = std::clamp(xOf(int(i)) - width / 2, 0.0, std::max(0.0, viewport()->width() - width));
        places.emplace_back(x, 3 + m_lines[i].head_row * head_height, width, head_height);
    }
    return places;
}

std::pair<QString, QString> SequenceView::timesOf(int row) const
{
    const std::int64_t time_us = m_story.steps[std::size_t(m_rows[std::size_t(row)].step)].entry.time_us;
    if (row == 0)
        return {shortTime(time_us - m_first_us), {}};
    const std::int64_t before_us = m_story.steps[std::size_t(m_rows[std::size_t(row) - 1].step)].entry.time_us;
    const std::int64_t gap_us = time_us - before_us;
    const QString before = shortTime(before_us - m_first_us);
    const QString text = shortTime(time_us - m_first_us);
    const bool is_long = before_us >= m_first_us && gap_us >= m_long_us;
    return {text == before ? QString() : text, is_long ? QStringLiteral("⋮ %1").arg(shortTime(gap_us)) : QString()};
}

void SequenceView::drawTime(QPainter& painter, int row) const
{
    const auto [time, gap] = timesOf(row);
    const double y = yOf(row);
    painter.setFont(Theme::monoFont(9));
    painter.setPen(colours().muted);
    painter.drawText(QRectF(0, y - 14, time_width, 13), Qt::AlignRight | Qt::AlignVCenter, time);
    if (gap.isEmpty())
        return;
    painter.setPen(colours().warning);
    painter.drawText(QRectF(0, y - 26, time_width, 12), Qt::AlignRight | Qt::AlignVCenter, gap);
}

double SequenceView::yOf(int row) const
{
    return headerHeight() + (row + 0.8) * row_pitch - verticalScrollBar()->value();
}

QColor SequenceView::colourOf(const StoryStep& step) const
{
    const Palette& p = colours();
    switch (step.tone) {
    case Tone::Bad: return p.failure;
    case Tone::Dead: return p.dead;
    case Tone::Waiting: return p.warning;
    case Tone::Good: return step.topic ? p.events[std::size_t(*step.topic)] : p.ok;
    case Tone::Plain: break;
    }
    return step.topic ? p.events[std::size_t(*step.topic)] : p.events[0];
}

void SequenceView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), colours().panel);
    QPen dashed(colours().edge, 1);
    dashed.setDashPattern({2, 3});
    painter.setPen(dashed);
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        painter.drawLine(QPointF(xOf(int(i)), headerHeight()), QPointF(xOf(int(i)), viewport()->height()));
    drawActivations(painter);
    for (int row = 0; row < int(m_rows.size()); ++row) {
        if (const double y = yOf(row); y > headerHeight() - row_pitch && y < viewport()->height() + row_pitch)
            drawStep(painter, row);
    }
    drawHeader(painter);
    if (hasFocus())
        drawFocusFrame(painter, viewport()->rect());
}

void SequenceView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void SequenceView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void SequenceView::drawHeader(QPainter& painter) const
{
    painter.fillRect(QRectF(0, 0, viewport()->width(), headerHeight()), colours().panel);
    painter.setFont(headFont());
    painter.setPen(colours().muted);
    if (!m_rows.empty())
        painter.drawText(QRectF(0, 3, time_width, head_height), Qt::AlignRight | Qt::AlignVCenter, tr("after"));
    const std::vector<QRectF> places = heads();
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        painter.drawText(places[i], Qt::AlignCenter, m_lines[i].title);
}

void SequenceView::drawActivations(QPainter& painter) const
{
    painter.setPen(Qt::NoPen);
    for (std::size_t first = 0; first < m_rows.size(); ++first) {
        const StoryStep& begin = m_story.steps[std::size_t(m_rows[first].step)];
        if (begin.entry.kind != EntryKind::EventDelivered)
            continue;
        std::size_t last = first;
        QColor colour = colours().accent;
        for (std::size_t i = first + 1; i < m_rows.size(); ++i) {
            const Entry& entry = m_story.steps[std::size_t(m_rows[i].step)].entry;
            if (entry.group != begin.entry.group || entry.event != begin.entry.event)
                continue;
            last = i;
            if (entry.kind == EntryKind::EventHandled)
                colour = colours().ok;
            else if (entry.kind == EntryKind::AttemptFailed)
                colour = colours().failure;
            else if (entry.kind == EntryKind::DeadLettered)
                colour = colours().dead;
            else
                continue;
            break;
        }
        const double top = yOf(int(first));
        const double bottom = std::max(top + 10, yOf(int(last)));
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(xOf(m_rows[first].to) - bar_width / 2, top, bar_width, bottom - top), 2, 2);
    }
}

void SequenceView::drawStep(QPainter& painter, int row) const
{
    const Row& place = m_rows[std::size_t(row)];
    const StoryStep& step = m_story.steps[std::size_t(place.step)];
    const double y = yOf(row);
    const QColor colour = colourOf(step);
    painter.setOpacity(step.entry.time_us > m_now_us ? 0.35 : 1);
    if (place.step == m_selected) {
        painter.setPen(Qt::NoPen);
        QColor mark = colours().accent;
        mark.setAlpha(44);
        painter.setBrush(mark);
        painter.drawRoundedRect(QRectF(2, y - row_pitch + 8, viewport()->width() - 4, row_pitch), 4, 4);
    }
    if (place.step == m_hovered) {
        painter.setPen(QPen(colours().muted, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(2.5, y - row_pitch + 8.5, viewport()->width() - 5, row_pitch - 1), 4, 4);
    }
    drawTime(painter, row);
    const bool troubled = step.tone == Tone::Bad || step.tone == Tone::Waiting || step.tone == Tone::Dead;
    const QFont font = Theme::textFont(10, troubled ? QFont::DemiBold : QFont::Normal);
    const double width = QFontMetricsF(font).horizontalAdvance(step.label) + 6;
    const double x1 = xOf(place.from);
    const double x2 = xOf(place.to);
    double left = (x1 + x2 - width) / 2;
    double text_top = y - 15;
    if (place.from == place.to) {
        left = x1 - width - 8;
        text_top = y - 7;
        if (left < time_width)
            left = x1 + 10;
    } else {
        const double direction = x2 > x1 ? 1 : -1;
        painter.setPen(QPen(colour, 1.6));
        painter.drawLine(QPointF(x1 + direction * bar_width / 2, y), QPointF(x2 - direction * 5, y));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF({{x2 - direction, y}, {x2 - direction * 8, y - 4}, {x2 - direction * 8, y + 4}}));
    }
    left = std::clamp(left, time_width + 2, std::max(time_width + 2, viewport()->width() - width - 2));
    const QRectF label(left, text_top, width, 13);
    QColor behind = colours().panel;
    behind.setAlpha(place.step == m_selected ? 0 : 215);
    painter.fillRect(label, behind);
    painter.setFont(font);
    painter.setPen(troubled ? colour : colours().text);
    painter.drawText(label, Qt::AlignCenter, step.label);
    painter.setOpacity(1);
}

void SequenceView::setNow(std::int64_t now_us)
{
    if (std::exchange(m_now_us, now_us) != now_us)
        viewport()->update();
}

void SequenceView::mouseDoubleClickEvent(QMouseEvent*)
{
    if (m_selected >= 0)
        Q_EMIT stepActivated(m_selected);
}

void SequenceView::resizeEvent(QResizeEvent*)
{
    arrange();
}

void SequenceView::scrollContentsBy(int, int)
{
    viewport()->update();
}

void SequenceView::selectStep(int step)
{
    m_selected = step;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].step != step)
            continue;
        const double y = yOf(int(row));
        if (y < headerHeight() + row_pitch)
            verticalScrollBar()->setValue(int(row) * row_pitch - row_pitch);
        else if (y > viewport()->height() - row_pitch)
            verticalScrollBar()->setValue(verticalScrollBar()->value() + int(y) - viewport()->height() + 2 * row_pitch);
    }
    viewport()->update();
}

int SequenceView::rowAt(QPointF position) const
{
    const double scrolled = position.y() - headerHeight() + verticalScrollBar()->value();
    const int row = int((scrolled + row_pitch * 0.1) / row_pitch);
    return position.y() < headerHeight() || row < 0 || row >= int(m_rows.size()) ? -1 : row;
}

void SequenceView::hover(int step)
{
    if (std::exchange(m_hovered, step) == step)
        return;
    viewport()->update();
    Q_EMIT stepHovered(step);
}

void SequenceView::mouseMoveEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position());
    hover(row < 0 ? -1 : m_rows[std::size_t(row)].step);
}

bool SequenceView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        hover(-1);
    return QAbstractScrollArea::viewportEvent(event);
}

void SequenceView::mousePressEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position());
    if (row < 0)
        return;
    selectStep(m_rows[std::size_t(row)].step);
    Q_EMIT stepSelected(m_selected);
}

void SequenceView::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_selected >= 0) {
        Q_EMIT stepActivated(m_selected);
        return;
    }
    const int direction = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (direction == 0 || m_rows.empty())
        return QAbstractScrollArea::keyPressEvent(event);
    int row = -1;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].step == m_selected)
            row = int(i);
    }
    row = std::clamp(row + direction, 0, int(m_rows.size()) - 1);
    selectStep(m_rows[std::size_t(row)].step);
    Q_EMIT stepSelected(m_selected);
}

} // namespace orderlab::ui
