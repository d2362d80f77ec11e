#pragma once
#include "bus/event_bus.h"
#include "journal/journal.h"
#include "kafka/kafka_options.h"
#include "runtime/runtime.h"

namespace orderlab {

class EmbeddedKafka;

/// Joins a Kafka cluster, creating the topics that are missing: a topic an event type, CloudEvents binary binding, key
/// = the order's id; and one for dead letters. `runtime` and `journal` outlive the bus; it has to be closed before it
/// is dropped. Errors: Unavailable (Later) when no broker answers, InvalidArgument for an option or a topic with too
/// few partitions.
Task<Result<std::unique_ptr<EventBus>>> openKafkaBus(Runtime& runtime, Journal& journal, KafkaOptions options);

/// The same over a cluster in this process. `retention_events`: a partition; publishers wait rather than overrun
/// readers.
Task<Result<std::unique_ptr<EventBus>>> openEmbeddedKafkaBus(Runtime& runtime, Journal& journal,
                                                             std::shared_ptr<EmbeddedKafka> kafka, KafkaOptions options,
                                                             std::size_t retention_events = 50'000);

} // namespace orderlab
