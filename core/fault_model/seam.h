#pragma once
#include "base/result.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace orderlab {

/// Where a failure can be injected. Each comment says what a failure there means in a real system.
enum class Seam : std::uint8_t {
    ClientRequest,  ///< On the way from the customer's program to the API: the request never arrives, or arrives twice.
    ClientAnswer,   ///< On the way back: the order may be stored, and the customer does not know it.
    OrderStore,     ///< The API asks the store to keep an order, and is refused: nothing is kept, the answer is 503.
    OrderCommitted, ///< The order is durable; nobody was told yet. Without an outbox its event exists in memory only.
    RelayClaim,     ///< The relay takes rows of the outbox. They stay there whatever happens.
    BusAppend,      ///< The broker takes events. An answer that is lost leaves open whether it has them.
    Published,      ///< The log has the events; the outbox does not know it yet. They will be published once more.
    Delivery,       ///< Events on their way to a worker: late, twice, or in another order.
    HandlerEntry,   ///< A worker begins to handle an event. Nothing has happened yet.
    GatewayCall,    ///< The payment gateway is asked. It is outside: what it did cannot be rolled back.
    BeforeCommit,   ///< The handler is done, its effects are not durable: all of it rolls back, but not the gateway.
    AfterCommit,    ///< The effects are durable, the offset is not: the event will be delivered again.
    Ack,            ///< The offset on its way to the broker: lost, so that the event is delivered again.
    Worker,         ///< A worker at any moment: killed, or hanging so long that the broker gives its partitions away.
    Database,       ///< Every call of the database.
    Broker,         ///< Every call of the broker. On Kafka what lasts is real: its clients lose their connections, or wait.
    Network,        ///< Every call between processes; as for the broker.
    Clock,          ///< The system's clock.
};
inline constexpr int seam_count = 18;

/// What happens there.
enum class FaultAction : std::uint8_t {
    None,
    Fail,       ///< The step is refused: an error that says "try again".
    Delay,      ///< The step takes `delay` longer.
    Crash,      ///< The process is killed: what it had in memory is gone. It is restarted after `delay`.
    Hang,       ///< The process stands still for `delay`.
    Lose,       ///< The message is lost: no answer, no error, until the sender's own timeout.
    Duplicate,  ///< The message arrives twice.
    Reorder,    ///< Neighbouring events change places.
    LoseAnswer, ///< It is done, but the answer is lost.
    Decline,    ///< The gateway declines the payment.
    Timeout,    ///< No answer within the caller's patience; nothing was done.
    Away,       ///< Nothing answers: Unavailable at once.
    Jump,       ///< The clock jumps forward by `delay`.
    Throttle,   ///< The way carries only so many bytes a second.
};
inline constexpr int fault_action_count = 14;

/// Whether the step is done as ever, only late: what waiting makes good.
constexpr bool isOnlyLate(FaultAction action)
{
    return action == FaultAction::Delay || action == FaultAction::Throttle;
}

/// "client-request", "gateway-call"…
std::string_view name(Seam seam);
/// "fail", "lose-answer"…
std::string_view name(FaultAction action);
/// Error: InvalidArgument, which lists the names there are.
Result<Seam> seamOf(std::string_view name);
Result<FaultAction> faultActionOf(std::string_view name);
/// The same, but one of actionsAt(seam), which the error lists.
Result<FaultAction> faultActionAt(Seam seam, std::string_view name);
/// What can happen at `seam`; the first is the one that is meant when none is named.
std::span<const FaultAction> actionsAt(Seam seam);

} // namespace orderlab
