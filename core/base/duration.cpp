#include "base/duration.h"

#include "base/utf8.h"

#include <charconv>
#include <cmath>

namespace orderlab {

Result<Duration> parseDuration(std::string_view text)
{
    constexpr std::size_t shown_bytes_max = 60; // of what somebody wrote
    struct Unit {
        std::string_view suffix;
        double us;
    };
    static constexpr Unit units[] = {{"min", 60e6}, {"ms", 1e3}, {"us", 1}, {"s", 1e6}};
    for (const Unit& unit : units) {
        if (!text.ends_with(unit.suffix))
            continue;
        const std::string_view digits = text.substr(0, text.size() - unit.suffix.size());
        double number = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc{} || end != digits.data() + digits.size() || !(number >= 0 && number * unit.us <= 1e15))
            break;
        return Duration{std::llround(number * unit.us)};
    }
    return invalidArgument("duration", "must be a time such as 500ms, 1.5s or 2min, not \""
                                           + shortened(text, shown_bytes_max) + '"');
}

std::string exactDurationText(Duration duration)
{
    const std::int64_t us = duration.count();
    if (us % 60'000'000 == 0 && us > 0)
        return std::to_string(us / 60'000'000) + "min";
    if (us % 1'000'000 == 0)
        return std::to_string(us / 1'000'000) + "s";
    if (us % 1'000 == 0)
        return std::to_string(us / 1'000) + "ms";
    return std::to_string(us) + "us";
}

} // namespace orderlab
