#include "invariants/checker.h"

namespace orderlab {

namespace {

/// A group's offset in a partition never goes back, but on request. Where other processes have members in the group, it
/// may have been moved on request while they had the partition: from one assignment to the next.
class OffsetsOnlyAdvance final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "offsets-only-advance"; }
    KindMask kinds() const override
    {
        return kindsOf({EntryKind::OffsetCommitted, EntryKind::OffsetsReset, EntryKind::PartitionAssigned});
    }

    void apply(const Step& step) override
    {
        if (step.place == no_record)
            return;
        if (step.place >= m_committed.size())
            m_committed.resize(step.place + 1, Committed{});
        Committed& committed = m_committed[step.place];
        if (step.entry.kind == EntryKind::PartitionAssigned) {
            if (m_facts.hasOthers())
                committed = {};
            return;
        }
        if (step.entry.kind == EntryKind::OffsetCommitted && step.entry.offset < committed.offset)
            report(step, [&] { return explain(step, committed); });
        committed = {step.entry.offset, step.entry.time_us};
    }

    void forgetAll() override { m_committed.clear(); }

private:
    struct Committed {
        std::int64_t offset = 0;
        std::int64_t time_us = 0;
    };

    std::string explain(const Step& step, const Committed& committed) const
    {
        const Entry& entry = step.entry;
        const std::string cause = m_evidence.cause({no_record, entry.group, committed.time_us, entry.time_us, ~0u});
        return "The offset of " + m_evidence.text(entry.group) + " in " + m_evidence.text(entry.topic) + '/'
               + std::to_string(entry.partition) + " went back from " + std::to_string(committed.offset) + " to "
               + std::to_string(entry.offset) + ' ' + m_evidence.at(entry.time_us) + ", and nobody had it reset"
               + (cause.empty() ? "." : ": " + cause + '.');
    }

    std::vector<Committed> m_committed; ///< By place.
};

} // namespace

std::unique_ptr<Checker> makeOffsetsOnlyAdvance(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<OffsetsOnlyAdvance>(facts, evidence);
}

} // namespace orderlab
