#pragma once
#include "invariants/evidence.h"

#include <memory>
#include <utility>

namespace orderlab {

/// A promise that was broken.
struct Violation {
    std::string_view invariant; ///< Its public name; static text.
    OrderId order;              ///< Null where it is about no order.
    EventId event;
    std::int64_t time_us = 0; ///< When it became certain.
    std::string explanation;  ///< One or two sentences for people: what happened, and what let it happen.
    std::uint64_t entry = 0;  ///< The number of the entry after which it was certain, from 0; the last one, at the end.
};

/// What a broken promise was about came right after all. The violation stays.
struct Recovery {
    std::string_view invariant;
    OrderId order;
    std::int64_t time_us = 0;
    std::string explanation;
};

/// How the journal tells of it at `now_us`.
Entry entryOf(const Violation& violation, Names& names, std::int64_t now_us);

/// A set of entry kinds.
using KindMask = std::uint64_t;
static_assert(entry_kind_count <= 64);
constexpr KindMask kindsOf(std::initializer_list<EntryKind> kinds)
{
    KindMask mask = 0;
    for (EntryKind kind : kinds)
        mask |= KindMask{1} << unsigned(kind);
    return mask;
}

/// One invariant: a rule that compares each entry with what was known before it. One thread at a time.
class Checker {
public:
    static constexpr std::size_t explained_max = 100; ///< Violations that are explained unless told otherwise.

    Checker(const Facts& facts, const Evidence& evidence) : m_facts(facts), m_evidence(evidence) {}
    virtual ~Checker() = default;
    Checker(const Checker&) = delete;
    Checker& operator=(const Checker&) = delete;

    /// As in INTERFACES: "no-order-lost".
    virtual std::string_view name() const = 0;
    /// What it wants to see; apply() is called for nothing else.
    virtual KindMask kinds() const = 0;
    virtual void apply(const Step& step) = 0;
    /// The run goes on, and nothing that is not yet taken in happened before `now_us`.
    virtual void look(std::int64_t now_us) { (void)now_us; }
    /// Nothing could be done here until `until_us`: nobody is late because of that time.
    virtual void wasAsleep(std::int64_t until_us) { (void)until_us; }
    /// Those since the last call.
    virtual std::vector<Recovery> takeRecoveries() { return {}; }
    /// The run has ended at `now_us`, and nothing more will come: what had yet to happen never will.
    virtual void finish(std::int64_t now_us) { (void)now_us; }
    /// Entries are missing here, and Facts has forgotten everything: so must what is kept beside it.
    virtual void forgetAll() {}

    std::uint64_t violations() const { return m_count; }
    /// Further ones are only counted.
    void setExplainedMax(std::size_t count) { m_explained_max = count; }
    /// The first ones.
    const std::vector<Violation>& explained() const { return m_explained; }

protected:
    /// `explain()` gives the explanation; it is asked for while explanations are kept.
    template <typename Explain>
    void report(const OrderId& order, const EventId& event, std::int64_t time_us, Explain&& explain)
    {
        ++m_count;
        if (m_explained.size() < m_explained_max) {
            m_explained.push_back({name(), order, event, time_us, explain(), m_facts.entryNumber()});
            if (std::string& text = m_explained.back().explanation; text.starts_with("order "))
                text.front() = 'O';
        }
    }
    template <typename Explain>
    void report(const Step& step, Explain&& explain)
    {
        report(OrderId{step.entry.order}, step.event == no_record ? EventId{} : m_facts.event(step.event).id,
               step.entry.time_us, std::forward<Explain>(explain));
    }

    const Facts& m_facts;
    const Evidence& m_evidence;

private:
    std::size_t m_explained_max = explained_max;
    std::uint64_t m_count = 0;
    std::vector<Violation> m_explained;
};

struct CheckerOptions {
    int attempts_max = 5; ///< As RetryOptions::max_attempts.
    /// While the run goes on: an order of which nothing was heard for so long, though nothing stood in its way, is
    /// taken for one that will not finish. 0: only the end of the run tells.
    std::int64_t finish_within_us = 0;
};

std::unique_ptr<Checker> makeNoOrderLost(const Facts&, const Evidence&);
std::unique_ptr<Checker> makeChargedAtMostOnce(const Facts&, const Evidence&);
std::unique_ptr<Checker> makeEffectsHappenOnce(const Facts&, const Evidence&);
std::unique_ptr<Checker> makeEveryEventHandledOrDead(const Facts&, const Evidence&);
std::unique_ptr<Checker> makeLegalStatusTransitions(const Facts&, const Evidence&);
std::unique_ptr<Checker> makeOffsetsOnlyAdvance(const Facts&, const Evidence&);
std::unique_ptr<Checker> makePerOrderSequence(const Facts&, const Evidence&);
std::unique_ptr<Checker> makeRetriesWithinBudget(const Facts&, const Evidence&, const CheckerOptions&);
std::unique_ptr<Checker> makeAllOrdersFinish(const Facts&, const Evidence&, const CheckerOptions&);

} // namespace orderlab
