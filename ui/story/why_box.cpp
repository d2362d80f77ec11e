#include "ui/story/why_box.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"

#include "ui/panels/invariants_section.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace orderlab::ui {

WhyBox::WhyBox(LabBridge& bridge, QWidget* parent) : QFrame(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("why"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 9);
    column->setSpacing(3);
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("whyTitle"));
    m_title->setWordWrap(true);
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("whyText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setFont(Theme::textFont(11));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // The time is a link.
    m_title->setTextFormat(Qt::RichText);
    m_title->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_title, &QLabel::linkActivated, this, [this] { m_bridge.places().goToTime(m_time_us); });
    column->addWidget(m_title);
    column->addWidget(m_text);
    auto* foot = new QHBoxLayout;
    m_place = mutedLabel({}, this);
    m_place->setObjectName(QStringLiteral("whyPlace"));
    foot->addWidget(m_place, 1);
    const auto button = [&](const char* object, const QString& text, const QString& name, const QString& keys,
                            bool next) {
        auto* made = new QPushButton(text, this);
        made->setObjectName(QLatin1String(object));
        made->setProperty("link", true);
        made->setAccessibleName(name);
        made->setToolTip(name + QStringLiteral(" (%1)").arg(keys));
        connect(made, &QPushButton::clicked, this, [this, next] { Q_EMIT violationWanted(next); });
        foot->addWidget(made);
    };
    button("previousViolation", tr("‹ previous"), tr("Previous broken promise"), QStringLiteral("Shift+F3"), false);
    button("nextViolation", tr("next ›"), tr("Next broken promise"), QStringLiteral("F3"), true);
    column->addLayout(foot);
    hide();
}

/// Groups are called as everywhere in the window, without the prefix that they have on the bus.
QString WhyBox::inWordsOfPeople(const std::string& explanation) const
{
    QString text = QString::fromStdString(explanation);
    const QString prefix = QString::fromStdString(m_bridge.session().config().group_prefix);
    for (const std::string& group : m_bridge.session().config().workers) {
        if (!prefix.isEmpty())
            text.replace(prefix + toQt(group), toQt(group));
    }
    return text;
}

void WhyBox::show(OrderId order, const Violation* violation)
{
    setVisible(violation != nullptr);
    if (!violation)
        return;
    m_time_us = violation->time_us;
    const InvariantReport& report = m_bridge.faults().invariants();
    const auto all = report.violationsOf(order);
    const auto times = std::count_if(
        all.begin(), all.end(), [violation](const Violation* one) { return one->invariant == violation->invariant; });
    const QString at =
        QStringLiteral("<a href='moment' style='color:%1'>%2</a>")
            .arg(colours().dead.name(),
                 tr("at %1").arg(runTimeText(m_bridge, violation->time_us).replace(QLatin1Char(' '), QChar(0xa0))));
    const QString title = invariantTitle(violation->invariant).toHtmlEscaped();
    m_title->setText(times == 1 ? tr("✕ %1: broken %2").arg(title, at)
                                : tr("✕ %1: broken %2 times, %3").arg(title, grouped(times), at));
    m_title->setToolTip(tr("Click on the time to go to it"));
    m_text->setText(inWordsOfPeople(violation->explanation));
    std::uint64_t found = 0; ///< More than are kept.
    for (const InvariantStatus& status : report.statuses)
        found += status.violations;
    const InvariantReport known{{}, knownViolations(m_bridge)};
    const QString place =
        tr("broken promise %1 of %2")
            .arg(grouped(known.placeOf(*violation) + 1), grouped(std::int64_t(known.violations.size())));
    m_place->setText(found > known.violations.size() ? tr("%1 (%2 in all)").arg(place, grouped(std::int64_t(found)))
                                                     : place);
}

} // namespace orderlab::ui
