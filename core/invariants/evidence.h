#pragma once
#include "invariants/facts.h"

#include <initializer_list>
#include <string>

namespace orderlab {

/// What a search for a cause looks at.
struct CauseQuery {
    std::uint32_t order =
        no_record;    ///< Faults that struck this order count, and those that struck nobody in particular.
    NameId group = 0; ///< Faults of other groups do not count; 0: of any.
    std::int64_t from_us = 0;
    std::int64_t to_us = 0;
    std::uint32_t seams = ~0u; ///< A bit a Seam: where a fault can have been the cause.
    NameId actor = 0;          ///< Only what struck this member counts; 0: any.
    bool of_groups = true;     ///< Whether what befell members of groups counts.
};
constexpr std::uint32_t seamsOf(std::initializer_list<Seam> seams)
{
    std::uint32_t mask = 0;
    for (Seam seam : seams)
        mask |= 1u << unsigned(seam);
    return mask;
}

/// What was out of the ordinary: faults, crashes, failed attempts, guarantees that were off. Checkers build their
/// explanations from it. Keeps the last 65,536 such entries; older causes are not found any more. One thread at a time.
class Evidence {
public:
    explicit Evidence(Facts& facts, std::int64_t origin_us = -1) : m_facts(facts), m_origin_us(origin_us) {}

    /// Before the checkers see `step`: where time begins, and what names mean.
    void begin(const Step& step)
    {
        m_names = &step.names;
        if (m_origin_us < 0)
            m_origin_us = step.entry.time_us;
    }
    /// Takes in what `step` says, after the checkers have seen it.
    void take(const Step& step);

    /// "14.2 s" since the run's beginning.
    std::string when(std::int64_t time_us) const;
    /// "at 14.2 s"
    std::string at(std::int64_t time_us) const { return "at " + when(time_us); }
    /// "order …9c1d3f2a"
    static std::string nameOf(const OrderId& order);
    /// "order-created of order …9c1d3f2a"
    std::string nameOf(const EventFacts& event) const;
    std::string text(NameId name) const { return m_names ? std::string(m_names->text(name)) : std::string(); }

    bool wasOff(Guarantee guarantee, std::int64_t from_us, std::int64_t to_us) const;
    /// A clause such as "worker payment-1 was killed at 3.1 s, after … (after-commit crash)". Empty when nothing that
    /// was seen can have been the cause.
    std::string cause(const CauseQuery& query) const;
    /// Ends a sentence: ": CAUSE and the inbox was off, CONSEQUENCE.", ": CAUSE, although the inbox was on." …
    std::string because(const std::string& cause, Guarantee guarantee, bool off, std::string_view consequence) const;

private:
    struct Note {
        Entry entry;
        std::uint64_t previous = 0; ///< The same order's note before, as a number from 1.
    };
    struct Switch {
        std::int64_t time_us;
        bool on;
    };
    struct Found;
    static constexpr std::size_t notes_max = 65'536;
    static constexpr std::size_t switches_max = 1'024;
    static constexpr int steps_max = 256; ///< Of a search; what is further back is rarely the cause.

    const Note* note(std::uint64_t number) const;
    void consider(Found& found, const Entry& entry, const CauseQuery& query) const;
    std::string clauseOf(const Found& found) const;
    std::string faultClause(const Entry& fault) const;

    Facts& m_facts;
    std::int64_t m_origin_us;
    const Names* m_names = nullptr;
    mutable NameRoles m_roles;
    std::vector<Note> m_notes;
    std::uint64_t m_next = 1;
    std::uint64_t m_last_common = 0; ///< The latest note about nobody in particular.
    std::array<std::deque<Switch>, guarantee_count> m_switches;
};

} // namespace orderlab
