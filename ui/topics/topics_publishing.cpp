#include "domain/group_name.h"
#include "ui/models/format.h"
#include "ui/panels/fitted_table.h"
#include "ui/topics/publish_dialog.h"
#include "ui/topics/redeliver_dialog.h"
#include "ui/topics/topics_panel.h"

#include <QPointer>
#include <QRandomGenerator>

namespace orderlab::ui {

// Publishing by hand, of TopicsPanel.

namespace {

Uuid freshUuid(TimePoint now)
{
    QRandomGenerator& random = *QRandomGenerator::global();
    return Uuid::version7(std::uint64_t(toMicros(now) / 1'000), random.generate64(), random.generate64());
}

} // namespace

void TopicsPanel::publishNew()
{
    const auto draft = [now = m_bridge.session().now()](EventType topic) {
        return DraftRecord::of(topic, freshUuid(now), freshUuid(now), now);
    };
    PublishDialog dialog(draft(m_model.topic().type.value_or(EventType::OrderCreated)), draft, this);
    if (dialog.exec() == QDialog::Accepted)
        publish(dialog.draft().event(freshUuid(m_bridge.session().now())), tr("The record is published."));
}

void TopicsPanel::publishLike()
{
    const LogRecord* record = m_model.recordAt(m_table->currentIndex().row());
    if (!record || !noPublishing().isEmpty())
        return;
    const TimePoint now = m_bridge.session().now();
    const LogRecord like = *record;
    const auto other = [now](EventType topic) { return DraftRecord::of(topic, freshUuid(now), freshUuid(now), now); };
    PublishDialog dialog(DraftRecord::like(*m_model.topic().type, like, freshUuid(now)), other, this);
    if (dialog.exec() == QDialog::Accepted)
        publish(dialog.draft().event(freshUuid(now)), tr("The clone is published."));
}

QStringList TopicsPanel::readers() const
{
    QStringList names;
    if (m_model.topic().type) {
        for (const NameId group : m_desk.readersOf(*m_model.topic().type))
            names << m_bridge.frames().names().groupLabel(group);
    }
    return names;
}

void TopicsPanel::redeliver()
{
    const int row = m_table->currentIndex().row();
    if (!m_model.recordAt(row) || !m_model.eventAt(row) || readers().isEmpty())
        return;
    Event event = *m_model.eventAt(row);
    RedeliverDialog dialog(tr("%1 of order %2, offset %3")
                               .arg(m_model.index(row, RecordModel::Type).data().toString(), shortId(event.order),
                                    grouped(m_model.recordAt(row)->offset)),
                           readers(), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const std::string prefix = m_bridge.session().config().group_prefix;
    setTargetGroup(event, storedGroupName(dialog.group().toStdString(), prefix));
    if (dialog.isNewEvent())
        event.id = EventId{freshUuid(m_bridge.session().now())};
    publish(event, tr("The event is published once more, for %1 only.").arg(dialog.group()));
}

void TopicsPanel::publish(const Event& event, const QString& done)
{
    const QPointer<TopicsPanel> guard(this);
    m_desk.publish(event, [guard, done](const QString& problem) {
        if (!guard)
            return;
        if (problem.isEmpty())
            Q_EMIT guard->told(done);
        else
            Q_EMIT guard->m_bridge.commandFailed(tr("The record was not published. %1").arg(problem));
        guard->refresh();
    });
}

} // namespace orderlab::ui
