#pragma once
#include "base/time.h"

namespace orderlab {

/// The state of a cluster's brokers as the clients of one bus shall see it. The default: no fault.
struct BrokerConditions {
    bool is_away = false;               ///< The brokers are down: connections are cut and new ones fail.
    Duration delay_there{0};            ///< Extra latency of a request.
    Duration delay_back{0};             ///< Extra latency of its answer.
    std::uint64_t bytes_per_second = 0; ///< Limit of one connection, in each direction; 0: none. Only if canThrottle().
    bool refuses_events = false;        ///< Produce requests are answered with an error. Only if canRefuse().

    bool operator==(const BrokerConditions&) const = default;
};

/// Makes brokers fail for real: the clients lose their connections, or wait. Any thread.
class BrokerFaults {
public:
    virtual ~BrokerFaults() = default;
    /// In force at once, also for requests in flight, until the next call.
    virtual void setConditions(const BrokerConditions& conditions) = 0;
    /// Whether refuses_events has an effect. Only the embedded cluster can refuse; a proxy passes on what brokers
    /// answer.
    virtual bool canRefuse() const = 0;
    /// Whether bytes_per_second has an effect. Only a proxy can throttle.
    virtual bool canThrottle() const = 0;
};

} // namespace orderlab
