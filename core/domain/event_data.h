#pragma once
#include "base/money.h"
#include "base/uuid.h"

#include <string>
#include <string_view>
#include <tuple>
#include <variant>

namespace orderlab {

/// A member of the JSON object that is an event's data. Empty values (a null Uuid, an empty text, 0) are left out.
template <typename Details, typename Value>
struct DataMember {
    std::string_view name;
    Value Details::*value;
};
template <typename Details, typename Value>
DataMember(std::string_view, Value Details::*) -> DataMember<Details, Value>;

/// What an event says beyond who and how much: a struct each. Its `members` are all that the codec and the stores need
/// to know of it; each is a Uuid, a std::string or a std::int64_t.
struct NoDetails {
    bool operator==(const NoDetails&) const = default;
    static constexpr auto members() { return std::tuple{}; }
};

/// How a payment ended.
struct PaymentDetails {
    Uuid payment;       ///< The gateway's; null when it was declined.
    std::string reason; ///< Why it was declined or returned; else empty.

    bool operator==(const PaymentDetails&) const = default;
    static constexpr auto members()
    {
        return std::tuple{DataMember{"payment_id", &PaymentDetails::payment},
                          DataMember{"reason", &PaymentDetails::reason}};
    }
};

struct CancellationDetails {
    std::string reason; ///< Why; may be empty.

    bool operator==(const CancellationDetails&) const = default;
    static constexpr auto members() { return std::tuple{DataMember{"reason", &CancellationDetails::reason}}; }
};

/// A new kind of details is a struct above and its name here.
using EventDetails = std::variant<NoDetails, PaymentDetails, CancellationDetails>;

/// What an event says.
struct EventData {
    std::string user_id;
    Money total;
    EventDetails details; ///< That of the event's type; see event_types.h.

    bool operator==(const EventData&) const = default;
};

/// `visit(name, value)` for each member of `details`, which may be const.
template <typename Details, typename Visit>
void forEachMember(Details& details, Visit&& visit)
{
    std::visit(
        [&](auto& those) {
            std::apply([&](const auto&... member) { (visit(member.name, those.*member.value), ...); }, those.members());
        },
        details);
}

} // namespace orderlab
