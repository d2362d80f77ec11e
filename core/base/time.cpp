#include "base/time.h"

#include <charconv>
#include <cstdio>

namespace orderlab {

std::string toRfc3339(TimePoint t)
{
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{t - day};
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()));
    return text;
}

namespace {

/// Reads exactly `digits` decimal digits at `pos`; -1 when they are not there.
int number(std::string_view text, std::size_t pos, std::size_t digits)
{
    if (pos + digits > text.size())
        return -1;
    int value = 0;
    for (char c : text.substr(pos, digits)) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

Result<TimePoint> parseRfc3339(std::string_view text)
{
    const auto wrong = [] { return invalidArgument("", "expected a time such as 2026-01-31T12:00:00Z (RFC 3339)"); };
    const int year = number(text, 0, 4), month = number(text, 5, 2), day = number(text, 8, 2);
    const int hour = number(text, 11, 2), minute = number(text, 14, 2), second = number(text, 17, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0 || text[4] != '-' || text[7] != '-'
        || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
        return wrong();
    const auto date = std::chrono::year{year} / month / day;
    if (!date.ok() || hour > 23 || minute > 59 || second > 60)
        return wrong();
    std::size_t pos = 19;
    std::int64_t micros = 0;
    if (pos < text.size() && text[pos] == '.') {
        const std::size_t first = ++pos;
        std::int64_t unit = 100'000;
        while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9') {
            micros += unit * (text[pos++] - '0');
            unit /= 10;
        }
        if (pos == first)
            return wrong();
    }
    std::chrono::minutes offset{0};
    const std::string_view zone = text.substr(pos);
    if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':') {
        const int hours = number(zone, 1, 2), minutes = number(zone, 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
            return wrong();
        offset = std::chrono::minutes{(hours * 60 + minutes) * (zone[0] == '-' ? -1 : 1)};
    } else if (zone != "Z" && zone != "z") {
        return wrong();
    }
    const TimePoint time{std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute}
                         + std::chrono::seconds{second} + Duration{micros} - offset};
    // The offset or a leap second may lead out of the years that there are names for.
    return (time < rfc3339_min || time > rfc3339_max) ? Result<TimePoint>(wrong()) : time;
}

} // namespace orderlab
