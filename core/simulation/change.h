#pragma once
#include "base/json_tree.h"
#include "fault_model/guarantees.h"
#include "faults/fault.h"

#include <variant>

namespace orderlab {

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
struct SetMembers {
    std::size_t members = 1; ///< Of each group; 1 to 16.
    bool operator==(const SetMembers&) const = default;
};
struct SetPolicy {
    std::string name; ///< As setPolicy() takes it.
    std::string value;
    bool operator==(const SetPolicy&) const = default;
};

/// Another setting from a moment on. A value.
struct Change {
    using Setting = std::variant<SwitchGuarantee, AddFault, StopFaults, SetMembers, SetPolicy>;

    Duration at{0}; ///< Since the start of the run.
    Setting setting;

    bool operator==(const Change&) const = default;
};

/// One fault of a run, and how often it struck.
struct Struck {
    std::string fault; ///< As parseFault() reads it.
    std::uint64_t times = 0;
};

/// "inbox=on", "outbox=off"; "fault=gateway-call=decline,count=3"; "faults=none"; "members=4"; "retry-style=topic",
/// "max-attempts=3", "handler-timeout=500ms", "throttle=50", "breaker=off".
/// Error: InvalidArgument, which lists what can be set.
Result<Change::Setting> parseSetting(std::string_view text);
/// As parseSetting() reads it.
std::string toString(const Change::Setting& setting);

} // namespace orderlab
