#include "invariants/checker.h"
#include "invariants/settled_offsets.h"

namespace orderlab {

namespace {

constexpr std::uint32_t loss_seams = seamsOf({Seam::HandlerEntry, Seam::BeforeCommit, Seam::AfterCommit, Seam::Ack,
                                              Seam::Worker, Seam::Delivery, Seam::Database, Seam::Broker});
constexpr std::uint32_t crash_seams =
    seamsOf({Seam::HandlerEntry, Seam::BeforeCommit, Seam::AfterCommit, Seam::Ack, Seam::Worker});
/// How long after ack after processing was switched on a commit may still be one that came first.
constexpr std::int64_t switch_grace_us = 60'000'000;
constexpr std::int64_t replaced_grace_us = 60'000'000; ///< Longer than a member has something in hand.
constexpr std::int64_t gap_max = 65'536;               ///< Offsets looked at in one commit.

/// A group commits an offset once every event below it is handled, known as a duplicate, parked or in dead letters; and
/// in the end every event that a group reads is one of these. Where other processes have members in the group, what was
/// done with a partition before a member here got it is not known: its first commit says where this journal begins.
class EveryEventHandledOrDead final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "every-event-handled-or-dead"; }
    KindMask kinds() const override
    {
        return kindsOf({EntryKind::EventDelivered, EntryKind::EventHandled, EntryKind::DuplicateSkipped,
                        EntryKind::DeadLettered, EntryKind::EventParked, EntryKind::DeadLetterDiscarded,
                        EntryKind::OffsetCommitted, EntryKind::OffsetsReset, EntryKind::ProcessCrashed,
                        EntryKind::PartitionAssigned});
    }

    void apply(const Step& step) override
    {
        const Entry& entry = step.entry;
        if (std::exchange(m_has_forgotten, false))
            m_unsure_until_us = entry.time_us + replaced_grace_us;
        if (entry.kind == EntryKind::ProcessCrashed)
            return crashed(step);
        if (step.place != no_record && entry.kind == EntryKind::PartitionAssigned)
            return assigned(step);
        if (step.place == no_record || entry.offset < 0)
            return;
        Reading& reading = readingOf(step);
        switch (entry.kind) {
        case EntryKind::EventDelivered: break;
        case EntryKind::OffsetCommitted: committed(step, reading); break;
        case EntryKind::OffsetsReset:
            reading = Reading{SettledOffsets(entry.offset), {}, true, true}; // on request
            break;
        default:
            reading.settled.add(entry.offset);
            std::erase_if(reading.early, [&](const Early& early) { return early.offset == entry.offset; });
            break;
        }
    }

    void finish(std::int64_t now_us) override
    {
        for (std::uint32_t place = 0; place < m_facts.places().size(); ++place)
            finishPlace(place, now_us);
        m_facts.forEachOrder([&](std::uint32_t number) {
            const OrderFacts& order = m_facts.order(number);
            m_facts.forEachEvent(order, [&](const EventFacts& event) {
                if (event.parked != 0)
                    report(order.id, event.id, now_us, [&] {
                        return m_evidence.nameOf(event) + " was parked in the retry topic and never handled since.";
                    });
            });
        });
    }

    void forgetAll() override
    {
        m_readings.clear();
        m_has_forgotten = true;
    }

private:
    /// An offset that was committed before its event was done with.
    struct Early {
        std::int64_t offset = 0;
        NameId holder = 0;
        std::int64_t time_us = 0;
    };
    /// What a group has done with a partition; lies beside Facts::places().
    struct Reading {
        SettledOffsets settled;
        std::vector<Early> early;
        bool is_started = false;
        bool is_known = true; ///< False: others may have committed what is not known here.
    };

    Reading& readingOf(const Step& step)
    {
        if (step.place >= m_readings.size())
            m_readings.resize(step.place + 1);
        Reading& reading = m_readings[step.place];
        if (!reading.is_started) {
            reading.is_started = true;
            if (!m_facts.options().from_start)
                reading.settled = SettledOffsets(step.entry.offset);
            reading.is_known = !m_facts.hasOthers();
        }
        return reading;
    }

    void assigned(const Step& step)
    {
        if (m_facts.hasOthers() && step.place < m_readings.size())
            m_readings[step.place].is_known = false;
    }

    bool isDone(const PlaceFacts& place, const Reading& reading, std::int64_t offset) const
    {
        if (reading.settled.contains(offset))
            return true;
        // The same event may lie at another offset, too: published twice, handled once.
        const std::uint32_t number = m_facts.eventAt(place, offset);
        if (number == no_record || place.group >= NameRoles::groups_max)
            return false;
        const EventFacts& event = m_facts.event(number);
        return (((event.handled | event.skipped | event.was_dead | event.was_parked) >> place.group) & 1u) != 0;
    }

    void committed(const Step& step, Reading& reading)
    {
        const Entry& entry = step.entry;
        const PlaceFacts& place = m_facts.places()[step.place];
        // What a member had in hand of a log that was replaced is committed under the offsets of the one before.
        const bool is_unsure = m_facts.hasOthers() && entry.time_us < m_unsure_until_us;
        if (!std::exchange(reading.is_known, true) || is_unsure)
            reading.settled.raise(entry.offset);
        const std::int64_t from = std::max(reading.settled.below(), entry.offset - gap_max);
        for (std::int64_t offset = from; offset < entry.offset; ++offset) {
            if (isDone(place, reading, offset))
                continue;
            if (m_evidence.wasOff(Guarantee::AckAfterProcessing, entry.time_us - switch_grace_us, entry.time_us))
                reading.early.push_back({offset, entry.actor, entry.time_us});
            else
                reportSkipped(step, place, offset);
        }
        reading.settled.raise(entry.offset);
    }

    /// What the process had taken and already committed is gone.
    void crashed(const Step& step)
    {
        for (std::uint32_t at = 0; at < m_readings.size(); ++at) {
            const PlaceFacts& place = m_facts.places()[at];
            Reading& reading = m_readings[at];
            if (reading.early.empty() || place.group_name != step.entry.group)
                continue;
            for (const Early& early : reading.early) {
                if (early.holder == step.entry.actor && !isDone(place, Reading{}, early.offset))
                    reportLost(place, early, step.entry.time_us, true);
            }
            std::erase_if(reading.early, [&](const Early& early) { return early.holder == step.entry.actor; });
        }
    }

    void finishPlace(std::uint32_t at, std::int64_t now_us)
    {
        const PlaceFacts& place = m_facts.places()[at];
        if (at >= m_readings.size())
            m_readings.resize(at + 1,
                              Reading{SettledOffsets(m_facts.options().from_start ? 0 : INT64_MAX), {}, true, true});
        const Reading& reading = m_readings[at];
        for (const Early& early : reading.early) {
            if (!isDone(place, Reading{}, early.offset))
                reportLost(place, early, now_us, false);
        }
        const LogFacts& log = m_facts.log(place.log);
        for (std::int64_t offset = std::max(reading.settled.below(), log.base); offset < log.end(); ++offset) {
            if (log.events[std::size_t(offset - log.base)].event != no_record && !isDone(place, reading, offset))
                reportUnhandled(place, offset, now_us);
        }
    }

    template <typename Explain>
    void reportAt(const PlaceFacts& place, std::int64_t offset, std::int64_t time_us, Explain&& explain)
    {
        const std::uint32_t number = m_facts.eventAt(place, offset);
        const OrderId order = number == no_record ? OrderId{} : m_facts.order(m_facts.event(number).order).id;
        report(order, number == no_record ? EventId{} : m_facts.event(number).id, time_us,
               std::forward<Explain>(explain));
    }
    /// "offset 7 of order-created/0 (order …9c1d3f2a)"
    std::string nameOf(const PlaceFacts& place, std::int64_t offset) const
    {
        const std::uint32_t number = m_facts.eventAt(place, offset);
        return "offset " + std::to_string(offset) + " of " + m_evidence.text(place.topic) + '/'
               + std::to_string(place.partition)
               + (number == no_record ? std::string()
                                      : " (" + Evidence::nameOf(m_facts.order(m_facts.event(number).order).id) + ")");
    }
    std::string causeOf(const PlaceFacts& place, std::int64_t offset, std::int64_t to_us) const
    {
        const std::uint32_t number = m_facts.eventAt(place, offset);
        if (number == no_record)
            return m_evidence.cause({no_record, place.group_name, 0, to_us, loss_seams});
        const EventFacts& event = m_facts.event(number);
        return m_evidence.cause(
            {event.order, place.group_name, std::max<std::int64_t>(event.published_us, 0), to_us, loss_seams});
    }

    void reportSkipped(const Step& step, const PlaceFacts& place, std::int64_t offset)
    {
        const Entry& entry = step.entry;
        reportAt(place, offset, entry.time_us, [&] {
            const std::string cause = causeOf(place, offset, entry.time_us);
            return m_evidence.text(entry.group) + " committed " + m_evidence.at(entry.time_us)
                   + " that it is done with " + nameOf(place, offset)
                   + ", but had neither handled the event nor given it up"
                   + (cause.empty() ? ", although ack after processing was on." : "; before that, " + cause + '.');
        });
    }
    void reportLost(const PlaceFacts& place, const Early& early, std::int64_t now_us, bool crashed)
    {
        reportAt(place, early.offset, now_us, [&] {
            const std::uint32_t number = m_facts.eventAt(place, early.offset);
            std::string cause = m_evidence.cause({number == no_record ? no_record : m_facts.event(number).order,
                                                  place.group_name, early.time_us, now_us, crash_seams, early.holder});
            if (cause.empty())
                cause = m_evidence.text(early.holder) + " was killed " + m_evidence.at(now_us);
            return m_evidence.text(place.group_name) + " never handled " + nameOf(place, early.offset)
                   + ", and will not see it again: ack after processing was off, so the offset was committed "
                   + m_evidence.at(early.time_us) + " before the event was handled"
                   + (crashed ? "; then " + cause + '.' : ", and nothing followed.");
        });
    }
    void reportUnhandled(const PlaceFacts& place, std::int64_t offset, std::int64_t now_us)
    {
        reportAt(place, offset, now_us, [&] {
            const std::string cause = causeOf(place, offset, now_us);
            return m_evidence.text(place.group_name) + " has neither handled " + nameOf(place, offset)
                   + " nor given it up by the end of the run, " + m_evidence.at(now_us)
                   + (cause.empty() ? "." : ": " + cause + '.');
        });
    }

    bool m_has_forgotten = false;
    std::int64_t m_unsure_until_us = 0;
    std::vector<Reading> m_readings;
};

} // namespace

std::unique_ptr<Checker> makeEveryEventHandledOrDead(const Facts& facts, const Evidence& evidence)
{
    return std::make_unique<EveryEventHandledOrDead>(facts, evidence);
}

} // namespace orderlab
