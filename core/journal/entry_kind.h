#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace orderlab {

/// What happened. Numbers are part of the journal file format: append, never renumber. What each is: entryKindRow().
enum class EntryKind : std::uint8_t {
    None = 0,
    OrderAccepted = 1,
    StatusChanged = 2,
    EventEmitted = 3,
    EventPublished = 4,
    EventDelivered = 5,
    EventHandled = 6,
    DuplicateSkipped = 7,
    AttemptFailed = 8,
    RetryScheduled = 9,
    DeadLettered = 10,
    OffsetCommitted = 11,
    GatewayCharged = 12,
    GatewayDeclined = 13,
    GatewayFailed = 14,
    GatewayRefunded = 15,
    PaymentRecorded = 16,
    NotificationWritten = 17,
    MemberJoined = 18,
    MemberLeft = 19,
    PartitionAssigned = 20,
    PartitionRevoked = 21,
    WorkPaused = 22,
    WorkResumed = 23,
    PublishFailed = 24,
    EntriesMissed = 25,
    FaultInjected = 26,
    GuaranteeSwitched = 27,
    FaultsChanged = 28,
    ProcessCrashed = 29,
    ProcessRestarted = 30,
    ClientAsked = 31,
    ClientAnswered = 32,
    EventParked = 33,
    DeadLetterReplayed = 34,
    DeadLetterDiscarded = 35,
    CircuitOpened = 36,
    CircuitClosed = 37,
    WorkThrottled = 38,
    OffsetsReset = 39,
    InvariantViolated = 40,
    BusSwitched = 41,
    EventRepublished = 42,
    LogReplaced = 43,
    RedisAway = 44,
    RedisBack = 45,
    RedisLooked = 46,
};

/// What it is to an event that a group is to handle. What each means for who has the event, progressOf()
/// (event_progress.h) says, for all who follow events; a new one does not compile until it does.
enum class EventStep : std::uint8_t {
    None,    ///< Nothing of that.
    Taken,   ///< Begins an attempt: a member has it in hand.
    Failed,  ///< The attempt has failed; where the event goes is told next.
    Kept,    ///< The same member will try again.
    Parked,  ///< Ends an attempt: others pass, and it comes again.
    Handled, ///< Ends an attempt: done.
    Skipped, ///< Ends an attempt: nothing was to be done.
    GivenUp, ///< Ends an attempt: a dead letter.
};

/// Whether nobody has the event in hand afterwards.
constexpr bool endsAttempt(EventStep step)
{
    return step == EventStep::Parked || step == EventStep::Handled || step == EventStep::Skipped
           || step == EventStep::GivenUp;
}

/// Members of an entry that count for a kind though they may be 0; to be added up.
namespace entry_marks {
inline constexpr std::uint8_t topic = 1, partition = 2, offset = 4, group = 8, attempt = 16;
inline constexpr std::uint8_t at_partition = topic | partition | group;
inline constexpr std::uint8_t at_offset = topic | partition | offset;
inline constexpr std::uint8_t at_group_offset = at_offset | group;
inline constexpr std::uint8_t delivery = at_group_offset | attempt;
} // namespace entry_marks

/// Which fields of an entry count, and what they are called in JSON. "": `value`, `actor` or `detail` does not count.
/// `order`, `event` and `time_us` always do where they make sense.
struct EntryFields {
    std::string_view value = {};
    std::string_view actor = {};
    std::string_view detail = {};
    std::uint8_t marks = 0; ///< Of entry_marks.

    constexpr bool has(std::uint8_t mark) const { return (marks & mark) != 0; }
};

struct EntryKindRow {
    std::string_view name;  ///< As in journal files: "order-accepted".
    std::string_view words; ///< What it says has happened.
    EntryFields fields = {};
    EventStep step = EventStep::None;
};

/// All there is to say of a kind. A new kind is a value above and a row here: without one it does not compile. Its name
/// and fields stand in http/openapi.json, too (tested); where it shows, world_state.cpp and the stories say.
constexpr EntryKindRow entryKindRow(EntryKind kind)
{
    switch (kind) {
    case EntryKind::None: return {"none", ""};
    case EntryKind::OrderAccepted:
        return {"order-accepted",
                "An order and its OrderCreated are durable. `event` is the purchase: see ClientAsked.",
                {.value = "amount_minor", .actor = "customer", .detail = "currency"}};
    case EntryKind::StatusChanged: return {"status-changed", "The order's row has a new status.", {.detail = "status"}};
    case EntryKind::EventEmitted: return {"event-emitted", "An outbox row is durable.", {.marks = entry_marks::topic}};
    case EntryKind::EventPublished:
        return {"event-published", "The log has it.", {.actor = "relay", .marks = entry_marks::at_offset}};
    case EntryKind::EventDelivered:
        return {"event-delivered",
                "A worker has taken it; `value` is 1 when it came from the retry topic.",
                {.actor = "member", .marks = entry_marks::delivery},
                EventStep::Taken};
    case EntryKind::EventHandled:
        return {"event-handled",
                "Effects and inbox row are committed.",
                {.value = "handling_us", .actor = "member", .marks = entry_marks::delivery},
                EventStep::Handled};
    case EntryKind::DuplicateSkipped:
        return {"duplicate-skipped",
                "Nothing was done: the inbox knew the event, or (`detail`) it is a copy addressed to another group.",
                {.actor = "member", .marks = entry_marks::delivery},
                EventStep::Skipped};
    case EntryKind::AttemptFailed:
        return {"attempt-failed",
                "The handler failed; nothing was committed.",
                {.actor = "member", .detail = "error", .marks = entry_marks::delivery},
                EventStep::Failed};
    case EntryKind::RetryScheduled:
        return {"retry-scheduled",
                "It will be tried again, by the same member.",
                {.value = "delay_ms", .actor = "member", .marks = entry_marks::delivery},
                EventStep::Kept};
    case EntryKind::DeadLettered:
        return {"dead-lettered",
                "Given up: kept in dead letters.",
                {.actor = "member", .detail = "error", .marks = entry_marks::delivery},
                EventStep::GivenUp};
    case EntryKind::OffsetCommitted:
        return {"offset-committed",
                "The group will not see offsets below `offset` again.",
                {.actor = "member", .marks = entry_marks::at_group_offset}};
    case EntryKind::GatewayCharged:
        return {"gateway-charged",
                "The gateway took money.",
                {.value = "amount_minor", .detail = "currency", .marks = entry_marks::attempt}};
    case EntryKind::GatewayDeclined: return {"gateway-declined", "The gateway refused.", {.detail = "reason"}};
    case EntryKind::GatewayFailed:
        return {"gateway-failed", "The gateway gave no answer.", {.detail = "error", .marks = entry_marks::attempt}};
    case EntryKind::GatewayRefunded:
        return {
            "gateway-refunded", "The gateway gave the money back.", {.value = "amount_minor", .detail = "currency"}};
    case EntryKind::PaymentRecorded:
        return {"payment-recorded", "Our record of the payment's outcome is durable.", {.detail = "outcome"}};
    case EntryKind::NotificationWritten:
        return {"notification-written",
                "What would be sent to the customer is durable; `topic` is what it is about.",
                {.marks = entry_marks::topic}};
    case EntryKind::MemberJoined:
        return {"member-joined", "A member has joined its group.", {.actor = "member", .marks = entry_marks::group}};
    case EntryKind::MemberLeft:
        return {"member-left",
                "A member has left its group, or was put out of it.",
                {.actor = "member", .marks = entry_marks::group}};
    case EntryKind::PartitionAssigned:
        return {
            "partition-assigned", "A member has a partition.", {.actor = "member", .marks = entry_marks::at_partition}};
    case EntryKind::PartitionRevoked:
        return {"partition-revoked",
                "A member has a partition no more.",
                {.actor = "member", .marks = entry_marks::at_partition}};
    case EntryKind::WorkPaused:
        return {"work-paused",
                "A partition waits for infrastructure; no attempt is burned.",
                {.actor = "member", .detail = "error", .marks = entry_marks::at_partition}};
    case EntryKind::WorkResumed:
        return {"work-resumed", "The partition goes on.", {.actor = "member", .marks = entry_marks::at_partition}};
    case EntryKind::PublishFailed:
        return {
            "publish-failed",
            "The relay could not publish; rows stay in the outbox. With a group: dead letters, the first as delivered.",
            {.actor = "relay", .detail = "error"}};
    case EntryKind::EntriesMissed: return {"entries-missed", "A recording has a gap here.", {.value = "missed"}};
    case EntryKind::FaultInjected:
        return {"fault-injected",
                "The fault plan struck: \"seam action\". `length_ms` until the restart, until what is away is back; 0 "
                "where that is not known.",
                {.value = "length_ms",
                 .actor = "process",
                 .detail = "fault",
                 .marks = entry_marks::topic | entry_marks::group}};
    case EntryKind::GuaranteeSwitched:
        return {
            "guarantee-switched", "A guarantee was switched: \"inbox off\", \"inbox on\".", {.detail = "guarantee"}};
    case EntryKind::FaultsChanged: return {"faults-changed", "The fault plan was replaced.", {.value = "faults"}};
    case EntryKind::ProcessCrashed:
        return {"process-crashed",
                "Killed: what it had in memory is gone. The process is a worker, a relay or \"api\".",
                {.value = "restart_ms", .actor = "process", .marks = entry_marks::group}};
    case EntryKind::ProcessRestarted:
        return {"process-restarted",
                "A process that crashed runs again.",
                {.actor = "process", .marks = entry_marks::group}};
    case EntryKind::ClientAsked:
        return {"client-asked",
                "The customer's program sent a request; `event` is its purchase, the same each time.",
                {.marks = entry_marks::attempt}};
    case EntryKind::ClientAnswered:
        return {"client-answered", "The customer knows that the order is accepted; `event` is the purchase.", {}};
    case EntryKind::EventParked:
        return {"event-parked",
                "Moved to the retry topic, so that others pass.",
                {.value = "delay_ms", .actor = "member", .marks = entry_marks::delivery},
                EventStep::Parked};
    case EntryKind::DeadLetterReplayed:
        return {"dead-letter-replayed",
                "Given back to the group that failed, from where it was dead-lettered; `detail` is \"edited\" where it "
                "was.",
                {.marks = entry_marks::at_group_offset}};
    case EntryKind::DeadLetterDiscarded:
        return {"dead-letter-discarded",
                "Thrown away on request; an audit row is kept.",
                {.detail = "reason", .marks = entry_marks::at_group_offset}};
    case EntryKind::CircuitOpened:
        return {"circuit-opened",
                "The gateway failed too often: calls are refused for a while.",
                {.value = "open_ms", .detail = "error"}};
    case EntryKind::CircuitClosed: return {"circuit-closed", "The gateway answers again.", {}};
    case EntryKind::WorkThrottled:
        return {"work-throttled",
                "A worker waits, so as to stay below its rate.",
                {.value = "delay_ms", .actor = "member", .marks = entry_marks::group}};
    case EntryKind::OffsetsReset:
        return {"offsets-reset",
                "A group's offset was moved: on request; with a member, as the log has not what it was to read next.",
                {.actor = "member", .marks = entry_marks::at_group_offset}};
    case EntryKind::InvariantViolated: return {"invariant-violated", "A promise was broken.", {.detail = "invariant"}};
    case EntryKind::BusSwitched:
        return {"bus-switched",
                "Another log is in use: topics, partitions and offsets are that one's from here on.",
                {.detail = "bus"}};
    case EntryKind::EventRepublished:
        return {"event-republished",
                "The log no longer has it, so that it waits to be published once more; where it was, -1 where that is "
                "not known.",
                {.detail = "reason", .marks = entry_marks::at_offset}};
    case EntryKind::LogReplaced:
        return {"log-replaced",
                "A topic was deleted and made anew, or has lost its end: offsets of this partition begin anew.",
                {.marks = entry_marks::at_offset}};
    case EntryKind::RedisAway:
        return {"redis-away",
                "Redis gives no first looks for a while, so the store is asked at once. Nothing else changes.",
                {.detail = "error"}};
    case EntryKind::RedisBack: return {"redis-back", "Redis gives first looks again.", {}};
    case EntryKind::RedisLooked:
        return {"redis-looked",
                "First looks into Redis since the last such entry, at most one a second for each answer: \"hit\", "
                "\"miss\", \"unanswered\"; \"forgotten\": the store knew what Redis did not; \"unconfirmed\": the "
                "store did not know what Redis did.",
                {.value = "looks", .detail = "answer"}};
    }
    return {};
}

/// With None.
inline constexpr int entry_kind_count = [] {
    int count = 0;
    while (!entryKindRow(EntryKind(count)).name.empty())
        ++count;
    return count;
}();

inline constexpr std::array<EntryKindRow, entry_kind_count> entry_kinds = [] {
    std::array<EntryKindRow, entry_kind_count> rows{};
    for (int i = 0; i < entry_kind_count; ++i)
        rows[std::size_t(i)] = entryKindRow(EntryKind(i));
    return rows;
}();

/// None for a kind of a newer version.
constexpr EventStep stepOf(EntryKind kind)
{
    return std::size_t(kind) < entry_kinds.size() ? entry_kinds[std::size_t(kind)].step : EventStep::None;
}

/// The field's standard name, as in journal files: "order-accepted", "event-published"…; "unknown" for one of a newer
/// version.
constexpr std::string_view name(EntryKind kind)
{
    return std::size_t(kind) < entry_kinds.size() ? entry_kinds[std::size_t(kind)].name : "unknown";
}
/// None for an unknown name.
EntryKind entryKindOf(std::string_view name);

} // namespace orderlab
