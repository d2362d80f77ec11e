#pragma once
#include <cstdint>

namespace orderlab {

/// First looks into Redis and what came of them. A value.
struct RedisCounts {
    std::uint64_t hits = 0, misses = 0;
    std::uint64_t unanswered = 0;  ///< Redis was away, too slow, or had too many questions.
    std::uint64_t forgotten = 0;   ///< Misses of what the store knew.
    std::uint64_t unconfirmed = 0; ///< Hits of what the store did not know.
    std::uint64_t remembered = 0;  ///< Names that Redis has taken.
    std::uint64_t dropped = 0;     ///< Names that it has not: it was away, full, or too slow.
};

} // namespace orderlab
