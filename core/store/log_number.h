#pragma once
#include <cstdint>
#include <functional>
#include <string>

namespace orderlab {

/// The numbers by which Store::otherLogs() names logs: from 1 to INT32_MAX, even for one that outlives its processes.
inline constexpr std::uint64_t log_numbers = INT32_MAX / 2; ///< Of each kind.

/// The same for the same EventBus::identity() in every process; not for an empty one.
inline std::int32_t logNumberOf(const std::string& identity)
{
    return std::int32_t(std::hash<std::string>()(identity) % log_numbers) * 2 + 2;
}

/// Of a log that ends with its process; `random` is below log_numbers.
inline std::int32_t numberOfOwnLog(std::uint64_t random)
{
    return std::int32_t(random) * 2 + 1;
}

inline bool endsWithItsProcess(std::int64_t log_number)
{
    return log_number % 2 != 0;
}

} // namespace orderlab
