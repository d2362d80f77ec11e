#pragma once
#include "base/time.h"
#include "domain/order.h"
#include "http/problem.h"
#include "store/records.h"

#include <boost/system/result.hpp>

#include <variant>

namespace orderlab {

/// What a request body or query asks for, or the problem document that says what is wrong with it. Pure functions: no
/// clock, no state, any thread.
template <typename T>
using Parsed = boost::system::result<T, Problem>;

[[noreturn]] void throw_exception_from_error(const Problem& problem, const boost::source_location& location);

/// The body of POST /orders.
struct OrderBody {
    OrderRequest request;
    std::optional<TimePoint> created_at; ///< For imports of older orders.

    /// SHA-256 of what was asked, however it was written: spaces, order of members and "5" or 5.00 make no difference.
    std::string fingerprint() const;
};

/// Reads `{"user_id","amount","currency","created_at"}`. `amount`: a string or a number in plain decimals. 400 for what
/// is not strict JSON (see readJsonObject()); 422 with every field to blame. `now` bounds created_at.
Parsed<OrderBody> parseOrderBody(std::string_view body, TimePoint now);

/// Reads an empty body or an object without members. 400, or 422 naming the first member.
Parsed<std::monostate> parseEmptyBody(std::string_view body);

/// Reads `status`, `user_id`, `limit` and `cursor`; each at most once, none empty, and no others. 422 naming them.
Parsed<OrderQuery> parseOrderQuery(const std::vector<std::pair<std::string, std::string>>& query);

/// Reads the header Idempotency-Key: nothing when it is not there; 422 unless it is 1 to 128 printable ASCII characters.
Parsed<std::optional<std::string>> parseIdempotencyKey(const HttpRequest& request);

} // namespace orderlab
