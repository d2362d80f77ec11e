#pragma once
#include "runtime/task_group.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>

namespace orderlab {

Error timeoutError(std::string_view what, Duration limit);

template <typename T>
Task<Result<T>> withTimeout(Runtime& runtime, Duration limit, std::string_view what, Task<Result<T>> task)
{
    namespace asio = boost::asio;
    // Optional, as Asio default-constructs the losing side's value.
    auto wrapped = [](Task<Result<T>> inner) -> Task<std::optional<Result<T>>> {
        co_return co_await std::move(inner);
    }(std::move(task));
    const auto executor = co_await asio::this_coro::executor;
    // Not Asio's operator||: cancelled from outside it throws "multiple exceptions" instead of operation_aborted, and
    // an exception of the task would wait for the limit to pass.
    auto both = asio::experimental::make_parallel_group(
        asio::co_spawn(executor, std::move(wrapped), asio::deferred),
        asio::co_spawn(executor, runtime.sleepUnlessCancelled(limit), asio::deferred));
    auto [order, task_error, result, sleep_error, slept] =
        co_await both.async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
    const bool gave_up = !task_error && !result->has_value() && result->error().code == ErrorCode::Canceled;
    if (gave_up && order[0] == 1 && slept) // It was cut short without an exception.
        co_return timeoutError(what, limit);
    if (!task_error)
        co_return std::move(*result);
    if (order[0] == 0)
        std::rethrow_exception(task_error);
    if (sleep_error)
        std::rethrow_exception(sleep_error);
    if (!slept) // Cancelled from outside, both sides.
        std::rethrow_exception(task_error);
    co_return timeoutError(what, limit);
}

} // namespace orderlab
