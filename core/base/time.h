#pragma once
#include "base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace orderlab {

/// Microseconds: what a journal entry and a PostgreSQL timestamp can hold.
using Duration = std::chrono::microseconds;
/// A moment in UTC. In a virtual runtime it starts at 2026-01-01T00:00:00Z.
using TimePoint = std::chrono::sys_time<Duration>;

inline std::int64_t toMicros(TimePoint t)
{
    return t.time_since_epoch().count();
}
inline TimePoint fromMicros(std::int64_t micros)
{
    return TimePoint{Duration{micros}};
}

/// RFC 3339 in UTC with microseconds, for example 2026-01-01T00:00:00.000000Z.
std::string toRfc3339(TimePoint t);
/// What RFC 3339 can spell: the years 0 to 9999, in UTC.
inline constexpr TimePoint rfc3339_min{Duration{-62'167'219'200'000'000}},
    rfc3339_max{Duration{253'402'300'799'999'999}};
/// Reads RFC 3339 (any offset, up to microseconds; a leap second counts as the next second). What it gives can be
/// spelled again. Error: InvalidArgument.
Result<TimePoint> parseRfc3339(std::string_view text);

} // namespace orderlab
