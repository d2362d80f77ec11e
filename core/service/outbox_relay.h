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
    std::size_t batch_max = 256;                            ///< Rows of one claim.
    Duration initial_pause{std::chrono::milliseconds{100}}; ///< After a failure; doubles up to the next.
    Duration max_pause{std::chrono::seconds{5}};
};

/// Publishes the rows of the outbox: claim → publish → mark as published; the events of one order in their order. At
/// least once: a relay that dies between publishing and marking publishes again. (Transactional outbox;
/// Store::waitForOutbox() wakes the relay.) A crash (see FaultPlan) releases its claim, as the end of its process
/// would. Any thread.
class OutboxRelay {
public:
    OutboxRelay(Runtime& runtime, Journal& journal, FaultPlan& faults, Store& store, EventBus& bus,
                RelayOptions options = {});

    void start();
    /// Resumes when the batch in hand is finished and the relay has ended.
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
