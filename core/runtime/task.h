#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace orderlab {

/// A coroutine. It runs on the executor it was spawned on, one step at a time.
/// Cancellation unwinds it: the suspended `co_await` throws boost::system::system_error(operation_aborted), so that
/// destructors roll transactions back; the exception ends at the TaskGroup or timeout that asked for it.
/// An exception costs microseconds for each caller that it passes. Where cancellation is frequent, as of a killed
/// worker, false or canceledError() goes up instead (…UnlessCancelled, withTimeout(), Consumer::poll()): callers return
/// it and do nothing else on the way; whoever goes on is met by the exception at its next `co_await`.
template <typename T>
using Task = boost::asio::awaitable<T>;

/// Where coroutines run. Everything spawned on one strand runs one at a time.
using Executor = boost::asio::any_io_executor;

} // namespace orderlab
