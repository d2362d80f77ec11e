#pragma once
#include "bus/event_bus.h"
#include "faults/fault_plan.h"
#include "journal/journal.h"
#include "runtime/runtime.h"
#include "store/first_look.h"
#include "store/store.h"

#include <functional>

namespace orderlab {

/// What workers need. All of it outlives them.
struct WorkerDeps {
    Runtime& runtime;
    Journal& journal;
    FaultPlan& faults;
    Store& store;
    EventBus& bus;
    FirstLook* first_look = nullptr; ///< In front of the inbox; null: there is none.
};

class WorkerProcess;

/// One try to handle consecutive events of a partition: all of them or none.
struct Attempt {
    std::string_view group;           ///< As on the bus; outlives the attempt.
    std::string_view stored_group;    ///< As in rows of the store; outlives the attempt.
    std::string_view member;          ///< Outlives the attempt.
    WorkerProcess* process = nullptr; ///< The process that runs it; outlives the attempt.
    NameId group_name = 0;
    NameId member_name = 0;
    NameId topic_name = 0;
    TopicPartition where;
    std::int64_t first_offset = 0;
    std::span<const Event> events;
    TimePoint delivered_at;
    std::uint8_t number = 1;
    Consumer* consumer = nullptr; ///< The consumer that delivered it; outlives the attempt. Null: from the retry topic.
    bool is_parked = false;       ///< From the retry topic: its offset is committed already.
    std::vector<FailedAttempt>
        failures; ///< Attempts that failed before, oldest first; at most DeadLetter::attempts_kept_max.

    /// The journal entry that says `kind` about events[index].
    Entry entry(EntryKind kind, TimePoint now, std::size_t index = 0) const;
    /// The journal entry that says `kind` about the partition rather than an event.
    Entry partitionEntry(EntryKind kind, TimePoint now) const;
    /// events[index] as it passes `seam`.
    FaultPoint faultPoint(Seam seam, std::size_t index = 0) const;
    /// Adds to `failures`.
    void remember(const Error& error, TimePoint now);
    /// Sleeps for `duration` and gives the bus a sign of life every second, so that the member keeps its partitions.
    /// False: cancelled.
    Task<bool> pause(Runtime& runtime, Duration duration) const;

private:
    void signOfLife() const;
};

/// One step of the chain. A policy is a function that takes the next step and returns a step; see middleware/.
using Next = std::function<Task<Result<void>>(Attempt&)>;

} // namespace orderlab
