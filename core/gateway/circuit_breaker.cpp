#include "gateway/circuit_breaker.h"

#include "runtime/task_group.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <optional>

namespace orderlab {

namespace {

class CircuitBreaker final : public PaymentGateway {
public:
    CircuitBreaker(Runtime& runtime, Journal& journal, const Live<CircuitBreakerOptions>& options,
                   std::unique_ptr<PaymentGateway> inner)
        : m_runtime(runtime), m_journal(journal), m_options(options), m_inner(std::move(inner))
    {
    }

    Task<Result<ChargeAnswer>> charge(ChargeRequest request) override
    {
        return through<ChargeAnswer>([this, request = std::move(request)] { return m_inner->charge(request); });
    }
    Task<Result<bool>> refund(OrderId order, Uuid payment_key) override
    {
        return through<bool>([this, order, payment_key] { return m_inner->refund(order, payment_key); });
    }
    Task<void> close() override { return m_inner->close(); }

private:
    enum class State : std::uint8_t {
        Closed,   ///< Calls go through.
        Open,     ///< Calls are refused until m_open_until.
        HalfOpen, ///< The probe is under way; other calls are refused.
    };

    /// A call that was let through. Dropped without a verdict, it was given up by its caller.
    class Call {
    public:
        Call(CircuitBreaker& breaker, std::uint64_t generation)
            : m_breaker(breaker), m_generation(generation), m_began(breaker.m_runtime.now())
        {
        }
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;
        ~Call()
        {
            if (!m_ended)
                m_breaker.givenUp(m_generation, m_breaker.m_runtime.now() - m_began);
        }
        void ended(const std::optional<Error>& error)
        {
            m_ended = true;
            m_breaker.answered(m_generation, error);
        }

    private:
        CircuitBreaker& m_breaker;
        const std::uint64_t m_generation;
        const TimePoint m_began;
        bool m_ended = false;
    };

    template <typename T, typename MakeCall>
    Task<Result<T>> through(MakeCall make_call)
    {
        const auto generation = letThrough();
        if (!generation)
            co_return generation.error();
        Call running(*this, *generation);
        auto result = co_await make_call();
        if (!isCanceled(result)) // Else it was given up.
            running.ended(result ? std::nullopt : std::optional(result.error()));
        co_return result;
    }

    Result<std::uint64_t> letThrough();
    void answered(std::uint64_t generation, const std::optional<Error>& error);
    void givenUp(std::uint64_t generation, Duration after);
    void fail(const CircuitBreakerOptions& options, std::string_view error);
    void open(const CircuitBreakerOptions& options, std::string_view error);
    void enter(State state);
    void record(EntryKind kind, std::string_view error, Duration open_for);

    Runtime& m_runtime;
    Journal& m_journal;
    const Live<CircuitBreakerOptions>& m_options;
    const std::unique_ptr<PaymentGateway> m_inner;

    std::mutex m_mutex; ///< Guards all below.
    State m_state = State::Closed;
    std::uint64_t m_generation = 0; ///< Counts the changes of state: late news of an earlier one is no news.
    TimePoint m_open_until;
    int m_failures_in_a_row = 0;
    std::deque<bool> m_window; ///< Whether each of the latest calls failed, oldest first.
};

/// The generation to which the call belongs, or why it is refused.
Result<std::uint64_t> CircuitBreaker::letThrough()
{
    const CircuitBreakerOptions options = m_options.get();
    const std::scoped_lock guard(m_mutex);
    if (!options.enabled && m_state != State::Closed) {
        enter(State::Closed);
        record(EntryKind::CircuitClosed, {}, {});
    }
    if (m_state == State::Open && m_runtime.now() >= m_open_until) {
        enter(State::HalfOpen);
        return m_generation;
    }
    if (m_state != State::Closed)
        return unavailable("the payment gateway's circuit is open");
    return m_generation;
}

void CircuitBreaker::answered(std::uint64_t generation, const std::optional<Error>& error)
{
    const CircuitBreakerOptions options = m_options.get();
    const std::scoped_lock guard(m_mutex);
    if (generation != m_generation || !options.enabled)
        return;
    if (error && (error->code == ErrorCode::PeerFailed || error->code == ErrorCode::Timeout))
        return fail(options, error->message);
    // Anything else that failed (its ledger, ours) says nothing about the gateway; the probe is to be made again.
    if (error && error->code != ErrorCode::Rejected) {
        if (m_state == State::HalfOpen)
            enter(State::Open);
        return;
    }
    if (m_state == State::HalfOpen) {
        enter(State::Closed);
        return record(EntryKind::CircuitClosed, {}, {});
    }
    m_failures_in_a_row = 0;
    m_window.push_back(false);
    while (m_window.size() > std::size_t(options.window_calls))
        m_window.pop_front();
}

void CircuitBreaker::givenUp(std::uint64_t generation, Duration after)
{
    const CircuitBreakerOptions options = m_options.get();
    const std::scoped_lock guard(m_mutex);
    if (generation != m_generation || !options.enabled)
        return;
    if (after >= options.slow_call)
        fail(options, "the gateway did not answer in time");
    else if (m_state == State::HalfOpen)
        enter(State::Open); // The next call is the probe.
}

void CircuitBreaker::fail(const CircuitBreakerOptions& options, std::string_view error)
{
    if (m_state == State::HalfOpen)
        return open(options, error);
    ++m_failures_in_a_row;
    m_window.push_back(true);
    while (m_window.size() > std::size_t(options.window_calls))
        m_window.pop_front();
    const auto failed = std::count(m_window.begin(), m_window.end(), true);
    const bool is_full = m_window.size() == std::size_t(options.window_calls);
    if (m_failures_in_a_row >= options.failures_in_a_row
        || (is_full && failed * 100 >= std::int64_t(options.failure_percent) * options.window_calls))
        open(options, error);
}

void CircuitBreaker::open(const CircuitBreakerOptions& options, std::string_view error)
{
    enter(State::Open);
    m_open_until = m_runtime.now() + options.open_for;
    record(EntryKind::CircuitOpened, error, options.open_for);
}

void CircuitBreaker::enter(State state)
{
    m_state = state;
    ++m_generation;
    m_failures_in_a_row = 0;
    m_window.clear();
}

void CircuitBreaker::record(EntryKind kind, std::string_view error, Duration open_for)
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.detail = m_journal.names().intern(error);
    entry.value = std::int32_t(open_for.count() / 1'000);
    m_journal.append(entry);
}

} // namespace

Result<void> CircuitBreakerOptions::validate() const
{
    using namespace std::chrono_literals;
    if (failures_in_a_row < 1 || failures_in_a_row > 1'000)
        return invalidArgument("breaker-failures", "must be from 1 to 1000");
    if (window_calls < 1 || window_calls > 1'000)
        return invalidArgument("breaker-window", "must be from 1 to 1000 calls");
    if (failure_percent < 1 || failure_percent > 100)
        return invalidArgument("breaker-percent", "must be from 1 to 100");
    if (open_for < 1ms || open_for > 1h)
        return invalidArgument("breaker-open", "must be from 1 ms to 1 h");
    if (slow_call.count() <= 0)
        return invalidArgument("breaker-slow", "must be above 0");
    return {};
}

std::unique_ptr<PaymentGateway> makeCircuitBreaker(Runtime& runtime, Journal& journal,
                                                   const Live<CircuitBreakerOptions>& options,
                                                   std::unique_ptr<PaymentGateway> inner)
{
    return std::make_unique<CircuitBreaker>(runtime, journal, options, std::move(inner));
}

} // namespace orderlab
