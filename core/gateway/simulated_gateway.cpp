#include "gateway/simulated_gateway.h"

namespace orderlab {

namespace {

class SimulatedGateway final : public PaymentGateway {
public:
    SimulatedGateway(Runtime& runtime, Journal& journal, GatewayLedger& ledger, SimulatedGatewayOptions options)
        : m_runtime(runtime), m_journal(journal), m_ledger(ledger), m_options(options)
    {
    }
    Task<Result<ChargeAnswer>> charge(ChargeRequest request) override;
    Task<Result<bool>> refund(OrderId order, Uuid payment_key) override;

private:
    Task<void> takeTime(Duration median);
    Task<Result<ChargeAnswer>> answerAgain(const ChargeRequest& request);
    void record(EntryKind kind, OrderId order, std::uint8_t attempt, Money total, std::string_view detail);

    Runtime& m_runtime;
    Journal& m_journal;
    GatewayLedger& m_ledger;
    const SimulatedGatewayOptions m_options;
};

Task<void> SimulatedGateway::takeTime(Duration median)
{
    if (median.count() > 0)
        co_await m_runtime.sleep(median / 2 + Duration{std::int64_t(m_runtime.randomBelow(std::uint64_t(median.count())))});
}

void SimulatedGateway::record(EntryKind kind, OrderId order, std::uint8_t attempt, Money total, std::string_view detail)
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.order = order;
    entry.attempt = attempt;
    entry.value = std::int32_t(std::min<std::int64_t>(total.amount_minor, INT32_MAX));
    entry.detail = m_journal.names().intern(detail);
    m_journal.append(entry);
}

Task<Result<ChargeAnswer>> SimulatedGateway::charge(ChargeRequest request)
{
    const Duration latency = request.user_id == "user-slow" ? m_options.slow_latency : m_options.latency;
    if (latency.count() > 0)
        co_await takeTime(latency);
    if (request.user_id == "user-poison") {
        const std::string_view reason = "the gateway cannot process this customer";
        record(EntryKind::GatewayFailed, request.order, request.attempt, request.total, reason);
        co_return Error{ErrorCode::Rejected, Retry::Never, std::string(reason), {}};
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
    LedgerEntry entry{LedgerEntry::Kind::Charge, m_runtime.newUuid(now), request.payment_key, request.order,
                      request.total, now};
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
    const auto known = co_await m_ledger.find(payment_key);
    if (!known)
        co_return known.error();
    LedgerEntry refund{LedgerEntry::Kind::Refund, {}, payment_key, order, {}, m_runtime.now()};
    bool charged = false, refunded = false, voided = false;
    for (const LedgerEntry& entry : *known) {
        charged |= entry.kind == LedgerEntry::Kind::Charge;
        refunded |= entry.kind == LedgerEntry::Kind::Refund && entry.total.amount_minor > 0;
        voided |= entry.kind == LedgerEntry::Kind::Refund;
        if (entry.kind == LedgerEntry::Kind::Charge) {
            refund.payment = entry.payment;
            refund.total = entry.total;
        }
    }
    if (refunded || (voided && !charged))
        co_return charged;
    const auto written = co_await m_ledger.append(std::move(refund));
    if (!written)
        co_return written.error();
    if (charged) {
        const Money total = known->front().total;
        record(EntryKind::GatewayRefunded, order, 1, total, total.currency.code());
    }
    co_return charged;
}

} // namespace

std::unique_ptr<PaymentGateway> makeSimulatedGateway(Runtime& runtime, Journal& journal, GatewayLedger& ledger,
                                                     SimulatedGatewayOptions options)
{
    return std::make_unique<SimulatedGateway>(runtime, journal, ledger, options);
}

} // namespace orderlab
