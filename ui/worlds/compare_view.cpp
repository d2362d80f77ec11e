#include "ui/worlds/compare_view.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/equal_parts.h"
#include "ui/worlds/worlds.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace orderlab::ui {

CompareView::CompareView(LabBridge& bridge, WorldComparison& comparison, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_comparison(comparison)
{
    setObjectName(QStringLiteral("compareView"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* sides = new QHBoxLayout;
    sides->setContentsMargins(8, 6, 8, 0);
    sides->setSpacing(8);
    sides->addWidget(makeSide(0, comparison.otherSource()), 1);
    sides->addWidget(makeSide(1, FlowSource::of(bridge)), 1);
    column->addLayout(sides, 1);
    column->addWidget(makeDifferences());
    connect(&comparison, &WorldComparison::frame, m_flows[0], &EventFlowView::showFrame);
    connect(&bridge.frames(), &FramePump::frame, m_flows[1], &EventFlowView::showFrame);
    connect(&comparison, &WorldComparison::changed, this, &CompareView::refresh);
    connect(bridge.worlds(), &Worlds::changed, this, &CompareView::refresh);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &CompareView::refresh);
    const auto play = [this] {
        for (EventFlowView* flow : m_flows)
            flow->setPlaying(m_bridge.player().isPlaying());
    };
    connect(&bridge.player(), &Player::changed, this, play);
    play();
    refresh();
}

QWidget* CompareView::makeSide(std::size_t side, const FlowSource& source)
{
    auto* frame = new QWidget(this);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_ends[side] = new QLabel(frame);
    m_ends[side]->setObjectName(side == 0 ? QStringLiteral("otherEnd") : QStringLiteral("shownEnd"));
    m_ends[side]->setTextFormat(Qt::RichText);
    m_ends[side]->setFont(Theme::textFont(12, QFont::Medium));
    m_ends[side]->setWordWrap(true);
    column->addWidget(m_ends[side]);
    m_flows[side] = new EventFlowView(source, frame);
    m_flows[side]->setObjectName(side == 0 ? QStringLiteral("otherFlow") : QStringLiteral("shownFlow"));
    m_flows[side]->setAccessibleName(side == 0 ? tr("Event flow of the other world")
                                               : tr("Event flow of the shown world"));
    m_flows[side]->setShrinkable();
    column->addWidget(m_flows[side], 1);
    connect(m_flows[side], &EventFlowView::orderPicked, this, &CompareView::orderPicked);
    return frame;
}

QWidget* CompareView::makeDifferences()
{
    auto* box = new QFrame(this);
    box->setObjectName(QStringLiteral("why"));
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(14, 8, 10, 8);
    row->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    m_title = new QLabel(box);
    m_title->setObjectName(QStringLiteral("whyTitle"));
    m_text = new QLabel(box);
    m_text->setObjectName(QStringLiteral("differenceText"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(m_title);
    words->addWidget(m_text);
    row->addLayout(words, 1);
    m_previous = new QPushButton(tr("◂ previous"), box);
    m_previous->setObjectName(QStringLiteral("previousDifference"));
    m_next = new QPushButton(tr("next ▸"), box);
    m_next->setObjectName(QStringLiteral("nextDifference"));
    auto* leave = new QPushButton(tr("Leave compare"), box);
    leave->setObjectName(QStringLiteral("leaveCompare"));
    for (QPushButton* button : {m_previous, m_next, leave})
        row->addWidget(button);
    connect(m_previous, &QPushButton::clicked, this, [this] { goToNext(false); });
    connect(m_next, &QPushButton::clicked, this, [this] { goToNext(true); });
    connect(leave, &QPushButton::clicked, this, &CompareView::leaveWanted);
    return box;
}

void CompareView::goToNext(bool forward)
{
    if (const WorldComparison::Place* const place = m_comparison.goToNext(forward); place && !place->order.isNull())
        Q_EMIT orderPicked(place->order);
}

QString CompareView::sentence() const
{
    return m_text->text();
}

void CompareView::showEnd(std::size_t side, const QString& name, const SimulationReport* report)
{
    const Palette& p = colours();
    QString text = QStringLiteral("<b style='color:%1'>%2 · %3</b>")
                       .arg((side == 0 ? p.accent : p.ok).name(), side == 0 ? QStringLiteral("A") : QStringLiteral("B"),
                            name.toHtmlEscaped());
    if (report) {
        const Totals& totals = report->totals;
        QStringList parts; // What there is none of is not told.
        for (const auto& [count, what] :
             {std::pair(totals.paid, tr("%1 paid")), std::pair(totals.failed, tr("%1 failed")),
              std::pair(totals.canceled, tr("%1 canceled")), std::pair(totals.dead_lettered, tr("%1 dead-lettered")),
              std::pair(totals.in_flight, tr("%1 in flight"))}) {
            if (count > 0)
                parts << what.arg(grouped(count));
        }
        text += QStringLiteral("&nbsp;&nbsp; %1 &nbsp;&nbsp;")
                    .arg(tr("%1 accepted = %2 · %3 charges")
                             .arg(grouped(totals.accepted),
                                  parts.isEmpty() ? QStringLiteral("0") : parts.join(QStringLiteral(" + ")),
                                  grouped(totals.charges)));
        QStringList broken;
        for (const InvariantOutcome& one : report->invariants) {
            if (!one.holds)
                broken << QStringLiteral("%1 ×%2").arg(invariantTitle(one.name)).arg(one.violations);
        }
        text += broken.isEmpty()
                    ? QStringLiteral("<span style='color:%1'>%2</span>").arg(p.ok.name(), tr("all promises hold"))
                    : QStringLiteral("<span style='color:%1'>✕ %2</span>")
                          .arg(p.failure.name(), broken.join(QStringLiteral(", ")));
    }
    if (side == 1)
        text +=
            QStringLiteral(" <span style='color:%1'>%2</span>")
                .arg(p.muted.name(), m_flows[1]->equalParts() == EqualParts() ? tr("· nothing differs at this moment")
                                                                              : tr("· equal parts are dim"));
    m_ends[side]->setText(text);
}

void CompareView::refresh()
{
    const World& world = m_bridge.worlds()->shown();
    const FramePump& frames = m_bridge.frames();
    const EqualParts equal = partsToDim(
        equalParts(m_comparison.other().world(), frames.world(), frames.names(), m_bridge.session().config().workers));
    for (EventFlowView* const flow : m_flows)
        flow->setEqual(equal);
    showEnd(0, m_comparison.otherName(), m_comparison.otherOutcome());
    showEnd(1, world.name, world.outcome ? &*world.outcome : nullptr);
    const auto& places = m_comparison.places();
    const std::int64_t start_us = toMicros(m_bridge.session().startedAt());
    const std::int64_t now_us = m_bridge.frames().nowUs();
    m_previous->setEnabled(!places.empty() && places.front().time_us < now_us);
    m_next->setEnabled(!places.empty() && places.back().time_us > now_us);
    if (!m_comparison.result()) {
        m_title->setText(tr("Comparing…"));
        m_text->clear();
        return;
    }
    if (places.empty()) {
        m_title->setText(tr("No order differs"));
        m_text->setText(tr("In both worlds every order had the same events and the same end."));
        return;
    }
    // The one at the moment, else the next one.
    std::size_t at = 0;
    while (at + 1 < places.size() && places[at].time_us < now_us)
        ++at;
    m_title->setText(tr("%1 difference of %2, at %3")
                         .arg(at == 0 ? tr("First") : QStringLiteral("%1.").arg(at + 1))
                         .arg(places.size())
                         .arg(momentText(places[at].time_us - start_us)));
    m_text->setText(places[at].explanation);
}

} // namespace orderlab::ui
