#pragma once
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// A client's promise that requests with the same key are the same request.
struct IdempotencyKey {
    std::string key;         ///< 1 to 128 printable ASCII characters.
    std::string fingerprint; ///< SHA-256 of what was asked, 64 hexadecimal digits (see sha256Hex()).
};

struct CreateOrder {
    OrderRequest request;
    std::optional<IdempotencyKey> idempotency;
    std::optional<TimePoint> created_at; ///< For imports of older orders; default: now.
    Uuid purchase;                       ///< What the customer means to buy once, however often it asks; null: not told.
    TraceContext parent;                 ///< The caller's trace; null: a new one begins.
};
struct CreatedOrder {
    Order order;
    bool replayed = false; ///< The key was known: this is the first answer again, and nothing was created.
};

/// The system's front door: creates, cancels and reads orders. Any thread.
/// An order and its OrderCreated become durable together (transactional outbox); only then does create() resolve.
class OrderService {
public:
    OrderService(Runtime& runtime, Store& store);

    /// Errors: InvalidArgument with its field; AlreadyExists (Never) for a known key with another fingerprint;
    /// Conflict (Later) while a request with the same key is still in flight; Unavailable (Later). Nothing is stored then,
    /// except that Unavailable leaves it open: ask again with the same key.
    Task<Result<CreatedOrder>> create(CreateOrder order);
    /// Errors: NotFound, IllegalTransition when the order is final, Unavailable.
    Task<Result<Order>> cancel(OrderId id);
    /// Errors: NotFound, Unavailable.
    Task<Result<Order>> find(OrderId id);
    /// Errors: InvalidArgument, Unavailable.
    Task<Result<OrderPage>> list(OrderQuery query);

private:
    struct KeysInFlight;
    Task<Result<CreatedOrder>> store(CreateOrder create);
    Task<Result<std::optional<CreatedOrder>>> answerAgain(const IdempotencyKey& key);

    Runtime& m_runtime;
    Store& m_store;
    const std::shared_ptr<KeysInFlight> m_keys_in_flight;
};

} // namespace orderlab
