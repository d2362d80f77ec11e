#include "invariants/checker.h"

namespace orderlab {

namespace {

/// In the end every order is paid, failed, canceled or visibly in dead letters.
class AllOrdersFinish final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "all-orders-finish"; }
    KindMask kinds() const override { return 0; }
    void apply(const Step&) override {}

    void finish(std::int64_t now_us) override
    {
        m_facts.forEachOrder([&](std::uint32_t number) {
            const OrderFacts& order = m_facts.order(number);
            if (order.accepted_us >= 0 && !order.isFinal() && order.dead_us < 0)
                report(order.id, EventId{}, now_us, [&] { return explain(number, now_us); });
        });
    }

private:
    std::string explain(std::uint32_t number, std::int64_t now_us) const
    {
        const OrderFacts& order = m_facts.order(number);
        const auto [stage, from_us] = whereItStopped(order);
        const std::string cause = m_evidence.cause({number, 0, from_us, now_us, ~0u});
        std::string off;
        for (const Guarantee guarantee : {Guarantee::Outbox, Guarantee::AckAfterProcessing}) {
            if (m_evidence.wasOff(guarantee, order.accepted_us, now_us))
                off = guarantee == Guarantee::Outbox ? "the outbox was off" : "ack after processing was off";
        }
        std::string why = cause;
        if (!off.empty())
            why += (why.empty() ? "" : " and ") + off;
        return Evidence::nameOf(order.id) + ", accepted " + m_evidence.at(order.accepted_us) + ", never finished: " + stage
            + (why.empty() ? "." : "; " + why + '.');
    }

    /// The last thing that happened on the order's way, and when.
    std::pair<std::string, std::int64_t> whereItStopped(const OrderFacts& order) const
    {
        if (order.created_published_us < 0)
            return {"its order-created was never published", order.accepted_us};
        const EventFacts* latest = nullptr;
        const EventFacts* unpublished = nullptr;
        m_facts.forEachEvent(order, [&](const EventFacts& event) {
            if (event.published_us < 0 && event.emitted_us >= 0)
                unpublished = &event;
            if (event.published_us >= 0 && (!latest || event.published_us > latest->published_us))
                latest = &event;
        });
        if (unpublished)
            return {m_evidence.text(unpublished->topic) + " was stored and never published", unpublished->emitted_us};
        if (latest && latest->handled != 0 && order.payment_us >= 0 && latest->published_us < order.payment_us)
            return {"its payment was recorded " + m_evidence.at(order.payment_us) + ", and nobody was told",
                    latest->published_us};
        if (!latest)
            return {"nothing is known of its events", order.accepted_us};
        return {"nothing followed from " + m_evidence.text(latest->topic) + ", published " + m_evidence.at(latest->published_us)
                    + " at offset " + std::to_string(latest->first_offset),
                latest->published_us};
    }
};

} // namespace

std::unique_ptr<Checker> makeAllOrdersFinish(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<AllOrdersFinish>(facts, evidence);
}

} // namespace orderlab
