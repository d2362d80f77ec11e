#include "runtime/real_runtime.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <random>

namespace orderlab {

namespace asio = boost::asio;

struct RealRuntime::Loop {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(context);
};

namespace {

std::int64_t steadyMicros()
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::mt19937_64& threadGenerator()
{
    static thread_local std::mt19937_64 generator = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
        return std::mt19937_64{seed};
    }();
    return generator;
}

} // namespace

RealRuntime::RealRuntime(unsigned threads)
    : m_system_minus_steady_us(
        std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch()).count()
        - steadyMicros())
{
    if (threads == 0)
        threads = std::max(1u, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < threads; ++i)
        m_loops.push_back(std::make_unique<Loop>());
    for (auto& loop : m_loops)
        m_threads.emplace_back([&context = loop->context] { context.run(); });
}

RealRuntime::~RealRuntime()
{
    for (auto& loop : m_loops)
        loop->context.stop();
    for (auto& thread : m_threads)
        thread.join();
}

Executor RealRuntime::strand()
{
    return m_loops[m_next_loop.fetch_add(1, std::memory_order_relaxed) % m_loops.size()]->context.get_executor();
}

TimePoint RealRuntime::now() const
{
    return fromMicros(steadyMicros() + m_system_minus_steady_us.load(std::memory_order_relaxed));
}

std::uint64_t RealRuntime::random()
{
    return threadGenerator()();
}

Task<void> RealRuntime::sleep(Duration duration)
{
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

Task<bool> RealRuntime::sleepUnlessCancelled(Duration duration)
{
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    boost::system::error_code error;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
}

void RealRuntime::driveUntil(const std::function<bool()>&, const std::function<void()>& wait)
{
    wait();
}

} // namespace orderlab
