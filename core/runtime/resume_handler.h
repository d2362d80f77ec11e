#pragma once
#include "runtime/task.h"

#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

namespace orderlab {

/// What resumes a suspended coroutine, as Asio makes it for `co_await`: called once, with success or with
/// operation_aborted, on the coroutine's own executor. Move-only; dropping it destroys the coroutine.
using ResumeHandler = typename boost::asio::async_result<std::decay_t<decltype(boost::asio::use_awaitable)>,
                                                         void(boost::system::error_code)>::handler_type;

} // namespace orderlab
