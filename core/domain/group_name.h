#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace orderlab {

// A consumer group has a short name ("payment"), one on the bus, where installations stand beside each other
// ("orderlab.payment", "orderlab.shop.payment"), and one in the rows of the store, which belong to one installation.

inline constexpr std::string_view default_topic_prefix = "orders.";
/// Of a group's name in rows, whatever it is called on the bus: so that what was handled stays known under another name
/// there.
inline constexpr std::string_view stored_group_prefix = "orderlab.";

/// Of a group's name on the bus, where nothing else is said: installations with topics of their own have groups of
/// their own.
inline std::string defaultGroupPrefix(std::string_view topic_prefix)
{
    return std::string(stored_group_prefix)
           + std::string(topic_prefix == default_topic_prefix ? std::string_view() : topic_prefix);
}

/// The name in rows of the group that is called `name` on a bus with `prefix`, or just by its short name.
inline std::string storedGroupName(std::string_view name, std::string_view prefix)
{
    if (!prefix.empty() && name.starts_with(prefix))
        name.remove_prefix(prefix.size());
    return (name.find('.') == std::string_view::npos ? std::string(stored_group_prefix) : std::string())
           + std::string(name);
}

/// The name on a bus with `prefix` of the group that rows call `stored`.
inline std::string groupNameOnBus(std::string_view stored, std::string_view prefix)
{
    if (!stored.starts_with(stored_group_prefix))
        return std::string(stored);
    return std::string(prefix) + std::string(stored.substr(stored_group_prefix.size()));
}

/// Whether `name` is a group's name on some bus or its short name: prefixes end with a dot, a dash or a _.
inline bool isGroupNamed(std::string_view name, std::string_view short_name)
{
    if (!name.ends_with(short_name))
        return false;
    name.remove_suffix(short_name.size());
    return name.empty() || name.back() == '.' || name.back() == '-' || name.back() == '_';
}

/// "payment" of "orderlab.shop.payment" or "shop-payment", if a group is called so; else what stands behind the last
/// dot.
inline std::string_view shortGroupName(std::string_view name, std::initializer_list<std::string_view> known = {})
{
    for (const std::string_view one : known) {
        if (isGroupNamed(name, one))
            return one;
    }
    return name.substr(name.rfind('.') + 1); // npos + 1 is 0
}

} // namespace orderlab
