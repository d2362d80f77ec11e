#include "domain/trace_state.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t key_bytes_max = 256, value_bytes_max = 256;

std::string_view withoutBlanks(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool isLowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isKey(std::string_view key)
{
    return !key.empty() && key.size() <= key_bytes_max && isLowerOrDigit(key.front())
           && std::all_of(key.begin(), key.end(), [](char c) {
                  return isLowerOrDigit(c) || std::string_view("_-*/@").find(c) != std::string_view::npos;
              });
}

bool isValue(std::string_view value)
{
    return !value.empty() && value.size() <= value_bytes_max && value.back() != ' '
           && std::all_of(value.begin(), value.end(),
                          [](char c) { return c >= ' ' && c <= '~' && c != ',' && c != '='; });
}

} // namespace

std::string passedTracestate(std::string_view text)
{
    std::vector<std::string_view> members, keys;
    for (std::size_t at = 0; at <= text.size();) {
        const auto comma = std::min(text.find(',', at), text.size());
        const std::string_view member = withoutBlanks(text.substr(at, comma - at));
        at = comma + 1;
        if (member.empty())
            continue;
        const auto equals = member.find('=');
        if (equals == std::string_view::npos || !isKey(member.substr(0, equals)) || !isValue(member.substr(equals + 1))
            || members.size() == tracestate_members_max)
            return {};
        const std::string_view key = member.substr(0, equals);
        if (std::find(keys.begin(), keys.end(), key) != keys.end())
            return {};
        keys.push_back(key);
        members.push_back(member);
    }
    std::string passed;
    for (const std::string_view member : members) {
        if (passed.size() + !passed.empty() + member.size() > tracestate_bytes_max)
            break;
        (passed += passed.empty() ? "" : ",") += member;
    }
    return passed;
}

std::string_view tracestateOf(const Event& event)
{
    for (const auto& [name, value] : event.extensions) {
        if (name == tracestate_header && value)
            return *value;
    }
    return {};
}

void setTracestate(Event& event, std::string_view tracestate)
{
    std::erase_if(event.extensions, [](const auto& extension) { return extension.first == tracestate_header; });
    if (!tracestate.empty())
        event.extensions.emplace_back(tracestate_header, tracestate);
}

} // namespace orderlab
