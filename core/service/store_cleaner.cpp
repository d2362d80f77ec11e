#include "service/store_cleaner.h"

#include "runtime/uncancelled.h"

#include <algorithm>

namespace orderlab {

StoreCleaner::StoreCleaner(Runtime& runtime, StoreUpkeep& upkeep, StoreCleanerOptions options)
    : m_runtime(runtime), m_upkeep(upkeep), m_options(options), m_running(runtime)
{}

void StoreCleaner::start()
{
    m_running.spawn(run());
}

Task<void> StoreCleaner::stop()
{
    m_stopping = true;
    m_running.cancel();
    co_await m_running.join();
}

Task<void> StoreCleaner::run()
{
    constexpr Duration pause_min = std::chrono::milliseconds{1};
    while (!m_stopping) {
        const TimePoint begun = m_runtime.now();
        // Only waits can be cancelled: a step in hand is always finished.
        Task<Result<Cleaned>> step = m_upkeep.clean(m_options.bounds, m_options.rows_max);
        const auto cleaned = co_await uncancelled(std::move(step));
        if (m_stopping || (!cleaned && cleaned.error().code == ErrorCode::Closed))
            co_return;
        const Duration taken = m_runtime.now() - begun;
        const bool goes_on = cleaned && cleaned->has_more;
        co_await m_runtime.sleep(goes_on ? std::clamp(taken, pause_min, m_options.pause_max) : m_options.interval);
    }
}

} // namespace orderlab
