#include "simulation/policies_json.h"

#include "faults/fault.h"
#include "simulation/json_differences.h"

#include <charconv>

namespace orderlab {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr double rate_min = 0.1, rate_max = 1e6;

void readCount(JsonFields& fields, const char* name, int& out, std::uint64_t min, std::uint64_t max)
{
    std::uint64_t count = std::uint64_t(out);
    fields.integer(name, count, min, max);
    out = int(count);
}

void readBreaker(const JsonNode& node, const std::string& path, std::vector<JsonProblem>& problems,
                 CircuitBreakerOptions& breaker)
{
    JsonFields fields(node, path, problems);
    fields.boolean("enabled", breaker.enabled);
    readCount(fields, "failures_in_a_row", breaker.failures_in_a_row, 1, 1'000);
    readCount(fields, "window_calls", breaker.window_calls, 1, 1'000);
    readCount(fields, "failure_percent", breaker.failure_percent, 1, 100);
    fields.milliseconds("open_ms", breaker.open_for, milliseconds{1}, hours{1});
    fields.finish();
}

JsonNode breakerNode(const CircuitBreakerOptions& breaker)
{
    const CircuitBreakerOptions usual;
    JsonDifferences to;
    if (breaker.enabled != usual.enabled)
        to.node.add("enabled", JsonNode::boolean(breaker.enabled));
    to.integer("failures_in_a_row", std::uint64_t(breaker.failures_in_a_row), std::uint64_t(usual.failures_in_a_row));
    to.integer("window_calls", std::uint64_t(breaker.window_calls), std::uint64_t(usual.window_calls));
    to.integer("failure_percent", std::uint64_t(breaker.failure_percent), std::uint64_t(usual.failure_percent));
    to.milliseconds("open_ms", breaker.open_for, usual.open_for);
    return to.node;
}

template <typename Number>
Result<void> setNumber(Number& out, std::string_view name, std::string_view value)
{
    Number number{};
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size())
        return invalidArgument(std::string(name), "must be a number");
    out = number;
    return {};
}

Result<void> setOne(Policies& policies, std::string_view name, std::string_view value)
{
    if (name == "max-attempts")
        return setNumber(policies.retry.max_attempts, name, value);
    if (name == "throttle")
        return setNumber(policies.throttle.events_per_second, name, value);
    if (name == "retry-style") {
        const auto style = retryStyleOf(value);
        if (!style)
            return style.error();
        policies.retry.style = *style;
        return {};
    }
    if (name == "handler-timeout") {
        const auto limit = parseDuration(value);
        if (!limit)
            return limit.error();
        policies.timeout.limit = *limit;
        return {};
    }
    if (name != "breaker")
        return Error{ErrorCode::NotFound, Retry::Never, "there is no such policy", std::string(name)};
    if (value != "on" && value != "off")
        return invalidArgument("breaker", "must be on or off");
    policies.breaker.enabled = value == "on";
    return {};
}

} // namespace

void readPolicies(const JsonNode& node, const std::string& path, std::vector<JsonProblem>& problems, Policies& policies)
{
    const std::size_t before = problems.size();
    JsonFields fields(node, path, problems);
    if (const JsonNode* style = fields.take("retry_style")) {
        const auto read = retryStyleOf(style->text);
        if (style->type != JsonType::String || !read)
            fields.note("retry_style", "must be blocking or topic");
        else
            policies.retry.style = *read;
    }
    readCount(fields, "max_attempts", policies.retry.max_attempts, 1, 100);
    fields.milliseconds("retry_delay_ms", policies.retry.initial_delay, Duration{0}, hours{24});
    fields.milliseconds("retry_delay_max_ms", policies.retry.max_delay, Duration{0}, hours{24});
    fields.milliseconds("handler_timeout_ms", policies.timeout.limit, milliseconds{1}, hours{1});
    fields.milliseconds("outage_pause_ms", policies.pause.initial_pause, milliseconds{1}, hours{1});
    fields.milliseconds("outage_pause_max_ms", policies.pause.max_pause, milliseconds{1}, hours{1});
    fields.number("throttle_per_s", policies.throttle.events_per_second, rate_min, rate_max);
    if (const JsonNode* breaker = fields.take("breaker"))
        readBreaker(*breaker, fields.pathOf("breaker"), problems, policies.breaker);
    fields.finish();
    if (problems.size() > before)
        return;
    if (const auto valid = policies.validate(); !valid) // what only both members together can say
        problems.push_back({node.offset, path, valid.error().field + " " + valid.error().message});
}

JsonNode toJsonNode(const Policies& policies)
{
    const Policies usual;
    JsonDifferences to;
    if (policies.retry.style != usual.retry.style)
        to.node.add("retry_style", JsonNode::string(name(policies.retry.style)));
    to.integer("max_attempts", std::uint64_t(policies.retry.max_attempts), std::uint64_t(usual.retry.max_attempts));
    to.milliseconds("retry_delay_ms", policies.retry.initial_delay, usual.retry.initial_delay);
    to.milliseconds("retry_delay_max_ms", policies.retry.max_delay, usual.retry.max_delay);
    to.milliseconds("handler_timeout_ms", policies.timeout.limit, usual.timeout.limit);
    to.milliseconds("outage_pause_ms", policies.pause.initial_pause, usual.pause.initial_pause);
    to.milliseconds("outage_pause_max_ms", policies.pause.max_pause, usual.pause.max_pause);
    if (policies.throttle != usual.throttle)
        to.node.add("throttle_per_s", JsonNode::number(policies.throttle.events_per_second));
    if (JsonNode breaker = breakerNode(policies.breaker); !breaker.members.empty())
        to.node.add("breaker", std::move(breaker));
    return to.node;
}

Result<void> setPolicy(Policies& policies, std::string_view name, std::string_view value)
{
    ORDERLAB_TRY(return, setOne(policies, name, value));
    return policies.validate();
}

} // namespace orderlab
