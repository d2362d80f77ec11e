#include "worker/middleware/decode.h"

#include <algorithm>

namespace orderlab {

namespace {

Task<Result<void>> refuse(Error error)
{
    error.retry = Retry::Never; // It will not become readable.
    co_return error;
}

} // namespace

Next withDecoding(Next next)
{
    return [next = std::move(next)](Attempt& attempt) {
        const auto found = std::find_if(attempt.events.begin(), attempt.events.end(),
                                        [](const Event& event) { return event.undecodable != nullptr; });
        return found == attempt.events.end() ? next(attempt) : refuse(found->undecodable->error);
    };
}

} // namespace orderlab
