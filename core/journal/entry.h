#pragma once
#include "base/time.h"
#include "base/uuid.h"
#include "journal/entry_kind.h"

#include <cstdint>
#include <string_view>

namespace orderlab {

/// A name that entries refer to (group, member, error text…), interned by the Journal. 0 is the empty name.
using NameId = std::uint16_t;

/// One thing that happened: 64 bytes, no pointers, so that entries are copied by the thousand.
struct Entry {
    std::int64_t time_us = 0; ///< Microseconds since 1970, UTC, by the runtime's clock.
    Uuid order;
    Uuid event;
    std::int64_t offset = -1;
    std::int32_t value = 0;
    EntryKind kind = EntryKind::None;
    std::uint8_t attempt = 0; ///< From 1.
    std::uint16_t partition = 0;
    NameId topic = 0;
    NameId group = 0;
    NameId actor = 0;
    NameId detail = 0;

    bool operator==(const Entry&) const = default;
};
static_assert(sizeof(Entry) == 64);

} // namespace orderlab
