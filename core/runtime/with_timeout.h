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
    auto first = co_await (std::move(wrapped) || runtime.sleep(limit));
    if (first.index() == 0)
        co_return std::move(*std::get<0>(first));
    co_return timeoutError(what, limit);
}

} // namespace orderlab
