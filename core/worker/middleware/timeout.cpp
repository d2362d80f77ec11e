#include "worker/middleware/timeout.h"

#include "runtime/with_timeout.h"

namespace orderlab {

Next withTimeoutPolicy(Runtime& runtime, TimeoutOptions options, Next next)
{
    return [&runtime, options, next = std::move(next)](Attempt& attempt) {
        return withTimeout<void>(runtime, options.limit, "handler", next(attempt));
    };
}

} // namespace orderlab
