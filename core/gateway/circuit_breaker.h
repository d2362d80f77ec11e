#pragma once
#include "base/live.h"
#include "gateway/payment_gateway.h"
#include "journal/journal.h"
#include "runtime/runtime.h"

#include <memory>

namespace orderlab {

struct CircuitBreakerOptions {
    bool enabled = true;
    int failures_in_a_row = 5;                   ///< Open after so many; 1 to 1,000.
    int window_calls = 20;                       ///< Or when of so many latest calls (1 to 1,000)…
    int failure_percent = 50;                    ///< …at least this part failed; 1 to 100.
    Duration open_for{std::chrono::seconds{5}};  ///< Until a probe is let through; 1 ms to 1 h.
    Duration slow_call{std::chrono::seconds{1}}; ///< A call that its caller gave up after this long was a failure.

    /// Error: InvalidArgument; `field` is "breaker-…".
    Result<void> validate() const;
    bool operator==(const CircuitBreakerOptions&) const = default;
};

/// A circuit breaker (M. Nygard, "Release It!") in front of `inner`, shared by all who call through it. Any thread.
///
/// Closed: calls go through. Open, after too many failures: calls are refused with Unavailable (Later), so that workers
/// pause as they do for a database that is away and no attempt is burned on a party that is known to be down. Half
/// open, `open_for` later: one call is the probe; its success closes the circuit, its failure opens it again. A failure
/// is PeerFailed, Timeout, or a call given up after `slow_call`. Declined and Rejected are answers. Outcomes count in
/// the order in which the calls began, as the failures among calls that are under way together often come first; a
/// call's outcome counts only in the state in which it began. Journal: CircuitOpened, CircuitClosed. `options` may
/// change at any time and has to outlive the gateway; disabled, the circuit is as good as closed.
std::unique_ptr<PaymentGateway> makeCircuitBreaker(Runtime& runtime, Journal& journal,
                                                   const Live<CircuitBreakerOptions>& options,
                                                   std::unique_ptr<PaymentGateway> inner);

} // namespace orderlab
