#include "simulation/compare_words.h"

#include "fault_model/fault_words.h"

#include <algorithm>

namespace orderlab {

namespace {

/// How far back a delivery's cause is looked for where it lies before the first delivery.
constexpr std::size_t look_back_max = 2'000;

std::string times(std::size_t count)
{
    return count == 0 ? "never" : count == 1 ? "once" : count == 2 ? "twice" : std::to_string(count) + " times";
}

std::string nameOf(const EventRef& event)
{
    const std::string name(topicName(event.type));
    return event.number == 0 ? name : name + " (number " + std::to_string(event.number + 1) + ')';
}

/// One sentence; the run where there is more of it is "this", the other is "that".
class Explainer {
public:
    explicit Explainer(const Finding& finding) : m_finding(finding), m_this(finding.first), m_that(finding.second)
    {
        if (!m_this.place && m_that.place)
            std::swap(m_this, m_that);
    }

    std::string text() const { return "order " + std::to_string(m_finding.number) + ": " + clause(); }

private:
    std::string clause() const
    {
        switch (m_finding.kind) {
        case DifferenceKind::NotAccepted: return "accepted " + here() + ", never " + there();
        case DifferenceKind::Status: return status();
        case DifferenceKind::Charges: return money();
        case DifferenceKind::EventMissing: return "a " + event() + ' ' + here() + ", none " + there();
        case DifferenceKind::DeadLettered: return deadLetter();
        case DifferenceKind::NotHandled:
            return here() + ' ' + group() + " handled its " + event() + ", " + there() + " it never did" + whyNever();
        case DifferenceKind::HandledAgain: return handledAgain();
        case DifferenceKind::MoreOrders:
            return "its customer's one purchase became several orders " + here() + ", fewer " + there();
        case DifferenceKind::EventOrder: return sequence();
        case DifferenceKind::PublishedAgain: return publishedAgain();
        case DifferenceKind::Redelivered: return redelivered();
        case DifferenceKind::Retried: return retried();
        }
        return {};
    }

    std::string here() const { return std::string(m_this.run->journal().where); }
    std::string there() const { return std::string(m_that.run->journal().where); }
    std::string event() const { return nameOf(m_finding.event); }
    std::string group() const { return std::string(m_finding.group); }

    static const EventTrack* eventIn(const SideOfOrder& side, const EventRef& ref)
    {
        if (!side.order)
            return nullptr;
        const auto found = side.order->events.find(ref);
        return found == side.order->events.end() ? nullptr : &found->second;
    }
    const Handling& handlingIn(const SideOfOrder& side) const
    {
        static const Handling nothing;
        const EventTrack* event = eventIn(side, m_finding.event);
        if (!event)
            return nothing;
        const auto found = event->groups.find(m_finding.group);
        return found == event->groups.end() ? nothing : found->second;
    }
    const Entry& entryAt(std::size_t place) const { return m_this.run->entry(place); }
    std::string textAt(NameId name) const { return std::string(m_this.run->text(name)); }

    /// How an order ended in one run.
    std::string endOf(const SideOfOrder& side) const
    {
        const std::string status(side.run->statusOf(*side.order));
        return std::string(side.run->journal().where)
               + (status == RunTrack::under_way ? " it was still under way when the time was over"
                                                : " it ended as " + status);
    }
    std::string status() const
    {
        return endOf(m_finding.first) + ", " + endOf(m_finding.second) + whyEnd(m_finding.first, m_finding.second)
               + whyEnd(m_finding.second, m_finding.first);
    }
    static std::string whyEnd(const SideOfOrder& side, const SideOfOrder& other)
    {
        const RunTrack& run = *side.run;
        const std::string where(run.journal().where);
        if (!side.order->declines.empty() && other.order->declines.empty())
            return "; " + where + " the gateway declined the payment" + faultAbout(side, Seam::GatewayCall);
        if (run.statusOf(*side.order) == "canceled")
            return "; " + where + " its customer canceled it before it was paid";
        for (const auto& [ref, event] : side.order->events) {
            for (const auto& [group, handling] : event.groups) {
                if (!handling.dead.empty())
                    return "; " + where + ' ' + std::string(group) + " gave its " + nameOf(ref) + " up ("
                           + detailOf(run, handling.dead.front()) + ')';
            }
        }
        return {};
    }
    static std::string detailOf(const RunTrack& run, std::size_t place)
    {
        return std::string(run.text(run.entry(place).detail));
    }

    /// " (fault: …)" where a fault at `seam` struck this order.
    static std::string faultAbout(const SideOfOrder& side, Seam seam)
    {
        const RunTrack& run = *side.run;
        for (std::size_t place = 0; place < run.journal().entries.size(); ++place) {
            const Entry& entry = run.entry(place);
            const auto strike = entry.kind == EntryKind::FaultInjected && entry.order == side.order->id
                                    ? strikeOf(run.text(entry.detail))
                                    : std::nullopt;
            if (strike && strike->seam == seam)
                return " (fault: " + faultWords(strike->seam, strike->action, std::string(run.text(entry.actor))) + ')';
        }
        return {};
    }

    std::string money() const
    {
        const bool is_charge = m_this.order->charges.size() > m_that.order->charges.size();
        const auto count = [is_charge](const SideOfOrder& side) {
            return times((is_charge ? side.order->charges : side.order->refunds).size());
        };
        return "its customer was " + std::string(is_charge ? "charged " : "given back the money ") + count(m_this) + ' '
               + here() + ", " + count(m_that) + ' ' + there()
               + (is_charge ? faultAbout(m_this, Seam::GatewayCall) : std::string());
    }

    std::string deadLetter() const
    {
        const Entry& letter = entryAt(*m_this.place);
        std::string text =
            here() + ' ' + group() + " gave its " + event() + " up at attempt " + std::to_string(letter.attempt);
        if (letter.detail != 0)
            text += " (" + textAt(letter.detail) + ')';
        const Handling& other = handlingIn(m_that);
        text += ", " + there();
        if (!other.handled.empty())
            return text + " it handled it at attempt "
                   + std::to_string(m_that.run->entry(other.handled.front()).attempt);
        return text + " it did not";
    }

    std::string whyNever() const
    {
        const Handling& never = handlingIn(m_that);
        if (!never.failures.empty())
            return ": its attempts failed (" + detailOf(*m_that.run, never.failures.back()) + ')';
        if (!never.deliveries.empty())
            return ", though it was delivered";
        const EventTrack* event = eventIn(m_that, m_finding.event);
        return event && !event->published.empty() ? ": it was not delivered" : ": the log has not got it";
    }

    std::string handledAgain() const
    {
        const Handling& handling = handlingIn(m_this);
        return here() + ' ' + group() + " handled its " + event() + ' ' + times(handling.handled.size()) + " ("
               + there() + ' ' + times(handlingIn(m_that).handled.size()) + ')' + whyAgain()
               + "; no inbox kept it from that";
    }

    std::string sequence() const
    {
        const std::string who = m_finding.group.empty() ? "the log got " : group() + " handled ";
        return std::string(m_finding.first.run->journal().where) + ' ' + who + nameOf(m_finding.event) + " before "
               + nameOf(m_finding.other) + ", " + std::string(m_finding.second.run->journal().where) + " behind it";
    }

    std::string publishedAgain() const
    {
        const EventTrack* event = eventIn(m_this, m_finding.event);
        const EventTrack* other = eventIn(m_that, m_finding.event);
        const std::size_t there_count = other ? other->published.size() : 0;
        const std::string text = here() + " its " + this->event() + " was published " + times(event->published.size())
                                 + " (" + there() + ' ' + times(there_count) + ')';
        return text + whyPublishedAgain(*event) + (there_count == 0 ? "" : ": same end");
    }
    std::string whyPublishedAgain(const EventTrack& event) const
    {
        if (event.published.size() < 2)
            return {};
        const std::size_t from = event.published[0], to = event.published[1];
        const auto concerns = [&](const Entry& entry) {
            return entry.group == 0
                   && (entry.kind == EntryKind::PublishFailed || entry.kind == EntryKind::ProcessCrashed
                       || entry.kind == EntryKind::FaultInjected);
        };
        // The answer is lost before the log has told of the event, or after it.
        for (const std::size_t begin : {from, from - std::min(from, look_back_max)}) {
            for (std::size_t place = begin; place < to; ++place) {
                if (concerns(entryAt(place)) && !causeOf(entryAt(place)).empty() && isOfBus(entryAt(place)))
                    return ", as " + causeOf(entryAt(place));
            }
        }
        return {};
    }
    bool isOfBus(const Entry& entry) const
    {
        const auto strike = strikeOf(m_this.run->text(entry.detail));
        return entry.kind != EntryKind::FaultInjected
               || (strike
                   && (strike->seam == Seam::BusAppend || strike->seam == Seam::Published
                       || strike->seam == Seam::Broker));
    }

    std::string redelivered() const
    {
        const Handling& handling = handlingIn(m_this);
        const Handling& other = handlingIn(m_that);
        std::string text =
            here() + " its " + event() + " was delivered to " + group() + ' ' + times(handling.deliveries.size());
        text += " (" + there() + ' ' + times(other.deliveries.size()) + ')' + whyAgain();
        if (handling.handled.size() > 1)
            return text + "; it was handled " + times(handling.handled.size()) + ", as no inbox kept it from that";
        if (!handling.skipped.empty())
            return text + "; the inbox skipped " + (handling.skipped.size() == 1 ? "the second" : "the others")
                   + ": same end";
        return text + (handling.isSettled() ? "; the first had come to nothing: same end" : "");
    }

    /// ", as …": why an event was delivered to the group once more.
    std::string whyAgain() const
    {
        const Handling& handling = handlingIn(m_this);
        if (handling.deliveries.size() < 2)
            return {};
        const std::size_t again =
            m_this.place && handling.deliveries.size() > handlingIn(m_that).deliveries.size()
                ? handling.deliveries[std::max<std::size_t>(handlingIn(m_that).deliveries.size(), 1)]
                : handling.deliveries[1];
        const std::size_t before =
            *(std::lower_bound(handling.deliveries.begin(), handling.deliveries.end(), again) - 1);
        std::string cause = causeBetween(before, again);
        if (cause.empty())
            cause = duplicateBefore(before);
        if (cause.empty() && eventIn(m_this, m_finding.event)->published.size() > 1)
            cause = "the log has it more than once";
        return cause.empty() ? ", as its offset was not committed yet" : ", as " + cause;
    }

    /// What happened to the worker that had it in hand.
    std::string causeBetween(std::size_t before, std::size_t again) const
    {
        const Entry& delivery = entryAt(before);
        std::string moved;
        for (std::size_t place = before + 1; place < again; ++place) {
            const Entry& entry = entryAt(place);
            if (entry.group != delivery.group || (entry.actor != 0 && entry.actor != delivery.actor))
                continue;
            const bool is_here = entry.topic == delivery.topic && entry.partition == delivery.partition;
            if (entry.kind == EntryKind::PartitionRevoked && is_here && moved.empty())
                moved = "its partition was taken from " + textAt(delivery.actor);
            // A fault names the first event of those that were delivered together.
            const bool is_strike =
                entry.kind == EntryKind::FaultInjected && (entry.topic == 0 || entry.topic == delivery.topic);
            if (!is_strike && entry.kind != EntryKind::ProcessCrashed)
                continue;
            const std::string cause = causeOf(entry);
            if (!cause.empty())
                return cause;
        }
        return moved;
    }
    std::string duplicateBefore(std::size_t before) const
    {
        const Entry& delivery = entryAt(before);
        for (std::size_t place = before; place-- > before - std::min(before, look_back_max);) {
            const Entry& entry = entryAt(place);
            if (entry.kind != EntryKind::FaultInjected || entry.group != delivery.group
                || entry.topic != delivery.topic)
                continue;
            const auto strike = strikeOf(m_this.run->text(entry.detail));
            if (strike && strike->seam == Seam::Delivery && strike->action == FaultAction::Duplicate)
                return causeOf(entry);
        }
        return {};
    }

    /// What an entry tells of, as a clause; empty where it makes nothing happen twice.
    std::string causeOf(const Entry& entry) const
    {
        if (entry.kind == EntryKind::ProcessCrashed)
            return (entry.actor != 0 ? textAt(entry.actor) : std::string("the worker")) + " was killed";
        if (entry.kind == EntryKind::PublishFailed)
            return "the relay could not publish (" + textAt(entry.detail) + ')';
        const auto strike = strikeOf(m_this.run->text(entry.detail));
        if (!strike || isOnlyLate(strike->action) || strike->action == FaultAction::Reorder)
            return {};
        return faultWords(strike->seam, strike->action, textAt(entry.actor));
    }

    std::string retried() const
    {
        const Handling& handling = handlingIn(m_this);
        std::string text = here() + ' ' + group() + " failed " + times(handling.failures.size()) + " at its " + event();
        const std::string why = textAt(entryAt(*m_this.place).detail);
        if (!why.empty())
            text += " (" + why + ')';
        text += ", " + there() + ' ' + times(handlingIn(m_that).failures.size());
        return text
               + (handling.handled.empty() || handlingIn(m_that).handled.empty()
                      ? ""
                      : "; it was handled in the end: same end");
    }

    const Finding& m_finding;
    SideOfOrder m_this;
    SideOfOrder m_that;
};

} // namespace

std::string explain(const Finding& finding)
{
    return Explainer(finding).text();
}

} // namespace orderlab
