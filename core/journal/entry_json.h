#pragma once
#include "base/result.h"
#include "journal/names.h"

#include <string>

namespace boost::json {
class object;
}

namespace orderlab {

/// Appends `entry` as one JSON object without a line end, for example
/// {"time":"2026-01-01T00:00:00.000012Z","kind":"status-changed","order":"018f…","status":"paid"}
/// Fields that count for the kind are named after what they mean there (value of order-accepted: "amount_minor");
/// fields that do not count are left out while they have no value. Bytes that are not UTF-8 become U+FFFD.
/// Any thread.
void appendEntryJson(std::string& out, const Entry& entry, const Names& names);

/// Whether a member that this version does not know is an error, or of a newer version and left alone.
enum class UnknownMembers : std::uint8_t { Refused, Ignored };

/// Reads what appendEntryJson() writes; names go to `names`. The kind must be known (entryKindOf()).
/// Error: Corrupt with the field to blame.
Result<Entry> entryOfJson(const boost::json::object& object, Names& names, UnknownMembers unknown);

} // namespace orderlab
