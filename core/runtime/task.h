#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace orderlab {

/// A coroutine. It runs on the executor it was spawned on, one step at a time.
/// Cancellation unwinds it: the suspended `co_await` throws boost::system::system_error(operation_aborted), so that
/// destructors roll transactions back; the exception ends at the TaskGroup or timeout that asked for it.
/// Where waits are cancelled often, they return false or canceledError() instead (…UnlessCancelled, Consumer::poll()):
/// their callers return, too, and whoever does not is met by the exception at its next `co_await`.
template <typename T>
using Task = boost::asio::awaitable<T>;

/// Where coroutines run. Everything spawned on one strand runs one at a time.
using Executor = boost::asio::any_io_executor;

} // namespace orderlab
