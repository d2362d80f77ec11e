#pragma once
#include "journal/names.h"

#include <string_view>

namespace orderlab {

/// Reads a line as appendEntryJson() writes it, several times as fast as entryOfJson() reads any JSON: time and kind
/// first, names of printable ASCII without escapes. False where the line is anything else, right or wrong:
/// entryOfJson() tells which; then `entry` is unspecified, and `names` may have got names of the line.
bool readEntryLine(std::string_view line, Entry& entry, Names& names);

} // namespace orderlab
