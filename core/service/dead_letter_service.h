#pragma once
#include "domain/group_name.h"
#include "faults/fault_plan.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// What a replay would do.
struct DeadLetterForecast {
    std::int64_t to_replay = 0;
    std::int64_t duplicates = 0;  ///< Of them: their group has done the event meanwhile, so its inbox will skip them.
    std::int64_t run_again = 0;   ///< The rest.
    bool is_complete = true;      ///< False: there are more than were looked at.
    std::int64_t undecodable = 0; ///< Besides: records that are none of our events. They are never replayed.
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
    double rate_per_s = 100;       ///< So that a group that has just recovered is not run over; up to 100,000.
    std::size_t letters_max = 500; ///< 1 to 10,000.
    Duration time_limit{std::chrono::seconds{10}}; ///< Then the rest is left to the next call.
    Result<void> validate() const;
};

struct ReplayReport {
    std::int64_t replayed = 0;
    std::int64_t skipped = 0;     ///< Somebody else replayed or discarded them meanwhile.
    std::int64_t remaining = 0;   ///< Still waiting, by the same filter.
    std::optional<Error> failure; ///< What ended it early; what was replayed is durable.
};

/// What people do with dead letters. Any thread; every decision is one transaction, so nothing drops silently.
///
/// A replay goes to the group that failed, and to no other: the event goes through the outbox, in the transaction that
/// marks the letter as replayed, and is addressed to that group (setTargetGroup()); workers of other groups skip it. It
/// keeps its id, corrected or not, so that the group's inbox still keeps its effects from happening twice. If it fails
/// again, the same letter waits again, with its new attempts behind the old ones.
///
/// What could not be decoded (Event::undecodable) is no event that a group could be given: it is not replayed, only
/// discarded.
class DeadLetterService {
public:
    struct Deps {
        Runtime& runtime;
        const FaultPlan& faults;
        Store& store;
        /// Of groups on the bus. Filters name groups with or without it, answers with it; rows have
        /// stored_group_prefix.
        std::string group_prefix{stored_group_prefix};
    };
    explicit DeadLetterService(Deps deps) : m_deps(std::move(deps)) {}

    /// Errors: InvalidArgument with its field, Unavailable.
    Task<Result<DeadLetterPage>> list(DeadLetterQuery query);
    Task<Result<std::vector<DeadLetterCause>>> causes(DeadLetterFilter filter);
    /// Errors: NotFound, Unavailable.
    Task<Result<DeadLetter>> find(Uuid id);

    /// Of the waiting ones; looks at up to 10,000.
    Task<Result<DeadLetterForecast>> forecast(DeadLetterFilter filter);
    /// Of one letter. Errors: NotFound; IllegalTransition when it does not wait, or could not be decoded.
    Task<Result<DeadLetterForecast>> forecast(Uuid id);
    /// `data`: JSON that replaces the event's data (see decodeData()); empty: as it is.
    /// Errors: NotFound; IllegalTransition when it does not wait, or could not be decoded; InvalidArgument with a field
    /// such as "data.amount".
    Task<Result<DeadLetter>> replay(Uuid id, DeadLetterDecision decision, std::string data = {});
    /// Oldest first, those that wait now and could be decoded; a letter that fails again meanwhile is not replayed a
    /// second time.
    Task<Result<ReplayReport>> replayAll(DeadLetterFilter filter, DeadLetterDecision decision, ReplayLimits limits);
    /// For good; the row stays, with its audit. Errors: NotFound; IllegalTransition when it does not wait.
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
