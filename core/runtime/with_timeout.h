#pragma once
#include "runtime/task_group.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>

namespace orderlab {

Error timeoutError(std::string_view what, Duration limit);

/// Whether it ended with canceledError(): to be returned, with nothing done on the way.
template <typename T>
bool isCanceled(const Result<T>& result)
{
    return !result && result.error().code == ErrorCode::Canceled;
}

template <typename T>
Task<Result<T>> withTimeout(Runtime& runtime, Duration limit, std::string_view what, Task<Result<T>> task)
{
    namespace asio = boost::asio;
    // Optional, as Asio default-constructs the losing side's value.
    auto wrapped = [](Task<Result<T>> inner) -> Task<std::optional<Result<T>>> {
        try {
            co_return co_await std::move(inner);
        } catch (const boost::system::system_error& error) {
            if (error.code() != asio::error::operation_aborted)
                throw;
        }
        co_return canceledError();
    }(std::move(task));
    const auto executor = co_await asio::this_coro::executor;
    // Not Asio's operator||: cancelled from outside it throws "multiple exceptions" instead of operation_aborted, and
    // an exception of the task would wait for the limit to pass.
    auto both = asio::experimental::make_parallel_group(
        asio::co_spawn(executor, std::move(wrapped), asio::deferred),
        asio::co_spawn(executor, runtime.sleepUnlessCancelled(limit), asio::deferred));
    auto [order, task_error, result, sleep_error, slept] =
        co_await both.async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
    for (const std::exception_ptr& error : {task_error, sleep_error}) {
        if (error)
            std::rethrow_exception(error);
    }
    if (isCanceled(*result) && order[0] == 1 && slept)
        co_return timeoutError(what, limit);
    co_return std::move(*result);
}

} // namespace orderlab
