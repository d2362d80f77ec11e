#pragma once
#include "base/time.h"
#include "base/uuid.h"

#include <cstdint>
#include <string_view>

namespace orderlab {

/// A name that entries refer to (group, member, error text…), interned by the Journal. 0 is the empty name.
using NameId = std::uint16_t;

/// What happened. Each comment says which fields of the entry count; `order`, `event` and `time_us` always do where
/// they make sense. Numbers are part of the journal file format: append, never renumber.
enum class EntryKind : std::uint8_t {
    None = 0,
    OrderAccepted = 1,    ///< An order and its OrderCreated are durable. value: amount_minor; detail: currency; actor: customer; event: purchase (see ClientAsked).
    StatusChanged = 2,    ///< The order's row has a new status. detail: status.
    EventEmitted = 3,     ///< An outbox row is durable. topic.
    EventPublished = 4,   ///< The log has it. topic, partition, offset; actor: relay.
    EventDelivered = 5,   ///< A worker has taken it. topic, partition, offset, group, actor: member, attempt; value: 1 when from the retry topic.
    EventHandled = 6,     ///< Effects and inbox row are committed. As delivered; value: microseconds since delivery.
    DuplicateSkipped = 7, ///< Nothing was done: the inbox knew the event, or (detail) it is a copy addressed to another group. As delivered.
    AttemptFailed = 8,    ///< The handler failed; nothing was committed. As delivered; detail: error.
    RetryScheduled = 9,   ///< It will be tried again. As delivered; value: milliseconds until then.
    DeadLettered = 10,    ///< Given up: kept in dead letters. As delivered; detail: error.
    OffsetCommitted = 11, ///< The group will not see offsets below `offset` again. group, topic, partition, offset; actor: member.
    GatewayCharged = 12,  ///< The gateway took money. value: amount_minor; detail: currency; attempt.
    GatewayDeclined = 13, ///< The gateway refused. detail: reason.
    GatewayFailed = 14,   ///< The gateway gave no answer. detail: error; attempt.
    GatewayRefunded = 15, ///< The gateway gave the money back. value: amount_minor; detail: currency.
    PaymentRecorded = 16, ///< Our record of the outcome is durable. detail: outcome.
    NotificationWritten = 17, ///< What would be sent to the customer is durable. topic: what it is about.
    MemberJoined = 18,    ///< group; actor: member.
    MemberLeft = 19,      ///< group; actor: member.
    PartitionAssigned = 20, ///< group, topic, partition; actor: member.
    PartitionRevoked = 21,  ///< group, topic, partition; actor: member.
    WorkPaused = 22,      ///< A partition waits for infrastructure; no attempt is burned. group, topic, partition; detail: error.
    WorkResumed = 23,     ///< group, topic, partition.
    PublishFailed = 24,   ///< The relay could not publish; rows stay in the outbox. detail: error; actor: relay. With a group: dead letters, the first as delivered.
    EntriesMissed = 25,   ///< A recording has a gap here. value: how many.
    FaultInjected = 26,   ///< The fault plan struck. group, actor: worker, topic: event type, where known; detail: "seam action"; value: milliseconds it takes (until the restart, until what is away is back), 0 where that is not known.
    GuaranteeSwitched = 27, ///< detail: "inbox off", "inbox on".
    FaultsChanged = 28,   ///< The fault plan was replaced. value: how many faults it has.
    ProcessCrashed = 29,  ///< Killed; what it had in memory is gone. actor: worker, relay or "api"; group: the worker's; value: milliseconds until it is restarted.
    ProcessRestarted = 30, ///< actor, group: as ProcessCrashed.
    ClientAsked = 31,     ///< The customer's program sent a request. event: its purchase, the same each time; attempt.
    ClientAnswered = 32,  ///< The customer knows that the order is accepted. event: the purchase.
    EventParked = 33,     ///< Moved to the retry topic, so that others pass. As delivered; value: milliseconds until it is tried again.
    DeadLetterReplayed = 34,  ///< Given back to the group that failed. group; topic, partition, offset: as dead-lettered; detail: "edited" where it was.
    DeadLetterDiscarded = 35, ///< Thrown away on request; an audit row is kept. As DeadLetterReplayed; detail: reason.
    CircuitOpened = 36,   ///< The gateway failed too often: calls are refused for a while. detail: error; value: milliseconds.
    CircuitClosed = 37,   ///< The gateway answers again.
    WorkThrottled = 38,   ///< A worker waits, so as to stay below its rate. group; actor: member; value: milliseconds.
    OffsetsReset = 39,    ///< A group's offset was moved: on request; with an actor, as the log has not what this member was to read next. group, topic, partition, offset.
    InvariantViolated = 40, ///< A promise was broken. detail: the invariant's name.
    BusSwitched = 41,     ///< Another log is in use: topics, partitions and offsets are that one's from here on. detail: which.
    EventRepublished = 42, ///< The log no longer has it, so that it waits to be published once more. topic, partition, offset: where it was, -1 where that is not known; detail: why.
    LogReplaced = 43,     ///< A topic was deleted and made anew, or has lost its end: offsets of this partition begin anew. topic, partition, offset: the first.
};
inline constexpr int entry_kind_count = 44;

/// The field's standard name, as in journal files: "order-accepted", "event-published"…
std::string_view name(EntryKind kind);
/// None for an unknown name.
EntryKind entryKindOf(std::string_view name);

/// One thing that happened: 64 bytes, no pointers, so that entries are copied by the thousand.
struct Entry {
    std::int64_t time_us = 0; ///< Microseconds since 1970, UTC, by the runtime's clock.
    Uuid order;
    Uuid event;
    std::int64_t offset = -1;
    std::int32_t value = 0;
    EntryKind kind = EntryKind::None;
    std::uint8_t attempt = 0; ///< From 1.
    std::uint16_t partition = 0;
    NameId topic = 0;
    NameId group = 0;
    NameId actor = 0;
    NameId detail = 0;

    bool operator==(const Entry&) const = default;
};
static_assert(sizeof(Entry) == 64);

} // namespace orderlab
