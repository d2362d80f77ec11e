#pragma once
#include "store/records.h"

#include <span>

namespace orderlab {

/// The JSON text [[microseconds, number, "code", "error"], …], as in columns named attempts_made.
std::string encodeAttempts(std::span<const FailedAttempt> attempts);
/// Error: Corrupt (Never).
Result<std::vector<FailedAttempt>> decodeAttempts(std::string_view text);

} // namespace orderlab
