#pragma once
#include "journal/timeline.h"
#include "ui/bridge/journal_names.h"
#include "ui/models/rate_meter.h"

#include <QStringList>

#include <array>
#include <span>

namespace orderlab {
struct Entry;
}

namespace orderlab::ui {

/// How many orders, events of a topic, and events handled by a group there are a second. Has no clock of its own. GUI
/// thread.
class FlowRates {
public:
    /// `groups`: without prefix, in the order of their cards.
    explicit FlowRates(QStringList groups) : m_groups(std::move(groups)), m_handled(std::size_t(m_groups.size())) {}

    void add(std::span<const Entry> entries, const JournalNames& names, std::int64_t now_us);
    /// As they are at `now_us`, whatever was added before: counted from the entries before `index`.
    void countAt(const Timeline& timeline, std::uint64_t index, const JournalNames& names, std::int64_t now_us);
    /// A group's name in the journal to the place of its card; -1: it has none, `not_met`: no entry has named it yet.
    static constexpr int not_met = -2;
    const std::vector<int>& groupPlaces() const { return m_places; }

    double orders(std::int64_t now_us) { return m_orders.perSecond(now_us); }
    double published(EventType topic, std::int64_t now_us) { return m_published[std::size_t(topic)].perSecond(now_us); }
    double handled(std::size_t group, std::int64_t now_us) { return m_handled[group].perSecond(now_us); }

private:
    int placeOf(NameId group, const JournalNames& names);

    QStringList m_groups;
    std::vector<int> m_places; ///< By NameId.
    RateMeter m_orders;
    std::array<RateMeter, event_type_count> m_published;
    std::vector<RateMeter> m_handled; ///< By place.
};

} // namespace orderlab::ui
