#include "faults/fault.h"

#include "base/utf8.h"
#include "domain/group_name.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace orderlab {

namespace {

constexpr std::size_t shown_bytes_max = 60; ///< Of what somebody wrote, in messages.

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

template <typename Number>
Result<Number> numberOf(std::string_view text, const char* field)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return invalidArgument(field, "must be a number, not \"" + shortened(text, shown_bytes_max) + '"');
    return number;
}

struct RateUnit {
    std::string_view suffix;
    std::uint64_t bytes;
};
constexpr RateUnit rate_units[] = {{"MB", 1'000'000}, {"KB", 1'000}, {"", 1}};

std::string rateText(std::uint64_t bytes_per_second)
{
    for (const RateUnit& unit : rate_units) {
        if (bytes_per_second % unit.bytes == 0)
            return std::to_string(bytes_per_second / unit.bytes).append(unit.suffix);
    }
    return {};
}

Result<std::uint64_t> rateOf(std::string_view text)
{
    for (const RateUnit& unit : rate_units) {
        if (!text.ends_with(unit.suffix))
            continue;
        const auto number = numberOf<double>(text.substr(0, text.size() - unit.suffix.size()), "rate");
        if (!number || !(*number >= 0 && *number * double(unit.bytes) <= 1e15))
            break;
        return std::uint64_t(std::llround(*number * double(unit.bytes)));
    }
    return invalidArgument("rate", "must be bytes a second such as 50000, 20KB or 1.5MB, not \""
                                       + shortened(text, shown_bytes_max) + '"');
}

/// Sets the member that `key` names.
Result<void> setMember(Fault& fault, std::string_view key, std::string_view value)
{
    const auto setDuration = [&](Duration& member) -> Result<void> {
        const auto duration = parseDuration(value);
        if (!duration)
            return invalidArgument(std::string(key), duration.error().message);
        member = *duration;
        return {};
    };
    if (key == "probability") {
        const auto number = numberOf<double>(value, "probability");
        if (!number)
            return number.error();
        fault.probability = *number;
    } else if (key == "count") {
        const auto number = numberOf<std::uint32_t>(value, "count");
        if (!number)
            return number.error();
        fault.count = *number;
    } else if (key == "start") {
        return setDuration(fault.start);
    } else if (key == "for") {
        return setDuration(fault.length);
    } else if (key == "delay") {
        return setDuration(fault.delay);
    } else if (key == "rate") {
        const auto rate = rateOf(value);
        if (!rate)
            return rate.error();
        fault.bytes_per_second = *rate;
    } else if (key == "event") {
        const auto type = eventTypeOf(value);
        if (!type)
            return invalidArgument("event", "must be a topic such as order-created");
        fault.event_type = *type;
    } else if (key == "group") {
        fault.group = value;
    } else if (key == "worker") {
        fault.worker = value;
    } else if (key == "customer") {
        fault.customer = value;
    } else if (key == "order") {
        const auto id = Uuid::parse(value);
        if (!id)
            return invalidArgument("order", "must be an order's id");
        fault.order = OrderId{*id};
    } else {
        return invalidArgument(shortened(key, shown_bytes_max),
                               "is unknown; known are probability, count, start, for, delay, rate, event, "
                               "group, worker, order and customer");
    }
    return {};
}

} // namespace

Result<void> Fault::validate() const
{
    ORDERLAB_TRY(return, faultActionAt(seam, name(action)));
    if (!(probability > 0 && probability <= 1))
        return invalidArgument("probability", "must be above 0 and at most 1");
    if (count == 0)
        return invalidArgument("count", "must be at least 1");
    if (start.count() < 0)
        return invalidArgument("start", "must not be negative");
    if (length.count() <= 0)
        return invalidArgument("for", "must be above 0");
    if (delay.count() < 0 || delay > delay_max)
        return invalidArgument("delay", "must be from 0 to 60min");
    if (bytes_per_second < bytes_per_second_min || bytes_per_second > bytes_per_second_max)
        return invalidArgument("rate", "must be from " + rateText(bytes_per_second_min) + " to "
                                           + rateText(bytes_per_second_max) + " a second");
    for (const auto& [member, text] :
         {std::pair("group", &group), std::pair("worker", &worker), std::pair("customer", &customer)}) {
        if (text->size() > name_bytes_max || !isUtf8(*text))
            return invalidArgument(member, "must be UTF-8 of at most " + std::to_string(name_bytes_max) + " bytes");
    }
    return {};
}

bool Fault::matches(const FaultPoint& point) const
{
    return seam == point.seam && (!event_type || event_type == point.event_type)
           && (group.empty() || isGroupNamed(point.group, group)) && (worker.empty() || worker == point.worker)
           && (!order || *order == point.order) && (customer.empty() || customer == point.customer);
}

bool Fault::lasts() const
{
    const bool is_way =
        (seam == Seam::Broker || seam == Seam::Network) && (action == FaultAction::Away || isOnlyLate(action));
    const bool is_refusal = seam == Seam::BusAppend && action == FaultAction::Fail;
    return (is_way || is_refusal) && probability >= 1 && count == count_unlimited && !event_type && group.empty()
           && worker.empty() && !order && customer.empty();
}

bool Fault::isOneOf(LastingFaults faults) const
{
    const bool can_be =
        faults == LastingFaults::All || (faults == LastingFaults::AllButThrottle && action != FaultAction::Throttle);
    return can_be && lasts();
}

std::string Fault::toString() const
{
    const Fault defaults;
    std::string text{name(seam)};
    (text += '=') += name(action);
    if (probability != defaults.probability) {
        char digits[32];
        const char* end = std::to_chars(digits, digits + sizeof digits, probability).ptr;
        (text += ",probability=").append(digits, std::size_t(end - digits));
    }
    if (count != defaults.count)
        (text += ",count=") += std::to_string(count);
    if (start != defaults.start)
        (text += ",start=") += exactDurationText(start);
    if (length != defaults.length)
        (text += ",for=") += exactDurationText(length);
    if (delay != defaults.delay)
        (text += ",delay=") += exactDurationText(delay);
    if (bytes_per_second != defaults.bytes_per_second)
        (text += ",rate=") += rateText(bytes_per_second);
    if (event_type)
        (text += ",event=") += topicName(*event_type);
    if (!group.empty())
        (text += ",group=") += group;
    if (!worker.empty())
        (text += ",worker=") += worker;
    if (order)
        (text += ",order=") += order->toString();
    if (!customer.empty())
        (text += ",customer=") += customer;
    return text;
}

Result<Fault> parseFault(std::string_view text)
{
    Fault fault;
    bool first = true;
    for (std::string_view rest = text; first || !rest.empty();) {
        const std::size_t comma = rest.find(',');
        const std::string_view part = trimmed(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        const std::size_t equals = part.find('=');
        const std::string_view key = trimmed(part.substr(0, equals));
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : trimmed(part.substr(equals + 1));
        if (first) {
            first = false;
            const auto seam = seamOf(key);
            if (!seam)
                return seam.error();
            fault.seam = *seam;
            fault.action = actionsAt(*seam).front();
            if (equals == std::string_view::npos)
                continue;
            const auto action = faultActionAt(*seam, value);
            if (!action)
                return action.error();
            fault.action = *action;
            continue;
        }
        ORDERLAB_TRY(return, setMember(fault, key, value));
    }
    ORDERLAB_TRY(return, fault.validate());
    return fault;
}

} // namespace orderlab
