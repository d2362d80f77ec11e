#pragma once
#include "base/result.h"

#include <librdkafka/rdkafka.h>

#include <memory>

namespace orderlab {

/// Deletes by one of librdkafka's functions.
template <auto destroy>
struct KafkaDelete {
    template <typename T>
    void operator()(T* handle) const
    {
        destroy(handle);
    }
};

using KafkaHandle = std::unique_ptr<rd_kafka_t, KafkaDelete<rd_kafka_destroy>>;
inline void destroyProbe(rd_kafka_t* probe)
{
    rd_kafka_destroy_flags(probe, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}
/// A consumer that asks about a group and never joins it, so that there is nothing to leave.
using KafkaProbe = std::unique_ptr<rd_kafka_t, KafkaDelete<destroyProbe>>;
using KafkaConf = std::unique_ptr<rd_kafka_conf_t, KafkaDelete<rd_kafka_conf_destroy>>;
using KafkaQueue = std::unique_ptr<rd_kafka_queue_t, KafkaDelete<rd_kafka_queue_destroy>>;
using KafkaMessage = std::unique_ptr<rd_kafka_message_t, KafkaDelete<rd_kafka_message_destroy>>;
using KafkaHeaders = std::unique_ptr<rd_kafka_headers_t, KafkaDelete<rd_kafka_headers_destroy>>;
using KafkaPartitions =
    std::unique_ptr<rd_kafka_topic_partition_list_t, KafkaDelete<rd_kafka_topic_partition_list_destroy>>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, KafkaDelete<rd_kafka_event_destroy>>;
using KafkaFailure = std::unique_ptr<rd_kafka_error_t, KafkaDelete<rd_kafka_error_destroy>>;

/// `code` in our terms; `what` says what was tried: "publishing". Unavailable (Later) for all that passes by itself.
Error kafkaError(rd_kafka_resp_err_t code, const std::string& what);
/// What ends by itself while a consumer waits: a topic that not every broker knows yet, a broker that is unavailable.
bool isTransient(rd_kafka_resp_err_t error);
/// Waits up to `limit_ms` for what an asynchronous request answers on `queue`. Blocks.
Result<KafkaEvent> kafkaAnswer(rd_kafka_queue_t* queue, int limit_ms, const std::string& what);

} // namespace orderlab
