#include "invariants/checker.h"

namespace orderlab {

namespace {

constexpr std::uint32_t again_seams =
    seamsOf({Seam::Published, Seam::BusAppend, Seam::Delivery, Seam::HandlerEntry, Seam::AfterCommit, Seam::Ack,
             Seam::Worker, Seam::Broker, Seam::Database, Seam::BeforeCommit});

/// A group handles an event once; an event is notified of once, a payment succeeds once, a status is reached once.
class EffectsHappenOnce final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "effects-happen-once"; }
    KindMask kinds() const override
    {
        return kindsOf({EntryKind::EventHandled, EntryKind::NotificationWritten, EntryKind::StatusChanged,
                        EntryKind::PaymentRecorded});
    }

    void apply(const Step& step) override
    {
        if (step.order == no_record)
            return;
        switch (step.entry.kind) {
        case EntryKind::EventHandled: handled(step); break;
        case EntryKind::NotificationWritten: notified(step); break;
        case EntryKind::StatusChanged: statusReached(step); break;
        default: paymentRecorded(step); break;
        }
    }

private:
    void handled(const Step& step)
    {
        if (step.event == no_record || step.group >= NameRoles::groups_max)
            return;
        const EventFacts& event = m_facts.event(step.event);
        if (!((event.handled >> step.group) & 1u))
            return;
        report(step, [&] {
            const FirstHandling& first = event.first[step.group];
            return m_evidence.text(step.entry.group) + " handled " + m_evidence.nameOf(event) + " twice, "
                   + m_evidence.at(first.time_us) + " and " + m_evidence.when(step.entry.time_us)
                   + why(step, first.time_us, step.entry.group);
        });
    }
    void notified(const Step& step)
    {
        if (step.event == no_record || m_facts.event(step.event).notified_us < 0)
            return;
        const EventFacts& event = m_facts.event(step.event);
        report(step, [&] {
            return "Two notifications about " + m_evidence.nameOf(event) + " were written, "
                   + m_evidence.at(event.notified_us) + " and " + m_evidence.when(step.entry.time_us)
                   + why(step, event.notified_us, 0);
        });
    }
    void statusReached(const Step& step)
    {
        const OrderFacts& order = m_facts.order(step.order);
        const std::int8_t status = m_facts.role(step, step.entry.detail).status;
        if (status < 0 || !((order.statuses_seen >> unsigned(status)) & 1u))
            return;
        report(step, [&] {
            return Evidence::nameOf(order.id) + " became " + m_evidence.text(step.entry.detail) + " once more, "
                   + m_evidence.at(order.status_us) + " and " + m_evidence.when(step.entry.time_us)
                   + why(step, order.status_us, 0);
        });
    }
    void paymentRecorded(const Step& step)
    {
        const OrderFacts& order = m_facts.order(step.order);
        if (order.payment_us < 0 || !m_facts.role(step, step.entry.detail).is_succeeded)
            return;
        report(step, [&] {
            return "The payment of " + Evidence::nameOf(order.id) + " was recorded as succeeded twice, "
                   + m_evidence.at(order.payment_us) + " and " + m_evidence.when(step.entry.time_us)
                   + why(step, order.payment_us, 0);
        });
    }

    std::string why(const Step& step, std::int64_t first_us, NameId group) const
    {
        // What had the event published twice lies before its first handling.
        const std::int64_t from = step.event != no_record && m_facts.event(step.event).publications > 1
                                          && m_facts.event(step.event).published_us >= 0
                                      ? m_facts.event(step.event).published_us
                                      : first_us;
        std::string cause = m_evidence.cause({step.order, group, from, step.entry.time_us, again_seams});
        if (step.event != no_record && m_facts.event(step.event).publications > 1) {
            const EventFacts& event = m_facts.event(step.event);
            cause = "the log has the event twice, at offsets " + std::to_string(event.first_offset) + " and "
                    + std::to_string(event.last_offset) + (cause.empty() ? "" : ", because " + cause) + ',';
        }
        const bool is_off = m_evidence.wasOff(Guarantee::Inbox, first_us, step.entry.time_us);
        if (!is_off && m_evidence.wasOff(Guarantee::DurableInbox, first_us, step.entry.time_us))
            return m_evidence.because(cause, Guarantee::DurableInbox, true, "and Redis had forgotten that it was done");
        return m_evidence.because(cause, Guarantee::Inbox, is_off, "so nothing knew that it was done");
    }
};

} // namespace

std::unique_ptr<Checker> makeEffectsHappenOnce(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<EffectsHappenOnce>(facts, evidence);
}

} // namespace orderlab
