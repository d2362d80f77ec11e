#pragma once
#include "base/time.h"

namespace orderlab {

/// "1.5s", "200ms", "2min", "500us"; the whole text. Error: InvalidArgument.
Result<Duration> parseDuration(std::string_view text);
/// "1500ms", "2min", "1083456us": in the largest unit in which it is whole, as parseDuration() reads it.
std::string exactDurationText(Duration duration);

} // namespace orderlab
