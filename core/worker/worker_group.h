#pragma once
#include "handlers/handler.h"
#include "runtime/task_group.h"
#include "worker/middleware/infrastructure_pause.h"
#include "worker/middleware/retry.h"
#include "worker/middleware/timeout.h"

namespace orderlab {

struct WorkerOptions {
    std::size_t batch_max = 128;                            ///< Events in one transaction; more gain little.
    Duration batch_time{std::chrono::milliseconds{2}};      ///< A transaction that takes longer halves the next batch, so
                                                            ///< that no event is held back for the sake of others.
    std::size_t lanes_max = 32;                             ///< Partitions that one member works on at once.
    TimeoutOptions timeout;
    RetryOptions retry;
    InfrastructurePauseOptions pause;
};
inline constexpr std::size_t members_max = 16; ///< A group.

/// The members of one consumer group in this process. Each polls its partitions, one coroutine ("lane") a partition at a
/// time: poll → handler → effects, inbox rows and emitted events in one transaction → commit of the offset.
/// Policies, from the outside in: dead letter, retry, infrastructure pause, timeout, inbox. Any thread.
class WorkerGroup {
public:
    /// `group`: the consumer group's full name.
    WorkerGroup(WorkerDeps deps, Handler& handler, std::string group, WorkerOptions options = {});
    ~WorkerGroup();

    /// Starts or ends members until there are `count` (0 to members_max). A member that ends finishes and commits what
    /// it is doing. One call at a time; others wait. Errors: InvalidArgument, and those of EventBus::subscribe().
    Task<Result<void>> scale(std::size_t count);
    /// Ends all members at once and for good: what they are doing rolls back and is delivered again. Resumes when they
    /// are gone.
    Task<void> cancel();
    std::size_t members() const;
    const std::string& group() const;
    /// Asks the fault plan once for every member whether it is killed or hangs now.
    void passWorkerSeam();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
