#include "store/records.h"

#include <algorithm>
#include <array>

namespace orderlab {

namespace {
constexpr std::array<std::string_view, 4> outcome_names = {"succeeded", "declined", "voided", "refunded"};
constexpr std::array<std::string_view, 3> letter_state_names = {"waiting", "replayed", "discarded"};
constexpr std::array<std::string_view, 3> act_names = {"replayed", "edited", "discarded"};
} // namespace

std::string_view name(PaymentOutcome outcome)
{
    return outcome_names.at(std::size_t(outcome));
}

Result<PaymentOutcome> paymentOutcomeOf(std::string_view name)
{
    for (std::size_t i = 0; i < outcome_names.size(); ++i) {
        if (outcome_names[i] == name)
            return PaymentOutcome(i);
    }
    return invalidArgument("outcome", "must be one of succeeded, declined, voided, refunded");
}

std::string_view name(DeadLetterState state)
{
    return letter_state_names.at(std::size_t(state));
}

Result<DeadLetterState> deadLetterStateOf(std::string_view name)
{
    for (std::size_t i = 0; i < letter_state_names.size(); ++i) {
        if (letter_state_names[i] == name)
            return DeadLetterState(i);
    }
    return invalidArgument("state", "must be one of waiting, replayed, discarded");
}

std::string_view name(DeadLetterAct::Kind kind)
{
    return act_names.at(std::size_t(kind));
}

namespace {
template <typename Item>
void keepNewest(std::vector<Item>& items, std::size_t max)
{
    if (items.size() > max)
        items.erase(items.begin(), items.end() - std::ptrdiff_t(max));
}
} // namespace

void DeadLetter::giveUpAgain(DeadLetter later)
{
    event = std::move(later.event);
    partition = later.partition;
    offset = later.offset;
    attempts += later.attempts;
    error = std::move(later.error);
    code = later.code;
    created_at = later.created_at;
    state = DeadLetterState::Waiting;
    std::move(later.attempts_made.begin(), later.attempts_made.end(), std::back_inserter(attempts_made));
    keepNewest(attempts_made, attempts_kept_max);
}

bool DeadLetter::repeats(const DeadLetter& written) const
{
    return created_at == written.created_at && partition == written.partition && offset == written.offset
           && error == written.error;
}

bool DeadLetter::isCorrected() const
{
    // Data is edited only with a replay, whose act follows at once.
    const std::size_t acts = audit.size();
    return state == DeadLetterState::Replayed && acts > 1 && audit[acts - 2].kind == DeadLetterAct::Kind::Edited
           && audit[acts - 2].at == audit.back().at;
}

Event DeadLetter::eventGivenUp() const
{
    Event given_up = event;
    if (isCorrected()) {
        if (auto before = decodeData(event.type, audit[audit.size() - 2].reason))
            given_up.data = std::move(*before);
    }
    return given_up;
}

void DeadLetter::note(DeadLetterAct act)
{
    audit.push_back(std::move(act));
    keepNewest(audit, acts_kept_max);
}

bool DeadLetterFilter::matches(const DeadLetter& letter) const
{
    return (group.empty() || letter.group == group) && (error.empty() || letter.error == error)
           && (!event_type || letter.event.type == *event_type) && (!order || letter.event.order == *order)
           && (!state || letter.state == *state) && (!given_up_before || letter.created_at < *given_up_before)
           && (!undecodable || *undecodable == (letter.event.undecodable != nullptr));
}

void AnalyticsBucket::add(const AnalyticsBucket& other)
{
    orders += other.orders;
    paid += other.paid;
    failed += other.failed;
    canceled += other.canceled;
    revenue_minor += other.revenue_minor;
}

std::string Notification::text() const
{
    const std::string amount = total.amountText() + ' ' + std::string(total.currency.code());
    const std::string number = order.toString().substr(0, 8);
    const std::pair<std::string_view, std::string_view> values[] = {
        {"{user}", user_id}, {"{order}", number}, {"{amount}", amount}};
    std::string text;
    for (std::string_view rest = event_types[std::size_t(about)].notice; !rest.empty();) {
        const auto* value = std::find_if(std::begin(values), std::end(values),
                                         [&](const auto& one) { return rest.starts_with(one.first); });
        const bool is_value = value != std::end(values);
        text += is_value ? value->second : rest.substr(0, 1);
        rest.remove_prefix(is_value ? value->first.size() : 1);
    }
    return text;
}

} // namespace orderlab
