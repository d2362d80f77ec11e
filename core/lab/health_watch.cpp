#include "lab/health_watch.h"

#include "store/store.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t entries_max = 65'536; ///< A look.

std::string seconds(Duration duration)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + " s";
}

} // namespace

HealthWatch::HealthWatch(Runtime& runtime, const Journal& journal, HealthOptions options)
    : m_runtime(runtime), m_journal(journal), m_options(std::move(options)), m_reader(journal),
      m_published_at(runtime.now()), m_looked_at(runtime.now()), m_running(runtime)
{
    if (!m_options.store_log.empty())
        m_store_log.emplace(m_options.store_log);
    for (const std::string& group : m_options.groups)
        m_groups[group];
    const auto add = [this](std::string name) {
        const MutexLock lock(m_mutex);
        m_parts.push_back({std::move(name), true, m_runtime.now(), {}});
    };
    add("store");
    add("bus");
    if (m_options.has_relay)
        add("relay");
    for (const std::string& group : m_options.groups)
        add(group);
}

void HealthWatch::start(Store& store)
{
    m_running.spawn(follow(store));
}

Task<void> HealthWatch::stop()
{
    m_running.cancel();
    co_await m_running.join();
}

std::vector<HealthPart> HealthWatch::parts() const
{
    const MutexLock lock(m_mutex);
    return m_parts;
}

void HealthWatch::setStore(const Result<void>& answer)
{
    std::error_code error;
    const auto room =
        m_options.disk.empty() ? std::filesystem::space_info{} : std::filesystem::space(m_options.disk, error);
    const std::string cause = m_store_log ? m_store_log->newCause() : std::string(); // Since the last look.
    // A full disk first: it is the cause, what the server says of it later is not.
    if (!m_options.disk.empty() && !error && room.available < m_options.disk_free_bytes_min)
        set("store", "No space left on device: " + std::to_string(room.available >> 20) + " MiB are free for "
                         + m_options.disk.string() + ", and PostgreSQL needs "
                         + std::to_string(m_options.disk_free_bytes_min >> 20));
    else
        set("store", answer ? std::string() : cause.empty() ? answer.error().message : "PostgreSQL: " + cause);
}

/// `reason` empty: it is ready.
void HealthWatch::set(const std::string& name, std::string reason)
{
    HealthPart told;
    Duration was{0};
    {
        const MutexLock lock(m_mutex);
        const auto part =
            std::find_if(m_parts.begin(), m_parts.end(), [&](const HealthPart& one) { return one.name == name; });
        if (part == m_parts.end())
            return;
        const bool is_ready = reason.empty();
        if (part->is_ready == is_ready)
            return; // The first reason is the cause; what follows are consequences.
        const TimePoint now = m_runtime.now();
        was = now - part->since;
        *part = {name, is_ready, now, std::move(reason)};
        told = *part;
    }
    if (m_options.on_change)
        m_options.on_change(told, was);
}

Task<void> HealthWatch::follow(Store& store)
{
    for (;;) {
        co_await look(store);
        co_await m_runtime.sleep(m_options.interval);
    }
}

Task<void> HealthWatch::look(Store& store)
{
    const auto answer = co_await store.ping();
    setStore(answer);
    const auto backlog = co_await store.outboxBacklog();
    m_batch.clear();
    m_reader.read(m_batch, entries_max);
    if (m_reader.missed() > m_missed) { // What waits is not known any more.
        m_missed = m_reader.missed();
        for (auto& [name, group] : m_groups)
            group = {};
    }
    for (const Entry& entry : m_batch)
        apply(entry);
    const TimePoint now = m_runtime.now();
    if (now - m_looked_at > m_options.progress_limit / 2)
        forgive(now);
    m_looked_at = now;
    set("bus", m_publish_problem.empty() && m_options.bus_trouble ? m_options.bus_trouble() : m_publish_problem);
    judgeGroups(now);
    if (backlog && m_options.has_relay)
        judgeRelay(now, *backlog);
}

/// This process has slept (stopped, or a suspended machine): nobody can have made progress.
void HealthWatch::forgive(TimePoint now)
{
    for (auto& [name, group] : m_groups)
        group.progress = now;
    m_published_at = now;
}

void HealthWatch::apply(const Entry& entry)
{
    if (entry.kind == EntryKind::EventPublished) {
        m_publish_problem.clear();
        m_published_at = fromMicros(entry.time_us);
        return;
    }
    if (entry.kind == EntryKind::PublishFailed) {
        m_publish_problem = m_journal.names().text(entry.detail);
        return;
    }
    std::string_view name = m_journal.names().text(entry.group);
    if (!name.starts_with(m_options.group_prefix))
        return;
    name.remove_prefix(m_options.group_prefix.size());
    const auto found = m_groups.find(std::string(name));
    if (found == m_groups.end())
        return;
    Group& group = found->second;
    const std::pair place{entry.topic, entry.partition};
    switch (entry.kind) {
    case EntryKind::WorkPaused:
        group.paused.emplace(place, fromMicros(entry.time_us));
        group.pause_reason = m_journal.names().text(entry.detail);
        break;
    case EntryKind::WorkResumed: group.paused.erase(place); break;
    case EntryKind::PartitionRevoked:
        group.paused.erase(place);
        group.waiting.erase(place);
        break;
    case EntryKind::EventDelivered:
        if (group.waiting.empty())
            group.progress = fromMicros(entry.time_us);
        group.waiting[place] = std::max(group.waiting[place], entry.offset + 1);
        break;
    case EntryKind::OffsetCommitted:
        group.progress = fromMicros(entry.time_us);
        if (const auto waiting = group.waiting.find(place);
            waiting != group.waiting.end() && waiting->second <= entry.offset)
            group.waiting.erase(waiting);
        break;
    default:
        if (const EventStep step = stepOf(entry.kind); endsAttempt(step) || step == EventStep::Failed)
            group.progress = fromMicros(entry.time_us);
        break;
    }
}

void HealthWatch::judgeGroups(TimePoint now)
{
    for (const auto& [name, group] : m_groups) {
        const bool is_paused = std::any_of(group.paused.begin(), group.paused.end(), [&](const auto& pause) {
            return now - pause.second > m_options.pause_limit;
        });
        if (is_paused)
            set(name, "waits for what it needs: " + group.pause_reason);
        else if (!group.waiting.empty() && group.paused.empty() && now - group.progress > m_options.progress_limit)
            set(name, "has made no progress for " + seconds(now - group.progress) + " though work waits");
        else if (group.paused.empty())
            set(name, {});
    }
}

void HealthWatch::judgeRelay(TimePoint now, std::int64_t backlog)
{
    if (backlog == 0)
        m_published_at = now;
    if (now - m_published_at > m_options.progress_limit)
        set("relay", "has published nothing for " + seconds(now - m_published_at) + " though " + std::to_string(backlog)
                         + " events wait");
    else
        set("relay", {});
}

} // namespace orderlab
