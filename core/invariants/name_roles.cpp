#include "invariants/name_roles.h"

#include "fault_model/fault_words.h"

namespace orderlab {

const NameRoles::Role& NameRoles::learn(NameId id, const Names& names)
{
    if (id >= m_roles.size())
        m_roles.resize(std::size_t(id) + 1);
    Role& role = m_roles[id];
    const std::string_view text = names.text(id);
    role.is_known = true;
    if (const auto topic = eventTypeOf(text))
        role.topic = std::int8_t(*topic);
    if (const auto status = orderStatusOf(text))
        role.status = std::int8_t(*status);
    role.is_succeeded = text == "succeeded";
    role.is_api = text == "api";
    if (const std::size_t space = text.find(' '); space != std::string_view::npos) {
        if (const auto guarantee = guaranteeOf(text.substr(0, space))) {
            role.guarantee = std::int8_t(*guarantee);
            role.guarantee_on = text.substr(space + 1) == "on";
        }
    }
    if (const auto strike = strikeOf(text)) {
        role.seam = std::int8_t(strike->seam);
        role.action = std::int8_t(strike->action);
    }
    return role;
}

std::uint8_t NameRoles::group(NameId id, const Names& names)
{
    const Role& role = (*this)(id, names);
    if (role.group == group_none && m_groups < groups_max && id != 0)
        m_roles[id].group = m_groups++;
    return m_roles[id].group;
}

} // namespace orderlab
