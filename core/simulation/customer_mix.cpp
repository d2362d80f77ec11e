#include "simulation/customer_mix.h"

#include <cmath>

namespace orderlab {

namespace {

constexpr std::string_view mixed_customers[] = {"ada",   "grace",    "alan",   "barbara", "edsger",  "katherine",
                                                "linus", "margaret", "dennis", "radia",   "niklaus", "frances"};
constexpr std::int64_t amount_minor_min = 199;
constexpr std::uint64_t amount_minor_span = 14'800;

} // namespace

/// Draws as often for every customer.
OrderRequest CustomerMix::next()
{
    const std::uint64_t number = m_number++;
    OrderRequest request;
    request.user_id = mixed_customers[below(std::size(mixed_customers))];
    if (number % 10 == 7)
        request.user_id = "user-declined";
    else if (number % 20 == 13)
        request.user_id = "user-flaky";
    request.total.amount_minor = amount_minor_min + std::int64_t(below(amount_minor_span));
    return request;
}

Duration CustomerMix::pause(Duration mean)
{
    const double pauses = -std::log1p(-m_random.unit());
    return Duration{std::int64_t(pauses * double(mean.count()))};
}

} // namespace orderlab
