#include "gateway/circuit_breaker.h"

#include "base/mutex.h"
#include "runtime/task_group.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace orderlab {

namespace {

/// Calls that have begun, the oldest of them still open. Beyond it the oldest is left out of account.
constexpr std::size_t calls_max = 4'096;

class CircuitBreaker final : public PaymentGateway {
public:
    CircuitBreaker(Runtime& runtime, Journal& journal, const Live<CircuitBreakerOptions>& options,
                   std::unique_ptr<PaymentGateway> inner)
        : m_runtime(runtime), m_journal(journal), m_options(options), m_inner(std::move(inner))
    {}

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

    /// A call, and what it says about the gateway.
    struct Verdict {
        enum class Kind : std::uint8_t { Pending, Success, Failure, Nothing } kind = Kind::Pending;
        std::string error = {}; ///< Of a Failure.
        TimePoint began = {};   ///< Of the call.
    };
    /// A call's place among those that were let through.
    struct Ticket {
        std::uint64_t generation = 0;
        std::uint64_t number = 0; ///< In the order of their beginning.
    };
    /// A call that was let through. Dropped without a verdict, it was given up by its caller.
    class Call {
    public:
        Call(CircuitBreaker& breaker, Ticket ticket)
            : m_breaker(breaker), m_ticket(ticket), m_began(breaker.m_runtime.now())
        {}
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;
        ~Call()
        {
            if (!m_ended)
                m_breaker.givenUp(m_ticket, m_breaker.m_runtime.now() - m_began);
        }
        void ended(const std::optional<Error>& error)
        {
            m_ended = true;
            m_breaker.answered(m_ticket, error);
        }

    private:
        CircuitBreaker& m_breaker;
        const Ticket m_ticket;
        const TimePoint m_began;
        bool m_ended = false;
    };

    template <typename T, typename MakeCall>
    Task<Result<T>> through(MakeCall make_call)
    {
        const auto ticket = letThrough();
        if (!ticket)
            co_return ticket.error();
        Call running(*this, *ticket);
        auto result = co_await make_call();
        if (!isCanceled(result)) // Else it was given up.
            running.ended(result ? std::nullopt : std::optional(result.error()));
        co_return result;
    }

    Result<Ticket> letThrough();
    void answered(Ticket ticket, const std::optional<Error>& error);
    void givenUp(Ticket ticket, Duration after);
    void end(Ticket ticket, Verdict verdict, const CircuitBreakerOptions& options) ORDERLAB_REQUIRES(m_mutex);
    void count(const Verdict& verdict, const CircuitBreakerOptions& options) ORDERLAB_REQUIRES(m_mutex);
    Ticket begin() ORDERLAB_REQUIRES(m_mutex);
    void open(const CircuitBreakerOptions& options, std::string_view error) ORDERLAB_REQUIRES(m_mutex);
    void enter(State state) ORDERLAB_REQUIRES(m_mutex);
    void record(EntryKind kind, std::string_view error, Duration open_for);

    Runtime& m_runtime;
    Journal& m_journal;
    const Live<CircuitBreakerOptions>& m_options;
    const std::unique_ptr<PaymentGateway> m_inner;

    Mutex m_mutex;
    State m_state ORDERLAB_GUARDED_BY(m_mutex) = State::Closed;
    /// Counts the changes of state: late news of an earlier one is no news.
    std::uint64_t m_generation ORDERLAB_GUARDED_BY(m_mutex) = 0;
    TimePoint m_open_until ORDERLAB_GUARDED_BY(m_mutex);
    int m_failures_in_a_row ORDERLAB_GUARDED_BY(m_mutex) = 0;
    std::deque<bool> m_window ORDERLAB_GUARDED_BY(m_mutex); ///< Whether each of the latest calls failed, oldest first.
    /// From the oldest one that has not ended on, in the order of their beginning.
    std::deque<Verdict> m_calls ORDERLAB_GUARDED_BY(m_mutex);
    std::uint64_t m_first_call ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< The number of the first of them.
};

CircuitBreaker::Ticket CircuitBreaker::begin()
{
    if (m_calls.size() == calls_max) {
        m_calls.pop_front();
        ++m_first_call;
    }
    m_calls.emplace_back().began = m_runtime.now();
    return {m_generation, m_first_call + m_calls.size() - 1};
}

/// The call's place, or why it is refused.
Result<CircuitBreaker::Ticket> CircuitBreaker::letThrough()
{
    const CircuitBreakerOptions options = m_options.get();
    const MutexLock guard(m_mutex);
    if (!options.enabled && m_state != State::Closed) {
        enter(State::Closed);
        record(EntryKind::CircuitClosed, {}, {});
    }
    if (m_state == State::Open && m_runtime.now() >= m_open_until) {
        enter(State::HalfOpen);
        return begin();
    }
    if (m_state != State::Closed)
        return unavailable("the payment gateway's circuit is open");
    return begin();
}

void CircuitBreaker::answered(Ticket ticket, const std::optional<Error>& error)
{
    const CircuitBreakerOptions options = m_options.get();
    const MutexLock guard(m_mutex);
    if (error && (error->code == ErrorCode::PeerFailed || error->code == ErrorCode::Timeout))
        return end(ticket, {Verdict::Kind::Failure, error->message}, options);
    // Anything else that failed (its ledger, ours) says nothing about the gateway; the probe is to be made again.
    const bool says_nothing = error && error->code != ErrorCode::Rejected;
    end(ticket, {says_nothing ? Verdict::Kind::Nothing : Verdict::Kind::Success}, options);
}

void CircuitBreaker::givenUp(Ticket ticket, Duration after)
{
    const CircuitBreakerOptions options = m_options.get();
    const MutexLock guard(m_mutex);
    if (after >= options.slow_call)
        return end(ticket, {Verdict::Kind::Failure, "the gateway did not answer in time"}, options);
    end(ticket, {Verdict::Kind::Nothing}, options);
}

/// Calls of a batch are under way together, and those that fail often answer first: twenty of them with one failure in
/// four would begin with five in a row. So verdicts count in the order in which the calls began; for a call that takes
/// longer than slow_call nobody waits, and its own counts when it comes.
void CircuitBreaker::end(Ticket ticket, Verdict verdict, const CircuitBreakerOptions& options)
{
    if (ticket.generation != m_generation)
        return;
    if (ticket.number < m_first_call)
        return count(verdict, options);
    Verdict& place = m_calls[std::size_t(ticket.number - m_first_call)];
    place.kind = verdict.kind;
    place.error = std::move(verdict.error);
    const TimePoint now = m_runtime.now();
    const auto is_waited_for = [&](const Verdict& call) {
        return call.kind == Verdict::Kind::Pending && now - call.began < options.slow_call;
    };
    while (ticket.generation == m_generation && !m_calls.empty() && !is_waited_for(m_calls.front())) {
        const Verdict next = std::move(m_calls.front());
        m_calls.pop_front();
        ++m_first_call;
        if (next.kind != Verdict::Kind::Pending)
            count(next, options);
    }
}

///
void CircuitBreaker::count(const Verdict& verdict, const CircuitBreakerOptions& options)
{
    if (!options.enabled)
        return;
    if (m_state == State::HalfOpen) {
        switch (verdict.kind) {
        case Verdict::Kind::Failure: return open(options, verdict.error);
        case Verdict::Kind::Success: enter(State::Closed); return record(EntryKind::CircuitClosed, {}, {});
        default: return enter(State::Open); // The next call is the probe.
        }
    }
    if (verdict.kind == Verdict::Kind::Nothing)
        return;
    const bool is_failure = verdict.kind == Verdict::Kind::Failure;
    m_failures_in_a_row = is_failure ? m_failures_in_a_row + 1 : 0;
    m_window.push_back(is_failure);
    while (m_window.size() > std::size_t(options.window_calls))
        m_window.pop_front();
    if (!is_failure)
        return;
    const auto failed = std::count(m_window.begin(), m_window.end(), true);
    const bool is_full = m_window.size() == std::size_t(options.window_calls);
    if (m_failures_in_a_row >= options.failures_in_a_row
        || (is_full && failed * 100 >= std::int64_t(options.failure_percent) * options.window_calls))
        open(options, verdict.error);
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
    m_calls.clear();
}

void CircuitBreaker::record(EntryKind kind, std::string_view error, Duration open_for)
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.detail = m_journal.names().intern(error, NameUse::Text);
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
