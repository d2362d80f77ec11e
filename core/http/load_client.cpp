#include "http/load_client.h"

#include "base/mutex.h"
#include "runtime/task_group.h"

#include <atomic>

namespace orderlab {

namespace {

/// Shared by the connections of one run.
struct Load {
    Runtime& runtime;
    const LoadOptions options;
    std::atomic<std::size_t> next{0};
    Mutex mutex = {};
    LoadResult result ORDERLAB_GUARDED_BY(mutex) = {};

    void add(const LoadResult& part)
    {
        const MutexLock guard(mutex);
        result.created += part.created;
        result.refused += part.refused;
        result.failed += part.failed;
        if (result.first_error.empty())
            result.first_error = part.first_error;
    }
};

std::string orderBody(std::size_t number)
{
    const std::string customer = number % 10 == 9 ? "user-declined" : "customer-" + std::to_string(number % 1000);
    return R"({"user_id":")" + customer + R"(","amount":"19.99","currency":"EUR"})";
}

Task<void> runConnection(Load& load)
{
    LoadResult part;
    HttpClient client(load.runtime, load.options.server);
    for (;;) {
        const std::size_t number = load.next.fetch_add(1);
        if (number >= load.options.orders || part.failed > 0)
            break;
        Result<HttpReply> reply = co_await client.post("/orders", orderBody(number));
        if (reply && reply->status == 201) {
            ++part.created;
            continue;
        }
        ++(reply ? part.refused : part.failed);
        if (part.first_error.empty())
            part.first_error = reply ? std::to_string(reply->status) + ' ' + reply->body : reply.error().message;
    }
    load.add(part);
}

} // namespace

Task<Result<LoadResult>> runLoad(Runtime& runtime, LoadOptions options)
{
    if (options.connections < 1 || options.connections > 1'024)
        co_return invalidArgument("connections", "must be from 1 to 1024");
    Load load{runtime, std::move(options)};
    TaskGroup group(runtime);
    for (std::size_t i = 0; i < load.options.connections; ++i)
        group.spawn(runConnection(load));
    bool canceled = false;
    try {
        co_await group.join();
    } catch (const boost::system::system_error&) {
        canceled = true;
    }
    if (canceled) { // The connections use `load`, so they end before it does.
        group.cancel();
        co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
        co_await group.join();
        co_return Error{ErrorCode::Canceled, Retry::Never, "the load was stopped", {}};
    }
    const MutexLock guard(load.mutex);
    co_return std::move(load.result);
}

} // namespace orderlab
