#include "store/order_cursor.h"

#include <charconv>

namespace orderlab {

Result<RowCursor> RowCursor::check(std::size_t limit, const std::string& cursor)
{
    if (limit < 1 || limit > 500)
        return invalidArgument("limit", "must be a number from 1 to 500");
    if (cursor.empty())
        return RowCursor{};
    const auto wrong = [] { return invalidArgument("cursor", "must be the next_cursor of an earlier answer"); };
    const std::size_t dot = cursor.find('.');
    if (dot == std::string::npos)
        return wrong();
    std::int64_t micros = 0;
    const char* end = cursor.data() + dot;
    const auto read = std::from_chars(cursor.data(), end, micros);
    const auto id = Uuid::parse(std::string_view(cursor).substr(dot + 1));
    if (read.ec != std::errc{} || read.ptr != end || !id)
        return wrong();
    return RowCursor{fromMicros(micros), *id};
}

} // namespace orderlab
