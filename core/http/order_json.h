#pragma once
#include "base/result.h"
#include "journal/names.h"
#include "service/health_part.h"
#include "store/records.h"

#include <span>
#include <string>

namespace orderlab {

/// {"id","user_id","amount","currency","status","created_at","updated_at","version"}
std::string orderJson(const Order& order);

/// {"orders":[…],"next_cursor"}; next_cursor is null on the last page.
std::string orderPageJson(const OrderPage& page);

/// {"order":{…},"entries":[{"time","kind",…}],"steps":[{"time","after_us","kind","title","sentence","unusual"}],"text"}:
/// entries are as in journal files (appendEntryJson()); steps and text tell them, by tellStory().
std::string orderStoryJson(const Order& order, std::span<const Entry> entries, const Names& names);

/// {"status","parts":[{"name","status","since","reason"}]}, a status is "ready" or "not-ready". `parts` empty: the
/// system as one part, without "since". "reason" only where there is one.
std::string readinessJson(const Result<void>& ready, std::span<const HealthPart> parts);

} // namespace orderlab
