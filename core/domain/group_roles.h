#pragma once
#include <string_view>

namespace orderlab {

/// The consumer groups whose effects have journal entries that name no group, so that stories and pictures know who
/// wrote them. Names without prefix. Any other group needs no place here: see handlers/group_registry.h.
struct GroupRoles {
    std::string_view pays = "payment";              ///< Calls the payment gateway and writes payments.
    std::string_view moves_orders = "order-status"; ///< Moves orders to paid or failed.
    std::string_view notifies = "notification";     ///< Writes notifications.
};
inline constexpr GroupRoles group_roles;

} // namespace orderlab
