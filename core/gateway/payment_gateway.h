#pragma once
#include "domain/order.h"
#include "runtime/task.h"

#include <string>

namespace orderlab {

struct ChargeRequest {
    OrderId order;
    std::string user_id;
    Money total;
    /// The same key on every attempt: the gateway charges once and answers later attempts as it did the first.
    /// Null: every request is a new charge.
    Uuid payment_key;
    std::uint8_t attempt = 1; ///< For the journal.
};

struct ChargeAnswer {
    bool approved = false;
    Uuid payment;       ///< The gateway's number; null when declined.
    std::string reason; ///< Why it was declined.
};

/// A payment service provider, outside of our system and our transactions. Abstract, as real ones and the simulated one
/// are exchangeable. Any thread.
class PaymentGateway {
public:
    virtual ~PaymentGateway() = default;
    /// Errors: PeerFailed or Timeout (Later): whether the money was taken is unknown; Rejected (Never): this request
    /// can never be processed. A declined payment is an answer, not an error.
    virtual Task<Result<ChargeAnswer>> charge(ChargeRequest request) = 0;
    /// Gives back what was charged under `payment_key` and refuses later charges under it. Idempotent; true when there
    /// was something to give back. Errors as charge().
    virtual Task<Result<bool>> refund(OrderId order, Uuid payment_key) = 0;
    /// Lets go of what runs on our side. What the gateway was asked for may still happen.
    virtual Task<void> close() { co_return; }
};

} // namespace orderlab
