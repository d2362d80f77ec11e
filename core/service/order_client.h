#pragma once
#include "faults/fault_plan.h"
#include "service/order_service.h"

namespace orderlab {

struct OrderClientOptions {
    int attempts_max = 20;                                  ///< Then the customer gives up.
    Duration patience{std::chrono::seconds{2}};             ///< How long it waits for an answer.
    Duration initial_pause{std::chrono::milliseconds{200}}; ///< Before the second attempt; doubles up to max_pause.
    Duration max_pause{std::chrono::seconds{5}};
};

/// A customer's program: buys once, however often it has to send the request. It calls the service through a network
/// that fails at the seams ClientRequest and ClientAnswer. Any thread.
class OrderClient {
public:
    OrderClient(Runtime& runtime, Journal& journal, FaultPlan& faults, OrderService& orders,
                OrderClientOptions options = {});

    /// One purchase: sends the request with one idempotency key until it gets an answer. Errors: those of
    /// OrderService::create() with Retry::Never; Timeout or Unavailable after `attempts_max` attempts.
    Task<Result<Order>> buy(OrderRequest request) { return buy(std::move(request), m_runtime.newUuid()); }
    /// The same with an id for the purchase, which the journal uses. Never use the same id twice.
    Task<Result<Order>> buy(OrderRequest request, Uuid purchase);

private:
    Task<Result<Order>> ask(const OrderRequest& request, Uuid purchase, int attempt);
    Task<Result<Order>> send(const OrderRequest& request, Uuid purchase);
    Entry entryOf(EntryKind kind, Uuid purchase) const;

    Runtime& m_runtime;
    Journal& m_journal;
    FaultPlan& m_faults;
    OrderService& m_orders;
    const OrderClientOptions m_options;
};

} // namespace orderlab
