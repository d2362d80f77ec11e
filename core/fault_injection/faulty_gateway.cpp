#include "fault_injection/faulty_gateway.h"

#include "journal/gateway_answers.h"

namespace orderlab {

namespace {

class FaultyGateway final : public PaymentGateway {
public:
    FaultyGateway(Runtime& runtime, FaultPlan& faults, Journal& journal, std::unique_ptr<PaymentGateway> inner,
                  FaultyGatewayOptions options)
        : m_runtime(runtime), m_faults(faults), m_journal(journal), m_inner(std::move(inner)), m_options(options)
    {}

    Task<Result<ChargeAnswer>> charge(ChargeRequest request) override
    {
        if (!m_faults.isOn(Guarantee::PaymentKey))
            request.payment_key = {};
        if (!m_faults.isArmed(Seam::GatewayCall))
            return m_inner->charge(std::move(request));
        return chargeThrough(std::move(request));
    }
    /// A refund is never given up: it passes no seam but its own gateway's.
    Task<Result<bool>> refund(OrderId order, Uuid payment_key) override { return m_inner->refund(order, payment_key); }
    Task<void> close() override { return m_inner->close(); }

private:
    Task<Result<ChargeAnswer>> chargeThrough(ChargeRequest request)
    {
        FaultPoint point;
        point.seam = Seam::GatewayCall;
        point.event_type = EventType::OrderCreated;
        point.group = m_options.group;
        point.order = request.order;
        point.customer = request.user_id;
        const Injection injection = co_await m_faults.pass(point);
        switch (injection.action) {
        case FaultAction::Fail: co_return failed(request, gateway_answers_error);
        case FaultAction::Timeout: {
            const bool waited = co_await m_runtime.sleepUnlessCancelled(m_options.patience);
            if (!waited)
                co_return canceledError();
            co_return failed(request, "the gateway did not answer");
        }
        case FaultAction::Decline: co_return ChargeAnswer{false, {}, "card declined"};
        case FaultAction::LoseAnswer: {
            const ChargeRequest copy = request;
            const auto lost = co_await m_inner->charge(std::move(request));
            if (!lost)
                co_return lost.error();
            co_return failed(copy, "the gateway's answer was lost");
        }
        default: break;
        }
        co_return co_await m_inner->charge(std::move(request));
    }

    Error failed(const ChargeRequest& request, std::string_view why)
    {
        Entry entry;
        entry.time_us = toMicros(m_runtime.now());
        entry.kind = EntryKind::GatewayFailed;
        entry.order = request.order;
        entry.attempt = request.attempt;
        entry.detail = m_journal.names().intern(why, NameUse::Text);
        m_journal.append(entry);
        return {ErrorCode::PeerFailed, Retry::Later, std::string(why), {}};
    }

    Runtime& m_runtime;
    FaultPlan& m_faults;
    Journal& m_journal;
    const std::unique_ptr<PaymentGateway> m_inner;
    const FaultyGatewayOptions m_options;
};

} // namespace

std::unique_ptr<PaymentGateway> makeFaultyGateway(Runtime& runtime, FaultPlan& faults, Journal& journal,
                                                  std::unique_ptr<PaymentGateway> inner, FaultyGatewayOptions options)
{
    return std::make_unique<FaultyGateway>(runtime, faults, journal, std::move(inner), options);
}

} // namespace orderlab
