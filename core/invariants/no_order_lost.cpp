#include "invariants/checker.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::uint32_t loss_seams = seamsOf({Seam::OrderCommitted, Seam::BusAppend, Seam::Broker, Seam::RelayClaim,
                                              Seam::Published, Seam::Database, Seam::Network});

/// What a customer was told is accepted is stored; what is stored gets published; and accepted = paid + failed +
/// canceled
/// + dead-lettered + in flight.
class NoOrderLost final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "no-order-lost"; }
    KindMask kinds() const override
    {
        return kindsOf({EntryKind::ClientAnswered, EntryKind::FaultInjected, EntryKind::ProcessCrashed});
    }

    void apply(const Step& step) override
    {
        switch (step.entry.kind) {
        case EntryKind::ClientAnswered: answered(step); break;
        case EntryKind::FaultInjected: struck(step); break;
        default:
            if (m_facts.role(step, step.entry.actor).is_api)
                apiCrashed(step);
            break;
        }
    }

    void finish(std::int64_t now_us) override
    {
        std::int64_t remembered = 0;
        m_facts.forEachOrder([&](std::uint32_t number) {
            const OrderFacts& order = m_facts.order(number);
            remembered += order.accepted_us >= 0;
            if (order.accepted_us >= 0 && order.created_published_us < 0 && !isReported(number))
                report(order.id, EventId{}, now_us, [&] { return explainUnpublished(number, now_us); });
        });
        if (m_facts.forgotten() == 0 && remembered != m_facts.accepted())
            report(OrderId{}, EventId{}, now_us, [&] {
                return std::to_string(m_facts.accepted()) + " orders were accepted, but " + std::to_string(remembered)
                       + " orders are paid, failed, canceled, dead-lettered or in flight: one was accepted more than "
                         "once.";
            });
    }

    void forgetAll() override
    {
        m_struck.clear();
        m_reported.clear();
    }

private:
    struct Known {
        std::uint32_t order;
        std::uint32_t generation;
    };
    static constexpr std::size_t struck_max = 64; ///< At once; what is beyond is found at the end.

    Known known(std::uint32_t order) const { return {order, m_facts.order(order).generation}; }
    bool isReported(std::uint32_t order) const
    {
        return order < m_reported.size() && m_reported[order] == m_facts.order(order).generation;
    }
    bool isUnpublished(const Known& one) const
    {
        const OrderFacts& order = m_facts.order(one.order);
        return order.generation == one.generation && order.created_published_us < 0;
    }

    /// Without an outbox, an order whose API is killed between saving and publishing is lost for certain: its event was
    /// in that process's memory only.
    void struck(const Step& step)
    {
        const NameRoles::Role& fault = m_facts.role(step, step.entry.detail);
        const bool kills = fault.seam == std::int8_t(Seam::OrderCommitted)
                           && fault.action == std::int8_t(FaultAction::Crash)
                           && m_facts.role(step, step.entry.topic).topic == std::int8_t(EventType::OrderCreated);
        if (kills && step.order != no_record && m_facts.order(step.order).accepted_without_outbox
            && m_struck.size() < struck_max)
            m_struck.push_back(known(step.order));
    }

    void answered(const Step& step)
    {
        if (!m_facts.options().from_start)
            return; // it may have been accepted before we came
        if (step.order != no_record && m_facts.order(step.order).accepted_us >= 0)
            return;
        report(step, [&] {
            return "The customer was told " + m_evidence.at(step.entry.time_us) + " that "
                   + Evidence::nameOf(OrderId{step.entry.order}) + " is accepted, but it was never stored.";
        });
    }

    void apiCrashed(const Step& step)
    {
        for (const Known& one : m_struck) {
            if (!isUnpublished(one))
                continue;
            const OrderFacts& order = m_facts.order(one.order);
            m_reported.resize(std::max<std::size_t>(m_reported.size(), one.order + 1));
            m_reported[one.order] = one.generation;
            report(order.id, EventId{}, step.entry.time_us, [&] {
                const std::string cause =
                    m_evidence.cause({one.order, 0, order.accepted_us, step.entry.time_us, loss_seams, 0, false});
                return Evidence::nameOf(order.id) + " was accepted " + m_evidence.at(order.accepted_us)
                       + " and its order-created is lost: "
                       + (cause.empty() ? "the API was killed " + m_evidence.at(step.entry.time_us) : cause)
                       + " and the outbox was off, so the event was in memory only.";
            });
        }
        m_struck.clear();
    }

    std::string explainUnpublished(std::uint32_t number, std::int64_t now_us) const
    {
        const OrderFacts& order = m_facts.order(number);
        const std::string cause = m_evidence.cause({number, 0, order.accepted_us, now_us, loss_seams, 0, false});
        const std::string start = Evidence::nameOf(order.id) + " was accepted " + m_evidence.at(order.accepted_us)
                                  + " and its order-created was never published";
        if (order.accepted_without_outbox) {
            return start + ": " + (cause.empty() ? "" : cause + " and ")
                   + "the outbox was off, so nothing kept the event for another try.";
        }
        return start + ", although the outbox has it" + (cause.empty() ? "." : ": " + cause + '.');
    }

    std::vector<Known> m_struck;
    std::vector<std::uint32_t> m_reported; ///< By order: the generation that was reported lost.
};

} // namespace

std::unique_ptr<Checker> makeNoOrderLost(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<NoOrderLost>(facts, evidence);
}

} // namespace orderlab
