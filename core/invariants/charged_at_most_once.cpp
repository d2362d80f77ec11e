#include "invariants/checker.h"

namespace orderlab {

namespace {

constexpr std::uint32_t charge_seams =
    seamsOf({Seam::GatewayCall, Seam::HandlerEntry, Seam::BeforeCommit, Seam::AfterCommit, Seam::Ack, Seam::Delivery,
             Seam::Worker, Seam::Database, Seam::Published, Seam::BusAppend});
constexpr std::uint32_t purchase_seams = seamsOf(
    {Seam::ClientRequest, Seam::ClientAnswer, Seam::OrderCommitted, Seam::OrderStore, Seam::Database, Seam::Network});

/// Charges less refunds of one order, and of all orders of one purchase together, never exceed one.
class ChargedAtMostOnce final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "charged-at-most-once"; }
    KindMask kinds() const override { return kindsOf({EntryKind::GatewayCharged}); }

    void apply(const Step& step) override
    {
        if (step.order == no_record)
            return;
        const OrderFacts& order = m_facts.order(step.order);
        if (order.net_charges >= 1) {
            report(step, [&] { return explainOrder(step, order); });
        } else if (order.purchase != no_record && m_facts.purchase(order.purchase).net_charges >= 1) {
            report(step, [&] { return explainPurchase(step, order); });
        }
    }

private:
    std::string explainOrder(const Step& step, const OrderFacts& order) const
    {
        const std::int64_t now = step.entry.time_us;
        const int times = order.net_charges + 1;
        // A fault may have struck as the gateway was asked, before it charged.
        const std::string cause =
            m_evidence.cause({step.order, 0, std::max<std::int64_t>(order.accepted_us, 0), now, charge_seams});
        return "The gateway charged " + Evidence::nameOf(order.id)
               + (times == 2 ? std::string(" twice, ") : ' ' + std::to_string(times) + " times, of late ")
               + m_evidence.at(order.charged_us) + " and " + m_evidence.when(now)
               + m_evidence.because(cause, Guarantee::PaymentKey,
                                    m_evidence.wasOff(Guarantee::PaymentKey, order.charged_us, now),
                                    "so the next attempt was a new charge");
    }

    std::string explainPurchase(const Step& step, const OrderFacts& order) const
    {
        const PurchaseFacts& purchase = m_facts.purchase(order.purchase);
        // Either of the two can be the one that the customer never heard of.
        const std::uint32_t other = otherOrder(order.purchase, step.order);
        const bool known = other != no_record;
        const std::int64_t from =
            known ? std::min(m_facts.order(other).accepted_us, order.accepted_us) : order.accepted_us;
        const std::int64_t to =
            known ? std::max(m_facts.order(other).accepted_us, order.accepted_us) : order.accepted_us;
        std::string cause = m_evidence.cause({other, 0, from, to, purchase_seams});
        if (cause.empty())
            cause = m_evidence.cause({step.order, 0, from, step.entry.time_us, purchase_seams});
        return "One purchase became " + (purchase.orders == 2 ? std::string("two") : std::to_string(purchase.orders))
               + " orders, and the gateway charged both"
               + (known ? ' ' + Evidence::nameOf(m_facts.order(other).id) : "")
               + (known ? " and " : " an earlier one and ") + Evidence::nameOf(order.id) + ", the last "
               + m_evidence.at(step.entry.time_us)
               + m_evidence.because(cause, Guarantee::IdempotencyKey,
                                    m_evidence.wasOff(Guarantee::IdempotencyKey, from, to),
                                    "so asking again made a second order");
    }

    /// An order of the purchase that was charged before.
    std::uint32_t otherOrder(std::uint32_t purchase, std::uint32_t order) const
    {
        std::uint32_t other = no_record;
        m_facts.forEachOrder([&](std::uint32_t number) {
            const OrderFacts& facts = m_facts.order(number);
            if (number != order && facts.purchase == purchase && facts.net_charges > 0 && other == no_record)
                other = number;
        });
        return other;
    }
};

} // namespace

std::unique_ptr<Checker> makeChargedAtMostOnce(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<ChargedAtMostOnce>(facts, evidence);
}

} // namespace orderlab
