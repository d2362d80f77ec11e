#include "worker/attempt.h"

#include "worker/worker_process.h"

namespace orderlab {

Entry Attempt::partitionEntry(EntryKind kind, TimePoint now) const
{
    Entry entry;
    entry.time_us = toMicros(now);
    entry.kind = kind;
    entry.group = group_name;
    entry.actor = member_name;
    entry.topic = topic_name;
    entry.partition = where.partition;
    return entry;
}

Entry Attempt::entry(EntryKind kind, TimePoint now, std::size_t index) const
{
    Entry entry = partitionEntry(kind, now);
    entry.order = events[index].order;
    entry.event = events[index].id;
    entry.offset = first_offset + std::int64_t(index);
    entry.attempt = number;
    return entry;
}

FaultPoint Attempt::faultPoint(Seam seam, std::size_t index) const
{
    FaultPoint point;
    point.seam = seam;
    point.event_type = events[index].type;
    point.group = group;
    point.worker = member;
    point.order = events[index].order;
    point.event = events[index].id;
    point.customer = events[index].data.user_id;
    return point;
}

void Attempt::remember(const Error& error, TimePoint now)
{
    if (failures.size() == DeadLetter::attempts_kept_max)
        failures.erase(failures.begin());
    failures.push_back({now, number, error.message, error.code});
}

Task<bool> Attempt::pause(Runtime& runtime, Duration duration) const
{
    constexpr Duration sign_every{std::chrono::seconds{1}}; // Far below any session timeout.
    for (;;) {
        signOfLife();
        const Duration slice = std::min(duration, sign_every);
        const bool slept = co_await runtime.sleepUnlessCancelled(slice);
        if (!slept)
            co_return false;
        duration -= slice;
        if (duration.count() <= 0)
            break;
    }
    signOfLife();
    co_return true;
}

void Attempt::signOfLife() const
{
    if (consumer && !(process && process->isHanging()))
        consumer->keepAlive();
}

} // namespace orderlab
