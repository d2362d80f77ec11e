#pragma once
#include "faults/fault.h"

#include <span>
#include <vector>

namespace orderlab::ui {

/// The faults that are on, as they were composed, and how far each has come. Core replaces its plan as a whole and then
/// counts anew; the desk hands it what is left of each fault, so that switching one leaves the others where they are.
/// Has no clock of its own. A value.
class FaultDesk {
public:
    struct Item {
        int id = 0;                       ///< Never given out twice.
        Fault fault;                      ///< As it was composed.
        TimePoint since;                  ///< When it was switched on.
        std::uint64_t strikes = 0;        ///< Since then.
        std::uint64_t strikes_before = 0; ///< Of these, before the plan that is in force.
    };

    /// Its id. Error: InvalidArgument with the member's name, or when there are too many.
    Result<int> add(Fault fault, TimePoint now);
    /// False when it is not there (any more).
    bool remove(int id);
    void clear()
    {
        m_items.clear();
        m_spent.clear();
    }
    /// Takes away what has used up its count or its time. Whether there was any.
    bool removeSpent(TimePoint now);
    /// What core's plan is to be from now on, in the order of items().
    std::vector<Fault> plan(TimePoint now);
    /// How often each fault of the last plan() has struck since. False when nothing changed.
    bool takeStrikes(std::span<const std::uint64_t> strikes);

    const std::vector<Item>& items() const { return m_items; }
    /// Those that have gone by themselves, the last one last; until another of their kind is added. At most spent_max.
    const std::vector<Item>& spent() const { return m_spent; }
    static constexpr std::size_t spent_max = 32;
    const Item* find(int id) const;
    /// How often it may strike still; Fault::count_unlimited: no end.
    static std::uint32_t strikesLeft(const Item& item);
    /// How long it goes on, from its start; Duration::max(): no end.
    static Duration timeLeft(const Item& item, TimePoint now);
    static bool isSpent(const Item& item, TimePoint now);

private:
    std::vector<Item> m_items;
    std::vector<Item> m_spent;
    int m_next_id = 1;
};

} // namespace orderlab::ui
