#pragma once
#include "kafka/kafka_handles.h"
#include "runtime/task.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <optional>

namespace orderlab {

/// Wakes one coroutine when a queue of librdkafka is no longer empty: an eventfd that librdkafka writes to, so that no
/// thread has to wait for it. raise() and watch(): any thread; wait(): one coroutine at a time.
/// Outlives the queues that it watches.
class KafkaSignal {
public:
    KafkaSignal();
    ~KafkaSignal();
    KafkaSignal(const KafkaSignal&) = delete;
    KafkaSignal& operator=(const KafkaSignal&) = delete;

    void watch(rd_kafka_queue_t* queue);
    void raise();
    /// Resumes once it was raised, maybe earlier than the call. Whoever waits serves the queues until they are empty
    /// before waiting again: librdkafka writes only when an empty queue gets something.
    Task<void> wait();

private:
    const int m_descriptor;
    std::optional<boost::asio::posix::stream_descriptor> m_stream;
};

} // namespace orderlab
