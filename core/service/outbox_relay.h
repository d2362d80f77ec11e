#pragma once
#include "bus/event_bus.h"
#include "faults/fault_plan.h"
#include "journal/journal.h"
#include "runtime/task_group.h"
#include "store/store.h"

#include <optional>

namespace orderlab {

struct RelayOptions {
    std::string name = "relay-1";
    std::size_t batch_max = 256;                            ///< Rows a claim.
    Duration initial_pause{std::chrono::milliseconds{100}}; ///< After a failure; doubles up to the next.
    Duration max_pause{std::chrono::seconds{5}};
};

/// Publishes what the outbox holds: claim → publish → mark as published, in each order's own order. At least once: a
/// relay that dies between publishing and marking publishes again. (Transactional outbox with a polling publisher that
/// is woken rather than polls.) A crash (see FaultPlan) lets go of what it holds, as the end of its process would. Any
/// thread.
class OutboxRelay {
public:
    OutboxRelay(Runtime& runtime, Journal& journal, FaultPlan& faults, Store& store, EventBus& bus,
                RelayOptions options = {});

    void start();
    /// Finishes the batch in hand, then ends.
    Task<void> stop();

private:
    Task<void> run();
    Task<Result<bool>> publishOnce();
    Task<Injection> pass(Seam seam, const OutboxClaim& claim);
    void crash(Duration restart_after);
    Entry entryOf(EntryKind kind) const;

    Runtime& m_runtime;
    Journal& m_journal;
    FaultPlan& m_faults;
    Store& m_store;
    EventBus& m_bus;
    const RelayOptions m_options;
    std::optional<Duration> m_restart_after; ///< Crashed. Of run() alone.
    std::atomic<bool> m_stopping{false};
    TaskGroup m_running;
};

} // namespace orderlab
