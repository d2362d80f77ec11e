#include "ui/charts/run_series.h"

#include "domain/order.h"
#include "handlers/group_registry.h"

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr std::size_t partitions_max = 4'096; ///< As a WorldState tells apart.
constexpr std::size_t published_kept = 2'048; ///< Of a partition; more are thinned out, and lag becomes less exact.

} // namespace

std::size_t DurationCounts::slotOf(std::int64_t us)
{
    const auto value = std::uint64_t(std::max<std::int64_t>(us, 0));
    if (value < 8)
        return std::size_t(value);
    const int octave = std::bit_width(value) - 1; // From 3 on.
    return std::min(slots - 1, std::size_t(octave - 2) * 8 + std::size_t((value >> (octave - 3)) & 7));
}

double DurationCounts::middleOf(std::size_t slot)
{
    if (slot < 8)
        return double(slot);
    const double width = std::ldexp(1.0, int(slot / 8) - 1);
    return width * double(8 + slot % 8) + width / 2;
}

void DurationCounts::add(const DurationCounts& more)
{
    for (std::size_t slot = 0; slot < slots; ++slot)
        m_counts[slot] += more.m_counts[slot];
    m_all += more.m_all;
}

double DurationCounts::percentileUs(double part) const
{
    const auto wanted = std::uint64_t(std::ceil(part * double(m_all)));
    std::uint64_t before = 0;
    for (std::size_t slot = 0; slot < slots && m_all > 0; ++slot) {
        before += m_counts[slot];
        if (before >= wanted)
            return middleOf(slot);
    }
    return 0;
}

RunSeries::RunSeries(const JournalNames& names, const std::vector<std::string>& groups,
                     const std::optional<TimeRange::Span>& span)
    : m_names(names), m_names_of_groups(groups), m_span(span), m_groups(groups.size())
{
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (const GroupKind* const kind = findGroupKind(groups[g])) {
            for (const EventType type : kind->topics)
                m_groups[g].listens[std::size_t(type)] = true;
        }
    }
    if (span) {
        m_begin_us = span->from_us;
        const std::int64_t length = span->to_us - span->from_us + 1;
        m_step_us = std::max<std::int64_t>(1, (length + std::int64_t(points_max) - 1) / std::int64_t(points_max));
    }
}

std::optional<std::size_t> RunSeries::placeOf(NameId group)
{
    if (group == 0)
        return std::nullopt;
    if (group >= m_places.size())
        m_places.resize(group + std::size_t{1}, -2);
    int& place = m_places[group];
    if (place == -2) {
        const std::string label = m_names.groupLabel(group).toStdString();
        const auto found = std::find(m_names_of_groups.begin(), m_names_of_groups.end(), label);
        place = found == m_names_of_groups.end() ? -1 : int(found - m_names_of_groups.begin());
    }
    return place < 0 ? std::nullopt : std::optional(std::size_t(place));
}

void RunSeries::append(std::span<const Entry> entries)
{
    for (const Entry& entry : entries)
        append(entry);
}

void RunSeries::append(const Entry& entry)
{
    goTo(std::max(entry.time_us, m_now_us));
    const auto topic = m_names.topic(entry.topic);
    switch (entry.kind) {
    case EntryKind::OrderAccepted:
        if (m_under_way.size() < orders_max)
            m_under_way.emplace(entry.order, entry.time_us);
        break;
    case EntryKind::StatusChanged:
        if (const auto status = orderStatusOf(m_names.names().text(entry.detail)); status && isFinal(*status)) {
            if (const auto order = m_under_way.find(entry.order); order != m_under_way.end()) {
                if (isKept())
                    step().latency.add(entry.time_us - order->second);
                m_under_way.erase(order);
            }
        }
        break;
    case EntryKind::EventEmitted: ++m_emitted; break;
    case EntryKind::EventPublished:
        ++m_published;
        if (topic)
            publish(*topic, entry);
        break;
    case EntryKind::EventDelivered:
        if (topic)
            publish(*topic, entry); // It is in the log, even where the relay's own word comes later.
        break;
    case EntryKind::OffsetCommitted:
        if (const auto group = placeOf(entry.group); group && topic)
            commit(*group, *topic, entry);
        break;
    case EntryKind::EventHandled:
        if (const auto group = placeOf(entry.group))
            work(*group, entry);
        break;
    case EntryKind::AttemptFailed:
        if (isKept())
            ++step().failed;
        break;
    case EntryKind::RetryScheduled:
    case EntryKind::EventParked:
        if (isKept())
            ++step().retried;
        break;
    case EntryKind::DeadLettered:
        if (isKept())
            ++step().dead;
        break;
    case EntryKind::BusSwitched: forgetLog(); break;
    case EntryKind::LogReplaced:
        if (topic)
            forgetLog(*topic, entry.partition);
        break;
    default: return; // Nothing that is counted here.
    }
    if (isKept())
        noteLevels();
}

/// Steps in which nothing happens keep the levels of the last one, but what waits waits longer.
void RunSeries::goTo(std::int64_t time_us)
{
    if (m_span && time_us > m_span->to_us) {
        time_us = m_span->to_us;
        m_is_past = true;
    }
    if (m_begin_us == 0)
        m_begin_us = time_us;
    if (time_us < m_begin_us) {
        m_now_us = time_us;
        return; // Before the span.
    }
    while (!m_span && time_us - m_begin_us >= m_step_us * std::int64_t(points_max))
        halve();
    const auto wanted = std::min(points_max, std::size_t((time_us - m_begin_us) / m_step_us) + 1);
    while (m_steps.size() < wanted) {
        m_now_us = std::max(m_now_us, m_begin_us + m_step_us * std::int64_t(m_steps.size()));
        if (!m_steps.empty())
            noteWaits();
        m_steps.emplace_back();
        step().lag.resize(m_groups.size());
        step().lag_us.resize(m_groups.size());
        step().work_us.resize(m_groups.size());
        noteLevels();
    }
    m_now_us = std::max(m_now_us, time_us);
}

void RunSeries::noteLevels()
{
    Step& now = step();
    now.outbox = std::max(now.outbox, std::max<std::int64_t>(0, m_emitted - m_published));
    for (std::size_t g = 0; g < m_groups.size(); ++g)
        now.lag[g] = std::max(now.lag[g], m_groups[g].lag);
}

/// What waits has waited longest at the end of a step, or before it is committed.
void RunSeries::noteWaits()
{
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        for (std::size_t t = 0; m_groups[g].lag > 0 && t < event_type_count; ++t) {
            for (std::size_t p = 0; m_groups[g].listens[t] && p < m_partitions[t].size(); ++p) {
                const std::int64_t wait = waitUs(m_partitions[t][p], committedOf(m_groups[g], t, p));
                step().lag_us[g] = std::max(step().lag_us[g], wait);
            }
        }
    }
}

void RunSeries::halve()
{
    std::vector<Step> half;
    half.reserve(points_max);
    for (std::size_t i = 0; i < m_steps.size(); i += 2) {
        half.push_back(std::move(m_steps[i]));
        if (i + 1 >= m_steps.size())
            break;
        Step& sum = half.back();
        const Step& more = m_steps[i + 1];
        for (std::size_t t = 0; t < event_type_count; ++t)
            sum.published[t] += more.published[t];
        sum.failed += more.failed;
        sum.retried += more.retried;
        sum.dead += more.dead;
        sum.outbox = std::max(sum.outbox, more.outbox);
        sum.latency.add(more.latency);
        for (std::size_t g = 0; g < m_groups.size(); ++g) {
            sum.lag[g] = std::max(sum.lag[g], more.lag[g]);
            sum.lag_us[g] = std::max(sum.lag_us[g], more.lag_us[g]);
            sum.work_us[g] += more.work_us[g];
        }
    }
    m_steps = std::move(half);
    m_step_us *= 2;
}

void RunSeries::publish(EventType type, const Entry& entry)
{
    if (entry.kind == EntryKind::EventPublished && isKept())
        ++step().published[std::size_t(type)];
    auto& partitions = m_partitions[std::size_t(type)];
    if (entry.offset < 0 || entry.partition >= partitions_max)
        return;
    if (partitions.size() <= entry.partition)
        partitions.resize(entry.partition + std::size_t{1});
    Partition& log = partitions[entry.partition];
    if (entry.offset < log.end)
        return; // It was there before.
    const std::int64_t more = entry.offset + 1 - log.end;
    log.end = entry.offset + 1;
    log.published.emplace_back(entry.offset, entry.time_us);
    if (log.published.size() > published_kept) {
        for (std::size_t i = 0; i < published_kept / 2; ++i)
            log.published[i] = log.published[i * 2];
        log.published.erase(log.published.begin() + published_kept / 2, log.published.begin() + published_kept);
    }
    for (Group& group : m_groups) {
        if (group.listens[std::size_t(type)])
            group.lag += more;
    }
}

void RunSeries::commit(std::size_t place, EventType type, const Entry& entry)
{
    const auto t = std::size_t(type);
    if (entry.partition >= partitions_max)
        return;
    Group& group = m_groups[place];
    auto& committed = group.committed[t];
    if (committed.size() <= entry.partition)
        committed.resize(entry.partition + std::size_t{1}, 0);
    if (m_partitions[t].size() <= entry.partition)
        m_partitions[t].resize(entry.partition + std::size_t{1});
    Partition& log = m_partitions[t][entry.partition];
    std::int64_t& offset = committed[entry.partition];
    if (isKept())
        step().lag_us[place] = std::max(step().lag_us[place], waitUs(log, offset));
    const std::int64_t now = std::max<std::int64_t>(entry.offset, 0);
    if (const std::int64_t more = now - log.end; more > 0) { // The log is longer than was told.
        log.end = now;
        for (Group& one : m_groups)
            one.lag += one.listens[t] ? more : 0;
    }
    if (group.listens[t])
        group.lag -= now - offset;
    offset = now;
    std::int64_t least = log.end;
    for (const Group& one : m_groups) {
        if (one.listens[t])
            least = std::min(least, committedOf(one, t, entry.partition));
    }
    while (!log.published.empty() && log.published.front().first < least)
        log.published.pop_front();
}

std::int64_t RunSeries::committedOf(const Group& group, std::size_t type, std::size_t partition)
{
    return partition < group.committed[type].size() ? group.committed[type][partition] : 0;
}

/// Of the oldest event that is not committed; 0 where all are.
std::int64_t RunSeries::waitUs(const Partition& log, std::int64_t committed) const
{
    const auto first = std::lower_bound(log.published.begin(), log.published.end(), committed,
                                        [](const auto& one, std::int64_t offset) { return one.first < offset; });
    return first == log.published.end() ? 0 : std::max<std::int64_t>(0, m_now_us - first->second);
}

/// Over the steps in which it was under way.
void RunSeries::work(std::size_t group, const Entry& entry)
{
    if (m_steps.empty())
        return;
    const std::int64_t end = std::min(entry.time_us, m_begin_us + m_step_us * std::int64_t(m_steps.size()));
    std::int64_t from = std::max(entry.time_us - std::max(entry.value, 0), m_begin_us);
    while (from < end) {
        const auto at = std::size_t((from - m_begin_us) / m_step_us);
        const std::int64_t until = std::min(end, m_begin_us + m_step_us * std::int64_t(at + 1));
        m_steps[at].work_us[group] += double(until - from);
        from = until;
    }
}

void RunSeries::forgetLog()
{
    for (auto& partitions : m_partitions)
        partitions.clear();
    for (Group& group : m_groups) {
        group.lag = 0;
        for (auto& committed : group.committed)
            committed.clear();
    }
}

void RunSeries::forgetLog(EventType type, std::size_t partition)
{
    const auto t = std::size_t(type);
    if (partition >= m_partitions[t].size())
        return;
    for (Group& group : m_groups) {
        if (group.listens[t])
            group.lag -= m_partitions[t][partition].end - committedOf(group, t, partition);
        if (partition < group.committed[t].size())
            group.committed[t][partition] = 0;
    }
    m_partitions[t][partition] = {};
}

} // namespace orderlab::ui
