#include "worker/middleware/timeout.h"

#include "runtime/with_timeout.h"

namespace orderlab {

Next withTimeoutPolicy(Runtime& runtime, const Live<Policies>& policies, Next next)
{
    return [&runtime, &policies, next = std::move(next)](Attempt& attempt) {
        return withTimeout<void>(runtime, policies.get().timeout.limit, "handler", next(attempt));
    };
}

} // namespace orderlab
