#include "invariants/checker.h"

namespace orderlab {

namespace {

constexpr int status_count = 4;

/// Orders move only as domain/order.h allows.
class LegalStatusTransitions final : public Checker {
public:
    LegalStatusTransitions(const Facts& facts, const Evidence& evidence) : Checker(facts, evidence)
    {
        for (int from = 0; from < status_count; ++from) {
            for (int to = 0; to < status_count; ++to) {
                Order order;
                order.status = OrderStatus(from);
                m_legal[std::size_t(from)][std::size_t(to)] =
                    order.transitionTo(OrderStatus(to), TimePoint{}).has_value();
            }
        }
    }
    std::string_view name() const override { return "legal-status-transitions"; }
    KindMask kinds() const override { return kindsOf({EntryKind::StatusChanged}); }

    void apply(const Step& step) override
    {
        if (step.order == no_record)
            return;
        const OrderFacts& order = m_facts.order(step.order);
        const std::int8_t next = m_facts.role(step, step.entry.detail).status;
        if (next < 0) {
            report(step, [&] {
                return Evidence::nameOf(order.id) + " became \"" + m_evidence.text(step.entry.detail) + "\" "
                       + m_evidence.at(step.entry.time_us) + ", which is no status.";
            });
            return;
        }
        if (!m_legal[std::size_t(order.status)][std::size_t(next)])
            report(step, [&] { return explain(step, order); });
    }

private:
    std::string explain(const Step& step, const OrderFacts& order) const
    {
        const std::string since = order.status_us >= 0 ? " (since " + m_evidence.when(order.status_us) + ")" : "";
        const std::string cause =
            m_evidence.cause({step.order, 0, std::max<std::int64_t>(order.accepted_us, 0), step.entry.time_us, ~0u});
        return Evidence::nameOf(order.id) + " went from " + std::string(orderlab::name(order.status)) + since + " to "
               + m_evidence.text(step.entry.detail) + ' ' + m_evidence.at(step.entry.time_us)
               + (isFinal(order.status) ? ", although " + std::string(orderlab::name(order.status)) + " is final"
                                        : ", which is no step an order may take")
               + (cause.empty() ? "." : "; before that, " + cause + '.');
    }

    bool m_legal[status_count][status_count] = {};
};

} // namespace

std::unique_ptr<Checker> makeLegalStatusTransitions(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<LegalStatusTransitions>(facts, evidence);
}

} // namespace orderlab
