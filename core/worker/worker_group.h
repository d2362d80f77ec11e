#pragma once
#include "handlers/handler.h"
#include "runtime/task_group.h"
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

struct WorkerOptions {
    std::size_t batch_max = 128;                       ///< Events in one transaction; more gain little.
    Duration batch_time{std::chrono::milliseconds{2}}; ///< The next batch is halved after a transaction that took
    int batch_cost = 4;                                ///< longer than batch_time + batch_cost × the shortest recent
                                                       ///< one, so that no event waits long for others.
    bool handle_together = false;                      ///< The handlers of a batch run concurrently. Saves waiting for
                                                       ///< a database; costs more than it saves in memory.
    std::size_t alone_max =
        128;                 ///< Of events that failed together, so many go one by one; of more, each half by itself.
    bool is_hopeful = false; ///< Events are taken for new where the handler stays in its transaction: the store is
                             ///< asked only after it has refused the commit, and for a while from then on.
    std::size_t lanes_max = 32; ///< Partitions that one member works on at the same time.
    std::string stored_group;   ///< The group's name in rows of the store; empty: as on the bus.
    Policies policies;          ///< At the start; see WorkerGroup::setPolicies().
};
inline constexpr std::size_t members_max = 16; ///< Of one group in this process.

/// What a new member does while the bus is unavailable.
enum class WhenAway : std::uint8_t {
    GiveUp,    ///< It is not added; scale() returns the error.
    KeepAsking ///< It is added, and joins the group as soon as it can.
};

/// The members of one consumer group in this process. Each polls its partitions with one coroutine ("lane") for each
/// partition in work: poll → handler → effects, inbox rows and emitted events in one transaction → commit of the
/// offset. One more coroutine of each member takes events that RetryStyle::Topic has parked. Any thread.
///
/// The chain of policies, from the outside in, and why each is at its place:
///   dead letter            keeps events that all policies inside it gave up;
///   retry                  counts attempts: every policy inside it may fail one;
///   decode                 fails a record that is none of our events, before anything in it is believed;
///   addressee              skips an event for another group, before anything waits or is counted for it;
///   infrastructure pause   waits without using up an attempt, so it is inside retry;
///   throttle               every try at the handler costs a token, also the one after a pause; the wait does not count
///   as
///                          the handler's time;
///   timeout                limits one try, its commit included;
///   inbox                  one transaction around the handler.
/// Several events are first tried together, from decode on; if that fails, each goes alone through the whole chain, or
/// first each half together (WorkerOptions::alone_max).
class WorkerGroup {
public:
    /// `group`: the consumer group's name on the bus.
    WorkerGroup(WorkerDeps deps, Handler& handler, std::string group, WorkerOptions options = {});
    ~WorkerGroup();

    /// Starts or ends members until there are `count` (0 to members_max). Members end at the same time: each finishes
    /// and commits what it has in hand, also if this call is cancelled. Concurrent calls wait for each other.
    /// Errors: InvalidArgument, and those of EventBus::subscribe().
    Task<Result<void>> scale(std::size_t count, WhenAway when_away = WhenAway::GiveUp);
    /// Cancels all members at once: what they have in hand rolls back and is delivered again. Resumes when they have
    /// ended.
    Task<void> cancel();
    std::size_t members() const;
    const std::string& group() const;
    /// Asks the fault plan once for each member whether it crashes or hangs now.
    void passWorkerSeam();
    /// Kills the process of `member` ("payment-1") now; it is started again after `restart_after`. Errors: NotFound;
    /// Conflict (Later) while it is down already.
    Result<void> crash(std::string_view member, Duration restart_after);
    /// "payment-1", "payment-2".
    std::vector<std::string> memberNames() const;
    Policies policies() const;
    /// In force from the next decision on; waits that have begun keep their length. Error: InvalidArgument.
    Result<void> setPolicies(const Policies& policies);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
