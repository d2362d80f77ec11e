#include "fault_model/fault_words.h"

#include <algorithm>

namespace orderlab {

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
    return row(action).strike;
}

std::string faultWords(Seam seam, FaultAction action, const std::string& worker)
{
    const auto actions = actionsAt(seam);
    const auto found = std::find(actions.begin(), actions.end(), action);
    if (found == actions.end())
        return "a fault struck";
    std::string text{row(seam).words[std::size_t(found - actions.begin())]};
    if (const std::size_t who = text.find('%'); who != std::string::npos)
        text.replace(who, 1, worker.empty() ? "the worker" : worker);
    return text;
}

std::string_view guaranteeWords(Guarantee guarantee)
{
    switch (guarantee) {
    case Guarantee::Outbox: return "the outbox";
    case Guarantee::Inbox: return "the inbox";
    case Guarantee::AckAfterProcessing: return "ack after processing";
    case Guarantee::IdempotencyKey: return "the idempotency key";
    case Guarantee::PaymentKey: return "the payment key";
    case Guarantee::DurableInbox: return "the durable inbox";
    }
    return "";
}

} // namespace orderlab
