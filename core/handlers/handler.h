#pragma once
#include "domain/event.h"
#include "store/transaction.h"

#include <functional>
#include <span>

namespace orderlab {

/// What a handler is given besides the event.
struct HandlerContext {
    Transaction& transaction; ///< Effects and emitted events go here; the caller commits.
    TimePoint now;            ///< The time of this attempt.
    std::uint8_t attempt = 1; ///< From 1.
    std::function<Uuid()> new_uuid;
};

/// The business logic of one consumer group. Stateless and shared by all its workers: any thread.
/// It commits nothing and may be run again for the same event, so an effect outside the transaction has to be
/// idempotent.
class Handler {
public:
    virtual ~Handler() = default;
    /// The group's name without prefix: "payment".
    virtual std::string_view name() const = 0;
    virtual std::span<const EventType> topics() const = 0;
    /// Whether all that it does goes into the transaction, so that running it in vain leaves no trace. Then a first
    /// look may stand in for the question to the inbox; see FirstLook.
    virtual bool staysInTransaction() const { return false; }
    /// An error fails the attempt; `Error::retry` decides what happens next. Never fails for what is legal.
    virtual Task<Result<void>> handle(const Event& event, HandlerContext& context) = 0;
};

} // namespace orderlab
