#include "invariants/invariant_suite.h"

#include <algorithm>

namespace orderlab {

InvariantSuite::InvariantSuite(InvariantOptions options)
    : m_facts(options.facts), m_evidence(m_facts, options.origin_us)
{
    m_checkers.push_back(makeNoOrderLost(m_facts, m_evidence));
    m_checkers.push_back(makeChargedAtMostOnce(m_facts, m_evidence));
    m_checkers.push_back(makeEffectsHappenOnce(m_facts, m_evidence));
    m_checkers.push_back(makeEveryEventHandledOrDead(m_facts, m_evidence));
    m_checkers.push_back(makeLegalStatusTransitions(m_facts, m_evidence));
    m_checkers.push_back(makeOffsetsOnlyAdvance(m_facts, m_evidence));
    m_checkers.push_back(makePerOrderSequence(m_facts, m_evidence));
    m_checkers.push_back(makeRetriesWithinBudget(m_facts, m_evidence, options.checkers));
    m_checkers.push_back(makeAllOrdersFinish(m_facts, m_evidence, options.checkers));
    m_taken.resize(m_checkers.size());
    for (const auto& checker : m_checkers) {
        checker->setExplainedMax(options.explained_max);
        for (std::size_t kind = 0; kind < m_wanting.size(); ++kind) {
            if ((checker->kinds() >> kind) & 1u)
                m_wanting[kind].push_back(checker.get());
        }
    }
}

InvariantSuite::~InvariantSuite() = default;

void InvariantSuite::apply(std::span<const Entry> entries, const Names& names)
{
    for (const Entry& entry : entries) {
        m_facts.setEntryNumber(m_entries++);
        if (std::size_t(entry.kind) >= m_wanting.size())
            continue; // of a newer version
        m_now_us = std::max(m_now_us, entry.time_us);
        // Another log has other offsets, and what the first had left to do is published anew.
        if (entry.kind == EntryKind::EntriesMissed || entry.kind == EntryKind::BusSwitched
            || entry.kind == EntryKind::LogReplaced)
            forgetPast();
        const Step step = m_facts.locate(entry, names);
        m_evidence.begin(step);
        for (Checker* checker : m_wanting[std::size_t(entry.kind)])
            checker->apply(step);
        m_facts.take(step);
        m_evidence.take(step);
    }
}

void InvariantSuite::forgetPast()
{
    m_facts.forgetAll();
    for (const auto& checker : m_checkers)
        checker->forgetAll();
}

void InvariantSuite::wasAsleep(std::int64_t until_us)
{
    for (const auto& checker : m_checkers)
        checker->wasAsleep(until_us);
}

void InvariantSuite::look(std::int64_t now_us)
{
    constexpr std::int64_t interval_us = 1'000'000;
    m_now_us = std::max(m_now_us, now_us);
    if (m_now_us < m_looked_us + interval_us)
        return;
    m_looked_us = m_now_us;
    for (const auto& checker : m_checkers)
        checker->look(m_now_us);
}

std::vector<Recovery> InvariantSuite::takeRecoveries()
{
    std::vector<Recovery> all;
    for (const auto& checker : m_checkers) {
        for (Recovery& recovery : checker->takeRecoveries())
            all.push_back(std::move(recovery));
    }
    return all;
}

void InvariantSuite::finish()
{
    for (const auto& checker : m_checkers)
        checker->finish(m_now_us);
}

bool InvariantSuite::holds() const
{
    return std::all_of(m_checkers.begin(), m_checkers.end(), [](const auto& c) { return c->violations() == 0; });
}

std::vector<InvariantResult> InvariantSuite::results() const
{
    std::vector<InvariantResult> results;
    for (const auto& checker : m_checkers) {
        results.push_back({checker->name(), checker->violations() == 0, checker->violations(),
                           checker->explained().empty() ? nullptr : &checker->explained().front()});
    }
    return results;
}

std::vector<Violation> InvariantSuite::takeNew()
{
    std::vector<Violation> all;
    for (std::size_t i = 0; i < m_checkers.size(); ++i) {
        const auto& explained = m_checkers[i]->explained();
        all.insert(all.end(), explained.begin() + std::ptrdiff_t(m_taken[i]), explained.end());
        m_taken[i] = explained.size();
    }
    return all;
}

Entry entryOf(const Violation& violation, Names& names, std::int64_t now_us)
{
    Entry entry;
    entry.kind = EntryKind::InvariantViolated;
    entry.time_us = now_us;
    entry.order = violation.order;
    entry.event = violation.event;
    entry.detail = names.intern(violation.invariant);
    return entry;
}

} // namespace orderlab
