#pragma once
#include "domain/order.h"
#include "runtime/random_stream.h"

namespace orderlab {

/// Customers for a system that nobody has told which: names of people, one in ten whose payment is declined, one in
/// twenty whose payment fails at first; amounts from 1.99 to 149.98 EUR. The same seed: the same orders. One thread at
/// a time.
class CustomerMix {
public:
    explicit CustomerMix(std::uint64_t seed) : m_random(seed) {}

    OrderRequest next();
    /// Exponentially distributed.
    Duration pause(Duration mean);

private:
    std::uint64_t below(std::uint64_t bound) { return std::uint64_t((__uint128_t(m_random.next()) * bound) >> 64); }

    RandomStream m_random;
    std::uint64_t m_number = 0;
};

} // namespace orderlab
