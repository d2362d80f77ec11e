#pragma once
#include "runtime/task_group.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <optional>

namespace orderlab {

Error timeoutError(std::string_view what, Duration limit);

template <typename T>
Task<Result<T>> withTimeout(Runtime& runtime, Duration limit, std::string_view what, Task<Result<T>> task)
{
    using boost::asio::experimental::awaitable_operators::operator||;
    // Optional, as Asio default-constructs the losing side's value.
    auto wrapped = [](Task<Result<T>> inner) -> Task<std::optional<Result<T>>> {
        co_return co_await std::move(inner);
    }(std::move(task));
    std::exception_ptr canceled;
    try {
        auto first = co_await (std::move(wrapped) || runtime.sleep(limit));
        if (first.index() == 0)
            co_return std::move(*std::get<0>(first));
    } catch (const boost::asio::multiple_exceptions& both) {
        // Both sides were cancelled from outside; what unwinds further is the cancellation, as from any other wait.
        canceled = both.first_exception();
    }
    if (canceled)
        std::rethrow_exception(canceled);
    co_return timeoutError(what, limit);
}

} // namespace orderlab
