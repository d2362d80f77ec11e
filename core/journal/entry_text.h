#pragma once
#include "journal/names.h"

#include <string>

namespace orderlab {

/// `entry` in one readable line without a line end, its members in the form that a query takes (query.h):
/// "1.083421s attempt-failed order=018f… group=orderlab.payment member=payment-1 attempt=1 error="the handler failed"".
/// The time is since `origin_us`, the run's start. Nothing in a name can end the line or control a terminal. Any
/// thread.
std::string entryText(const Entry& entry, const Names& names, std::int64_t origin_us);

/// Microseconds as "1.083421s"; whole seconds as "2s".
std::string secondsText(std::int64_t time_us);

} // namespace orderlab
