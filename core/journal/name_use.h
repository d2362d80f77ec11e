#pragma once
#include "journal/names.h"

namespace orderlab {

/// What a name is, by what its member is called in JSON.
inline NameUse nameUseOf(std::string_view member)
{
    return member == "customer"                      ? NameUse::Customer
           : member == "error" || member == "reason" ? NameUse::Text
                                                     : NameUse::Word;
}

} // namespace orderlab
