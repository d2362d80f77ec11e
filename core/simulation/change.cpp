#include "simulation/change.h"

#include "base/utf8.h"
#include "simulation/policies_json.h"

#include <charconv>

namespace orderlab {

namespace {

constexpr std::size_t members_max = 16;
constexpr std::size_t shown_bytes_max = 100;

Error wrongSetting(std::string_view text)
{
    std::string message = "\"";
    message.append(shortened(text, shown_bytes_max))
        .append("\" cannot be set: it must be outbox, inbox, ack-after-processing, idempotency-key, "
                "payment-key or durable-inbox =on or =off, fault=SPEC, faults=none, members=1 to 16, "
                "retry-style=blocking or topic, "
                "max-attempts=N, handler-timeout=500ms, throttle=N or breaker=on or off");
    return invalidArgument("set", std::move(message));
}

Result<Change::Setting> membersOf(std::string_view text, std::string_view value)
{
    std::size_t members = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), members);
    if (error != std::errc{} || end != value.data() + value.size() || members < 1 || members > members_max)
        return wrongSetting(text);
    return Change::Setting{SetMembers{members}};
}

struct ToText {
    std::string operator()(const SwitchGuarantee& change) const
    {
        return std::string(name(change.guarantee)).append(change.on ? "=on" : "=off");
    }
    std::string operator()(const AddFault& change) const { return "fault=" + change.fault.toString(); }
    std::string operator()(const StopFaults&) const { return "faults=none"; }
    std::string operator()(const SetMembers& change) const { return "members=" + std::to_string(change.members); }
    std::string operator()(const SetPolicy& change) const { return change.name + '=' + change.value; }
};

} // namespace

Result<Change::Setting> parseSetting(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos)
        return wrongSetting(text);
    const std::string_view key = text.substr(0, equals), value = text.substr(equals + 1);
    if (key == "fault") {
        auto fault = parseFault(value);
        if (!fault)
            return invalidArgument("set", fault.error().field + ": " + fault.error().message);
        return Change::Setting{AddFault{std::move(*fault)}};
    }
    if (key == "faults" && value == "none")
        return Change::Setting{StopFaults{}};
    if (key == "members")
        return membersOf(text, value);
    Policies policies;
    const auto policy = setPolicy(policies, key, value);
    if (policy)
        return Change::Setting{SetPolicy{std::string(key), std::string(value)}};
    if (policy.error().code != ErrorCode::NotFound)
        return invalidArgument("set", policy.error().field + ": " + policy.error().message);
    const auto guarantee = guaranteeOf(key);
    if (!guarantee || (value != "on" && value != "off"))
        return wrongSetting(text);
    return Change::Setting{SwitchGuarantee{*guarantee, value == "on"}};
}

std::string toString(const Change::Setting& setting)
{
    return std::visit(ToText{}, setting);
}

} // namespace orderlab
