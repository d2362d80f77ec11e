#pragma once
#include "base/result.h"

#include <array>
#include <atomic>
#include <string_view>

namespace orderlab {

/// What keeps a promise. Each can be switched off, so that its anomaly is seen.
enum class Guarantee : std::uint8_t {
    Outbox,             ///< Off: save, then publish (the dual write): a crash in between loses the event.
    Inbox,              ///< Off: an event that is delivered twice has its effects twice.
    AckAfterProcessing, ///< Off: the offset is committed first; a crash then loses the event (at most once).
    IdempotencyKey,     ///< Off: a customer who asks again, having heard nothing, orders twice.
    PaymentKey,         ///< Off: a charge whose answer was lost is made again.
    DurableInbox, ///< Off: the inbox is in Redis, which forgets: what it evicted is handled again, and what was marked
                  ///< there before a crash never is.
};
inline constexpr int guarantee_count = 6;

/// "outbox", "inbox", "ack-after-processing", "idempotency-key", "payment-key", "durable-inbox".
std::string_view name(Guarantee guarantee);
/// Error: InvalidArgument, which lists the names there are.
Result<Guarantee> guaranteeOf(std::string_view name);

/// Which guarantees are on. A value.
struct Guarantees {
    std::array<bool, guarantee_count> on = {true, true, true, true, true, true};
    bool operator[](Guarantee guarantee) const { return on[std::size_t(guarantee)]; }
    void set(Guarantee guarantee, bool value) { on[std::size_t(guarantee)] = value; }
    bool operator==(const Guarantees&) const = default;
};

} // namespace orderlab
