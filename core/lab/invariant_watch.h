#pragma once
#include "base/mutex.h"
#include "invariants/invariant_suite.h"
#include "journal/journal.h"
#include "runtime/task_group.h"

#include <functional>
#include <optional>

namespace orderlab {

/// One of the nine, as far as it has been checked.
struct InvariantStatus {
    std::string_view name; ///< "charged-at-most-once"; static text.
    std::uint64_t violations = 0;
    std::optional<Violation> first;
};

struct InvariantWatchOptions {
    Duration interval{std::chrono::milliseconds{25}}; ///< Between two looks at the journal.
    std::size_t read_max = 32'768; ///< Entries checked at a time, about 2 ms; other work has its turn in between.
    /// A look that comes so late was kept from it by no busy machine: the process was stopped, or the clock has jumped.
    Duration asleep_after{std::chrono::seconds{5}};
    std::size_t violations_max = 1'000; ///< Kept; the latest are dropped, as the first tell more.
    InvariantOptions invariants = {.facts = {.from_start = false}};
    /// Asked after entries were missed, as a switch may have been among them. May be empty.
    std::function<Guarantees()> guarantees = {};
    /// Asked before each look: whether other processes may have members in the same groups. May be empty: they have
    /// none.
    std::function<bool()> has_others = {};
    /// Called for each violation, on the watch's strand; for logs. May be empty.
    std::function<void(const Violation&)> on_violation = {};
    /// The same for what came right after all.
    std::function<void(const Recovery&)> on_recovery = {};
};

/// Follows the journal of a running system and checks all nine invariants. Each violation is kept, given to
/// `on_violation`, and appended to the journal as InvariantViolated. What can be known only at the end of a run
/// is no violation while the system runs; an order that stands still counts after CheckerOptions::finish_within_us,
/// once for each cause. A time in which the process was stopped counts for nobody. Any thread. Costs about a tenth of a
/// microsecond of one thread an entry: 1 % of it at 100,000 entries a second.
class InvariantWatch {
public:
    InvariantWatch(Runtime& runtime, Journal& journal, InvariantWatchOptions options = {});

    /// Once. What was journalled since the construction is looked at first.
    void start();
    /// Looks at what is left first. Idempotent; before start() it does nothing more.
    Task<void> stop();

    /// So far, the oldest first.
    std::vector<Violation> violations() const;
    /// All nine, in the order in which they are listed. Waits at most a few milliseconds, while entries are checked.
    std::vector<InvariantStatus> statuses() const;
    /// Entries that came too fast to be read. After a gap the watch starts afresh with what it then sees: a violation
    /// may have been missed.
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
