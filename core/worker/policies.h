#pragma once
#include "base/live.h"
#include "base/result.h"
#include "base/time.h"
#include "gateway/circuit_breaker.h"

namespace orderlab {

struct TimeoutOptions {
    Duration limit{
        std::chrono::seconds{2}}; ///< 1 ms to 1 h. Longer than any healthy handler, shorter than a person's patience.
    bool operator==(const TimeoutOptions&) const = default;
};

/// What becomes of an event between two attempts.
enum class RetryStyle : std::uint8_t {
    Blocking, ///< It stays in the worker's hands and its partition waits: the events of one order stay in order.
    Topic,    ///< It is parked durably and comes back when it is due: others pass, the order per key is given up.
};
/// "blocking", "topic".
std::string_view name(RetryStyle style);
/// Error: InvalidArgument, which lists the names there are.
Result<RetryStyle> retryStyleOf(std::string_view name);

struct RetryOptions {
    RetryStyle style = RetryStyle::Blocking;
    int max_attempts = 5;                                   ///< The first one included; 1 to 100.
    Duration initial_delay{std::chrono::milliseconds{200}}; ///< Upper bound of the first wait; doubles each time.
    Duration max_delay{std::chrono::seconds{30}};           ///< At most 24 h.
    bool operator==(const RetryOptions&) const = default;
};

struct InfrastructurePauseOptions {
    Duration initial_pause{std::chrono::milliseconds{100}}; ///< At least 1 ms.
    Duration max_pause{std::chrono::seconds{5}}; ///< How late, at most, the end of an outage is noticed. At most 1 h.
    int conflicts_max = 100; ///< Conflicts in a row that are tried again at once, before a pause as for an outage.
    bool operator==(const InfrastructurePauseOptions&) const = default;
};

struct ThrottleOptions {
    double events_per_second = 0; ///< Of the group in this process; 0: as fast as it can. 0.1 to 1,000,000 otherwise.
    bool operator==(const ThrottleOptions&) const = default;
};

/// How one group's workers meet failures and load. A value; a group's may be replaced while it works.
struct Policies {
    TimeoutOptions timeout;
    RetryOptions retry;
    InfrastructurePauseOptions pause;
    ThrottleOptions throttle;
    CircuitBreakerOptions breaker; ///< Counts for the group that calls the payment gateway.

    /// Error: InvalidArgument; `field` is the option's name: "max-attempts".
    Result<void> validate() const;
    bool operator==(const Policies&) const = default;
};

} // namespace orderlab
