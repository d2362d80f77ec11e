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
    Duration pace{0}; ///< From the beginning of a claim that brought much to that of the next, at least.
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
    const std::string& name() const { return m_options.name; }
    /// Kills its process now: its claim is dropped, and what it was publishing may be in the log, or be published once
    /// more; it is started again after `restart_after`. Error: Conflict (Later) while it is down already.
    Result<void> kill(Duration restart_after);

private:
    bool isDown() const { return m_runtime.now() < fromMicros(m_down_until_us); }
    Task<void> waitWhileDown();
    Task<void> tellOfRestart(Duration after);
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
    std::size_t m_last_claim = 0;            ///< How many events it had. Likewise.
    std::atomic<std::uint64_t> m_kills{0};   ///< By kill().
    std::atomic<std::int64_t> m_down_until_us{0};
    std::atomic<bool> m_stopping{false};
    TaskGroup m_running;
};

} // namespace orderlab
