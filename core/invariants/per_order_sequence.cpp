#include "invariants/checker.h"

namespace orderlab {

namespace {

/// Within a group and a topic, the events of one order are handled in the log's order. Events that took the way through
/// the retry topic or dead letters gave that promise up.
class PerOrderSequence final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "per-order-sequence"; }
    KindMask kinds() const override { return kindsOf({EntryKind::EventHandled}); }

    void apply(const Step& step) override
    {
        if (step.event == no_record || step.group >= NameRoles::groups_max)
            return;
        const std::uint8_t bit = std::uint8_t(1u << step.group);
        const EventFacts& event = m_facts.event(step.event);
        if (((event.handled | event.skipped | event.was_parked | event.was_dead) & bit) != 0)
            return; // not the first time, or exempt
        const EventFacts* later = nullptr;
        m_facts.forEachEvent(m_facts.order(step.order), [&](const EventFacts& other) {
            const bool is_later = other.topic == event.topic && other.partition == step.entry.partition
                                  && (other.handled & bit) != 0 && ((other.was_parked | other.was_dead) & bit) == 0
                                  && other.first[step.group].offset > step.entry.offset;
            if (&other != &event && is_later)
                later = &other;
        });
        if (later)
            report(step, [&] { return explain(step, *later); });
    }

private:
    std::string explain(const Step& step, const EventFacts& later) const
    {
        const Entry& entry = step.entry;
        const FirstHandling& first = later.first[step.group];
        const std::string cause = m_evidence.cause(
            {step.order, entry.group, std::max<std::int64_t>(later.published_us, 0), entry.time_us,
             seamsOf({Seam::Delivery, Seam::Worker, Seam::HandlerEntry, Seam::AfterCommit, Seam::Ack})});
        return m_evidence.text(entry.group) + " handled offset " + std::to_string(entry.offset) + " of "
               + m_evidence.text(entry.topic) + '/' + std::to_string(entry.partition) + ' '
               + m_evidence.at(entry.time_us) + ", after offset " + std::to_string(first.offset) + " of the same "
               + Evidence::nameOf(OrderId{entry.order}) + ' ' + m_evidence.at(first.time_us)
               + (cause.empty() ? "." : ": " + cause + '.');
    }
};

} // namespace

std::unique_ptr<Checker> makePerOrderSequence(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<PerOrderSequence>(facts, evidence);
}

} // namespace orderlab
