#include "invariants/checker.h"

namespace orderlab {

namespace {

/// No event is tried more often than allowed, and none that was given up is tried again unless that was asked for. A
/// worker that is killed between giving up and committing gets the event again, from its first attempt.
class RetriesWithinBudget final : public Checker {
public:
    RetriesWithinBudget(const Facts& facts, const Evidence& evidence, const CheckerOptions& options)
        : Checker(facts, evidence), m_attempts_max(options.attempts_max)
    {}
    std::string_view name() const override { return "retries-within-budget"; }
    KindMask kinds() const override { return kindsOf({EntryKind::EventDelivered}); }

    void apply(const Step& step) override
    {
        const Entry& entry = step.entry;
        if (entry.attempt > m_attempts_max) {
            report(step, [&] {
                return m_evidence.text(entry.group) + " tried " + nameOfEvent(step) + " for the "
                       + std::to_string(entry.attempt) + "th time " + m_evidence.at(entry.time_us) + "; "
                       + std::to_string(m_attempts_max) + " attempts are allowed.";
            });
        } else if (isRaisedFromTheDead(step)) {
            report(step, [&] {
                return m_evidence.text(entry.group) + " tried " + nameOfEvent(step) + " again "
                       + m_evidence.at(entry.time_us) + " (attempt " + std::to_string(entry.attempt)
                       + "), although it had given the event up and nobody had it replayed.";
            });
        }
    }

private:
    bool isRaisedFromTheDead(const Step& step) const
    {
        if (step.event == no_record || step.group >= NameRoles::groups_max)
            return false;
        const EventFacts& event = m_facts.event(step.event);
        if (!((event.dead >> step.group) & 1u))
            return false;
        if (step.entry.attempt > 1) // The broker may deliver twice: one is given up, the other goes on, or waits to.
            return event.under_way[step.group] == 0 && !((event.parked >> step.group) & 1u);
        // Another process may have had it replayed or published once more.
        const bool may_come_again =
            step.entry.offset == event.first_offset || event.publications != 1 || m_facts.hasOthers();
        return !may_come_again;
    }
    std::string nameOfEvent(const Step& step) const
    {
        return step.event != no_record ? m_evidence.nameOf(m_facts.event(step.event)) : std::string("an event");
    }

    const int m_attempts_max;
};

} // namespace

std::unique_ptr<Checker> makeRetriesWithinBudget(const Facts& facts, const Evidence& evidence,
                                                 const CheckerOptions& options)
{
    return std::make_unique<RetriesWithinBudget>(facts, evidence, options);
}

} // namespace orderlab
