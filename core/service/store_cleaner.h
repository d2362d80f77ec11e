#pragma once
#include "runtime/runtime.h"
#include "runtime/task_group.h"
#include "store/upkeep.h"

#include <atomic>

namespace orderlab {

struct StoreCleanerOptions {
    StoreBounds bounds;
    Duration interval{std::chrono::seconds{5}};  ///< Between looks while there is nothing to clean.
    std::size_t rows_max = 5'000;                ///< Of a table at once: some 20 ms of one connection's work.
    Duration pause_max{std::chrono::seconds{1}}; ///< While there is more; see below.
};

/// Keeps a store within its bounds: small steps, as many as are needed, each followed by a pause as long as the step
/// took, so that it takes no more than half of one connection whatever has piled up. A store that is away is tried
/// again at the next look. Any thread.
class StoreCleaner {
public:
    StoreCleaner(Runtime& runtime, StoreUpkeep& upkeep, StoreCleanerOptions options);

    void start();
    /// Finishes the step in hand, then ends.
    Task<void> stop();

private:
    Task<void> run();

    Runtime& m_runtime;
    StoreUpkeep& m_upkeep;
    const StoreCleanerOptions m_options;
    std::atomic<bool> m_stopping{false};
    TaskGroup m_running;
};

} // namespace orderlab
