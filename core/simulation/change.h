#pragma once
#include "base/json_tree.h"
#include "bus/event_bus.h"
#include "fault_model/guarantees.h"
#include "faults/fault.h"

#include <variant>

namespace orderlab {

// Settings of the system.

struct SwitchGuarantee {
    Guarantee guarantee = Guarantee::Outbox;
    bool on = true;
    bool operator==(const SwitchGuarantee&) const = default;
};
struct AddFault {
    Fault fault; ///< Its time starts with the change; the others go on as they are.
    bool operator==(const AddFault&) const = default;
};
struct StopFaults {
    bool operator==(const StopFaults&) const = default;
};
/// Ends the first fault that equals `fault`; the others go on as they are.
struct StopFault {
    Fault fault;
    bool operator==(const StopFault&) const = default;
};
struct SetMembers {
    std::size_t members = 1; ///< Of each group; 1 to 16.
    std::string group = {};  ///< Without prefix; empty: all groups.
    bool operator==(const SetMembers&) const = default;
};
/// A group's members leave, its committed offsets are moved, and the members join again; see Lab::resetGroup().
struct ResetOffsets {
    std::string group; ///< Without prefix.
    OffsetTarget target = OffsetTarget::Earliest;
    std::int64_t offset = 0;                     ///< Of OffsetTarget::Offset.
    Duration time{0};                            ///< Of OffsetTarget::Time: since the start of the run, up to 24 h.
    std::optional<EventType> topic = {};         ///< Empty: all that the group has read.
    std::optional<std::uint16_t> partition = {}; ///< Empty: all.
    bool operator==(const ResetOffsets&) const = default;
};
struct SetPolicy {
    std::string name; ///< As setPolicy() takes it.
    std::string value;
    bool operator==(const SetPolicy&) const = default;
};

// What a person does once.

/// A customer comes and buys, as those of an OrderPlan do.
struct PlaceOrder {
    std::string customer; ///< 1 to 64 printable characters.
    std::int64_t amount_minor = 1999;
    std::string currency = "EUR"; ///< ISO 4217.
    bool operator==(const PlaceOrder&) const = default;
};
/// Many customers of the built-in mix (CustomerMix), drawn from a stream of their own.
struct PlaceOrders {
    static constexpr std::uint64_t count_max = 100'000;
    std::uint64_t count = 100; ///< 1 to count_max.
    Duration mean_pause{0}; ///< Between two of them, exponentially distributed, up to 1 min; 0: a burst, 32 at a time.
    bool operator==(const PlaceOrders&) const = default;
};
struct CancelOrder {
    OrderId order;
    bool operator==(const CancelOrder&) const = default;
};
/// Kills a member ("payment-1"), the relay ("relay-1") or the API ("api") now, as the fault crash does.
struct CrashMember {
    std::string member;
    Duration restart_after{std::chrono::seconds{1}}; ///< Up to 1 h.
    bool operator==(const CrashMember&) const = default;
};
struct ReplayDeadLetter {
    std::string group; ///< Without prefix.
    Uuid event;
    std::string data = {}; ///< JSON that replaces the event's data, up to 64 KiB; empty: as it is.
    bool operator==(const ReplayDeadLetter&) const = default;
};
struct DiscardDeadLetter {
    std::string group;
    Uuid event;
    std::string reason = {}; ///< Up to 300 printable characters.
    bool operator==(const DiscardDeadLetter&) const = default;
};
/// The next delivery of the event to the group is lost. A log does not lose a delivery by itself: it is lost with the
/// member that has it in hand. So that member is killed as it is about to handle the event, and starts again after 1 s.
struct DropDelivery {
    std::string group;
    Uuid event;
    bool operator==(const DropDelivery&) const = default;
};
/// The next delivery of the event to the group is on its way so much longer, and what travels with it, too.
struct DelayDelivery {
    std::string group;
    Uuid event;
    Duration by{0}; ///< Up to 1 h.
    bool operator==(const DelayDelivery&) const = default;
};
/// What is left to chance is drawn anew from here on: which step is next, how long a message takes, identifiers, what
/// customers buy, which calls a fault strikes. On a virtual clock only.
struct Reseed {
    std::uint64_t seed = 1;
    bool operator==(const Reseed&) const = default;
};

/// What somebody sets or does at a moment of a run. A value.
struct Change {
    using Setting = std::variant<SwitchGuarantee, AddFault, StopFaults, SetMembers, SetPolicy, PlaceOrder, PlaceOrders,
                                 CancelOrder, CrashMember, StopFault, ReplayDeadLetter, DiscardDeadLetter, DropDelivery,
                                 DelayDelivery, Reseed, ResetOffsets>;

    static constexpr Duration at_max{std::chrono::hours{24}};

    Duration at{0}; ///< Since the start of the run; up to at_max.
    Setting setting;

    bool operator==(const Change&) const = default;
};

/// A change that could not be made at its time; the run went on without it.
struct RefusedChange {
    Change change;
    std::string reason;
};

/// One fault of a run, and how often it struck.
struct Struck {
    std::string fault; ///< As parseFault() reads it.
    std::uint64_t times = 0;
};

/// "inbox=on", "outbox=off"; "fault=gateway-call=decline,count=3", "fault-off=SPEC", "faults=none"; "members=4",
/// "members.payment=4"; "retry-style=topic", "max-attempts=3", "handler-timeout=500ms", "throttle=50", "breaker=off";
/// "order=ada,19.99,EUR" (or "order=ada"), "orders=100", "orders=100,pause=20ms", "cancel=ORDER"; "crash=payment-1",
/// "crash=api,restart=500ms"; "replay=payment,EVENT" and, corrected, "replay=payment,EVENT,{JSON}";
/// "discard=payment,EVENT", "discard=payment,EVENT,REASON"; "drop=payment,EVENT"; "delay=payment,EVENT,500ms";
/// "seed=17"; "reset=payment,earliest", "reset=payment,latest", "reset=payment,offset:5",
/// "reset=payment,time:1500ms", each with ",topic=order-created", ",partition=2" or both. ORDER and EVENT are UUIDs.
/// Error: InvalidArgument, field "set": what is wrong with the value, or what can be set.
Result<Change::Setting> parseSetting(std::string_view text);
/// As parseSetting() reads it.
std::string toString(const Change::Setting& setting);

} // namespace orderlab
