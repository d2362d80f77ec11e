#pragma once
#include "domain/event.h"
#include "fault_model/guarantees.h"
#include "fault_model/seam.h"
#include "journal/names.h"

#include <optional>
#include <vector>

namespace orderlab {

/// What a journal's names mean here: each is read once, when it is first seen, so that an entry costs an array access
/// and no comparison of texts. One thread at a time.
class NameRoles {
public:
    struct Role {
        bool is_known = false;           ///< Whether the text was read.
        std::int8_t topic = -1;          ///< An EventType.
        std::int8_t status = -1;         ///< An OrderStatus.
        bool is_succeeded = false;       ///< A payment's outcome.
        bool is_api = false;             ///< The process that takes orders.
        std::int8_t guarantee = -1;      ///< "inbox off": a Guarantee…
        bool guarantee_on = false;       ///< …and what it is switched to.
        std::int8_t seam = -1;           ///< "after-commit crash": a Seam…
        std::int8_t action = -1;         ///< …and a FaultAction.
        std::uint8_t group = group_none; ///< A consumer group's number, in order of appearance.
    };
    static constexpr std::uint8_t groups_max = 8;    ///< Groups that are checked; the system has four.
    static constexpr std::uint8_t group_none = 0xff; ///< No group, or one too many.

    const Role& operator()(NameId id, const Names& names)
    {
        return id < m_roles.size() && m_roles[id].is_known ? m_roles[id] : learn(id, names);
    }
    /// The number of the group of this name, given out when first asked for.
    std::uint8_t group(NameId id, const Names& names);

private:
    const Role& learn(NameId id, const Names& names);

    std::vector<Role> m_roles;
    std::uint8_t m_groups = 0;
};

} // namespace orderlab
