#pragma once
#include "runtime/task.h"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

namespace orderlab {

/// Runs `step` to its end even if its TaskGroup is cancelled meanwhile; from then on waits can be cancelled again. For
/// loops whose waits end at once and whose work in hand is finished: steps of relays, of cleaning.
template <typename T>
Task<T> uncancelled(Task<T> step)
{
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    T result = co_await std::move(step);
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
    co_return result;
}

} // namespace orderlab
