#pragma once
#include "gateway/payment_gateway.h"
#include "journal/journal.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

struct SimulatedGatewayOptions {
    std::size_t requests_max = 10'000; ///< Under way at once; more are refused, as a gateway's rate limit would.
    Duration latency{
        std::chrono::milliseconds{2}}; ///< Median time to an answer (half to one and a half of it); 0: at once.
    Duration slow_latency{std::chrono::seconds{10}}; ///< For the customer user-slow.
};

/// A payment gateway that plays the outside party: its ledger is its own and each charge is durable by itself, whatever
/// becomes of the caller: one that is killed, or waits no longer, does not stop the charge. Customers as payment
/// sandboxes have test cards: user-declined is declined, user-poison can never be processed, user-slow takes
/// `slow_latency`, user-flaky fails on the first two attempts.
std::unique_ptr<PaymentGateway> makeSimulatedGateway(Runtime& runtime, Journal& journal, GatewayLedger& ledger,
                                                     SimulatedGatewayOptions options);

} // namespace orderlab
