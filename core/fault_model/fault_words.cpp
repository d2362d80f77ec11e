#include "fault_model/fault_words.h"

namespace orderlab {

namespace {

struct Words {
    Seam seam;
    FaultAction action;
    std::string_view text; ///< "%" stands for who was struck.
};

constexpr Words all_words[] = {
    {Seam::ClientRequest, FaultAction::Lose, "the customer's request was lost"},
    {Seam::ClientRequest, FaultAction::Duplicate, "the customer's request arrived twice"},
    {Seam::ClientAnswer, FaultAction::Lose, "the answer to the customer was lost"},
    {Seam::OrderStore, FaultAction::Fail, "the store refused the order"},
    {Seam::OrderCommitted, FaultAction::Crash, "the API was killed just after the order was committed"},
    {Seam::RelayClaim, FaultAction::Fail, "the relay could not take rows of the outbox"},
    {Seam::RelayClaim, FaultAction::Crash, "the relay was killed while it took rows of the outbox"},
    {Seam::BusAppend, FaultAction::Fail, "the broker refused events"},
    {Seam::BusAppend, FaultAction::LoseAnswer, "the broker took events and its answer was lost"},
    {Seam::Published, FaultAction::Crash, "the relay was killed after it had published and before it had marked the rows"},
    {Seam::Delivery, FaultAction::Duplicate, "the broker delivered twice"},
    {Seam::Delivery, FaultAction::Reorder, "neighbouring events changed places on their way"},
    {Seam::HandlerEntry, FaultAction::Fail, "the handler failed"},
    {Seam::HandlerEntry, FaultAction::Hang, "% hung as it began to handle the event"},
    {Seam::HandlerEntry, FaultAction::Crash, "% was killed as it began to handle the event"},
    {Seam::GatewayCall, FaultAction::LoseAnswer, "the answer to the charge was lost"},
    {Seam::GatewayCall, FaultAction::Fail, "the gateway failed"},
    {Seam::GatewayCall, FaultAction::Timeout, "the gateway did not answer in time"},
    {Seam::GatewayCall, FaultAction::Decline, "the gateway declined"},
    {Seam::BeforeCommit, FaultAction::Fail, "the commit of the effects failed"},
    {Seam::BeforeCommit, FaultAction::Crash, "% was killed before the effects were durable"},
    {Seam::AfterCommit, FaultAction::Crash, "% was killed after the effects were durable and before the offset was"},
    {Seam::Ack, FaultAction::Lose, "the commit of the offset was lost"},
    {Seam::Ack, FaultAction::Crash, "% was killed while it committed the offset"},
    {Seam::Worker, FaultAction::Crash, "% was killed"},
    {Seam::Worker, FaultAction::Hang, "% hung"},
    {Seam::Database, FaultAction::Away, "the database was away"},
    {Seam::Broker, FaultAction::Away, "the broker was away"},
    {Seam::Clock, FaultAction::Jump, "the clock jumped"},
    {Seam::ClientRequest, FaultAction::Delay, "the customer's request was late"},
    {Seam::ClientAnswer, FaultAction::Delay, "the answer to the customer was late"},
    {Seam::OrderStore, FaultAction::Delay, "the store was slow to keep the order"},
    {Seam::OrderCommitted, FaultAction::Delay, "the API stood still just after the order was committed"},
    {Seam::RelayClaim, FaultAction::Delay, "the relay was slow to take rows of the outbox"},
    {Seam::BusAppend, FaultAction::Delay, "the broker was slow to take events"},
    {Seam::Published, FaultAction::Delay, "the relay stood still after it had published"},
    {Seam::Delivery, FaultAction::Delay, "the delivery was late"},
    {Seam::HandlerEntry, FaultAction::Delay, "% was slow to begin with the event"},
    {Seam::GatewayCall, FaultAction::Delay, "the gateway was slow"},
    {Seam::BeforeCommit, FaultAction::Delay, "the commit of the effects was late"},
    {Seam::AfterCommit, FaultAction::Delay, "% stood still after the effects were durable"},
    {Seam::Ack, FaultAction::Delay, "the commit of the offset was late"},
    {Seam::Database, FaultAction::Delay, "the database was slow"},
    {Seam::Broker, FaultAction::Delay, "the broker was slow"},
    {Seam::Network, FaultAction::Delay, "the network was slow"},
    {Seam::Network, FaultAction::Throttle, "the network was narrow"},
};

} // namespace

std::optional<Strike> strikeOf(std::string_view detail)
{
    const std::size_t space = detail.find(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    const auto seam = seamOf(detail.substr(0, space));
    const auto action = faultActionOf(detail.substr(space + 1));
    if (!seam || !action)
        return std::nullopt;
    return Strike{*seam, *action};
}

std::string_view strikeWords(FaultAction action)
{
    switch (action) {
    case FaultAction::None: return "";
    case FaultAction::Fail: return "failed";
    case FaultAction::Delay: return "late";
    case FaultAction::Crash: return "killed";
    case FaultAction::Hang: return "hangs";
    case FaultAction::Lose: return "lost";
    case FaultAction::Duplicate: return "twice";
    case FaultAction::Reorder: return "out of order";
    case FaultAction::LoseAnswer: return "answer lost";
    case FaultAction::Decline: return "declined";
    case FaultAction::Timeout: return "no answer";
    case FaultAction::Away: return "away";
    case FaultAction::Jump: return "clock jumped";
    case FaultAction::Throttle: return "narrow";
    }
    return "";
}

std::string faultWords(Seam seam, FaultAction action, const std::string& worker)
{
    for (const Words& words : all_words) {
        if (words.seam != seam || words.action != action)
            continue;
        std::string text{words.text};
        if (const std::size_t who = text.find('%'); who != std::string::npos)
            text.replace(who, 1, worker.empty() ? "the worker" : worker);
        return text;
    }
    return "a fault struck";
}

std::string_view guaranteeWords(Guarantee guarantee)
{
    switch (guarantee) {
    case Guarantee::Outbox: return "the outbox";
    case Guarantee::Inbox: return "the inbox";
    case Guarantee::AckAfterProcessing: return "ack after processing";
    case Guarantee::IdempotencyKey: return "the idempotency key";
    case Guarantee::PaymentKey: return "the payment key";
    }
    return "";
}

} // namespace orderlab
