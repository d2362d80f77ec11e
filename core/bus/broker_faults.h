#pragma once
#include "base/time.h"

namespace orderlab {

/// How a cluster's brokers are to be found by the clients of one bus. The default: as they are.
struct BrokerConditions {
    bool is_away = false;    ///< Connections are cut, and nobody gets a new one.
    Duration delay_there{0}; ///< What a request takes longer on its way.
    Duration delay_back{0};  ///< What its answer takes longer.
    std::uint64_t bytes_per_second = 0; ///< Of one connection, each way; 0: as fast as it goes. Where canThrottle().
    bool refuses_events = false; ///< They answer, with an error, and take nothing. Where canRefuse().

    bool operator==(const BrokerConditions&) const = default;
};

/// Makes brokers fail for real: the clients themselves lose their connections, or wait. Any thread.
class BrokerFaults {
public:
    virtual ~BrokerFaults() = default;
    /// In force at once, also for what is on its way, until the next call.
    virtual void setConditions(const BrokerConditions& conditions) = 0;
    /// Brokers of our own can; the way to those of others carries what they answer.
    virtual bool canRefuse() const = 0;
    /// Where there is a way in between.
    virtual bool canThrottle() const = 0;
};

} // namespace orderlab
