#pragma once
#include "handlers/handler.h"
#include "runtime/task_group.h"
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

struct WorkerOptions {
    std::size_t batch_max = 128;                            ///< Events in one transaction; more gain little.
    Duration batch_time{std::chrono::milliseconds{2}};      ///< A transaction that takes longer than this …
    int batch_cost = 4;                                     ///< … and so many of the shortest halves the next batch: no
                                                            ///< event is held back for long for the sake of others.
    bool handle_together = false;                           ///< Handlers of a batch wait for the store and the gateway at
                                                            ///< the same time; costs more than it saves in memory.
    std::size_t lanes_max = 32;                             ///< Partitions that one member works on at once.
    std::string stored_group;                               ///< Its name in rows of the store; empty: as on the bus.
    Policies policies;                                      ///< At the start; see WorkerGroup::setPolicies().
};
inline constexpr std::size_t members_max = 16; ///< A group.

/// What a new member does when the bus is away.
enum class WhenAway : std::uint8_t {
    GiveUp,    ///< It does not come to be: an error.
    KeepAsking ///< It is a member, and joins the group as soon as it can.
};

/// The members of one consumer group in this process. Each polls its partitions, one coroutine ("lane") a partition at a
/// time: poll → handler → effects, inbox rows and emitted events in one transaction → commit of the offset.
/// What has been parked by RetryStyle::Topic is taken by one more coroutine a member. Any thread.
///
/// The chain of policies, from the outside in, and why each has its place:
///   dead letter            keeps what all others gave up;
///   retry                  counts attempts: everything further in may fail one;
///   addressee              skips what is addressed to another group, before anything waits or is counted for it;
///   infrastructure pause   waits without an attempt being burned, so it is inside retry;
///   throttle               every try at the handler costs a token, also the one after a pause; waiting for it is not the
///                          handler's time;
///   timeout                the time of one try, its commit included;
///   inbox                  one transaction around the handler.
/// Many events at once are tried through the part from the addressee on; if that fails, each goes alone through the whole.
class WorkerGroup {
public:
    /// `group`: the consumer group's name on the bus.
    WorkerGroup(WorkerDeps deps, Handler& handler, std::string group, WorkerOptions options = {});
    ~WorkerGroup();

    /// Starts or ends members until there are `count` (0 to members_max). Members that end do so at the same time: each
    /// finishes and commits what it is doing, also when this call is cancelled meanwhile. One call at a time; others wait.
    /// Errors: InvalidArgument, and those of EventBus::subscribe().
    Task<Result<void>> scale(std::size_t count, WhenAway when_away = WhenAway::GiveUp);
    /// Ends all members at once and for good: what they are doing rolls back and is delivered again. Resumes when they
    /// are gone.
    Task<void> cancel();
    std::size_t members() const;
    const std::string& group() const;
    /// Asks the fault plan once for every member whether it is killed or hangs now.
    void passWorkerSeam();
    Policies policies() const;
    /// Counts from the next decision on; waits that have begun go on as they were. Error: InvalidArgument.
    Result<void> setPolicies(const Policies& policies);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
