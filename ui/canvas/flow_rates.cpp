#include "ui/canvas/flow_rates.h"

#include "journal/timeline.h"

namespace orderlab::ui {

namespace {

constexpr std::int64_t window_us = 2'000'000; ///< As RateMeter has it.
constexpr std::uint64_t counted_max = 65'536; ///< A millisecond or so; of more, the rates are those of the newest.

} // namespace

int FlowRates::placeOf(NameId group, const JournalNames& names)
{
    if (group == 0)
        return -1;
    if (group >= m_places.size())
        m_places.resize(std::size_t(group) + 1, not_met);
    int& place = m_places[group];
    if (place == not_met)
        place = int(m_groups.indexOf(names.groupLabel(group)));
    return place;
}

void FlowRates::countAt(const Timeline& timeline, std::uint64_t index, const JournalNames& names, std::int64_t now_us)
{
    m_orders = {};
    m_published = {};
    m_handled.assign(m_handled.size(), {});
    const std::uint64_t newest = index - std::min(index, counted_max);
    std::uint64_t from = std::max({timeline.indexAfter(now_us - window_us), newest, timeline.firstIndex()});
    std::vector<Entry> together;
    for (; from < index; ++from) {
        const Entry& entry = timeline.at(from);
        if (!together.empty() && together.front().time_us / 100'000 != entry.time_us / 100'000) {
            add(together, names, together.front().time_us);
            together.clear();
        }
        together.push_back(entry);
    }
    add(together, names, together.empty() ? now_us : together.front().time_us);
}

void FlowRates::add(std::span<const Entry> entries, const JournalNames& names, std::int64_t now_us)
{
    std::array<std::int64_t, event_type_count> published{};
    std::vector<std::int64_t> handled(m_handled.size());
    std::int64_t accepted = 0;
    for (const Entry& entry : entries) {
        const int place = placeOf(entry.group, names);
        if (entry.kind == EntryKind::OrderAccepted)
            ++accepted;
        else if (const auto topic = names.topic(entry.topic); entry.kind == EntryKind::EventPublished && topic)
            ++published[std::size_t(*topic)];
        else if (entry.kind == EntryKind::EventHandled && place >= 0)
            ++handled[std::size_t(place)];
    }
    m_orders.add(now_us, accepted);
    for (std::size_t t = 0; t < event_type_count; ++t)
        m_published[t].add(now_us, published[t]);
    for (std::size_t g = 0; g < handled.size(); ++g)
        m_handled[g].add(now_us, handled[g]);
}

} // namespace orderlab::ui
