#pragma once
#include "bus/event_bus.h"
#include "store/store.h"

namespace orderlab {

/// Mistakes that are easily made and hard to see. Each is put into an otherwise right system to show that an invariant
/// notices.
enum class Mutation : std::uint8_t {
    None,
    SkipsInboxInsert, ///< The group never remembers what it has done.
    AcksBeforeCommit, ///< The offset is committed as soon as the events are there.
    RelaysByLastId,   ///< The relay asks for rows beyond the last one it has published. Rows get their numbers as they
                      ///< are written, and become visible as they are committed: a late one is never seen.
    ForgetsToResetOnCrash, ///< A group goes on from what it was delivered, not from what it has committed.
    MarksBeforePublishing, ///< The relay marks its rows as published, then publishes them.
    GatewayForgetsKeys,    ///< The gateway does not keep the payment keys that it has charged under.
    ReadsStaleOrders,      ///< A handler sees each order as it was when it was created.
    CommitsOldOffsets,     ///< The broker takes an offset that is older than the one it has.
    SkipsAheadInABatch, ///< A worker begins with the later half of its batch; and events are emitted twice, as it needs
                        ///< two.
    KeepsTryingTheDead, ///< What is given up is parked as well.
    BelievesItIsDone,   ///< A handler takes one in four orders for paid before it is.
};

/// For LabConfig::decorate_store and decorate_bus: what they are given, with the mistake in it if it belongs there.
std::shared_ptr<Store> mutatedStore(Mutation mutation, std::shared_ptr<Store> store, Journal& journal);
std::unique_ptr<EventBus> mutatedBus(Mutation mutation, std::unique_ptr<EventBus> bus, Journal& journal);

} // namespace orderlab
