#include "worker/worker_process.h"

namespace orderlab {

WorkerProcess::WorkerProcess(Runtime& runtime, Journal& journal, NameId group, NameId member)
    : m_runtime(runtime), m_journal(journal), m_group(group), m_member(member), m_lanes(runtime)
{}

void WorkerProcess::kill(Duration restart_after)
{
    std::int64_t alive = -1;
    if (!m_restart_after_us.compare_exchange_strong(alive, restart_after.count()))
        return;
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = EntryKind::ProcessCrashed;
    entry.group = m_group;
    entry.actor = m_member;
    entry.value = std::int32_t(restart_after.count() / 1000);
    m_journal.append(entry);
    m_lanes.cancel();
}

Task<void> WorkerProcess::crash(Duration restart_after)
{
    kill(restart_after);
    for (bool is_alive = true; is_alive;)
        is_alive = co_await m_runtime.sleepUnlessCancelled(std::chrono::hours{1});
}

void WorkerProcess::hang(Duration duration)
{
    m_hangs_until_us = toMicros(m_runtime.now() + duration);
}

Task<void> WorkerProcess::waitWhileHanging()
{
    while (isHanging()) {
        const Duration left = fromMicros(m_hangs_until_us) - m_runtime.now();
        co_await m_runtime.sleep(left);
    }
}

std::optional<Duration> WorkerProcess::restartAfter() const
{
    const std::int64_t us = m_restart_after_us;
    return us < 0 ? std::nullopt : std::optional(Duration{us});
}

Duration WorkerProcess::drainingFor() const
{
    const std::int64_t since_us = m_drains_since_us;
    return since_us < 0 ? Duration{0} : m_runtime.now() - fromMicros(since_us);
}

} // namespace orderlab
