#include "domain/group_name.h"
#include "domain/group_roles.h"
#include "journal/event_progress.h"
#include "journal/story.h"
#include "journal/timeline.h"

#include <algorithm>

namespace orderlab {

namespace {

/// Goes through a journal and keeps what belongs to one order's story.
class Collector {
public:
    Collector(const Names& names, OrderId order, std::span<const Entry> told) : m_names(names), m_order(order)
    {
        for (const Entry& entry : told) {
            if (entry.kind == EntryKind::OrderAccepted)
                m_purchase = entry.event;
        }
        m_last_us = told.empty() ? 0 : told.back().time_us;
        m_left = told.size();
    }

    void take(const Entry& entry)
    {
        if (entry.order == m_order) {
            if (!m_has_begun)
                found.insert(found.end(), m_off.begin(), m_off.end());
            m_has_begun = true;
            --m_left;
            follow(entry);
            found.push_back(entry);
        } else if (explains(entry)) {
            found.push_back(entry);
        }
    }

    std::vector<Entry> found;

private:
    /// What a worker has taken and not settled.
    struct InHand {
        NameId group, topic, member;
        std::uint16_t partition;
    };

    void follow(const Entry& entry)
    {
        if (entry.kind == EntryKind::EventEmitted)
            ++m_unpublished;
        if (entry.kind == EntryKind::EventPublished)
            m_unpublished = std::max(m_unpublished - 1, 0);
        using Hold = EventProgress::Hold;
        const Hold hold = progressOf(entry).hold;
        const bool is_taken = hold == Hold::Taken || hold == Hold::Again;
        if (is_taken || hold == Hold::Released)
            settle(entry);
        if (is_taken)
            m_in_hand.push_back({entry.group, entry.topic, entry.actor, entry.partition});
    }
    void settle(const Entry& entry)
    {
        std::erase_if(m_in_hand,
                      [&](const InHand& one) { return one.group == entry.group && one.topic == entry.topic; });
    }
    bool isHeldBy(NameId group, NameId member) const
    {
        return std::any_of(m_in_hand.begin(), m_in_hand.end(), [&](const InHand& one) {
            return one.group == group && (member == 0 || one.member == member);
        });
    }
    bool isHeldAt(const Entry& entry) const
    {
        return std::any_of(m_in_hand.begin(), m_in_hand.end(), [&](const InHand& one) {
            return one.group == entry.group && one.topic == entry.topic && one.partition == entry.partition;
        });
    }
    bool isPaymentInHand() const
    {
        return std::any_of(m_in_hand.begin(), m_in_hand.end(),
                           [&](const InHand& one) { return isGroupNamed(m_names.text(one.group), group_roles.pays); });
    }

    /// Before the order's first entry only the guarantees count: those that are off then are told when it begins.
    bool explains(const Entry& entry)
    {
        if ((entry.kind == EntryKind::ClientAsked || entry.kind == EntryKind::ClientAnswered) && !m_purchase.isNull()
            && entry.event == m_purchase)
            return true;
        if (entry.kind == EntryKind::GuaranteeSwitched && !m_has_begun) {
            remember(entry);
            return false;
        }
        if (!m_has_begun || !entry.order.isNull() || (m_left == 0 && entry.time_us > m_last_us && m_in_hand.empty()))
            return false;
        switch (entry.kind) {
        case EntryKind::GuaranteeSwitched:
        case EntryKind::EntriesMissed: return m_left > 0;
        case EntryKind::WorkPaused:
        case EntryKind::WorkResumed: return isHeldAt(entry);
        case EntryKind::WorkThrottled:
        case EntryKind::MemberLeft:
        case EntryKind::FaultInjected: return entry.group != 0 && isHeldBy(entry.group, entry.actor);
        case EntryKind::PartitionRevoked: return isHeldAt(entry);
        case EntryKind::CircuitOpened:
        case EntryKind::CircuitClosed: return isPaymentInHand();
        case EntryKind::PublishFailed: return m_unpublished > 0;
        case EntryKind::ProcessCrashed:
            if (entry.group == 0 ? m_unpublished == 0 : !isHeldBy(entry.group, entry.actor))
                return false;
            m_crashed.push_back(entry.actor);
            return true;
        case EntryKind::ProcessRestarted: return std::erase(m_crashed, entry.actor) > 0;
        default: return false;
        }
    }

    void remember(const Entry& entry)
    {
        const std::string_view detail = m_names.text(entry.detail);
        const std::string_view guarantee = detail.substr(0, detail.find(' '));
        std::erase_if(m_off, [&](const Entry& other) { return m_names.text(other.detail).starts_with(guarantee); });
        if (detail.ends_with(" off"))
            m_off.push_back(entry);
    }

    const Names& m_names;
    const OrderId m_order;
    Uuid m_purchase;
    std::int64_t m_last_us = 0;
    std::size_t m_left = 0; ///< Entries of the order that are still to come.
    bool m_has_begun = false;
    int m_unpublished = 0;
    std::vector<InHand> m_in_hand;
    std::vector<NameId> m_crashed;
    std::vector<Entry> m_off;
};

std::vector<Entry> newest(std::vector<Entry> entries, std::size_t max)
{
    if (entries.size() > max)
        entries.erase(entries.begin(), entries.end() - std::ptrdiff_t(max));
    return entries;
}

} // namespace

std::vector<Entry> collectStory(std::span<const Entry> entries, const Names& names, OrderId order, std::size_t max)
{
    std::vector<Entry> told;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(told),
                 [&](const Entry& entry) { return entry.order == order; });
    if (told.empty())
        return told;
    Collector collector(names, order, told);
    for (const Entry& entry : entries)
        collector.take(entry);
    return newest(std::move(collector.found), max);
}

std::vector<Entry> collectStory(const Timeline& timeline, const Names& names, OrderId order, std::size_t max)
{
    const std::vector<Entry> told = timeline.story(order, max);
    if (told.empty())
        return told;
    Collector collector(names, order, told);
    timeline.forEach([&](const Entry& entry) { collector.take(entry); });
    return newest(std::move(collector.found), max);
}

} // namespace orderlab
