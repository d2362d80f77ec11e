#include "ui/panels/failures_section.h"

#include "ui/models/fault_presets.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/amount_field.h"
#include "ui/panels/arrow_group.h"
#include "ui/panels/labels.h"
#include "ui/panels/switch.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr int row_gap = 1;
constexpr int countdown_every_ms = 250;

} // namespace

FailuresSection::FailuresSection(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(row_gap);
    auto* head = new QHBoxLayout;
    head->addWidget(headingLabel(tr("Inject failures"), this));
    head->addStretch(1);
    m_count = mutedLabel({}, this);
    m_count->setObjectName(QStringLiteral("failuresCount"));
    head->addWidget(m_count);
    column->addLayout(head);
    column->addSpacing(4);
    auto* arrows = new ArrowGroup(this);
    for (std::size_t i = 0; i < faultPresets().size(); ++i) {
        addRow(i, column);
        arrows->addRow({m_rows.back().control, m_rows.back().amount->control()});
    }
    auto* foot = new QHBoxLayout;
    m_more = new QPushButton(tr("More…"), this);
    m_more->setObjectName(QStringLiteral("moreFailures"));
    m_more->setToolTip(tr("Compose any failure: where, what, how often, when and to whom (Ctrl+M)"));
    m_stop = new QPushButton(tr("Stop all"), this);
    m_stop->setObjectName(QStringLiteral("stopFailures"));
    m_stop->setToolTip(tr("Stop all failures (Ctrl+.)"));
    for (QPushButton* button : {m_more, m_stop})
        button->setProperty("link", true);
    foot->addWidget(m_more);
    foot->addStretch(1);
    foot->addWidget(m_stop);
    column->addLayout(foot);
    m_clock = new QTimer(this);
    m_clock->setInterval(countdown_every_ms);
    connect(m_clock, &QTimer::timeout, this, &FailuresSection::refresh);
    connect(m_more, &QPushButton::clicked, this, &FailuresSection::moreWanted);
    connect(m_stop, &QPushButton::clicked, &bridge.faults(), &FaultControl::stopAll);
    connect(&bridge.faults(), &FaultControl::faultsChanged, this, &FailuresSection::refresh);
    refresh();
}

void FailuresSection::addRow(std::size_t preset, QLayout* column)
{
    const FaultPreset& what = faultPresets()[preset];
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    auto* control = new Switch(what.title, this);
    control->setObjectName(QStringLiteral("fail-") + QLatin1String(what.key));
    control->setToolTip(what.sentence);
    control->setAccessibleDescription(what.sentence);
    auto* amount = new AmountField(what.title, this);
    amount->setObjectName(QStringLiteral("amount-") + QLatin1String(what.key));
    amount->setAmount(FaultAmount::of(what.fault));
    line->addWidget(control, 1);
    line->addWidget(amount);
    static_cast<QVBoxLayout*>(column)->addLayout(line);
    m_rows.push_back({control, amount});
    connect(control, &QAbstractButton::clicked, this, [this, preset](bool on) { toggle(preset, on); });
    connect(amount, &AmountField::amountChosen, this, [this, preset] { changeAmount(preset); });
}

const FaultDesk::Item* FailuresSection::active(std::size_t preset) const
{
    for (const FaultDesk::Item& item : m_bridge.faults().items()) {
        if (faultPresets()[preset].matches(item.fault))
            return &item;
    }
    return nullptr;
}

/// The last of its kind that has switched itself off.
const FaultDesk::Item* FailuresSection::spent(std::size_t preset) const
{
    const auto& all = m_bridge.faults().spent();
    const auto last = std::find_if(all.rbegin(), all.rend(), [&](const FaultDesk::Item& item) {
        return faultPresets()[preset].matches(item.fault);
    });
    return last == all.rend() ? nullptr : &*last;
}

void FailuresSection::toggle(std::size_t preset, bool on)
{
    if (const FaultDesk::Item* item = active(preset))
        m_bridge.faults().remove(item->id);
    if (on) {
        Fault fault = faultPresets()[preset].fault;
        m_rows[preset].amount->amount().applyTo(fault);
        (void)m_bridge.faults().add(std::move(fault)); // When it is refused, refresh() shows it off again.
    }
    refresh();
}

void FailuresSection::changeAmount(std::size_t preset)
{
    if (active(preset))
        toggle(preset, true);
}

void FailuresSection::refresh()
{
    std::size_t on = 0;
    bool counting = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const FaultDesk::Item* item = active(i);
        m_rows[i].control->setChecked(item != nullptr);
        m_rows[i].amount->setActive(item != nullptr);
        QString left;
        if (item) {
            ++on;
            m_rows[i].amount->setAmount(FaultAmount::of(item->fault));
            const Duration time = FaultDesk::timeLeft(*item, fromMicros(m_bridge.frames().nowUs()));
            if (time != Duration::max()) {
                counting = true;
                left = tr("%1 s left").arg(std::int64_t(std::ceil(double(time.count()) / 1e6)));
            } else if (item->fault.count != Fault::count_unlimited && item->fault.count > 1) {
                left = tr("%1 left").arg(FaultDesk::strikesLeft(*item));
            }
            const QString struck = item->strikes == 0 ? tr("It has not struck yet.")
                                   : item->strikes == 1
                                       ? tr("It has struck once.")
                                       : tr("It has struck %1 times.").arg(grouped(std::int64_t(item->strikes)));
            m_rows[i].control->setToolTip(faultPresets()[i].sentence + QLatin1Char('\n') + struck);
        } else if (const FaultDesk::Item* over = spent(i)) {
            left = tr("struck %1×").arg(grouped(std::int64_t(over->strikes)));
            m_rows[i].control->setToolTip(
                faultPresets()[i].sentence + QLatin1Char('\n')
                + tr("It has switched itself off: %1, as was asked.").arg(FaultAmount::of(over->fault).text()));
        } else {
            m_rows[i].control->setToolTip(faultPresets()[i].sentence);
        }
        m_rows[i].amount->setLeft(left);
    }
    const QString& why_not = m_bridge.commands().capabilities().whyNot(Ask::InjectFailures);
    for (const Row& row : m_rows) {
        allow(row.control, why_not);
        allow(row.amount, why_not);
    }
    allow(m_more, why_not);
    allow(m_stop, why_not);
    const std::size_t all = m_bridge.faults().items().size();
    QString count = tr("%1 of %2 on").arg(on).arg(m_rows.size());
    if (all > on)
        count += QStringLiteral(" + %1").arg(all - on);
    m_count->setText(count);
    m_count->setToolTip(all > on ? tr("%1 more are on that have no switch here; see More…").arg(all - on) : QString());
    m_stop->setEnabled(all > 0);
    if (counting != m_clock->isActive())
        counting ? m_clock->start() : m_clock->stop();
}

void FailuresSection::focusFirst()
{
    m_rows.front().control->setFocus(Qt::ShortcutFocusReason);
}

} // namespace orderlab::ui
