#pragma once
#include "journal/names.h"
#include "store/records.h"

#include <span>
#include <string>

namespace orderlab {

/// {"id","user_id","amount","currency","status","created_at","updated_at","version"}
std::string orderJson(const Order& order);

/// {"orders":[…],"next_cursor"}; next_cursor is null on the last page.
std::string orderPageJson(const OrderPage& page);

/// {"order":{…},"entries":[{"time","kind",…}]}: an entry has those members only that count for it.
std::string orderStoryJson(const Order& order, std::span<const Entry> entries, const Names& names);

} // namespace orderlab
