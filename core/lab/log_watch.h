#pragma once
#include "bus/event_bus.h"
#include "journal/journal.h"
#include "runtime/runtime.h"
#include "runtime/task_group.h"
#include "store/store.h"

#include <functional>
#include <map>

namespace orderlab {

/// Looks whether the log still has what some group has yet to read, and publishes again what it has not: records that
/// were deleted or outlived the retention, topics that were deleted, a log that lost its end. Only rows whose record is
/// gone are published again, so that a group that merely lags costs nothing; the inbox keeps groups that had done them
/// from doing them twice. On a bus that drops nothing that is still to be read it does nothing. Any thread; start()
/// once, then stop().
class LogWatch {
public:
    static constexpr Duration interval{std::chrono::seconds{5}}; ///< Between two looks.
    static constexpr std::size_t rows_max = 1'000;               ///< Published again by one statement.

    struct Deps {
        Runtime& runtime;
        Journal& journal;
        Store& store;
        EventBus& bus;
    };
    /// `tell` gets a sentence for people whenever the log has lost something. All outlive this.
    LogWatch(Deps deps, std::vector<Subscription> subscriptions, std::function<void(const std::string&)> tell);

    /// One look, now; start() looks from then on. Errors: those of bus and store; what was missed is found by the next
    /// look.
    Task<Result<void>> look();
    void start();
    Task<void> stop();

private:
    /// What one look found.
    struct Findings {
        std::int64_t again = 0;           ///< Events that are published again.
        std::vector<std::string> reasons; ///< "orders.order-created/1: …"
        bool is_lost = false;             ///< And the store has no copy.
    };
    using Extents = std::map<std::pair<EventType, std::uint16_t>, LogExtent>;

    Task<void> run();
    Task<Result<Extents>> known();
    Task<Result<void>> check(const LogExtent& now, const Extents& known, TimePoint asked_at, Findings& findings);
    Task<Result<std::int64_t>> publishAgain(LostRows rows, NameId reason);
    Task<Result<bool>> hasMissed(const LogExtent& now);
    void record(EntryKind kind, const LogExtent& extent, NameId detail);
    void tell(const Findings& findings) const;

    const Deps m_deps;
    const std::vector<Subscription> m_subscriptions;
    const std::function<void(const std::string&)> m_tell;
    Extents m_seen; ///< By the last look of this process.
    std::map<std::pair<EventType, std::uint16_t>, int>
        m_look_again; ///< Looks in which a partition is searched although nothing has moved.
    TaskGroup m_running;
};

} // namespace orderlab
