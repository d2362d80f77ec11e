#include "domain/derived_ids.h"

namespace orderlab {

/// SplitMix64 (G. L. Steele et al., "Fast splittable pseudorandom number generators", 2014).
std::uint64_t mixedSpan(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t x = a + 0x9e3779b97f4a7c15ull * (b + 1);
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    x ^= x >> 31;
    return x | (x == 0);
}

Uuid cancelTraceOf(OrderId id)
{
    return {mixedSpan(id.high, id.low), mixedSpan(id.low, id.high)};
}

std::uint64_t cancelSpanOf(OrderId id)
{
    return mixedSpan(id.low, id.high + 1);
}

} // namespace orderlab
