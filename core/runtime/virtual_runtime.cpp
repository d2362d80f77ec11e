#include "runtime/virtual_runtime.h"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace orderlab {

namespace asio = boost::asio;

/// The steps that could run now, in no particular order: the seed chooses.
class VirtualRuntime::ReadyQueue : public asio::execution_context {
public:
    struct Step {
        virtual ~Step() = default;
        virtual void run() = 0;
    };

    ~ReadyQueue()
    {
        // Dropping a step may add others (destructors that post), so drop until there is none.
        while (!m_steps.empty()) {
            auto steps = std::move(m_steps);
            m_steps.clear();
        }
        shutdown();
        destroy();
    }

    template <typename Function>
    void add(Function function)
    {
        struct Holder final : Step {
            explicit Holder(Function f) : function(std::move(f)) {}
            void run() override { std::move(function)(); }
            Function function;
        };
        m_steps.push_back(std::make_unique<Holder>(std::move(function)));
    }
    bool isEmpty() const { return m_steps.empty(); }
    std::size_t size() const { return m_steps.size(); }
    void runAt(std::size_t index)
    {
        std::swap(m_steps[index], m_steps.back());
        const auto step = std::move(m_steps.back());
        m_steps.pop_back();
        m_running = true;
        step->run();
        m_running = false;
    }
    bool isRunning() const { return m_running; }

private:
    std::vector<std::unique_ptr<Step>> m_steps;
    bool m_running = false;
};

/// An executor in Asio's sense. What is posted is queued; what is dispatched from within a step runs at once, as on a
/// real loop: a coroutine that is spawned and then cancelled must have begun by then, or Asio (1.81) lets the
/// cancellation escape from where it is not caught.
class VirtualRuntime::StrandExecutor {
public:
    explicit StrandExecutor(ReadyQueue& queue, bool only_queues = false) : m_queue(&queue), m_only_queues(only_queues)
    {}
    asio::execution_context& query(asio::execution::context_t) const noexcept { return *m_queue; }
    asio::execution::blocking_t query(asio::execution::blocking_t) const noexcept
    {
        if (m_only_queues)
            return asio::execution::blocking.never;
        return asio::execution::blocking.possibly;
    }
    StrandExecutor require(asio::execution::blocking_t::never_t) const { return StrandExecutor(*m_queue, true); }
    StrandExecutor require(asio::execution::blocking_t::possibly_t) const { return StrandExecutor(*m_queue, false); }
    template <typename Function>
    void execute(Function&& function) const
    {
        if (!m_only_queues && m_queue->isRunning()) {
            std::decay_t<Function> now(std::forward<Function>(function));
            std::move(now)();
            return;
        }
        m_queue->add(std::decay_t<Function>(std::forward<Function>(function)));
    }
    bool operator==(const StrandExecutor& other) const noexcept
    {
        return m_queue == other.m_queue && m_only_queues == other.m_only_queues;
    }
    bool operator!=(const StrandExecutor& other) const noexcept { return !(*this == other); }

private:
    ReadyQueue* m_queue;
    bool m_only_queues;
};

namespace {

constexpr std::uint64_t interleaving_salt = 0x9e3779b97f4a7c15ull;

} // namespace

VirtualRuntime::VirtualRuntime(std::uint64_t seed)
    : m_values(seed), m_interleaving(seed ^ interleaving_salt), m_now(epoch()), m_ready(std::make_unique<ReadyQueue>())
{}

VirtualRuntime::~VirtualRuntime()
{
    m_timers.clear();
    m_set_aside.clear();
}

TimePoint VirtualRuntime::epoch()
{
    return TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
}

Executor VirtualRuntime::strand()
{
    return StrandExecutor{*m_ready};
}

bool VirtualRuntime::isIdle() const
{
    return m_ready->isEmpty() && m_timers.empty();
}

void VirtualRuntime::reseed(std::uint64_t seed)
{
    m_values.seed(seed);
    m_interleaving.seed(seed ^ interleaving_salt);
}

void VirtualRuntime::whileStill(const std::function<void()>& look)
{
    auto ready = std::exchange(m_ready, std::make_unique<ReadyQueue>());
    auto timers = std::exchange(m_timers, {});
    const std::mt19937_64 values = m_values, interleaving = m_interleaving;
    m_is_still = true;
    look();
    m_is_still = false;
    m_values = values;
    m_interleaving = interleaving;
    m_timers = std::move(timers);
    m_set_aside.push_back(std::exchange(m_ready, std::move(ready)));
}

Duration VirtualRuntime::hopLatency(Hop hop)
{
    if (m_is_still)
        return Duration{0};
    switch (hop) {
    case Hop::StoreRead: return Duration{100 + std::int64_t(randomBelow(900))};
    case Hop::StoreCommit: return Duration{300 + std::int64_t(randomBelow(2'700))};
    case Hop::BusPublish: return Duration{200 + std::int64_t(randomBelow(1'800))};
    case Hop::BusDeliver: return Duration{100 + std::int64_t(randomBelow(1'900))};
    case Hop::BusCommit: return Duration{100 + std::int64_t(randomBelow(900))};
    }
    return Duration{0};
}

// Captures by reference only: GCC 12 destroys captured copies in a co_await expression twice.
Task<void> VirtualRuntime::sleep(Duration duration)
{
    const TimerKey key = keyAfter(duration);
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(boost::system::error_code)>(
        [this, &key](ResumeHandler handler) { startTimer(key, std::move(handler), nullptr); }, asio::use_awaitable);
}

/// Without an exception: most sleeps that bound something are cancelled, and unwinding would cost more than the rest.
Task<bool> VirtualRuntime::sleepUnlessCancelled(Duration duration)
{
    const TimerKey key = keyAfter(duration);
    bool cancelled = false;
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(boost::system::error_code)>(
        [this, &key, &cancelled](ResumeHandler handler) { startTimer(key, std::move(handler), &cancelled); },
        asio::use_awaitable);
    co_return !cancelled;
}

VirtualRuntime::TimerKey VirtualRuntime::keyAfter(Duration duration)
{
    return {m_now + std::max(duration, Duration{0}), m_timers_started++};
}

void VirtualRuntime::startTimer(const TimerKey& key, ResumeHandler handler, bool* cancelled)
{
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) {
        slot.assign([this, key, cancelled](asio::cancellation_type) {
            auto node = m_timers.extract(key);
            if (node.empty())
                return;
            if (cancelled)
                *cancelled = true;
            const boost::system::error_code error =
                cancelled ? boost::system::error_code() : boost::system::error_code(asio::error::operation_aborted);
            asio::post(StrandExecutor{*m_ready},
                       [canceled = std::move(node.mapped()), error]() mutable { std::move(canceled)(error); });
        });
    }
    m_timers.emplace(key, std::move(handler));
}

bool VirtualRuntime::step()
{
    if (m_ready->isEmpty()) {
        if (m_timers.empty())
            return false;
        m_now = m_timers.begin()->first.first;
        while (!m_timers.empty() && m_timers.begin()->first.first == m_now) {
            auto node = m_timers.extract(m_timers.begin());
            m_ready->add(
                [handler = std::move(node.mapped())]() mutable { std::move(handler)(boost::system::error_code{}); });
        }
    }
    const std::size_t count = m_ready->size();
    m_ready->runAt(count == 1 ? 0 : std::size_t((__uint128_t(m_interleaving()) * count) >> 64));
    return true;
}

bool VirtualRuntime::stepBefore(TimePoint limit)
{
    const TimePoint next = !m_ready->isEmpty() ? m_now : m_timers.empty() ? limit : m_timers.begin()->first.first;
    if (next < limit)
        return step();
    m_now = std::max(m_now, limit);
    return false;
}

void VirtualRuntime::driveUntil(const std::function<bool()>& ready, const std::function<void()>&)
{
    while (!ready()) {
        if (!step())
            throw std::logic_error("virtual run is stuck: no step is ready and no timer is set");
    }
}

} // namespace orderlab
