#pragma once
#include "base/live.h"
#include "worker/worker_group.h"
#include "worker/worker_process.h"

namespace orderlab {

/// Takes the batches of a member's partitions, one batch at a time, and sees each through to its commit.
class Lane {
public:
    struct Owner {
        const std::string& group;
        const std::string& stored_group;
        const std::string& member;
        NameId group_name;
        NameId member_name;
        WorkerProcess& process;
    };
    /// `attempt_some`: one try for many events. `see_through`: for one event, until it is done or dead-lettered.
    /// `policies` may change at any time; of `options`, those are not looked at.
    Lane(WorkerDeps deps, const WorkerOptions& options, const Live<Policies>& policies, Owner owner, const Next& attempt_some,
         const Next& see_through);

    /// Until the consumer is drained or closed. False: the lane was cancelled, the consumer may live on.
    Task<bool> run(std::shared_ptr<Consumer> consumer);

private:
    Task<bool> process(Consumer& consumer, const DeliveryBatch& batch);
    Task<bool> processSome(Consumer& consumer, Attempt attempt);
    Task<bool> acknowledge(Consumer& consumer, const Attempt& attempt);
    Task<bool> commit(Consumer& consumer, TopicPartition where, std::int64_t next_offset);
    void adapt(Duration took);

    WorkerDeps m_deps;
    const WorkerOptions& m_options;
    const Live<Policies>& m_policies;
    const Owner m_owner;
    const Next& m_attempt_some;
    const Next& m_see_through;
    std::size_t m_batch_size = 1;
    Duration m_shortest{0}; ///< Transaction of late; 0: none yet.
};

} // namespace orderlab
