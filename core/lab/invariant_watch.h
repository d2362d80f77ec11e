#pragma once
#include "base/mutex.h"
#include "invariants/invariant_suite.h"
#include "journal/journal.h"
#include "runtime/task_group.h"

#include <functional>
#include <optional>

namespace orderlab {

/// The state of one invariant.
struct InvariantStatus {
    std::string_view name; ///< "charged-at-most-once"; static text.
    std::uint64_t violations = 0;
    std::optional<Violation> first;
};

struct InvariantWatchOptions {
    Duration interval{std::chrono::milliseconds{25}}; ///< Between two looks at the journal.
    std::size_t read_max = 32'768; ///< Entries checked at a time, about 2 ms; other work has its turn in between.
    /// A look that is so late means that the process was stopped or the clock has jumped; a busy machine is never so
    /// late.
    Duration asleep_after{std::chrono::seconds{5}};
    std::size_t violations_max = 1'000; ///< Violations that are kept: the first ones, as they tell more.
    InvariantOptions invariants = {.facts = {.from_start = false}};
    /// Called after entries were missed, because a guarantee may have been switched among them. May be empty.
    std::function<Guarantees()> guarantees = {};
    /// Called before each look: whether other processes may have members in the same groups. May be empty: they have
    /// none.
    std::function<bool()> has_others = {};
    /// Called for each violation, on the watch's strand; for logs. May be empty.
    std::function<void(const Violation&)> on_violation = {};
    /// The same for an order that finished after it was reported.
    std::function<void(const Recovery&)> on_recovery = {};
};

/// Follows the journal of a running system and checks all nine invariants. Each violation is kept, given to
/// `on_violation`, and appended to the journal as InvariantViolated. Violations that can be known only at the end of a
/// run are not reported while the system runs; an order that makes no progress is reported after
/// CheckerOptions::finish_within_us, once for each cause. A time in which the process was stopped does not count. Any
/// thread.
/// Costs about 0.1 µs of one thread for each entry: 1 % of it at 100,000 entries a second.
class InvariantWatch {
public:
    InvariantWatch(Runtime& runtime, Journal& journal, InvariantWatchOptions options = {});

    /// Call it once. Begins with the entries since the construction.
    void start();
    /// Checks the entries that are left, then ends. Idempotent.
    Task<void> stop();

    /// So far, the oldest first.
    std::vector<Violation> violations() const;
    /// All nine, in the order in which they are listed. Waits at most a few milliseconds, while entries are checked.
    std::vector<InvariantStatus> statuses() const;
    /// Entries that were overwritten before they were read. After a gap the watch starts afresh with the entries that
    /// follow: a violation may have been missed.
    std::uint64_t missed() const;

private:
    Task<void> follow();
    bool checkSome();
    void startAfresh() ORDERLAB_REQUIRES(m_mutex);
    void record(const Violation& violation);

    Runtime& m_runtime;
    Journal& m_journal;
    const InvariantWatchOptions m_options;
    mutable Mutex m_mutex;
    JournalReader m_reader ORDERLAB_GUARDED_BY(m_mutex);
    InvariantSuite m_suite ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<Entry> m_batch ORDERLAB_GUARDED_BY(m_mutex);
    std::uint64_t m_missed ORDERLAB_GUARDED_BY(m_mutex) = 0;
    std::optional<TimePoint> m_looked_at ORDERLAB_GUARDED_BY(m_mutex); ///< The last time.
    std::vector<Violation> m_violations ORDERLAB_GUARDED_BY(m_mutex);
    std::atomic<bool> m_started{false};
    TaskGroup m_running;
};

} // namespace orderlab
