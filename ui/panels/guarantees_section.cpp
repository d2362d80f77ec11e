#include "ui/panels/guarantees_section.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/arrow_group.h"
#include "ui/panels/labels.h"
#include "ui/panels/switch.h"

#include <QVBoxLayout>

namespace orderlab::ui {

GuaranteesSection::GuaranteesSection(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->addWidget(headingLabel(tr("Guarantees"), this));
    head->addStretch(1);
    head->addWidget(mutedLabel(tr("what-if switches"), this));
    column->addLayout(head);
    column->addSpacing(4);
    auto* arrows = new ArrowGroup(this);
    for (const GuaranteeText& text : guaranteeTexts()) {
        auto* line = new QHBoxLayout;
        line->setSpacing(4);
        auto* control = new Switch(text.title, this);
        control->setObjectName(QStringLiteral("keep-") + toQt(name(text.guarantee)));
        control->setToolTip(text.sentence);
        control->setAccessibleDescription(text.sentence);
        QLabel* note = mutedLabel({}, this);
        line->addWidget(control, 1);
        line->addWidget(note);
        column->addLayout(line);
        arrows->addRow({control});
        m_switches[std::size_t(text.guarantee)] = control;
        m_notes[std::size_t(text.guarantee)] = note;
        connect(control, &QAbstractButton::clicked, this, [this, guarantee = text.guarantee](bool on) {
            Guarantees guarantees = m_bridge.faults().guarantees();
            guarantees.set(guarantee, on);
            m_bridge.faults().setGuarantees(guarantees);
        });
    }
    connect(&bridge.faults(), &FaultControl::guaranteesChanged, this, &GuaranteesSection::refresh);
    refresh();
}

void GuaranteesSection::refresh()
{
    const Guarantees guarantees = m_bridge.faults().guarantees();
    for (const GuaranteeText& text : guaranteeTexts()) {
        const std::size_t i = std::size_t(text.guarantee);
        const bool on = guarantees[text.guarantee];
        m_switches[i]->setChecked(on);
        allow(m_switches[i], m_bridge.commands().capabilities().whyNot(Ask::ChangeGuarantees));
        m_notes[i]->setText(on ? text.prevents : text.anomaly);
        restyle(m_notes[i], "role", on ? QStringLiteral("muted") : QStringLiteral("warning"));
    }
}

} // namespace orderlab::ui
