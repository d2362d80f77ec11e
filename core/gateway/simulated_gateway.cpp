#include "gateway/simulated_gateway.h"

#include "journal/gateway_answers.h"
#include "runtime/task_group.h"

#include <algorithm>
#include <optional>

namespace orderlab {

namespace {

class SimulatedGateway final : public PaymentGateway {
public:
    SimulatedGateway(Runtime& runtime, Journal& journal, GatewayLedger& ledger, SimulatedGatewayOptions options)
        : m_runtime(runtime), m_journal(journal), m_ledger(ledger), m_options(options), m_requests(runtime)
    {}
    Task<Result<ChargeAnswer>> charge(ChargeRequest request) override;
    Task<Result<bool>> refund(OrderId order, Uuid payment_key) override;
    Task<void> close() override;

private:
    /// A request under way on the gateway's side, and whoever waits for it.
    struct Request {
        Mutex mutex;
        std::optional<Result<ChargeAnswer>> answer ORDERLAB_GUARDED_BY(mutex);
        Notifier answered;
    };
    Task<Result<ChargeAnswer>> ask(ChargeRequest request);
    Task<void> serve(ChargeRequest request, std::shared_ptr<Request> state);
    Task<Result<ChargeAnswer>> process(ChargeRequest request);
    Task<void> takeTime(Duration median);
    Task<Result<ChargeAnswer>> answerAgain(const ChargeRequest& request);
    void record(EntryKind kind, OrderId order, std::uint8_t attempt, Money total, std::string_view detail);

    Runtime& m_runtime;
    Journal& m_journal;
    GatewayLedger& m_ledger;
    const SimulatedGatewayOptions m_options;
    TaskGroup m_requests;
};

Task<void> SimulatedGateway::takeTime(Duration median)
{
    if (median.count() > 0)
        co_await m_runtime.sleep(median / 2
                                 + Duration{std::int64_t(m_runtime.randomBelow(std::uint64_t(median.count())))});
}

void SimulatedGateway::record(EntryKind kind, OrderId order, std::uint8_t attempt, Money total, std::string_view detail)
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.order = order;
    entry.attempt = attempt;
    entry.value = std::int32_t(std::min<std::int64_t>(total.amount_minor, INT32_MAX));
    entry.detail = m_journal.names().intern(detail, NameUse::Text);
    m_journal.append(entry);
}

Task<Result<ChargeAnswer>> SimulatedGateway::charge(ChargeRequest request)
{
    if (m_options.latency.count() == 0)
        return process(std::move(request)); // At once: nobody can be killed in between.
    return ask(std::move(request));
}

/// The caller's side: waits for what the gateway does by itself.
Task<Result<ChargeAnswer>> SimulatedGateway::ask(ChargeRequest request)
{
    if (m_requests.size() >= m_options.requests_max)
        co_return Error{ErrorCode::PeerFailed, Retry::Later, "the gateway has too many requests", {}};
    const auto state = std::make_shared<Request>();
    m_requests.spawn(serve(std::move(request), state));
    for (;;) {
        MutexLock lock(state->mutex);
        if (state->answer)
            co_return std::move(*state->answer);
        const bool woken = co_await state->answered.waitUnlessCancelled(lock);
        if (!woken)
            co_return canceledError();
    }
}

/// The gateway's side.
Task<void> SimulatedGateway::serve(ChargeRequest request, std::shared_ptr<Request> state)
{
    auto answer = co_await process(std::move(request));
    {
        const MutexLock guard(state->mutex);
        state->answer = std::move(answer);
    }
    state->answered.notifyAll();
}

Task<void> SimulatedGateway::close()
{
    m_requests.cancel();
    co_await m_requests.join();
}

Task<Result<ChargeAnswer>> SimulatedGateway::process(ChargeRequest request)
{
    const Duration latency = request.user_id == "user-slow" ? m_options.slow_latency : m_options.latency;
    if (latency.count() > 0)
        co_await takeTime(latency);
    if (request.user_id == "user-poison") {
        record(EntryKind::GatewayFailed, request.order, request.attempt, request.total, gateway_refuses_customer);
        co_return Error{ErrorCode::Rejected, Retry::Never, std::string(gateway_refuses_customer), {}};
    }
    if (request.user_id == "user-flaky" && request.attempt <= 2) {
        const std::string_view reason = "the gateway closed the connection";
        record(EntryKind::GatewayFailed, request.order, request.attempt, request.total, reason);
        co_return Error{ErrorCode::PeerFailed, Retry::Later, std::string(reason), {}};
    }
    if (request.user_id == "user-declined") {
        record(EntryKind::GatewayDeclined, request.order, request.attempt, request.total, "card declined");
        co_return ChargeAnswer{false, {}, "card declined"};
    }
    const TimePoint now = m_runtime.now();
    LedgerEntry entry{
        LedgerEntry::Kind::Charge, m_runtime.newUuid(now), request.payment_key, request.order, request.total, now};
    const Uuid payment = entry.payment;
    const auto written = co_await m_ledger.append(std::move(entry));
    if (!written && written.error().code == ErrorCode::AlreadyExists)
        co_return co_await answerAgain(request);
    if (!written)
        co_return written.error();
    record(EntryKind::GatewayCharged, request.order, request.attempt, request.total, request.total.currency.code());
    co_return ChargeAnswer{true, payment, {}};
}

/// The key is known: the first answer again, or a refusal once it was refunded or voided.
Task<Result<ChargeAnswer>> SimulatedGateway::answerAgain(const ChargeRequest& request)
{
    const auto known = co_await m_ledger.find(request.payment_key);
    if (!known)
        co_return known.error();
    for (const LedgerEntry& entry : *known) {
        if (entry.kind == LedgerEntry::Kind::Refund) {
            record(EntryKind::GatewayDeclined, request.order, request.attempt, request.total, "payment voided");
            co_return ChargeAnswer{false, {}, "payment voided"};
        }
    }
    if (known->empty())
        co_return internalError("the gateway's ledger lost a payment key");
    co_return ChargeAnswer{true, known->front().payment, {}};
}

Task<Result<bool>> SimulatedGateway::refund(OrderId order, Uuid payment_key)
{
    if (m_options.latency.count() > 0)
        co_await takeTime(m_options.latency);
    auto known = co_await m_ledger.find(payment_key);
    if (!known)
        co_return known.error();
    if (known->empty()) { // Voids the key. A charge may have been quicker, but none can come after this.
        LedgerEntry voided{LedgerEntry::Kind::Refund, {}, payment_key, order, {}, m_runtime.now()};
        const auto written = co_await m_ledger.append(std::move(voided));
        if (!written)
            co_return written.error();
        known = co_await m_ledger.find(payment_key);
        if (!known)
            co_return known.error();
    }
    const auto isCharge = [](const LedgerEntry& entry) { return entry.kind == LedgerEntry::Kind::Charge; };
    const auto isReturned = [](const LedgerEntry& entry) {
        return entry.kind == LedgerEntry::Kind::Refund && entry.total.amount_minor > 0;
    };
    const auto charge = std::find_if(known->begin(), known->end(), isCharge);
    if (charge == known->end())
        co_return false;
    if (std::any_of(known->begin(), known->end(), isReturned))
        co_return true;
    const Money total = charge->total;
    LedgerEntry refund{LedgerEntry::Kind::Refund, charge->payment, payment_key, order, total, m_runtime.now()};
    const auto written = co_await m_ledger.append(std::move(refund));
    if (!written)
        co_return written.error();
    record(EntryKind::GatewayRefunded, order, 1, total, total.currency.code());
    co_return true;
}

} // namespace

std::unique_ptr<PaymentGateway> makeSimulatedGateway(Runtime& runtime, Journal& journal, GatewayLedger& ledger,
                                                     SimulatedGatewayOptions options)
{
    return std::make_unique<SimulatedGateway>(runtime, journal, ledger, options);
}

} // namespace orderlab
