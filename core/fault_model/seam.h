#pragma once
#include "base/result.h"

#include <array>
#include <cstdint>
#include <initializer_list>
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
    Broker,  ///< Every call of the broker. On Kafka what lasts is real: its clients lose their connections, or wait.
    Network, ///< Every call between processes; as for the broker.
    Clock,   ///< The system's clock.
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

/// What of a fault counts for an action.
enum class FaultParameter : std::uint8_t {
    None,
    Delay,       ///< `delay`, in JSON delay_ms: so long.
    DelayAtMost, ///< `delay`: a random part of it.
    Rate,        ///< `bytes_per_second`, in JSON bytes_per_s.
};

struct FaultActionRow {
    std::string_view name;     ///< "lose-answer"
    std::string_view strike;   ///< A few words beside the place where it struck: "answer lost".
    std::string_view sentence; ///< What it does, for people.
    FaultParameter takes = FaultParameter::None;
};

struct SeamRow {
    static constexpr std::size_t actions_max = 5;
    struct Action {
        FaultAction action = FaultAction::None;
        std::string_view words; ///< What it did there, as a clause in the past tense; "%" stands for who was struck.
    };
    std::string_view name;     ///< "gateway-call"
    std::string_view sentence; ///< What a failure there means in a real system, for people.
    std::array<FaultAction, actions_max> actions{};
    std::array<std::string_view, actions_max> words{};
    std::size_t action_count = 0;

    constexpr SeamRow() = default;
    constexpr SeamRow(std::string_view n, std::string_view s, std::initializer_list<Action> all) : name(n), sentence(s)
    {
        for (const Action& one : all) {
            actions.at(action_count) = one.action;
            words.at(action_count++) = one.words;
        }
    }
};

/// All there is to say of a seam and of an action: rows of seam.cpp. A new one is a value above and a row there,
/// without which it does not compile, and its name in http/openapi.json and scenario.schema.json (tested).
const SeamRow& row(Seam seam);
const FaultActionRow& row(FaultAction action);

/// "client-request", "gateway-call"…
inline std::string_view name(Seam seam)
{
    return row(seam).name;
}
/// "fail", "lose-answer"…
inline std::string_view name(FaultAction action)
{
    return row(action).name;
}
/// Error: InvalidArgument, which lists the names there are.
Result<Seam> seamOf(std::string_view name);
Result<FaultAction> faultActionOf(std::string_view name);
/// The same, but one of actionsAt(seam), which the error lists.
Result<FaultAction> faultActionAt(Seam seam, std::string_view name);
/// What can happen at `seam`; the first is the one that is meant when none is named.
inline std::span<const FaultAction> actionsAt(Seam seam)
{
    return std::span(row(seam).actions).first(row(seam).action_count);
}

} // namespace orderlab
