#pragma once
#include "runtime/runtime.h"
#include "runtime/task_group.h"
#include "store/upkeep.h"

#include <atomic>

namespace orderlab {

struct StoreCleanerOptions {
    StoreBounds bounds;
    Duration interval{std::chrono::seconds{5}};  ///< Between two steps while there is nothing to clean.
    std::size_t rows_max = 5'000;                ///< Of one table in one step: some 20 ms of one connection's work.
    Duration pause_max{std::chrono::seconds{1}}; ///< The longest pause while there is more to clean.
};

/// Keeps a store within its bounds: calls StoreUpkeep::clean() in small steps, each followed by a pause as long as the
/// step took, so that it uses at most half of one connection, however much there is to clean. If the store is
/// unavailable, it tries again after `interval`. Any thread.
class StoreCleaner {
public:
    StoreCleaner(Runtime& runtime, StoreUpkeep& upkeep, StoreCleanerOptions options);

    void start();
    /// Resumes when the step in hand is finished and the cleaner has ended.
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
