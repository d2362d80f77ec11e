#include "faults/fault_json.h"

namespace orderlab {

namespace {

constexpr Duration time_max{std::chrono::hours{24}};
constexpr Duration shortest{1};
constexpr double ms_us = 1e3, s_us = 1e6;

/// Sets `out` to what `read` makes of the member's text, or notes why it cannot be.
template <typename Value, typename Read>
bool readName(JsonFields& fields, const char* member, bool is_needed, Value& out, Read read)
{
    const JsonNode* node = is_needed ? fields.require(member) : fields.take(member);
    if (!node)
        return false;
    if (node->type != JsonType::String) {
        fields.note(member, "must be a string");
        return false;
    }
    const auto value = read(node->text);
    if (!value)
        fields.note(member, value.error().message);
    else
        out = *value;
    return value.has_value();
}

Result<OrderId> orderOf(std::string_view text)
{
    const auto id = Uuid::parse(text);
    if (!id)
        return invalidArgument("order", "must be an order's id");
    return OrderId{*id};
}

} // namespace

Fault readFault(const JsonNode& node, const std::string& path, std::vector<JsonProblem>& problems)
{
    Fault fault;
    JsonFields fields(node, path, problems);
    const bool has_seam = readName(fields, "seam", true, fault.seam, seamOf);
    if (has_seam)
        fault.action = actionsAt(fault.seam).front();
    const auto actionHere = [&](std::string_view text) {
        return has_seam ? faultActionAt(fault.seam, text) : faultActionOf(text);
    };
    readName(fields, "action", false, fault.action, actionHere);
    fields.number("probability", fault.probability, 0, 1);
    fields.integer("count", fault.count, 1, Fault::count_unlimited - 1);
    fields.seconds("start_s", fault.start, Duration{0}, time_max);
    fields.seconds("duration_s", fault.length, shortest, time_max);
    fields.milliseconds("delay_ms", fault.delay, Duration{0}, Fault::delay_max);
    fields.integer("bytes_per_s", fault.bytes_per_second, Fault::bytes_per_second_min, Fault::bytes_per_second_max);
    EventType type{};
    if (readName(fields, "event", false, type, eventTypeOf))
        fault.event_type = type;
    fields.string("group", fault.group, 1, Fault::name_bytes_max);
    fields.string("worker", fault.worker, 1, Fault::name_bytes_max);
    OrderId order;
    if (readName(fields, "order", false, order, orderOf))
        fault.order = order;
    fields.string("customer", fault.customer, 1, Fault::name_bytes_max);
    fields.finish();
    if (fault.probability == 0) {
        fields.note("probability", "must be above 0");
        fault.probability = 1;
    }
    if (!has_seam)
        return fault;
    if (const auto valid = fault.validate(); !valid)
        fields.note(valid.error().field, valid.error().message);
    return fault;
}

JsonNode toJsonNode(const Fault& fault)
{
    const Fault defaults;
    JsonNode node = JsonNode::object();
    node.add("seam", JsonNode::string(name(fault.seam))).add("action", JsonNode::string(name(fault.action)));
    if (fault.probability != defaults.probability)
        node.add("probability", JsonNode::number(fault.probability));
    if (fault.count != defaults.count)
        node.add("count", JsonNode::number(std::uint64_t(fault.count)));
    if (fault.start != defaults.start)
        node.add("start_s", durationNode(fault.start, s_us));
    if (fault.length != defaults.length)
        node.add("duration_s", durationNode(fault.length, s_us));
    if (fault.delay != defaults.delay)
        node.add("delay_ms", durationNode(fault.delay, ms_us));
    if (fault.bytes_per_second != defaults.bytes_per_second)
        node.add("bytes_per_s", JsonNode::number(fault.bytes_per_second));
    if (fault.event_type)
        node.add("event", JsonNode::string(topicName(*fault.event_type)));
    if (!fault.group.empty())
        node.add("group", JsonNode::string(fault.group));
    if (!fault.worker.empty())
        node.add("worker", JsonNode::string(fault.worker));
    if (fault.order)
        node.add("order", JsonNode::string(fault.order->toString()));
    if (!fault.customer.empty())
        node.add("customer", JsonNode::string(fault.customer));
    return node;
}

void readGuarantees(const JsonNode& node, const std::string& path, std::vector<JsonProblem>& problems,
                    Guarantees& guarantees)
{
    JsonFields fields(node, path, problems);
    for (int i = 0; i < guarantee_count; ++i)
        fields.boolean(name(Guarantee(i)), guarantees.on[std::size_t(i)]);
    fields.finish();
}

JsonNode toJsonNode(const Guarantees& guarantees)
{
    JsonNode node = JsonNode::object();
    for (int i = 0; i < guarantee_count; ++i)
        node.add(name(Guarantee(i)), JsonNode::boolean(guarantees[Guarantee(i)]));
    return node;
}

} // namespace orderlab
