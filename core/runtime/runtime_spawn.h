#pragma once
#include "runtime/runtime.h"

#include <boost/asio/co_spawn.hpp>

#include <optional>

namespace orderlab {

template <typename T>
void Runtime::spawnInto(std::shared_ptr<std::promise<T>> promise, Task<T> task)
{
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(strand(), std::move(task), [promise](std::exception_ptr error) {
            error ? promise->set_exception(error) : promise->set_value();
        });
    } else {
        // Optional: Asio default-constructs what it hands over after an exception.
        boost::asio::co_spawn(
            strand(),
            [](Task<T> inner) -> Task<std::optional<T>> { co_return co_await std::move(inner); }(std::move(task)),
            [promise](std::exception_ptr error, std::optional<T> value) {
                error ? promise->set_exception(error) : promise->set_value(std::move(*value));
            });
    }
}

} // namespace orderlab
