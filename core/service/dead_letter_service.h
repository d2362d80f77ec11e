#pragma once
#include "domain/group_name.h"
#include "faults/fault_plan.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// What a replay would do.
struct DeadLetterForecast {
    std::int64_t to_replay = 0;
    std::int64_t duplicates = 0; ///< Of these, events that their group has handled meanwhile: its inbox will skip them.
    std::int64_t run_again = 0;  ///< The rest.
    bool is_complete = true;     ///< False: there are more dead letters than the forecast looked at.
    std::int64_t undecodable = 0; ///< Not in to_replay: records that are none of our events. They are never replayed.
    /// "12 to replay: 2 would be skipped as duplicates, 10 would run again. 1 could not be decoded and can only be
    /// discarded."
    std::string sentence() const;
};

/// Who decides about a dead letter, and why; kept in its audit.
struct DeadLetterDecision {
    std::string by;     ///< 1 to 100 printable characters.
    std::string reason; ///< At most 300; may be empty.
    Result<void> validate() const;
};

struct ReplayLimits {
    double rate_per_s = 100;       ///< Protects a group that has just recovered; above 0, at most 100,000.
    std::size_t letters_max = 500; ///< 1 to 10,000.
    Duration time_limit{std::chrono::seconds{10}}; ///< The rest is left to the next call.
    Result<void> validate() const;
};

struct ReplayReport {
    std::int64_t replayed = 0;
    std::int64_t skipped = 0;     ///< Replayed or discarded by somebody else meanwhile.
    std::int64_t remaining = 0;   ///< Still waiting, with the same filter.
    std::optional<Error> failure; ///< Why it ended early; what was replayed is durable.
};

/// Lets people list, replay and discard dead letters. Any thread. Every decision is one transaction, so none is lost
/// silently.
///
/// A replay goes to the group that failed, and to no other: the event goes through the outbox, in the transaction that
/// marks the letter as replayed, and is addressed to that group (setTargetGroup()); workers of other groups skip it. It
/// keeps its id, corrected or not, so that the group's inbox still prevents its effects from happening twice. If it
/// fails again, the same dead letter waits again, with its new attempts after the old ones.
///
/// A record that could not be decoded (Event::undecodable) is no event: it can be discarded, not replayed.
class DeadLetterService {
public:
    struct Deps {
        Runtime& runtime;
        const FaultPlan& faults;
        Store& store;
        /// Of groups' names on the bus. Filters may use names with or without it; results use it; rows have
        /// stored_group_prefix.
        std::string group_prefix{stored_group_prefix};
    };
    explicit DeadLetterService(Deps deps) : m_deps(std::move(deps)) {}

    /// Errors: InvalidArgument with its field, Unavailable.
    Task<Result<DeadLetterPage>> list(DeadLetterQuery query);
    Task<Result<std::vector<DeadLetterCause>>> causes(DeadLetterFilter filter);
    /// Errors: NotFound, Unavailable.
    Task<Result<DeadLetter>> find(Uuid id);

    /// What replayAll() would do; looks at up to 10,000 dead letters. Errors: InvalidArgument with its field,
    /// Unavailable.
    Task<Result<DeadLetterForecast>> forecast(DeadLetterFilter filter);
    /// What replay() would do. Errors: NotFound; IllegalTransition when it does not wait, or could not be decoded.
    Task<Result<DeadLetterForecast>> forecast(Uuid id);
    /// `data`: JSON that replaces the event's data (see decodeData()); empty: as it is.
    /// Errors: NotFound; IllegalTransition when it does not wait, or could not be decoded; InvalidArgument with a field
    /// such as "data.amount".
    Task<Result<DeadLetter>> replay(Uuid id, DeadLetterDecision decision, std::string data = {});
    /// Replays the dead letters that wait now and can be decoded, oldest first; one that fails again meanwhile is not
    /// replayed a second time. Errors: InvalidArgument with its field, Unavailable before the first replay; later ones
    /// are in the report.
    Task<Result<ReplayReport>> replayAll(DeadLetterFilter filter, DeadLetterDecision decision, ReplayLimits limits);
    /// Marks it as discarded, for good; the row stays, with its audit. Errors: NotFound; IllegalTransition when it does
    /// not wait.
    Task<Result<DeadLetter>> discard(Uuid id, DeadLetterDecision decision);

private:
    DeadLetterFilter resolved(DeadLetterFilter filter) const;
    DeadLetter shown(DeadLetter letter) const;
    Task<Result<DeadLetter>> findStored(Uuid id);
    Task<Result<DeadLetter>> findWaiting(Uuid id);
    Task<Result<DeadLetter>> findReplayable(Uuid id);
    Task<Result<void>> replayNow(DeadLetter& letter, const DeadLetterDecision& decision, TimePoint now);
    Task<Result<std::int64_t>> duplicatesAmong(std::span<const DeadLetter> letters);
    Task<Result<std::int64_t>> count(DeadLetterFilter filter);

    const Deps m_deps;
};

} // namespace orderlab
