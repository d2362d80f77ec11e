#include "worker/middleware/addressee.h"

#include <algorithm>

namespace orderlab {

namespace {

bool isForOthers(const Event& event, std::string_view group)
{
    if (event.extensions.empty())
        return false;
    const std::string_view target = targetGroupOf(event);
    return !target.empty() && target != group;
}

Task<Result<void>> skip(WorkerDeps deps, Attempt& attempt)
{
    Entry entry = attempt.entry(EntryKind::DuplicateSkipped, deps.runtime.now());
    std::string detail = "addressed to ";
    detail += targetGroupOf(attempt.events.front());
    entry.detail = deps.journal.names().intern(detail, NameUse::Text);
    deps.journal.append(entry);
    co_return Result<void>{};
}

Task<Result<void>> refuse()
{
    co_return Error{ErrorCode::Rejected, Retry::Never, "one of these events is for another group", {}};
}

} // namespace

Next withAddressee(WorkerDeps deps, Next next)
{
    return [deps, next = std::move(next)](Attempt& attempt) {
        const bool skips = std::any_of(attempt.events.begin(), attempt.events.end(),
                                       [&](const Event& event) { return isForOthers(event, attempt.stored_group); });
        if (!skips)
            return next(attempt);
        return attempt.events.size() == 1 ? skip(deps, attempt) : refuse();
    };
}

} // namespace orderlab
