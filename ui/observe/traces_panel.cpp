#include "ui/observe/traces_panel.h"

#include "ui/models/format.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QTextBrowser>
#include <QTreeWidget>

#include <algorithm>

namespace orderlab::ui {

namespace {

enum SpanColumn { Name, Start, Length, Waterfall, SpanColumnCount };
enum SpanRole {
    PlaceRole = Qt::UserRole, ///< In TracesPanel::spans().
    FromRole,                 ///< 0 to 1, of all spans' time.
    ToRole,
    ColourRole,
    MomentRole, ///< 0 to 1; elsewhere: not to be seen.
    ErrorRole,
};
constexpr int traces_refresh_ms = 250;

class SpanDelegate final : public CellDelegate {
public:
    explicit SpanDelegate(QObject* parent) : CellDelegate(false, parent) {}
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {CellDelegate::sizeHint(option, index).width(), metrics::row_height};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        CellDelegate::paint(painter, option, index);
        const QRectF room = QRectF(option.rect).adjusted(6, 5, -10, -5);
        const auto at = [&](int role) { return room.left() + room.width() * index.data(role).toDouble(); };
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(index.data(ColourRole).value<QColor>());
        const QRectF bar(at(FromRole), room.top(), std::max(2.0, at(ToRole) - at(FromRole)), room.height());
        painter->drawRoundedRect(bar, 2, 2);
        if (index.data(ErrorRole).toBool()) {
            painter->setPen(colours().failure);
            painter->setFont(Theme::textFont(11, QFont::Bold));
            painter->drawText(QRectF(bar.right() + 3, room.top() - 4, 14, room.height() + 8), Qt::AlignCenter,
                              QStringLiteral("✕"));
        }
        if (const double moment = index.data(MomentRole).toDouble(); moment >= 0 && moment <= 1)
            painter->fillRect(QRectF(at(MomentRole) - 0.5, option.rect.top(), 1, option.rect.height()), colours().text);
        painter->restore();
    }
};

QColor colourOf(const Span& span)
{
    if (span.is_error)
        return colours().failure;
    switch (span.kind) {
    case SpanKind::Producer: return colours().accent;
    case SpanKind::Consumer: return colours().ok;
    case SpanKind::Client: return colours().warning;
    default: return colours().muted;
    }
}

} // namespace

TracesPanel::TracesPanel(LabBridge& bridge, QWidget* parent) : Panel(tr("Traces"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("tracesDock"));
    QWidget* const bar = makeBar();
    m_content = setTabContent(bar, makeViews());
    setFocusProxy(m_tree);
    m_due.setSingleShot(true);
    m_due.setInterval(traces_refresh_ms);
    connect(&m_due, &QTimer::timeout, this, &TracesPanel::refresh);
    const auto again = [this] {
        m_is_stale = true;
        planRefresh();
    };
    connect(&bridge.frames(), &FramePump::grown, this, again);
    connect(&bridge.frames(), &FramePump::worldChanged, this, again);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &TracesPanel::planRefresh);
    showState();
}

QWidget* TracesPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 2, 6, 2);
    m_state = mutedLabel({}, bar);
    m_state->setObjectName(QStringLiteral("tracesState"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_state, 1);
    return bar;
}

QWidget* TracesPanel::makeViews()
{
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    m_tree = new QTreeWidget(split);
    m_tree->setObjectName(QStringLiteral("tracesTree"));
    m_tree->setAccessibleName(tr("Spans of the order"));
    m_tree->setHeaderLabels({tr("Span"), tr("Begins"), tr("Takes"), QString()});
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setItemDelegate(new RowDelegate(false, m_tree));
    m_tree->setItemDelegateForColumn(Start, new RowDelegate(true, m_tree));
    m_tree->setItemDelegateForColumn(Length, new RowDelegate(true, m_tree));
    m_tree->setItemDelegateForColumn(Waterfall, new SpanDelegate(m_tree));
    m_tree->setColumnWidth(Name, 230);
    m_tree->setColumnWidth(Start, 84);
    m_tree->setColumnWidth(Length, 84);
    m_tree->header()->setStretchLastSection(true);
    m_detail = new QTextBrowser(split);
    m_detail->setObjectName(QStringLiteral("spanDetail"));
    m_detail->setAccessibleName(tr("The selected span"));
    m_detail->setFont(Theme::textFont(12));
    m_detail->setFrameShape(QFrame::NoFrame);
    m_detail->setMinimumWidth(180);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &TracesPanel::showDetail);
    connect(m_tree, &QTreeWidget::itemActivated, this, &TracesPanel::goTo);
    connect(m_tree, &QTreeWidget::itemClicked, this, [this](const QTreeWidgetItem* item) {
        if (!m_bridge.frames().isFollowing())
            goTo(item);
    });
    return split;
}

void TracesPanel::showOrder(OrderId order)
{
    if (order == m_order)
        return;
    m_order = order;
    m_is_stale = true;
    refresh();
}

void TracesPanel::planRefresh()
{
    if (!m_due.isActive() && isSeen() && !m_order.isNull())
        m_due.start();
}

void TracesPanel::refresh()
{
    if (!isSeen())
        return;
    if (std::exchange(m_is_stale, false)) {
        std::vector<OrderSpan> spans = m_order.isNull() ? std::vector<OrderSpan>() : spansOf(m_order, m_bridge);
        const bool is_same = spans.size() == m_spans.size() && !spans.empty()
                             && spans.back().span.id == m_spans.back().span.id
                             && spans.front().span.trace == m_spans.front().span.trace;
        m_spans = std::move(spans);
        if (!is_same)
            fill();
    }
    showMoment();
    showState();
}

/// Of all spans; always after their beginning.
std::int64_t TracesPanel::endUs() const
{
    std::int64_t end_us = m_spans.front().span.start_us + 1;
    for (const OrderSpan& one : m_spans)
        end_us = std::max(end_us, one.span.end_us);
    return end_us;
}

void TracesPanel::fill()
{
    m_tree->clear();
    if (m_spans.empty())
        return;
    const std::int64_t begin_us = m_spans.front().span.start_us, end_us = endUs();
    const auto share = [&](std::int64_t us) { return double(us - begin_us) / double(end_us - begin_us); };
    std::vector<QTreeWidgetItem*> items;
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        const Span& span = m_spans[i].span;
        auto* item = new QTreeWidgetItem;
        item->setText(Name, toQt(span.name) + (span.is_error ? QStringLiteral(" ✕") : QString()));
        item->setText(Start, QStringLiteral("+") + durationText(span.start_us - begin_us));
        item->setText(Length, durationText(span.end_us - span.start_us));
        item->setToolTip(Name,
                         toQt(span.name) + (span.error.empty() ? QString() : QStringLiteral(": ") + toQt(span.error)));
        item->setTextAlignment(Start, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(Length, Qt::AlignRight | Qt::AlignVCenter);
        item->setData(Name, PlaceRole, int(i));
        item->setData(Waterfall, FromRole, share(span.start_us));
        item->setData(Waterfall, ToRole, share(span.end_us));
        item->setData(Waterfall, ErrorRole, span.is_error);
        items.push_back(item);
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (const int parent = m_spans[i].parent; parent >= 0 && parent != int(i))
            items[std::size_t(parent)]->addChild(items[i]);
        else
            m_tree->addTopLevelItem(items[i]);
    }
    m_tree->expandAll();
    m_tree->setCurrentItem(m_tree->topLevelItem(0));
}

void TracesPanel::showMoment()
{
    if (m_spans.empty())
        return;
    const std::int64_t now_us = m_bridge.frames().nowUs();
    const std::int64_t begin_us = m_spans.front().span.start_us, end_us = endUs();
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
        const OrderSpan& one = m_spans[std::size_t((*it)->data(Name, PlaceRole).toInt())];
        const bool is_to_come = one.span.start_us > now_us;
        QColor colour = colourOf(one.span);
        if (is_to_come)
            colour.setAlpha(80);
        (*it)->setData(Waterfall, ColourRole, colour);
        (*it)->setData(Waterfall, MomentRole, double(now_us - begin_us) / double(end_us - begin_us));
        for (const int column : {int(Name), int(Start), int(Length)})
            (*it)->setForeground(column, is_to_come          ? colours().faint
                                         : one.span.is_error ? colours().failure
                                                             : colours().text);
    }
}

void TracesPanel::goTo(const QTreeWidgetItem* item)
{
    const OrderSpan& one = m_spans[std::size_t(item->data(Name, PlaceRole).toInt())];
    m_bridge.places().go(one.entry + 1);
}

void TracesPanel::showDetail(const QTreeWidgetItem* item)
{
    if (!item) {
        m_detail->clear();
        return;
    }
    const Span& span = m_spans[std::size_t(item->data(Name, PlaceRole).toInt())].span;
    const Palette& p = colours();
    QString html = QStringLiteral("<b>%1</b>").arg(toQt(span.name).toHtmlEscaped());
    if (!span.error.empty())
        html += QStringLiteral("<p style='color:%1'>✕ %2</p>").arg(p.failure.name(), toQt(span.error).toHtmlEscaped());
    const auto row = [&](const QString& key, const QString& value) {
        return QStringLiteral("<tr><td style='color:%1; padding-right:10px'>%2</td><td>%3</td></tr>")
            .arg(p.muted.name(), key.toHtmlEscaped(), value.toHtmlEscaped());
    };
    html += QStringLiteral("<table>");
    html += row(tr("trace"), QString::fromStdString(span.trace.toString()).remove(QLatin1Char('-')));
    html += row(tr("span"), QStringLiteral("%1").arg(span.id, 16, 16, QLatin1Char('0')));
    for (const Attribute& attribute : span.attributes)
        html += row(toQt(attribute.key), attributeText(attribute.value));
    for (const SpanEvent& event : span.events)
        html += row(tr("event +%1").arg(durationText(event.time_us - span.start_us)), toQt(event.name));
    html += QStringLiteral("</table>");
    m_detail->setHtml(html);
}

void TracesPanel::showState()
{
    m_content->show(!m_spans.empty(),
                    m_order.isNull()
                        ? tr("Select an order in a table, or click one of its events in the event flow, to see "
                             "its trace: each sending, attempt and call with the time it took, as they are "
                             "exported to OpenTelemetry.")
                        : tr("Nothing of this order has ended yet, or its entries are no longer kept."));
    if (m_spans.empty()) {
        m_state->clear();
        return;
    }
    const auto errors =
        std::count_if(m_spans.begin(), m_spans.end(), [](const OrderSpan& one) { return one.span.is_error; });
    const QString spans = counted(std::int64_t(m_spans.size()), QT_TRANSLATE_N_NOOP("counted", "%n spans"));
    m_state->setText(tr("order %1 · %2 · %3 in all")
                         .arg(shortId(m_order),
                              errors == 0 ? spans : tr("%1, %2 with an error").arg(spans, grouped(errors)),
                              durationText(endUs() - m_spans.front().span.start_us)));
}

} // namespace orderlab::ui
