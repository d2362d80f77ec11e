#include "worker/attempt.h"

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

Passage Attempt::passage(Seam seam, std::size_t index) const
{
    Passage passage;
    passage.seam = seam;
    passage.event_type = events[index].type;
    passage.group = group;
    passage.worker = member;
    passage.order = events[index].order;
    passage.event = events[index].id;
    passage.customer = events[index].data.user_id;
    return passage;
}

} // namespace orderlab
