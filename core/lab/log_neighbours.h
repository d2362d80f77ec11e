#pragma once
#include "bus/event_bus.h"
#include "runtime/task_group.h"
#include "store/store.h"

#include <functional>
#include <set>

namespace orderlab {

/// Whether a system may begin to publish the outbox of `store` to the log with this EventBus::identity(). Servers on
/// one database have one log on Kafka, or each a bus in memory: two logs of which one outlives its server cannot be
/// told apart by the rows that are published, and each would take for lost what is in the other. A server that is just
/// ending is waited for, at most 5 s. Errors: Conflict (Never) with what to do; those of the store.
Task<Result<void>> checkOtherLogs(Runtime& runtime, Store& store, const std::string& identity);

/// Looks for other processes that publish the same store's events to a log of their own: servers with a bus in memory
/// on one database. Each handles what it publishes itself, and its journal does not tell of the rest. What a process
/// leaves behind in its log when it ends, or is killed, is gone with it: as at a start, events that some group has not
/// done are published again by those that go on, and the inbox keeps groups from doing them twice. Any thread; start()
/// once, then stop().
class LogNeighbours {
public:
    static constexpr Duration interval{std::chrono::seconds{2}}; ///< Between two looks; each is one small query.

    struct Deps {
        Runtime& runtime;
        Store& store;
        EventBus& bus;
    };
    /// `found` gets a sentence for people when there are some for the first time, `left` when one has ended that left
    /// something behind. May be empty. All outlive this.
    LogNeighbours(Deps deps, std::vector<Subscription> subscriptions, std::function<void(const std::string&)> found,
                  std::function<void(const std::string&)> left);

    void start();
    Task<void> stop();

private:
    Task<void> run();
    Task<Result<void>> look();

    const Deps m_deps;
    const std::vector<Subscription> m_subscriptions;
    const std::function<void(const std::string&)> m_found;
    const std::function<void(const std::string&)> m_left;
    std::set<std::int64_t> m_known; ///< By the last look.
    bool m_has_found = false;
    TaskGroup m_running;
};

} // namespace orderlab
