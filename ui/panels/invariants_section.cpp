#include "ui/panels/invariants_section.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/worlds/worlds.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace orderlab::ui {

QString runTimeText(const LabBridge& bridge, std::int64_t time_us)
{
    const double seconds = double(time_us - toMicros(bridge.session().startedAt())) / 1e6;
    return QStringLiteral("%1 s").arg(seconds, 0, 'f', 1);
}

std::vector<Violation> knownViolations(const LabBridge& bridge)
{
    const Worlds* const worlds = bridge.worlds();
    return worlds && worlds->shown().outcome ? worlds->shown().outcome->violations
                                             : bridge.faults().invariants().violations;
}

InvariantsSection::InvariantsSection(const LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    column->addWidget(headingLabel(tr("Invariants"), this));
    auto* rows = new QVBoxLayout;
    rows->setSpacing(1);
    for (const InvariantStatus& status : bridge.faults().invariants().statuses) {
        const int row = int(m_rows.size());
        auto* sign = new QLabel(this);
        sign->setFixedSize(16, 19);
        sign->setAccessibleName(invariantTitle(status.name));
        sign->setFont(Theme::textFont(12, QFont::Bold));
        auto* title = new QLabel(invariantTitle(status.name), this);
        title->setFont(Theme::textFont(12));
        // In a narrow column the end of a name gives way to the link.
        title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        auto* link = new QPushButton(this);
        link->setObjectName(QStringLiteral("broken-") + toQt(status.name));
        link->setProperty("link", true);
        link->setAccessibleName(invariantTitle(status.name));
        for (const InvariantText& text : invariantTexts()) {
            if (text.name == status.name)
                title->setToolTip(text.sentence);
        }
        auto* line = new QHBoxLayout;
        line->setSpacing(4);
        line->addWidget(sign);
        line->addWidget(title, 1);
        line->addWidget(link);
        rows->addLayout(line);
        m_rows.push_back({sign, title, link});
        connect(link, &QPushButton::clicked, this, [this, row] {
            const InvariantStatus& picked = m_bridge.faults().invariants().statuses[std::size_t(row)];
            if (picked.first)
                Q_EMIT invariantPicked(toQt(picked.name));
        });
    }
    column->addLayout(rows);
    if (m_rows.empty()) // Nothing checks them here.
        hide();
    connect(&bridge.faults(), &FaultControl::invariantsChanged, this, &InvariantsSection::refresh);
    connect(&bridge.session(), &Session::stateChanged, this, &InvariantsSection::refresh);
    refresh();
}

void InvariantsSection::refresh()
{
    const auto& statuses = m_bridge.faults().invariants().statuses;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const InvariantStatus& status = statuses[i];
        const Row& row = m_rows[i];
        const bool holds = status.violations == 0;
        // The last one is only decided when a run ends; until then some orders have yet to finish.
        const std::int64_t open = status.name == "all-orders-finish" ? m_bridge.frames().world().totals().in_flight : 0;
        const bool is_open = open > 0 || !m_bridge.faults().invariants().is_checking;
        const QString state = !holds    ? QStringLiteral("broken")
                              : is_open ? QStringLiteral("open")
                                        : QStringLiteral("holds");
        row.sign->setText(!holds ? QStringLiteral("✕") : is_open ? QStringLiteral("○") : QStringLiteral("✓"));
        row.sign->setAccessibleDescription(m_bridge.faults().invariants().is_checking ? (!holds    ? tr("broken")
                                                                                         : is_open ? tr("open")
                                                                                                   : tr("holds"))
                                                                                      : tr("not checked"));
        restyle(row.sign, "sign", state);
        restyle(row.title, "sign", holds ? QString() : state);
        row.link->setVisible(!holds || open > 0);
        row.link->setEnabled(!holds);
        if (!holds && status.first) {
            const QString at = tr("at %1 ▸").arg(runTimeText(m_bridge, status.first->time_us));
            row.link->setText(status.violations == 1
                                  ? at
                                  : QStringLiteral("%1× ").arg(grouped(std::int64_t(status.violations))) + at);
            row.link->setAccessibleName(tr("%1: broken %2").arg(invariantTitle(status.name), row.link->text()));
            row.link->setToolTip(QStringLiteral("%1\n%2").arg(
                QString::fromStdString(status.first->explanation),
                status.violations == 1
                    ? tr("Click for the order's story, at that moment.")
                    : tr("The first of %1. Click for the order's story at that moment, again for the next "
                         "one (F3, Shift+F3).")
                          .arg(grouped(std::int64_t(status.violations)))));
        } else if (open > 0) {
            row.link->setText(tr("%1 in flight").arg(grouped(open)));
        }
    }
}

} // namespace orderlab::ui
