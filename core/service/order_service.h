#pragma once
#include "faults/fault_plan.h"
#include "runtime/runtime.h"
#include "store/first_look.h"
#include "store/store.h"

namespace orderlab {

class EventBus;

/// A client's promise that requests with the same key are the same request.
struct IdempotencyKey {
    static constexpr std::size_t length_max = 128;
    std::string key;         ///< 1 to `length_max` printable ASCII characters.
    std::string fingerprint; ///< SHA-256 of the request, 64 hexadecimal digits (see sha256Hex()).
    /// Checks the key. Error: InvalidArgument, field "Idempotency-Key".
    Result<void> validate() const;
};

struct CreateOrder {
    OrderRequest request;
    std::optional<IdempotencyKey> idempotency;
    std::optional<TimePoint> created_at; ///< For imports of older orders; default: now.
    /// Identifies what the customer wants to buy once, whatever the number of requests; null: not known.
    Uuid purchase;
    TraceContext parent;         ///< The caller's trace; null: a new one begins.
    std::string tracestate = {}; ///< See passedTracestate(); goes with the order's events.
};
struct CreatedOrder {
    Order order;
    bool replayed = false; ///< The key was known: this is the first answer again; nothing was created.
};

/// Creates, cancels and reads orders. Any thread. An order and its OrderCreated event become durable in one transaction
/// (transactional outbox); only then does create() resolve. With the guarantee Outbox off, the event is published by
/// `deps.bus` after the order was stored. A crash (see FaultPlan) ends every call in progress with Unavailable,
/// whatever it has stored, and refuses new ones until the restart.
class OrderService {
public:
    struct Deps {
        Runtime& runtime;
        Journal& journal;
        FaultPlan& faults;
        Store& store;
        EventBus& bus;
        FirstLook* first_look = nullptr; ///< In front of idempotency keys; null: there is none.
    };
    explicit OrderService(Deps deps);

    /// Errors: InvalidArgument with its field; AlreadyExists (Never) for a known key with another fingerprint; Conflict
    /// (Later) while a request with the same key is in progress; Unavailable (Later). On an error nothing is stored;
    /// only after Unavailable this is unknown: repeat the call with the same key.
    Task<Result<CreatedOrder>> create(CreateOrder order);
    /// `parent`: the caller's trace, to which the cancellation belongs then; null: it begins one, cancelTraceOf().
    /// `tracestate`: see CreateOrder. Errors: NotFound, IllegalTransition when the order is final, Unavailable.
    Task<Result<Order>> cancel(OrderId id, TraceContext parent = {}, std::string tracestate = {});
    /// Errors: NotFound, Unavailable.
    Task<Result<Order>> find(OrderId id);
    /// Errors: InvalidArgument, Unavailable.
    Task<Result<OrderPage>> list(OrderQuery query);
    /// Kills the API's process now: every call in progress ends with Unavailable, and new ones are refused until
    /// `restart_after` is over. Error: Conflict (Later) while it is down already.
    Result<void> kill(Duration restart_after);

private:
    struct KeysInFlight;
    Task<Result<CreatedOrder>> createOnce(CreateOrder create);
    Task<Result<CreatedOrder>> store(CreateOrder create);
    void rememberKey(const std::string& key);
    Task<Result<void>> commit(Transaction& transaction, FaultPoint point, TimePoint now);
    Task<void> publish(std::vector<Event> events);
    Result<void> checkRunning(std::uint64_t life) const;
    void crash(Duration restart_after);
    Task<Result<std::optional<CreatedOrder>>> answerAgain(const IdempotencyKey& key);

    const Deps m_deps;
    const std::shared_ptr<KeysInFlight> m_keys_in_flight;
    std::atomic<std::uint64_t> m_lives{0}; ///< Crashes so far.
    std::atomic<std::int64_t> m_down_until_us{0};
};

} // namespace orderlab
