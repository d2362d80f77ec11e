#pragma once
#include "base/live.h"
#include "worker/worker_group.h"
#include "worker/worker_process.h"

namespace orderlab {

/// Polls a member's partitions and handles one batch at a time, up to the commit of its offset. run() is one coroutine;
/// no other function may be called while it runs.
class Lane {
public:
    /// Who the lane works for; everything referred to outlives the lane.
    struct Owner {
        const std::string& group;
        const std::string& stored_group;
        const std::string& member;
        NameId group_name;
        NameId member_name;
        WorkerProcess& process;
    };
    /// `attempt_some`: one try for several events together. `see_through`: handles one event until it is done or
    /// dead-lettered. `policies` may change at any time; `options.policies` is not used.
    Lane(WorkerDeps deps, const WorkerOptions& options, const Live<Policies>& policies, Owner owner,
         const Next& attempt_some, const Next& see_through);

    /// Runs until the consumer is drained or closed. False: the lane was cancelled; the consumer may still be open.
    Task<bool> run(std::shared_ptr<Consumer> consumer);

private:
    Task<bool> process(Consumer& consumer, const DeliveryBatch& batch);
    Task<bool> processSome(Consumer& consumer, Attempt attempt);
    Task<bool> handleSome(Consumer& consumer, Attempt attempt, bool ack_first);
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
    Duration m_shortest{0}; ///< The shortest recent transaction; 0: none yet.
};

} // namespace orderlab
