#pragma once
#include "bus/event_bus.h"
#include "domain/group_name.h"
#include "journal/journal.h"
#include "runtime/task_group.h"
#include "store/store.h"

namespace orderlab {

struct DeadLetterRelayOptions {
    std::size_t batch_max = 32; ///< Dead letters of one claim. A record that is none of our events may have a MiB.
    Duration recheck{std::chrono::seconds{5}}; ///< Looks so often for dead letters that another process wrote.
    Duration initial_pause{std::chrono::milliseconds{100}}; ///< After a failure; doubles up to the next.
    Duration max_pause{std::chrono::seconds{5}};
    std::string group_prefix{stored_group_prefix}; ///< Of groups' names on the bus, as they are published.
};

/// Publishes dead letters to the log's topic for other programs: claim → publish → mark. A dead letter's row is its own
/// outbox row, written in the transaction that gives up, so that the topic misses none and has none that was rolled
/// back. At least once: a relay that dies between publishing and marking publishes again. A failure is journaled once,
/// until publishing succeeds again. Any thread. Only for a bus with hasDeadLetterTopic().
class DeadLetterRelay {
public:
    DeadLetterRelay(Runtime& runtime, Journal& journal, Store& store, EventBus& bus,
                    DeadLetterRelayOptions options = {});

    void start();
    /// Resumes when the batch in hand is finished and the relay has ended.
    Task<void> stop();

private:
    Task<void> run();
    Task<Result<bool>> publishOnce();
    void tellFailure(const DeadLetter& first, const Error& error);

    Runtime& m_runtime;
    Journal& m_journal;
    Store& m_store;
    EventBus& m_bus;
    const DeadLetterRelayOptions m_options;
    bool m_is_failing = false; ///< Of run() alone.
    std::atomic<bool> m_stopping{false};
    TaskGroup m_running;
};

} // namespace orderlab
