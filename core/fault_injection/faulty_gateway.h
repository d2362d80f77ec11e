#pragma once
#include "faults/fault_plan.h"
#include "gateway/payment_gateway.h"

namespace orderlab {

struct FaultyGatewayOptions {
    std::string group = "orderlab.payment"; ///< Full name of the consumer group that charges; faults may ask for it.
    Duration patience{std::chrono::seconds{30}}; ///< How long a call whose answer never comes is waited for, at most.
};

/// `inner`, seen through a network that fails at the seam GatewayCall, and with the guarantee PaymentKey: off, charges
/// are sent without their key. Any thread.
std::unique_ptr<PaymentGateway> makeFaultyGateway(Runtime& runtime, FaultPlan& faults, Journal& journal,
                                                  std::unique_ptr<PaymentGateway> inner,
                                                  FaultyGatewayOptions options = {});

} // namespace orderlab
