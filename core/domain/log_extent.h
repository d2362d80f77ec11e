#pragma once
#include "domain/event.h"

#include <cstdint>

namespace orderlab {

/// Where the log has an event, within the topic of its type.
struct LogOffset {
    std::uint16_t partition = 0;
    std::int64_t offset = -1;
};

/// What a log has of one partition of one topic.
struct LogExtent {
    EventType topic = EventType::OrderCreated;
    std::uint16_t partition = 0;
    /// Counts the logs that this partition has been: a topic that was deleted and made anew, or a log that lost its
    /// end, is another one; its offsets say nothing of the one before.
    std::int64_t generation = 0;
    std::int64_t earliest = 0; ///< The first record that is retained; those before it are gone.
    std::int64_t end = 0;      ///< One past the last record.
    bool operator==(const LogExtent&) const = default;
};

} // namespace orderlab
