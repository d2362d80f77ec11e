#include "ui/panels/standings_view.h"

#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace orderlab::ui {

namespace {

constexpr double bar_height = 8;
constexpr double line_height = 21;

} // namespace

StandingsView::StandingsView(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(int(bar_height + 10 + 5 * line_height));
    setAccessibleName(QStringLiteral("Where orders stand"));
}

void StandingsView::show(const Totals& totals)
{
    if (m_totals == totals)
        return;
    m_totals = totals;
    QStringList words;
    for (const Part& part : parts())
        words << QStringLiteral("%1 %2").arg(part.count).arg(part.name);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

std::array<StandingsView::Part, 5> StandingsView::parts() const
{
    const Palette& p = colours();
    return {Part{QStringLiteral("paid"), m_totals.paid, p.ok},
            Part{QStringLiteral("failed"), m_totals.failed, p.failure},
            Part{QStringLiteral("canceled"), m_totals.canceled, p.muted},
            Part{QStringLiteral("dead-lettered"), m_totals.dead_lettered, p.dead},
            Part{QStringLiteral("in flight"), m_totals.in_flight, p.events[0]}};
}

void StandingsView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath bar;
    bar.addRoundedRect(QRectF(0, 0, width(), bar_height), bar_height / 2, bar_height / 2);
    painter.fillPath(bar, colours().raised);
    painter.save();
    painter.setClipPath(bar);
    double x = 0;
    for (const Part& part : parts()) {
        const double length = m_totals.accepted > 0 ? double(part.count) / double(m_totals.accepted) * width() : 0;
        painter.fillRect(QRectF(x, 0, length, bar_height), part.colour);
        x += length;
    }
    painter.restore();
    double y = bar_height + 10;
    for (const Part& part : parts()) {
        const QRectF line(0, y, width(), line_height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(part.colour);
        painter.drawRoundedRect(QRectF(4, line.center().y() - 4, 8, 8), 2, 2);
        painter.setFont(Theme::textFont(12));
        painter.setPen(colours().text);
        painter.drawText(line.adjusted(24, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, part.name);
        painter.setFont(Theme::monoFont(11));
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, grouped(part.count));
        y += line_height;
    }
}

} // namespace orderlab::ui
