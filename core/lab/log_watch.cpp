#include "lab/log_watch.h"

#include <algorithm>

namespace orderlab {

namespace {

/// Rows are marked as published after the log has them, maybe after it has lost them again: they are found by looking
/// some more times. Longer than a publisher's patience.
constexpr int look_again_times = 4;
/// A row that was marked so long ago was in the log before it was asked for its end.
constexpr Duration marked_before{std::chrono::seconds{10}};
constexpr int statements_max = 1'000;  ///< Of one look and partition.
constexpr std::size_t reasons_max = 3; ///< Told in one line.

std::string placeOf(const LogExtent& extent)
{
    return std::string(topicName(extent.topic)) + '/' + std::to_string(extent.partition);
}

} // namespace

LogWatch::LogWatch(Deps deps, std::vector<Subscription> subscriptions, std::function<void(const std::string&)> tell)
    : m_deps(deps), m_subscriptions(std::move(subscriptions)), m_tell(std::move(tell)), m_running(deps.runtime)
{}

void LogWatch::start()
{
    m_running.spawn(run());
}

Task<void> LogWatch::stop()
{
    m_running.cancel();
    co_await m_running.join();
}

Task<void> LogWatch::run()
{
    for (;;) {
        co_await m_deps.runtime.sleep(interval);
        const auto looked = co_await look();
        if (!looked && looked.error().code == ErrorCode::Closed)
            co_return;
    }
}

/// By the store, which outlives processes; where it keeps nothing, by this process.
Task<Result<LogWatch::Extents>> LogWatch::known()
{
    Extents extents = m_seen;
    if (!m_deps.store.keepsPublished())
        co_return extents;
    const auto saved = co_await m_deps.store.logExtents();
    if (!saved)
        co_return saved.error();
    extents.clear();
    for (const LogExtent& extent : *saved)
        extents[{extent.topic, extent.partition}] = extent;
    co_return extents;
}

Task<Result<void>> LogWatch::look()
{
    const auto before = co_await known();
    if (!before)
        co_return before.error();
    std::vector<LogExtent> last;
    for (const auto& [where, extent] : *before)
        last.push_back(extent);
    const TimePoint asked_at = m_deps.runtime.now();
    auto extents = co_await m_deps.bus.lookAtLog(std::move(last));
    if (!extents)
        co_return extents.error();
    if (extents->empty())
        co_return Result<void>{};
    Findings findings;
    Result<void> checked;
    for (const LogExtent& extent : *extents) {
        checked = co_await check(extent, *before, asked_at, findings);
        if (!checked)
            break;
    }
    tell(findings);
    if (!checked)
        co_return checked;
    bool has_changed = false;
    for (const LogExtent& extent : *extents) {
        const auto old = before->find({extent.topic, extent.partition});
        has_changed = has_changed || old == before->end() || old->second != extent;
        m_seen[{extent.topic, extent.partition}] = extent;
    }
    // Only now, so that a process that ends in between leaves the search to the next.
    if (has_changed)
        co_return co_await m_deps.store.saveLogExtents(std::move(*extents));
    co_return Result<void>{};
}

Task<Result<void>> LogWatch::check(const LogExtent& now, const Extents& known, TimePoint asked_at, Findings& findings)
{
    const std::pair where{now.topic, now.partition};
    const auto found = known.find(where);
    const auto seen = m_seen.find(where);
    const std::int64_t generation_before = found == known.end() ? now.generation : found->second.generation;
    const std::int64_t earliest_before = found == known.end() ? 0 : found->second.earliest;
    const bool is_another = now.generation > generation_before;
    if (is_another || (seen != m_seen.end() && seen->second.generation < now.generation))
        record(EntryKind::LogReplaced, now, 0);
    const bool is_shorter = !is_another && now.earliest > earliest_before;
    if (is_another || is_shorter)
        m_look_again[where] = look_again_times;
    else if (--m_look_again[where] < 0)
        m_look_again.erase(where);
    if (!is_another && !is_shorter && !m_look_again.contains(where))
        co_return Result<void>{};
    const std::string reason = is_another ? "the topic was deleted or has lost its end"
                                          : "records before offset " + std::to_string(now.earliest) + " were deleted";
    if (!m_deps.store.keepsPublished()) {
        if (!is_another && !is_shorter)
            co_return Result<void>{};
        const auto has_missed = co_await hasMissed(now);
        if (!has_missed)
            co_return has_missed.error();
        if (is_another || *has_missed) {
            findings.is_lost = true;
            findings.reasons.push_back(placeOf(now) + ": " + reason);
        }
        co_return Result<void>{};
    }
    LostRows rows{now.topic, now.partition, now.earliest, now.end, asked_at - marked_before};
    if (is_another) // All that was published before; what the relay publishes from here on is in this one.
        rows = {now.topic, now.partition, 0, 0, m_deps.runtime.now()};
    const auto again = co_await publishAgain(rows, m_deps.journal.names().intern(reason, NameUse::Text));
    if (!again)
        co_return again.error();
    findings.again += *again;
    if (*again > 0 || is_another)
        findings.reasons.push_back(placeOf(now) + ": " + reason);
    co_return Result<void>{};
}

Task<Result<std::int64_t>> LogWatch::publishAgain(LostRows rows, NameId reason)
{
    std::int64_t count = 0;
    for (int i = 0; i < statements_max; ++i) { // What is left then is found by the next look.
        const auto lost = co_await m_deps.store.republishLost(m_subscriptions, rows, rows_max);
        if (!lost)
            co_return lost.error();
        std::vector<Entry> entries;
        for (const LostEvent& event : *lost) {
            Entry entry;
            entry.time_us = toMicros(m_deps.runtime.now());
            entry.kind = EntryKind::EventRepublished;
            entry.order = event.order;
            entry.event = event.event;
            entry.topic = m_deps.journal.names().intern(topicName(rows.topic));
            entry.partition = rows.partition;
            entry.offset = event.offset;
            entry.detail = reason;
            entries.push_back(entry);
        }
        m_deps.journal.append(entries);
        count += std::int64_t(lost->size());
        if (lost->size() < rows_max)
            break;
    }
    co_return count;
}

/// Whether some group had yet to read what is gone.
Task<Result<bool>> LogWatch::hasMissed(const LogExtent& now)
{
    const auto groups = co_await m_deps.bus.groups();
    if (!groups)
        co_return groups.error();
    for (const GroupStatus& group : *groups) {
        const bool is_ours = std::ranges::any_of(
            m_subscriptions, [&](const Subscription& one) { return one.groupOnBus() == group.group; });
        for (const PartitionStatus& partition : group.partitions) {
            if (is_ours && partition.where == TopicPartition{now.topic, now.partition} && partition.missed() > 0)
                co_return true;
        }
    }
    co_return false;
}

void LogWatch::record(EntryKind kind, const LogExtent& extent, NameId detail)
{
    Entry entry;
    entry.time_us = toMicros(m_deps.runtime.now());
    entry.kind = kind;
    entry.topic = m_deps.journal.names().intern(topicName(extent.topic));
    entry.partition = extent.partition;
    entry.offset = extent.earliest;
    entry.detail = detail;
    m_deps.journal.append(entry);
}

void LogWatch::tell(const Findings& findings) const
{
    if (!m_tell || findings.reasons.empty())
        return;
    std::string why;
    for (std::size_t i = 0; i < std::min(findings.reasons.size(), reasons_max); ++i)
        why += (i > 0 ? "; " : "") + findings.reasons[i];
    if (findings.reasons.size() > reasons_max)
        why += "; and " + std::to_string(findings.reasons.size() - reasons_max) + " more partitions";
    if (findings.is_lost)
        m_tell("Kafka no longer has events that some group may not have handled, and the memory store keeps no copy: "
               "they are lost ("
               + why + ')');
    else if (findings.again == 0)
        m_tell("Kafka has another log than before, and there is nothing that this process has to publish once more ("
               + why + ')');
    else
        m_tell(std::to_string(findings.again) + (findings.again == 1 ? " event is" : " events are")
               + " published again, as Kafka no longer has them and some group has not handled them (" + why + ')');
}

} // namespace orderlab
