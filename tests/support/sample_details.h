#pragma once
#include "domain/event_data.h"

namespace orderlab {

/// `details` with something in each member, which has to be quoted where it is text.
inline EventDetails filled(EventDetails details)
{
    struct {
        void operator()(std::string_view, Uuid& value) const { value = {7, 8}; }
        void operator()(std::string_view, std::string& value) const { value = "card \"declined\"\n\\ \U0001F98A"; }
        void operator()(std::string_view, std::int64_t& value) const { value = -9'007'199'254'740'993; }
    } fill;
    forEachMember(details, fill);
    return details;
}

} // namespace orderlab
