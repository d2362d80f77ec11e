#pragma once
#include "bus/event_bus.h"
#include "journal/journal.h"
#include "runtime/runtime.h"

namespace orderlab {

struct MemoryBusOptions {
    std::uint16_t partitions = 3; ///< A topic; 1 to 64.
    std::size_t retention_events =
        65'536; ///< A partition. Reached: the oldest committed ones go, or the publisher waits.
};

/// The log in this process's memory, gone at exit. Rebalancing is cooperative and sticky (after Kafka's KIP-429): a
/// partition that is in a member's hands moves on once its batch is committed, sought or its member closed.
std::unique_ptr<EventBus> makeMemoryBus(Runtime& runtime, Journal& journal, MemoryBusOptions options);

} // namespace orderlab
