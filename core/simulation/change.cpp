#include "simulation/change.h"

#include "base/utf8.h"
#include "domain/order.h"
#include "service/dead_letter_service.h"
#include "simulation/policies_json.h"

#include <algorithm>
#include <charconv>

namespace orderlab {

namespace {

constexpr std::size_t group_members_max = 16;
constexpr std::size_t shown_bytes_max = 100;
constexpr std::size_t group_bytes_max = 60;
constexpr std::size_t data_bytes_max = std::size_t{64} * 1024; // as the API has it
constexpr Duration pause_max{std::chrono::minutes{1}};
constexpr std::int64_t offset_max = 1'000'000'000'000'000;

Error wrongValue(std::string_view text, const std::string& must)
{
    return invalidArgument("set", '"' + shortened(text, shown_bytes_max) + "\" cannot be set: " + must);
}

Error wrongSetting(std::string_view text)
{
    return wrongValue(text,
                      "it must be outbox, inbox, ack-after-processing, idempotency-key, "
                      "payment-key or durable-inbox =on or =off, fault=SPEC, fault-off=SPEC, faults=none, members=1 to "
                      "16, members.GROUP=N, retry-style=blocking or topic, "
                      "max-attempts=N, handler-timeout=500ms, throttle=N, breaker=on or off, order=CUSTOMER,19.99,EUR, "
                      "orders=N, cancel=ORDER, crash=payment-1, replay, discard, drop or delay =GROUP,EVENT, "
                      "reset=GROUP,earliest or seed=N");
}

template <typename Number>
std::optional<Number> numberOf(std::string_view text, Number min, Number max)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < min || number > max)
        return std::nullopt;
    return number;
}

/// Also of groups that are not in this program's registry; whether one runs here, the run tells.
bool isGroup(std::string_view text)
{
    return !text.empty() && text.size() <= group_bytes_max && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// Up to the first comma; the rest goes on behind it.
std::string_view takePart(std::string_view& rest)
{
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    return part;
}

using Parsed = Result<Change::Setting>;

Parsed guaranteeSetting(std::string_view text, std::string_view key, std::string_view value)
{
    const auto guarantee = guaranteeOf(key);
    if (!guarantee || (value != "on" && value != "off"))
        return wrongSetting(text);
    return Change::Setting{SwitchGuarantee{*guarantee, value == "on"}};
}

template <typename OfFault>
Parsed faultSetting(std::string_view value)
{
    auto fault = parseFault(value);
    if (!fault)
        return invalidArgument("set", fault.error().field + ": " + fault.error().message);
    return Change::Setting{OfFault{std::move(*fault)}};
}

Parsed membersSetting(std::string_view text, std::string_view group, std::string_view value)
{
    const auto members = numberOf<std::size_t>(value, 1, group_members_max);
    if (!members || (!group.empty() && !isGroup(group)))
        return wrongValue(text, "it must be members=1 to 16, or members.GROUP=1 to 16");
    return Change::Setting{SetMembers{*members, std::string(group)}};
}

/// The customer's name may have commas.
Parsed orderSetting(std::string_view text, std::string_view value)
{
    PlaceOrder order;
    OrderRequest request;
    request.total.amount_minor = order.amount_minor;
    if (const std::size_t last = value.rfind(','); last != std::string_view::npos && last > 0) {
        const std::size_t first = value.rfind(',', last - 1);
        if (first == std::string_view::npos)
            return wrongValue(text, "it must be order=CUSTOMER or order=CUSTOMER,19.99,EUR");
        const auto currency = Currency::parse(value.substr(last + 1));
        if (!currency)
            return wrongValue(text, "the currency " + currency.error().message);
        const auto total = Money::parse(value.substr(first + 1, last - first - 1), *currency);
        if (!total)
            return wrongValue(text, "the amount " + total.error().message);
        request.total = *total;
        value = value.substr(0, first);
    }
    request.user_id = value;
    if (const auto valid = request.validate(); !valid)
        return wrongValue(text, (valid.error().field == "user_id" ? "the customer's name " : "the amount ")
                                    + valid.error().message);
    order.customer = request.user_id;
    order.amount_minor = request.total.amount_minor;
    order.currency = request.total.currency.code();
    return Change::Setting{std::move(order)};
}

Parsed ordersSetting(std::string_view text, std::string_view value)
{
    constexpr std::string_view pause_key = "pause=";
    const Error wrong = wrongValue(text, "it must be orders=1 to " + std::to_string(PlaceOrders::count_max)
                                             + ", with ,pause=20ms for a mean pause of up to 1 min");
    std::string_view rest = value;
    const bool has_pause = value.find(',') != std::string_view::npos;
    const auto count = numberOf<std::uint64_t>(takePart(rest), 1, PlaceOrders::count_max);
    if (!count)
        return wrong;
    PlaceOrders orders{*count, Duration{0}};
    if (has_pause) {
        if (!rest.starts_with(pause_key))
            return wrong;
        const auto pause = parseDuration(rest.substr(pause_key.size()));
        if (!pause || *pause > pause_max)
            return wrong;
        orders.mean_pause = *pause;
    }
    return Change::Setting{orders};
}

Parsed cancelSetting(std::string_view text, std::string_view value)
{
    const auto id = Uuid::parse(value);
    if (!id)
        return wrongValue(text, "it must be cancel= and an order's id");
    return Change::Setting{CancelOrder{OrderId{*id}}};
}

Parsed crashSetting(std::string_view text, std::string_view value)
{
    constexpr std::string_view restart_key = "restart=";
    std::string_view rest = value;
    const bool has_restart = value.find(',') != std::string_view::npos;
    CrashMember crash;
    crash.member = takePart(rest);
    bool is_good = isGroup(crash.member);
    if (has_restart) {
        const auto after = parseDuration(rest.substr(std::min(rest.size(), restart_key.size())));
        is_good = is_good && rest.starts_with(restart_key) && after && *after <= Fault::delay_max;
        if (is_good)
            crash.restart_after = *after;
    }
    if (!is_good)
        return wrongValue(text, "it must be crash=payment-1, crash=relay-1 or crash=api, with ,restart=500ms for "
                                "another time than 1 s, up to 1 h");
    return Change::Setting{std::move(crash)};
}

/// What begins with GROUP,EVENT; `rest` is behind it, and `has_rest` says whether there is a comma before it.
struct OfEvent {
    std::string group;
    Uuid event;
    std::string_view rest;
    bool has_rest = false;
};
std::optional<OfEvent> eventOf(std::string_view value)
{
    OfEvent of;
    std::string_view rest = value;
    of.group = takePart(rest);
    of.has_rest = rest.find(',') != std::string_view::npos;
    const auto event = Uuid::parse(takePart(rest));
    if (!isGroup(of.group) || !event)
        return std::nullopt;
    of.event = *event;
    of.rest = rest;
    return of;
}

Parsed replaySetting(std::string_view text, std::string_view value)
{
    const auto of = eventOf(value);
    if (!of || (of->has_rest && of->rest.empty()))
        return wrongValue(text, "it must be replay=GROUP,EVENT, and may go on with , and the corrected data as JSON");
    JsonProblem problem;
    if (of->rest.size() > data_bytes_max || (of->has_rest && !parseJsonTree(of->rest, problem)))
        return wrongValue(text, "the corrected data must be JSON of at most 64 KiB: " + problem.reason);
    return Change::Setting{ReplayDeadLetter{of->group, of->event, std::string(of->rest)}};
}

Parsed discardSetting(std::string_view text, std::string_view value)
{
    const auto of = eventOf(value);
    const DeadLetterDecision decision{"scenario", std::string(of ? of->rest : std::string_view{})};
    if (!of || (of->has_rest && of->rest.empty()) || !decision.validate())
        return wrongValue(text, "it must be discard=GROUP,EVENT, and may go on with , and a reason of at most 300 "
                                "printable characters");
    return Change::Setting{DiscardDeadLetter{of->group, of->event, std::string(of->rest)}};
}

Parsed dropSetting(std::string_view text, std::string_view value)
{
    const auto of = eventOf(value);
    if (!of || of->has_rest)
        return wrongValue(text, "it must be drop=GROUP,EVENT");
    return Change::Setting{DropDelivery{of->group, of->event}};
}

Parsed delaySetting(std::string_view text, std::string_view value)
{
    const auto of = eventOf(value);
    const auto by = parseDuration(of ? of->rest : std::string_view{});
    if (!of || !by || *by > Fault::delay_max)
        return wrongValue(text, "it must be delay=GROUP,EVENT,500ms, up to 1 h");
    return Change::Setting{DelayDelivery{of->group, of->event, *by}};
}

/// "earliest", "latest", "offset:5" or "time:1500ms"; false for another one.
bool readTarget(std::string_view text, ResetOffsets& reset)
{
    constexpr std::string_view offset_key = "offset:", time_key = "time:";
    if (text == "earliest" || text == "latest") {
        reset.target = text == "latest" ? OffsetTarget::Latest : OffsetTarget::Earliest;
        return true;
    }
    if (text.starts_with(offset_key)) {
        const auto offset = numberOf<std::int64_t>(text.substr(offset_key.size()), 0, offset_max);
        reset.target = OffsetTarget::Offset;
        reset.offset = offset.value_or(0);
        return offset.has_value();
    }
    if (!text.starts_with(time_key))
        return false;
    const auto time = parseDuration(text.substr(time_key.size()));
    reset.target = OffsetTarget::Time;
    if (time)
        reset.time = *time;
    return time && *time <= Change::at_max;
}

Parsed resetSetting(std::string_view text, std::string_view value)
{
    constexpr std::string_view topic_key = "topic=", partition_key = "partition=";
    constexpr std::uint16_t partition_max = 9'999;
    ResetOffsets reset;
    std::string_view rest = value;
    reset.group = takePart(rest);
    bool is_good = isGroup(reset.group) && readTarget(takePart(rest), reset) && !value.ends_with(',');
    if (is_good && rest.starts_with(topic_key)) {
        const auto topic = eventTypeOf(takePart(rest).substr(topic_key.size()));
        if (topic)
            reset.topic = *topic;
        is_good = topic.has_value();
    }
    if (is_good && rest.starts_with(partition_key)) {
        reset.partition =
            numberOf<std::uint16_t>(takePart(rest).substr(partition_key.size()), std::uint16_t{0}, partition_max);
        is_good = reset.partition.has_value();
    }
    if (!is_good || !rest.empty())
        return wrongValue(text, "it must be reset=GROUP,earliest, latest, offset:N or time:1500ms, and may go on with "
                                ",topic=order-created and ,partition=N");
    return Change::Setting{std::move(reset)};
}

Parsed seedSetting(std::string_view text, std::string_view value)
{
    const auto seed = numberOf<std::uint64_t>(value, 0, std::numeric_limits<std::uint64_t>::max());
    if (!seed)
        return wrongValue(text, "a seed must be a whole number from 0 to 18446744073709551615");
    return Change::Setting{Reseed{*seed}};
}

/// What is neither a policy nor a guarantee, by its key.
struct SettingRow {
    std::string_view key;
    Parsed (*parse)(std::string_view text, std::string_view value);
};
constexpr SettingRow setting_rows[] = {
    {"fault", [](std::string_view, std::string_view value) { return faultSetting<AddFault>(value); }},
    {"fault-off", [](std::string_view, std::string_view value) { return faultSetting<StopFault>(value); }},
    {"faults",
     [](std::string_view text, std::string_view value) {
         return value == "none" ? Parsed(Change::Setting{StopFaults{}})
                                : Parsed(wrongValue(text, "it must be faults=none"));
     }},
    {"members", [](std::string_view text, std::string_view value) { return membersSetting(text, {}, value); }},
    {"order", orderSetting},
    {"orders", ordersSetting},
    {"cancel", cancelSetting},
    {"crash", crashSetting},
    {"replay", replaySetting},
    {"discard", discardSetting},
    {"drop", dropSetting},
    {"delay", delaySetting},
    {"seed", seedSetting},
    {"reset", resetSetting},
};

std::string eventText(const char* key, const std::string& group, Uuid event)
{
    return std::string(key) + '=' + group + ',' + event.toString();
}

struct ToText {
    std::string operator()(const SwitchGuarantee& change) const
    {
        return std::string(name(change.guarantee)).append(change.on ? "=on" : "=off");
    }
    std::string operator()(const AddFault& change) const { return "fault=" + change.fault.toString(); }
    std::string operator()(const StopFaults&) const { return "faults=none"; }
    std::string operator()(const StopFault& change) const { return "fault-off=" + change.fault.toString(); }
    std::string operator()(const SetMembers& change) const
    {
        return (change.group.empty() ? "members=" : "members." + change.group + '=') + std::to_string(change.members);
    }
    std::string operator()(const SetPolicy& change) const { return change.name + '=' + change.value; }
    std::string operator()(const PlaceOrder& change) const
    {
        return "order=" + change.customer + ',' + Money{change.amount_minor, {}}.amountText() + ',' + change.currency;
    }
    std::string operator()(const PlaceOrders& change) const
    {
        return "orders=" + std::to_string(change.count)
               + (change.mean_pause.count() == 0 ? "" : ",pause=" + exactDurationText(change.mean_pause));
    }
    std::string operator()(const CancelOrder& change) const { return "cancel=" + change.order.toString(); }
    std::string operator()(const CrashMember& change) const
    {
        const bool is_usual = change.restart_after == CrashMember{}.restart_after;
        return "crash=" + change.member + (is_usual ? "" : ",restart=" + exactDurationText(change.restart_after));
    }
    std::string operator()(const ReplayDeadLetter& change) const
    {
        return eventText("replay", change.group, change.event) + (change.data.empty() ? "" : "," + change.data);
    }
    std::string operator()(const DiscardDeadLetter& change) const
    {
        return eventText("discard", change.group, change.event) + (change.reason.empty() ? "" : "," + change.reason);
    }
    std::string operator()(const DropDelivery& change) const { return eventText("drop", change.group, change.event); }
    std::string operator()(const DelayDelivery& change) const
    {
        return eventText("delay", change.group, change.event) + ',' + exactDurationText(change.by);
    }
    std::string operator()(const Reseed& change) const { return "seed=" + std::to_string(change.seed); }
    std::string operator()(const ResetOffsets& change) const
    {
        std::string text = "reset=" + change.group;
        switch (change.target) {
        case OffsetTarget::Earliest: text += ",earliest"; break;
        case OffsetTarget::Latest: text += ",latest"; break;
        case OffsetTarget::Offset: text += ",offset:" + std::to_string(change.offset); break;
        case OffsetTarget::Time: text += ",time:" + exactDurationText(change.time); break;
        }
        if (change.topic)
            text.append(",topic=").append(topicName(*change.topic));
        if (change.partition)
            text += ",partition=" + std::to_string(*change.partition);
        return text;
    }
};

} // namespace

Result<Change::Setting> parseSetting(std::string_view text)
{
    constexpr std::string_view members_of = "members.";
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos)
        return wrongSetting(text);
    const std::string_view key = text.substr(0, equals), value = text.substr(equals + 1);
    for (const SettingRow& row : setting_rows) {
        if (row.key == key)
            return row.parse(text, value);
    }
    if (key.starts_with(members_of) && key != members_of)
        return membersSetting(text, key.substr(members_of.size()), value);
    Policies policies;
    const auto policy = setPolicy(policies, key, value);
    if (policy)
        return Change::Setting{SetPolicy{std::string(key), std::string(value)}};
    if (policy.error().code != ErrorCode::NotFound)
        return invalidArgument("set", policy.error().field + ": " + policy.error().message);
    return guaranteeSetting(text, key, value);
}

std::string toString(const Change::Setting& setting)
{
    return std::visit(ToText{}, setting);
}

} // namespace orderlab
