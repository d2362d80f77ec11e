#include "store/order_cursor.h"

#include <charconv>

namespace orderlab {

Result<OrderCursor> OrderCursor::check(const OrderQuery& query)
{
    if (query.limit < 1 || query.limit > 500)
        return invalidArgument("limit", "must be a number from 1 to 500");
    if (query.cursor.empty())
        return OrderCursor{};
    const Error wrong = invalidArgument("cursor", "must be the next_cursor of an earlier answer");
    const std::size_t dot = query.cursor.find('.');
    if (dot == std::string::npos)
        return wrong;
    std::int64_t micros = 0;
    const char* end = query.cursor.data() + dot;
    const auto read = std::from_chars(query.cursor.data(), end, micros);
    const auto id = Uuid::parse(std::string_view(query.cursor).substr(dot + 1));
    if (read.ec != std::errc{} || read.ptr != end || !id)
        return wrong;
    return OrderCursor{fromMicros(micros), *id};
}

} // namespace orderlab
