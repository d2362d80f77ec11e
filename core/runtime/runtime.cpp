#include "runtime/runtime.h"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace orderlab {

Task<bool> Runtime::sleepUnlessCancelled(Duration duration)
{
    try {
        co_await sleep(duration);
        co_return true;
    } catch (const boost::system::system_error& error) {
        if (error.code() != boost::asio::error::operation_aborted)
            throw;
    }
    co_return false;
}

} // namespace orderlab
