#pragma once
#include "journal/world_state.h"
#include "lab/lab.h"

#include <deque>
#include <unordered_set>

namespace orderlab::ui {

/// Some orders of the store, oldest first.
struct StoredPage {
    std::vector<OrderState> orders;
    std::string older; ///< Cursor of the page with those before; empty: there are none.
};
/// The newest orders that the store has from earlier runs, or those before the page that `cursor` is of; dead letters
/// of the newest 500 that wait or were discarded are counted. On the runtime. Errors: of the store.
Task<Result<StoredPage>> readStoredOrders(Lab& lab, std::size_t limit, std::string cursor);
/// These orders as the store has them; those it does not have are left out. On the runtime. Error: of the store.
Task<Result<std::vector<OrderState>>> readOrders(Lab& lab, std::vector<OrderId> ids);

/// What `stored` tells of an order beyond what `known` has, as the entries that an earlier run's journal had: its
/// acceptance, at the time that its id holds, and the status that ended it. Empty when there is nothing to add.
std::vector<Entry> entriesOf(const OrderState& stored, const OrderState& known, Names& names);

/// Collects the orders whose acceptance is in no entry of this run: those of earlier runs that are worked on, and after
/// a gap in the journal those that may have ended in it. Bounded; each is asked for once, and again after a gap. GUI
/// thread.
class UnknownOrders {
public:
    static constexpr std::size_t asked_max =
        200'000; ///< Then it forgets whom it has asked for: some are asked for twice.

    void note(std::span<const Entry> fresh, const WorldState& world);
    /// Up to `max` that are to be asked for.
    std::vector<OrderId> take(std::size_t max);
    /// The store was away: these are to be asked for again.
    void giveBack(const std::vector<OrderId>& orders);

private:
    std::unordered_set<Uuid, UuidHash> m_asked;
    std::deque<OrderId> m_waiting;
};

} // namespace orderlab::ui
