#pragma once
#include "bus/topic_browser.h"
#include "memory_bus/memory_log.h"

namespace orderlab {

/// The logs of a memory bus, of which it keeps what it needs: `logs` by topic, then partition, `partitions` each.
std::shared_ptr<TopicBrowser> makeMemoryBrowser(std::vector<std::shared_ptr<const MemoryLog>> logs,
                                                std::uint16_t partitions);

} // namespace orderlab
