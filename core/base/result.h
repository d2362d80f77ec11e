#pragma once
#include "base/error.h"

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

namespace orderlab {

/// Either a T or an Error. `*result` and `result->` need a check first; `value()` throws on an error.
template <typename T>
using Result = boost::system::result<T, Error>;

/// What `Result::value()` throws when there is only an error: a bug at the calling place.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& location);

} // namespace orderlab

/// Returns the error of `expression` from the enclosing function or coroutine (`keyword` is return or co_return).
#define ORDERLAB_TRY(keyword, expression)                                                                              \
    do {                                                                                                               \
        if (auto orderlabTryResult = (expression); !orderlabTryResult)                                                 \
            keyword std::move(orderlabTryResult).error();                                                              \
    } while (false)
