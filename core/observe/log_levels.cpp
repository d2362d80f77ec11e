#include "observe/log_levels.h"

#include "base/utf8.h"

#include <algorithm>
#include <optional>

namespace orderlab {

namespace {

constexpr std::array<std::string_view, log_level_count> level_names{"debug", "info", "warning", "error", "off"};
constexpr std::array<std::string_view, log_area_count> area_names{"server", "orders",  "outbox", "bus",       "worker",
                                                                  "store",  "gateway", "faults", "invariants"};
constexpr std::size_t shown_bytes_max = 40;

template <typename Value, std::size_t count>
std::optional<Value> valueOf(const std::array<std::string_view, count>& names, std::string_view text)
{
    const auto found = std::find(names.begin(), names.end(), text);
    return found == names.end() ? std::nullopt : std::optional(Value(found - names.begin()));
}

template <std::size_t count>
std::string listed(const std::array<std::string_view, count>& names)
{
    std::string text;
    for (const std::string_view name : names)
        (text += text.empty() ? "" : name == names.back() ? " or " : ", ") += name;
    return text;
}

} // namespace

std::string_view name(LogLevel level)
{
    return level_names[std::size_t(level)];
}

std::string_view name(LogArea area)
{
    return area_names[std::size_t(area)];
}

LogLevels::LogLevels()
{
    for (auto& level : m_levels)
        level = LogLevel::Info;
}

Result<void> LogLevels::set(std::string_view text)
{
    std::optional<LogLevel> all;
    std::array<std::optional<LogLevel>, log_area_count> some;
    while (true) {
        const auto comma = text.find(',');
        const std::string_view part = text.substr(0, comma);
        const auto equals = part.find('=');
        const std::string_view level_name = equals == std::string_view::npos ? part : part.substr(equals + 1);
        const auto level = valueOf<LogLevel>(level_names, level_name);
        if (!level)
            return invalidArgument("level", '"' + shortened(level_name, shown_bytes_max) + "\" is no level: use "
                                                + listed(level_names) + ", such as info,bus=debug");
        if (equals == std::string_view::npos) {
            if (all)
                return invalidArgument("level", "has one level for all areas, and further ones as AREA=LEVEL");
            all = level;
        } else {
            const std::string_view area_name = part.substr(0, equals) == "kafka" ? "bus" : part.substr(0, equals);
            const auto area = valueOf<LogArea>(area_names, area_name);
            if (!area)
                return invalidArgument("level", '"' + shortened(area_name, shown_bytes_max) + "\" is no area: use "
                                                    + listed(area_names));
            some[std::size_t(*area)] = level;
        }
        if (comma == std::string_view::npos)
            break;
        text = text.substr(comma + 1);
    }
    for (std::size_t i = 0; i < log_area_count; ++i) {
        if (const auto level = some[i] ? some[i] : all)
            m_levels[i] = *level;
    }
    return {};
}

std::string LogLevels::text() const
{
    std::array<std::size_t, log_level_count> uses{};
    for (std::size_t i = 0; i < log_area_count; ++i)
        ++uses[std::size_t(of(LogArea(i)))];
    const auto most = LogLevel(std::max_element(uses.begin(), uses.end()) - uses.begin());
    std::string text(name(most));
    for (std::size_t i = 0; i < log_area_count; ++i) {
        if (of(LogArea(i)) != most)
            text += ',' + std::string(area_names[i]) + '=' + std::string(name(of(LogArea(i))));
    }
    return text;
}

} // namespace orderlab
