#include "domain/order.h"

#include "base/utf8.h"

#include <array>

namespace orderlab {

namespace {
constexpr std::array<std::string_view, 4> status_names = {"created", "paid", "failed", "canceled"};
}

std::string_view name(OrderStatus status)
{
    return status_names.at(std::size_t(status));
}

Result<OrderStatus> orderStatusOf(std::string_view name)
{
    for (std::size_t i = 0; i < status_names.size(); ++i) {
        if (status_names[i] == name)
            return OrderStatus(i);
    }
    return invalidArgument("status", "must be one of created, paid, failed, canceled");
}

Result<void> Order::transitionTo(OrderStatus next, TimePoint now)
{
    if (isFinal(status) || next == OrderStatus::Created) {
        return Error{ErrorCode::IllegalTransition, Retry::Never,
                     "an order that is " + std::string(name(status)) + " cannot become " + std::string(name(next)),
                     "status"};
    }
    status = next;
    updated_at = now;
    ++version;
    return {};
}

Result<void> OrderRequest::validate() const
{
    const auto length = printableLength(user_id);
    if (!length || *length < 1 || *length > user_id_length_max)
        return invalidArgument("user_id", "must have 1 to 64 printable characters");
    if (total.amount_minor <= 0)
        return invalidArgument("amount", "must be above 0");
    if (total.amount_minor > amount_minor_max)
        return invalidArgument("amount", "must be at most 1000000.00");
    return {};
}

} // namespace orderlab
