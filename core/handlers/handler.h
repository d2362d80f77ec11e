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
    std::string_view member = {};       ///< Who handles it: "payment-1".
    std::string_view stored_group = {}; ///< The group's name in rows of the store.
    /// Where the first event of the batch came from; the others follow it.
    std::uint16_t partition = 0;
    std::int64_t first_offset = 0;
    std::span<const Event> events = {};
};

/// What a handler reads from its transaction, so that it can be read for many events at once.
enum class ReadsOfHandler : std::uint8_t {
    Unknown,
    Nothing,
    Order,   ///< The event's order, and nothing else.
    Payment, ///< The event's payment, and nothing else.
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
    /// Only a hint: what is not read ahead is read when it is asked for.
    virtual ReadsOfHandler reads() const { return ReadsOfHandler::Unknown; }
    /// Whether the events of a batch are better handled at the same time, even where nothing has to be waited for.
    virtual bool prefersTogether() const { return false; }
    /// The process of `member` has ended: killed, or it has left the group in order. None of its attempts is under way.
    virtual void memberEnded(std::string_view member, bool was_killed)
    {
        (void)member;
        (void)was_killed;
    }
    /// An error fails the attempt; `Error::retry` decides what happens next. Never fails for what is legal.
    virtual Task<Result<void>> handle(const Event& event, HandlerContext& context) = 0;
};

} // namespace orderlab
