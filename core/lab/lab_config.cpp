#include "lab/lab_config.h"

#include "handlers/group_registry.h"
#include "worker/worker_group.h"

#include <algorithm>

namespace orderlab {

namespace {

/// Kafka's names of topics have at most 249, and the longest of ours adds 17.
constexpr std::size_t topic_prefix_bytes_max = 200;
/// So that every topic prefix makes a valid one.
constexpr std::size_t group_prefix_bytes_max = 210;

/// What Kafka's names of topics are made of.
bool isTopicCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'
           || c == '_';
}

} // namespace

Result<void> LabConfig::validate() const
{
    if (partitions < 1 || partitions > 64)
        return invalidArgument("partitions", "must be from 1 to 64");
    if (topic_prefix.size() > topic_prefix_bytes_max
        || !std::all_of(topic_prefix.begin(), topic_prefix.end(), isTopicCharacter))
        return invalidArgument("topic-prefix", "must be letters, digits, dots, - and _, at most 200 of them");
    if (group_prefix.size() > group_prefix_bytes_max
        || !std::all_of(group_prefix.begin(), group_prefix.end(), isTopicCharacter))
        return invalidArgument("group-prefix", "must be letters, digits, dots, - and _, at most 210 of them");
    for (const std::string& worker : workers) {
        if (!findGroupKind(worker) && !findOwnWorker(own_workers, worker))
            return invalidArgument("workers", "must be all, none or some of " + groupNamesText());
    }
    ORDERLAB_TRY(return, validateOwnWorkers(own_workers));
    if (members < 1 || members > members_max)
        return invalidArgument("members", "must be from 1 to 16");
    if (bus == BusKind::Kafka)
        ORDERLAB_TRY(return, kafka.validate());
    if (store == StoreKind::PostgresPrivate && data_dir.empty())
        return invalidArgument("data-dir", "is needed for a private PostgreSQL");
    if (store == StoreKind::PostgresUrl && postgres_url.empty())
        return invalidArgument("postgres", "must be private or a URL such as postgresql://user@host/database");
    if (retention_events < 1)
        return invalidArgument("retention", "must be at least 1 event");
    if (gateway.latency.count() < 0)
        return invalidArgument("gateway-latency", "must not be negative");
    ORDERLAB_TRY(return, keep.validate());
    return policies.validate();
}

} // namespace orderlab
