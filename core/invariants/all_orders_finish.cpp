#include "fault_model/fault_words.h"
#include "invariants/checker.h"
#include "invariants/standstill.h"

#include <map>
#include <set>
#include <tuple>

namespace orderlab {

namespace {

/// In the end every order is paid, failed, canceled or visibly in dead letters. While the run goes on, one that stands
/// still counts as a violation once for each cause, however many orders wait for the same.
class AllOrdersFinish final : public Checker {
public:
    AllOrdersFinish(const Facts& facts, const Evidence& evidence, const CheckerOptions& options)
        : Checker(facts, evidence), m_within_us(options.finish_within_us)
    {}
    std::string_view name() const override { return "all-orders-finish"; }
    KindMask kinds() const override
    {
        using enum EntryKind;
        return m_within_us == 0 ? 0
                                : kindsOf({FaultsChanged, FaultInjected, ProcessCrashed, ProcessRestarted,
                                           PublishFailed, CircuitOpened, CircuitClosed, GuaranteeSwitched,
                                           WorkThrottled, WorkPaused, WorkResumed, PartitionAssigned, PartitionRevoked,
                                           MemberJoined, MemberLeft, EventPublished, OffsetCommitted});
    }
    void apply(const Step& step) override
    {
        const Entry& entry = step.entry;
        if (entry.kind == EntryKind::EventPublished)
            m_published_us = entry.time_us;
        else if (entry.kind == EntryKind::OffsetCommitted)
            m_lines[{entry.group, entry.topic, entry.partition}] = {entry.time_us, entry.offset};
        else
            m_standstill.apply(entry);
    }

    void look(std::int64_t now_us) override
    {
        if (m_within_us == 0)
            return;
        if (m_facts.hasOthers())
            return; // Others may finish an order; this journal does not tell of it.
        tellOfLateOnes(now_us);
        if (m_standstill.isDisturbed() || now_us - m_standstill.calmSince() < m_within_us)
            return;
        std::map<std::string, std::pair<std::uint32_t, std::uint64_t>>
            waiting; // By cause: the oldest order, and how many.
        m_facts.forEachOrder([&](std::uint32_t number) {
            if (standsStill(m_facts.order(number), now_us))
                ++waiting.try_emplace(whyItWaits(m_facts.order(number)), number, 0).first->second.second;
        });
        std::erase_if(m_told, [&](const std::string& cause) { return !waiting.contains(cause); });
        for (const auto& [cause, orders] : waiting)
            tell(cause, orders.first, orders.second, now_us);
    }
    void wasAsleep(std::int64_t until_us) override { m_standstill.disturb(until_us); }
    std::vector<Recovery> takeRecoveries() override { return std::exchange(m_recoveries, {}); }
    void forgetAll() override
    {
        m_standstill.forgetAll();
        m_lines.clear();
        m_late.clear();
    }

    void finish(std::int64_t now_us) override
    {
        m_facts.forEachOrder([&](std::uint32_t number) {
            if (isOpen(m_facts.order(number)))
                report(m_facts.order(number).id, EventId{}, now_us, [&] { return explain(number, now_us); });
        });
    }

private:
    static constexpr std::size_t late_max = 1'000; ///< Orders that are told of once more when they finish.

    /// How far a group has got with a partition, and when it got there.
    struct Line {
        std::int64_t moved_us;
        std::int64_t committed; ///< The next offset.
    };

    /// An order that was told to stand still.
    struct Late {
        std::uint32_t number;
        std::uint32_t generation;
        std::int64_t since_us;
    };

    static bool isOpen(const OrderFacts& order)
    {
        return order.accepted_us >= 0 && !order.isFinal() && order.dead_us < 0;
    }
    bool standsStill(const OrderFacts& order, std::int64_t now_us) const
    {
        return isOpen(order) && now_us - std::max(order.last_us, order.waits_until_us) >= m_within_us
               && !isInMovingLine(order, now_us);
    }

    /// Its turn has not come yet: the relay publishes others, or each group that has still to do its latest event works
    /// off what is in front of it in the partition. A long queue is no standstill.
    bool isInMovingLine(const OrderFacts& order, std::int64_t now_us) const
    {
        bool is_unpublished = order.created_published_us < 0;
        const EventFacts* latest = nullptr;
        m_facts.forEachEvent(order, [&](const EventFacts& event) {
            is_unpublished = is_unpublished || (event.emitted_us >= 0 && event.published_us < 0);
            if (event.published_us >= 0 && (!latest || event.published_us > latest->published_us))
                latest = &event;
        });
        if (is_unpublished)
            return m_published_us >= 0 && now_us - m_published_us < m_within_us;
        int moving = 0;
        for (const PlaceFacts& place : m_facts.places()) {
            if (!latest || place.topic != latest->topic || place.partition != latest->partition
                || place.group >= NameRoles::groups_max)
                continue;
            if (((latest->handled | latest->skipped | latest->dead) >> place.group) & 1u)
                continue;
            const auto line = m_lines.find({place.group_name, place.topic, place.partition});
            if (line == m_lines.end() || now_us - line->second.moved_us >= m_within_us
                || line->second.committed > latest->first_offset)
                return false;
            ++moving;
        }
        return moving > 0;
    }

    void tell(const std::string& cause, std::uint32_t number, std::uint64_t count, std::int64_t now_us)
    {
        if (m_told.size() >= explained_max || !m_told.insert(cause).second)
            return;
        const OrderFacts& order = m_facts.order(number);
        report(order.id, EventId{}, now_us, [&] {
            std::string text = Evidence::nameOf(order.id) + ", accepted " + m_evidence.at(order.accepted_us)
                               + ", has stood still since " + m_evidence.when(order.last_us) + ": " + cause + '.';
            if (count == 2)
                text += " So does 1 more.";
            else if (count > 2)
                text += " So do " + std::to_string(count - 1) + " more.";
            return text;
        });
        if (m_late.size() < late_max)
            m_late.push_back({number, order.generation, order.last_us});
    }

    void tellOfLateOnes(std::int64_t now_us)
    {
        std::erase_if(m_late, [&](const Late& late) {
            const OrderFacts& order = m_facts.order(late.number);
            if (order.generation == late.generation && isOpen(order))
                return false;
            if (order.generation == late.generation) {
                std::string text =
                    Evidence::nameOf(order.id) + ", which had stood still since " + m_evidence.when(late.since_us)
                    + (order.isFinal()
                           ? ", finished after all: it is " + std::string(orderlab::name(order.status)) + '.'
                           : ", is in dead letters now.");
                text.front() = 'O';
                m_recoveries.push_back({name(), order.id, now_us, std::move(text)});
            }
            return true;
        });
    }

    /// A clause that is the same for all orders that wait for the same.
    std::string whyItWaits(const OrderFacts& order) const
    {
        if (order.created_published_us < 0)
            return "its order-created is stored, and no relay publishes it";
        const EventFacts* latest = nullptr;
        m_facts.forEachEvent(order, [&](const EventFacts& event) {
            if (event.published_us >= 0 && (!latest || event.published_us > latest->published_us))
                latest = &event;
        });
        if (!latest)
            return "nothing is known of its events";
        const std::string topic = m_evidence.text(latest->topic);
        std::string absent, present, done;
        for (const PlaceFacts& place : m_facts.places()) {
            if (place.topic != latest->topic || place.partition != latest->partition
                || place.group >= NameRoles::groups_max)
                continue;
            const bool is_done = ((latest->handled | latest->skipped | latest->dead) >> place.group) & 1u;
            std::string& list = is_done ? done : m_standstill.hasMembers(place.group_name) ? present : absent;
            (list += list.empty() ? "" : " and ") += m_evidence.text(place.group_name);
        }
        if (!absent.empty())
            return topic + " waits, and no worker of " + absent + " is running";
        if (!present.empty())
            return topic + " waits in partition " + std::to_string(latest->partition) + " for " + present
                   + ", whose workers do not get on with it";
        if (!done.empty())
            return "nothing followed from " + topic + ", though " + done
                   + " handled it: the group that has to go on does not run here";
        return topic + " waits, and no worker that reads it runs in this process (it cannot see those of others)";
    }

    std::string explain(std::uint32_t number, std::int64_t now_us) const
    {
        const OrderFacts& order = m_facts.order(number);
        const auto [stage, from_us] = whereItStopped(order);
        const std::string cause = m_evidence.cause({number, 0, from_us, now_us, ~0u});
        std::string off;
        for (const Guarantee guarantee : {Guarantee::Outbox, Guarantee::AckAfterProcessing, Guarantee::DurableInbox}) {
            if (m_evidence.wasOff(guarantee, order.accepted_us, now_us))
                off = std::string(guaranteeWords(guarantee)) + " was off";
        }
        std::string why = cause;
        if (!off.empty())
            why += (why.empty() ? "" : " and ") + off;
        return Evidence::nameOf(order.id) + ", accepted " + m_evidence.at(order.accepted_us)
               + ", never finished: " + stage + (why.empty() ? "." : "; " + why + '.');
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
        return {"nothing followed from " + m_evidence.text(latest->topic) + ", published "
                    + m_evidence.at(latest->published_us) + " at offset " + std::to_string(latest->first_offset),
                latest->published_us};
    }

    const std::int64_t m_within_us;
    Standstill m_standstill;
    std::map<std::tuple<NameId, NameId, std::uint16_t>, Line> m_lines; ///< By group, topic and partition.
    std::int64_t m_published_us = -1;                                  ///< The last event, whichever.
    std::set<std::string> m_told;                                      ///< Causes, as long as somebody waits for them.
    std::vector<Late> m_late;
    std::vector<Recovery> m_recoveries;
};

} // namespace

std::unique_ptr<Checker> makeAllOrdersFinish(const Facts& facts, const Evidence& evidence,
                                             const CheckerOptions& options)
{
    return std::make_unique<AllOrdersFinish>(facts, evidence, options);
}

} // namespace orderlab
