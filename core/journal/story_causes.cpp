#include "journal/story_causes.h"

#include "domain/event.h"
#include "domain/group_name.h"
#include "domain/group_roles.h"
#include "fault_model/guarantees.h"

#include <algorithm>
#include <functional>

namespace orderlab {

namespace {

using Kind = EntryKind;

/// What led to one step, looked for among those before it.
class Search {
public:
    Search(std::span<const Entry> steps, const Names& names, int at)
        : m_steps(steps), m_names(names), m_at(at), m_entry(steps[std::size_t(at)])
    {}

    StepCauses find()
    {
        switch (m_entry.kind) {
        case Kind::ClientAsked: askedAgain(); break;
        case Kind::ClientAnswered: m_found.first = last(Kind::OrderAccepted); break;
        case Kind::OrderAccepted: accepted(); break;
        case Kind::StatusChanged: status(); break;
        case Kind::EventEmitted: m_found.first = emitterOf(); break;
        case Kind::EventPublished: published(); break;
        case Kind::PublishFailed: m_found.first = lastFault(m_entry.actor, 0); break;
        case Kind::EventDelivered: delivered(); break;
        case Kind::DuplicateSkipped: skipped(); break;
        case Kind::AttemptFailed: failed(); break;
        case Kind::RetryScheduled:
        case Kind::EventParked: m_found.first = lastOfDelivery({Kind::AttemptFailed, Kind::EventDelivered}); break;
        case Kind::DeadLettered: deadLettered(); break;
        case Kind::DeadLetterReplayed:
        case Kind::DeadLetterDiscarded: m_found.first = lastOfDelivery({Kind::DeadLettered}); break;
        case Kind::EventHandled: handled(); break;
        case Kind::GatewayCharged:
        case Kind::GatewayDeclined:
        case Kind::GatewayFailed:
        case Kind::GatewayRefunded: gateway(); break;
        case Kind::PaymentRecorded: m_found.first = answerOfGateway(); break;
        case Kind::NotificationWritten: notified(); break;
        case Kind::InvariantViolated: violated(); break;
        default: disturbed(); break;
        }
        std::sort(m_found.also.begin(), m_found.also.end());
        m_found.also.erase(std::unique(m_found.also.begin(), m_found.also.end()), m_found.also.end());
        std::erase(m_found.also, m_found.first);
        return std::move(m_found);
    }

private:
    using Test = std::function<bool(const Entry&)>;

    /// The latest step before this one, and after `after`, of which it holds.
    int lastWhere(const Test& holds, int after = -1) const
    {
        for (int i = m_at - 1; i > after; --i) {
            if (holds(m_steps[std::size_t(i)]))
                return i;
        }
        return -1;
    }
    int last(Kind kind) const
    {
        return lastWhere([kind](const Entry& entry) { return entry.kind == kind; });
    }
    int lastOfEvent(std::initializer_list<Kind> kinds) const
    {
        return lastWhere([&](const Entry& entry) {
            return entry.event == m_entry.event && std::find(kinds.begin(), kinds.end(), entry.kind) != kinds.end();
        });
    }
    /// Of this event in this group.
    int lastOfDelivery(std::initializer_list<Kind> kinds) const
    {
        return lastWhere([&](const Entry& entry) {
            return entry.event == m_entry.event && entry.group == m_entry.group
                   && std::find(kinds.begin(), kinds.end(), entry.kind) != kinds.end();
        });
    }
    bool isGroup(const Entry& entry, std::string_view role) const
    {
        return isGroupNamed(m_names.text(entry.group), role);
    }
    int lastDeliveryTo(std::string_view role) const
    {
        return lastWhere(
            [&](const Entry& entry) { return entry.kind == Kind::EventDelivered && isGroup(entry, role); });
    }
    /// A fault that struck this actor, or where none is named this group; after `after`.
    int lastFault(NameId actor, NameId group, int after = -1) const
    {
        return lastWhere(
            [&](const Entry& entry) {
                return entry.kind == Kind::FaultInjected && (actor == 0 || entry.actor == 0 || entry.actor == actor)
                       && entry.group == group;
            },
            after);
    }
    int lastFaultAt(std::string_view seam, int after) const
    {
        return lastWhere(
            [&](const Entry& entry) {
                return entry.kind == Kind::FaultInjected && m_names.text(entry.detail).starts_with(seam);
            },
            after);
    }
    void also(int step)
    {
        if (step >= 0)
            m_found.also.push_back(step);
    }
    /// The switch of a guarantee that is off by now.
    void alsoOff(Guarantee guarantee)
    {
        const std::string_view wanted = name(guarantee);
        const int step = lastWhere([&](const Entry& entry) {
            return entry.kind == Kind::GuaranteeSwitched && m_names.text(entry.detail).starts_with(wanted);
        });
        if (step >= 0 && m_names.text(m_steps[std::size_t(step)].detail).ends_with(" off"))
            also(step);
    }

    void askedAgain()
    {
        m_found.first = last(Kind::ClientAsked);
        if (m_found.first >= 0)
            also(lastFault(0, 0, m_found.first));
    }
    void accepted()
    {
        m_found.first = last(Kind::ClientAsked);
        if (last(Kind::OrderAccepted) >= 0)
            alsoOff(Guarantee::IdempotencyKey);
    }
    void status()
    {
        if (m_names.text(m_entry.detail) != "canceled")
            m_found.first = lastDeliveryTo(group_roles.moves_orders);
    }
    std::optional<EventType> type() const
    {
        const auto found = eventTypeOf(m_names.text(m_entry.topic));
        return found ? std::optional(*found) : std::nullopt;
    }
    /// What the payment group was told; else that it was asked to find out.
    int answerOfGateway() const
    {
        const int delivery = lastDeliveryTo(group_roles.pays);
        const int answer = lastWhere(
            [](const Entry& entry) {
                return entry.kind == Kind::GatewayCharged || entry.kind == Kind::GatewayDeclined
                       || entry.kind == Kind::GatewayRefunded;
            },
            delivery);
        return answer >= 0 ? answer : delivery;
    }
    int emitterOf() const
    {
        if (const int replayed = lastOfEvent({Kind::DeadLetterReplayed}); replayed >= 0)
            return replayed;
        const auto emitted = type();
        if (emitted == EventType::OrderCreated)
            return last(Kind::OrderAccepted);
        if (emitted == EventType::OrderCanceled) {
            return lastWhere([&](const Entry& entry) {
                return entry.kind == Kind::StatusChanged && m_names.text(entry.detail) == "canceled";
            });
        }
        if (emitted == EventType::PaymentSucceeded || emitted == EventType::PaymentFailed
            || emitted == EventType::PaymentRefunded)
            return answerOfGateway();
        return last(Kind::EventDelivered);
    }
    void published()
    {
        m_found.first = lastOfEvent({Kind::EventEmitted, Kind::EventRepublished});
        if (m_found.first < 0) { // Without an outbox it went to the log from memory.
            m_found.first = emitterOf();
            alsoOff(Guarantee::Outbox);
        }
        const int before = lastOfEvent({Kind::EventPublished});
        if (before < 0)
            return;
        for (const Kind kind : {Kind::ProcessCrashed, Kind::PublishFailed, Kind::FaultInjected}) {
            also(lastWhere([kind](const Entry& entry) { return entry.kind == kind && entry.group == 0; }, before));
        }
    }
    void delivered()
    {
        m_found.first = lastWhere([&](const Entry& entry) {
            return entry.kind == Kind::EventPublished && entry.event == m_entry.event && entry.offset == m_entry.offset;
        });
        if (m_found.first < 0)
            m_found.first = lastOfEvent({Kind::EventPublished});
        const int before = lastOfDelivery({Kind::EventDelivered});
        if (before < 0)
            return;
        if (m_entry.attempt > 1) {
            const int retry = lastOfDelivery({Kind::RetryScheduled, Kind::EventParked});
            if (retry > before)
                m_found.first = retry;
            return;
        }
        for (const Kind kind : {Kind::ProcessCrashed, Kind::MemberLeft, Kind::PartitionRevoked, Kind::FaultInjected}) {
            also(lastWhere(
                [&](const Entry& entry) {
                    return entry.kind == kind && (entry.group == m_entry.group || entry.group == 0);
                },
                before));
        }
        alsoOff(Guarantee::AckAfterProcessing);
    }
    void skipped()
    {
        m_found.first = lastOfEvent({Kind::EventPublished});
        also(lastOfDelivery({Kind::EventHandled}));
    }
    void failed()
    {
        const int delivery = lastOfDelivery({Kind::EventDelivered});
        m_found.first = delivery;
        if (isGroup(m_entry, group_roles.pays)) {
            const int gateway =
                lastWhere([](const Entry& entry) { return entry.kind == Kind::GatewayFailed; }, delivery);
            m_found.first = gateway >= 0 ? gateway : delivery;
        }
        also(lastFault(m_entry.actor, m_entry.group, delivery));
    }
    /// Each attempt that failed, since it was given back the last time.
    void deadLettered()
    {
        const int replayed = lastOfDelivery({Kind::DeadLetterReplayed});
        m_found.first = lastOfDelivery({Kind::AttemptFailed, Kind::EventDelivered});
        for (int i = replayed + 1; i < m_found.first; ++i) {
            const Entry& entry = m_steps[std::size_t(i)];
            if (entry.kind == Kind::AttemptFailed && entry.event == m_entry.event && entry.group == m_entry.group)
                also(i);
        }
    }
    void handled()
    {
        m_found.first = lastOfDelivery({Kind::EventDelivered});
        if (lastOfDelivery({Kind::EventHandled}) >= 0)
            alsoOff(Guarantee::Inbox);
    }
    void gateway()
    {
        m_found.first = lastDeliveryTo(group_roles.pays);
        also(lastFaultAt("gateway-call", m_found.first));
        if (m_entry.kind == Kind::GatewayCharged && last(Kind::GatewayCharged) >= 0) {
            also(last(Kind::GatewayCharged));
            alsoOff(Guarantee::PaymentKey);
        }
    }
    void notified()
    {
        m_found.first = lastWhere([&](const Entry& entry) {
            return entry.kind == Kind::EventDelivered && entry.event == m_entry.event
                   && isGroup(entry, group_roles.notifies);
        });
        if (lastOfEvent({Kind::NotificationWritten}) >= 0)
            alsoOff(Guarantee::Inbox);
    }
    void violated()
    {
        const std::string_view invariant = m_names.text(m_entry.detail);
        const auto firstOf = [&](std::initializer_list<Kind> kinds) {
            return lastWhere([&](const Entry& entry) {
                return !entry.order.isNull() && std::find(kinds.begin(), kinds.end(), entry.kind) != kinds.end();
            });
        };
        if (invariant == "charged-at-most-once")
            m_found.first = firstOf({Kind::GatewayCharged});
        else if (invariant == "effects-happen-once")
            m_found.first = firstOf({Kind::NotificationWritten, Kind::EventHandled, Kind::StatusChanged});
        else if (invariant == "legal-status-transitions")
            m_found.first = firstOf({Kind::StatusChanged});
        else if (invariant == "retries-within-budget")
            m_found.first = firstOf({Kind::AttemptFailed, Kind::EventDelivered});
        if (m_found.first < 0) {
            m_found.first = lastWhere(
                [](const Entry& entry) { return !entry.order.isNull() && entry.kind != Kind::InvariantViolated; });
        }
    }
    void disturbed()
    {
        const auto lastOfActor = [&](Kind kind) {
            return lastWhere([&](const Entry& entry) { return entry.kind == kind && entry.actor == m_entry.actor; });
        };
        switch (m_entry.kind) {
        case Kind::ProcessCrashed: m_found.first = lastFault(m_entry.actor, m_entry.group); break;
        case Kind::ProcessRestarted: m_found.first = lastOfActor(Kind::ProcessCrashed); break;
        case Kind::MemberLeft:
        case Kind::PartitionRevoked:
            m_found.first = lastOfActor(Kind::ProcessCrashed);
            if (m_found.first < 0)
                m_found.first = lastFault(m_entry.actor, m_entry.group);
            break;
        case Kind::CircuitOpened: m_found.first = last(Kind::GatewayFailed); break;
        case Kind::CircuitClosed: m_found.first = last(Kind::CircuitOpened); break;
        case Kind::WorkPaused: m_found.first = last(Kind::CircuitOpened); break;
        case Kind::WorkResumed: m_found.first = last(Kind::WorkPaused); break;
        case Kind::EventRepublished: m_found.first = lastOfEvent({Kind::EventPublished}); break;
        default: break;
        }
    }

    std::span<const Entry> m_steps;
    const Names& m_names;
    const int m_at;
    const Entry& m_entry;
    StepCauses m_found;
};

/// Puts nodes in the order in which a tree is read.
class Grower {
public:
    explicit Grower(std::span<const StepCauses> causes) : m_causes(causes), m_is_told(causes.size()) {}

    std::vector<CauseNode> grow(int root)
    {
        const int place = add(root, -1);
        addChain(m_causes[std::size_t(root)].first, place);
        addReasons(root, place);
        return std::move(m_nodes);
    }

private:
    int add(int step, int parent)
    {
        m_nodes.push_back({step, parent, m_is_told[std::size_t(step)]});
        m_is_told[std::size_t(step)] = true;
        return int(m_nodes.size()) - 1;
    }
    /// `step` and what it follows from, side by side.
    void addChain(int step, int parent)
    {
        std::vector<std::pair<int, int>> chain; ///< Steps and their places.
        for (; step >= 0; step = m_causes[std::size_t(step)].first) {
            const bool ends = m_is_told[std::size_t(step)];
            chain.emplace_back(step, add(step, parent));
            if (ends)
                break;
        }
        // Only now: what is told along the way needs no place below it.
        for (const auto& [one, place] : chain) {
            if (!m_nodes[std::size_t(place)].is_told_above)
                addReasons(one, place);
        }
    }
    void addReasons(int step, int place)
    {
        for (const int reason : m_causes[std::size_t(step)].also)
            addChain(reason, place);
    }

    std::span<const StepCauses> m_causes;
    std::vector<bool> m_is_told;
    std::vector<CauseNode> m_nodes;
};

} // namespace

std::vector<StepCauses> causesOf(std::span<const Entry> steps, const Names& names)
{
    std::vector<StepCauses> causes;
    int accepted = -1;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        causes.push_back(Search(steps, names, int(i)).find());
        if (steps[i].kind == Kind::OrderAccepted)
            accepted = int(i);
        else if (causes.back().first < 0 && !steps[i].order.isNull())
            causes.back().first = accepted; // Without the order it would not have happened.
    }
    return causes;
}

int finalStep(std::span<const Entry> steps)
{
    int violated = -1, charged = -1, charges = 0, dead = -1, status = -1, own = -1;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Entry& entry = steps[i];
        if (entry.order.isNull())
            continue;
        own = int(i);
        switch (entry.kind) {
        case Kind::InvariantViolated: violated = own; break;
        case Kind::GatewayCharged:
            ++charges;
            charged = own;
            break;
        case Kind::DeadLettered: dead = own; break;
        case Kind::DeadLetterReplayed: dead = -1; break;
        case Kind::StatusChanged: status = own; break;
        default: break;
        }
    }
    if (violated >= 0)
        return violated;
    if (charges > 1)
        return charged;
    return dead >= 0 ? dead : status >= 0 ? status : own;
}

std::vector<CauseNode> causeTree(std::span<const StepCauses> causes, int step)
{
    if (step < 0 || std::size_t(step) >= causes.size())
        return {};
    return Grower(causes).grow(step);
}

} // namespace orderlab
