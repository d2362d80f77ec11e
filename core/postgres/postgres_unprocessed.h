#pragma once
#include "postgres/postgres_values.h"
#include "store/store.h"

#include <span>

namespace orderlab {

// Which rows of the outbox some group has yet to do, for statements whose text has to be a literal.

/// $1 groups and $2 types, pairwise: some group that the row is for has neither done the event, nor parked it, nor
/// given up on it. Once a group has given up, only a row that replays the dead letter is for it, and only while nobody
/// has given up on that.
#define ORDERLAB_UNPROCESSED                                                                                           \
    "EXISTS (SELECT FROM unnest($1::text[], $2::text[]) AS s(consumer_group, type) WHERE s.type = o.type::text"        \
    " AND (o.target_group IS NULL OR o.target_group = s.consumer_group)"                                               \
    " AND NOT EXISTS (SELECT FROM orderlab.processed_events p"                                                         \
    " WHERE p.consumer_group = s.consumer_group AND p.event_id = o.event_id)"                                          \
    " AND NOT EXISTS (SELECT FROM orderlab.dead_letters d"                                                             \
    " WHERE d.consumer_group = s.consumer_group AND d.event_id = o.event_id"                                           \
    " AND (o.target_group IS NULL OR d.state <> 'replayed'))"                                                          \
    " AND NOT EXISTS (SELECT FROM orderlab.parked_events k"                                                            \
    " WHERE k.consumer_group = s.consumer_group AND k.event_id = o.event_id))"

/// The first two parameters of such a statement.
inline std::vector<PostgresParameter> subscriptionArrays(std::span<const Subscription> subscriptions)
{
    PostgresArray groups, types;
    for (const Subscription& subscription : subscriptions) {
        for (const EventType topic : subscription.topics) {
            groups.addText(subscription.group);
            types.addText(topicName(topic));
        }
    }
    return {groups.take(), types.take()};
}

} // namespace orderlab
