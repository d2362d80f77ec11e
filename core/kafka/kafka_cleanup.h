#pragma once
#include "journal/journal.h"
#include "kafka/kafka_options.h"
#include "runtime/runtime.h"

namespace orderlab {

/// Deletes the topics of `options` (one an event type and that of dead letters, after its prefix) and `groups` (full
/// names) from a cluster: for runs that were given a prefix of their own. What is not there is no error. Blocks,
/// seconds when the cluster is away; not on a thread of `runtime`. Error: Unavailable; InvalidArgument for an option;
/// what the cluster says, as where it allows no deletion.
Result<void> removeFromKafka(Runtime& runtime, Journal& journal, KafkaOptions options,
                             const std::vector<std::string>& groups);

} // namespace orderlab
