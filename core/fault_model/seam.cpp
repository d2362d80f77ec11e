#include "fault_model/seam.h"

#include <string>

namespace orderlab {

namespace {

/// A row each: a value that has none does not compile.
constexpr SeamRow seamRowOf(Seam seam)
{
    switch (seam) {
    case Seam::ClientRequest:
        return {"client-request",
                "On the way from the customer's program to the API: the request never arrives, or arrives twice.",
                {{FaultAction::Lose, "the customer's request was lost"},
                 {FaultAction::Duplicate, "the customer's request arrived twice"},
                 {FaultAction::Delay, "the customer's request was late"}}};
    case Seam::ClientAnswer:
        return {"client-answer",
                "On the way back to the customer: the order may be stored, and the customer does not know it.",
                {{FaultAction::Lose, "the answer to the customer was lost"},
                 {FaultAction::Delay, "the answer to the customer was late"}}};
    case Seam::OrderStore:
        return {"order-store",
                "The API asks the store to keep an order, and is refused: nothing is kept, the answer is 503.",
                {{FaultAction::Fail, "the store refused the order"},
                 {FaultAction::Delay, "the store was slow to keep the order"}}};
    case Seam::OrderCommitted:
        return {"order-committed",
                "The order is durable and nobody was told yet. Without an outbox its event exists in memory only.",
                {{FaultAction::Crash, "the API was killed just after the order was committed"},
                 {FaultAction::Delay, "the API stood still just after the order was committed"}}};
    case Seam::RelayClaim:
        return {"relay-claim",
                "The relay takes rows of the outbox. They stay there whatever happens.",
                {{FaultAction::Fail, "the relay could not take rows of the outbox"},
                 {FaultAction::Crash, "the relay was killed while it took rows of the outbox"},
                 {FaultAction::Delay, "the relay was slow to take rows of the outbox"}}};
    case Seam::BusAppend:
        return {"bus-append",
                "The broker takes events. An answer that is lost leaves open whether it has them.",
                {{FaultAction::Fail, "the broker refused events"},
                 {FaultAction::LoseAnswer, "the broker took events and its answer was lost"},
                 {FaultAction::Delay, "the broker was slow to take events"}}};
    case Seam::Published:
        return {"published",
                "The log has the events and the outbox does not know it yet: they will be published once more.",
                {{FaultAction::Crash, "the relay was killed after it had published and before it had marked the rows"},
                 {FaultAction::Delay, "the relay stood still after it had published"}}};
    case Seam::Delivery:
        return {"delivery",
                "Events on their way to a worker come late, twice, or in another order.",
                {{FaultAction::Duplicate, "the broker delivered twice"},
                 {FaultAction::Reorder, "neighbouring events changed places on their way"},
                 {FaultAction::Delay, "the delivery was late"}}};
    case Seam::HandlerEntry:
        return {"handler-entry",
                "A worker begins to handle an event. Nothing has happened yet.",
                {{FaultAction::Fail, "the handler failed"},
                 {FaultAction::Hang, "% hung as it began to handle the event"},
                 {FaultAction::Crash, "% was killed as it began to handle the event"},
                 {FaultAction::Delay, "% was slow to begin with the event"}}};
    case Seam::GatewayCall:
        return {"gateway-call",
                "The payment gateway is asked. It is outside: what it did cannot be rolled back.",
                {{FaultAction::LoseAnswer, "the answer to the charge was lost"},
                 {FaultAction::Fail, "the gateway failed"},
                 {FaultAction::Timeout, "the gateway did not answer in time"},
                 {FaultAction::Decline, "the gateway declined"},
                 {FaultAction::Delay, "the gateway was slow"}}};
    case Seam::BeforeCommit:
        return {"before-commit",
                "The handler is done and its effects are not durable: all of it rolls back, but not the gateway.",
                {{FaultAction::Fail, "the commit of the effects failed"},
                 {FaultAction::Crash, "% was killed before the effects were durable"},
                 {FaultAction::Delay, "the commit of the effects was late"}}};
    case Seam::AfterCommit:
        return {"after-commit",
                "The effects are durable and the offset is not: the event will be delivered again.",
                {{FaultAction::Crash, "% was killed after the effects were durable and before the offset was"},
                 {FaultAction::Delay, "% stood still after the effects were durable"}}};
    case Seam::Ack:
        return {"ack",
                "The offset on its way to the broker is lost, so that the event is delivered again.",
                {{FaultAction::Lose, "the commit of the offset was lost"},
                 {FaultAction::Crash, "% was killed while it committed the offset"},
                 {FaultAction::Delay, "the commit of the offset was late"}}};
    case Seam::Worker:
        return {"worker",
                "A worker at any moment is killed, or hangs so long that the broker gives its partitions away.",
                {{FaultAction::Crash, "% was killed"}, {FaultAction::Hang, "% hung"}}};
    case Seam::Database:
        return {"database",
                "Every call of the database.",
                {{FaultAction::Away, "the database was away"}, {FaultAction::Delay, "the database was slow"}}};
    case Seam::Broker:
        return {"broker",
                "Every call of the broker.",
                {{FaultAction::Away, "the broker was away"}, {FaultAction::Delay, "the broker was slow"}}};
    case Seam::Network:
        return {"network",
                "Every call between processes.",
                {{FaultAction::Delay, "the network was slow"}, {FaultAction::Throttle, "the network was narrow"}}};
    case Seam::Clock: return {"clock", "The system's clock jumps forward.", {{FaultAction::Jump, "the clock jumped"}}};
    }
    return {};
}

/// A row each, likewise.
constexpr FaultActionRow actionRowOf(FaultAction action)
{
    switch (action) {
    case FaultAction::None: return {"none", "", "", FaultParameter::None};
    case FaultAction::Fail:
        return {"fail", "failed", "The step is refused, with an error that says “try again”.", FaultParameter::None};
    case FaultAction::Delay: return {"delay", "late", "The step takes the delay longer.", FaultParameter::Delay};
    case FaultAction::Crash:
        return {"crash", "killed",
                "The process is killed: what it had in memory is gone. It is restarted after the delay.",
                FaultParameter::Delay};
    case FaultAction::Hang: return {"hang", "hangs", "The process stands still for the delay.", FaultParameter::Delay};
    case FaultAction::Lose:
        return {"lose", "lost", "The message is lost: no answer, no error, until the sender's own timeout.",
                FaultParameter::None};
    case FaultAction::Duplicate: return {"duplicate", "twice", "The message arrives twice.", FaultParameter::None};
    case FaultAction::Reorder:
        return {"reorder", "out of order", "Neighbouring events change places, by up to the delay.",
                FaultParameter::DelayAtMost};
    case FaultAction::LoseAnswer:
        return {"lose-answer", "answer lost", "It is done, but the answer is lost.", FaultParameter::None};
    case FaultAction::Decline:
        return {"decline", "declined", "The gateway declines the payment.", FaultParameter::None};
    case FaultAction::Timeout:
        return {"timeout", "no answer", "No answer within the caller's patience; nothing was done.",
                FaultParameter::None};
    case FaultAction::Away: return {"away", "away", "Nothing answers: unavailable at once.", FaultParameter::None};
    case FaultAction::Jump:
        return {"jump", "clock jumped", "The clock jumps forward by the delay.", FaultParameter::Delay};
    case FaultAction::Throttle:
        return {"throttle", "narrow", "The way carries only so many bytes a second.", FaultParameter::Rate};
    }
    return {};
}

constexpr auto seam_rows = [] {
    std::array<SeamRow, seam_count> rows;
    for (int i = 0; i < seam_count; ++i)
        rows[std::size_t(i)] = seamRowOf(Seam(i));
    return rows;
}();
constexpr auto action_rows = [] {
    std::array<FaultActionRow, fault_action_count> rows;
    for (int i = 0; i < fault_action_count; ++i)
        rows[std::size_t(i)] = actionRowOf(FaultAction(i));
    return rows;
}();
static_assert(!seam_rows.back().name.empty() && seamRowOf(Seam(seam_count)).name.empty(), "seam_count counts the rows");
static_assert(!action_rows.back().name.empty() && actionRowOf(FaultAction(fault_action_count)).name.empty(),
              "fault_action_count counts the rows");

template <typename Rows>
std::string listed(const Rows& rows)
{
    std::string list;
    for (const auto& row : rows) {
        if (row.name != "none")
            (list += list.empty() ? "" : ", ") += row.name;
    }
    return list;
}

} // namespace

const SeamRow& row(Seam seam)
{
    return seam_rows[std::size_t(seam)];
}

const FaultActionRow& row(FaultAction action)
{
    return action_rows[std::size_t(action)];
}

Result<Seam> seamOf(std::string_view name)
{
    for (std::size_t i = 0; i < seam_rows.size(); ++i) {
        if (seam_rows[i].name == name)
            return Seam(i);
    }
    return invalidArgument("seam", "must be one of " + listed(seam_rows));
}

Result<FaultAction> faultActionOf(std::string_view name)
{
    for (std::size_t i = 1; i < action_rows.size(); ++i) {
        if (action_rows[i].name == name)
            return FaultAction(i);
    }
    return invalidArgument("action", "must be one of " + listed(action_rows));
}

Result<FaultAction> faultActionAt(Seam seam, std::string_view text)
{
    std::string list;
    for (const FaultAction action : actionsAt(seam)) {
        if (name(action) == text)
            return action;
        (list += list.empty() ? "" : ", ") += name(action);
    }
    return invalidArgument("action", "at " + std::string(name(seam)) + " must be one of " + list);
}

} // namespace orderlab
