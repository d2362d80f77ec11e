#pragma once
#include "bus/kafka_context.h"
#include "bus/kafka_message.h"
#include "bus/kafka_signal.h"

#include <map>
#include <set>

namespace orderlab {

/// Appends events to a Kafka log: idempotent, acks=all; a publish resolves once every one of its records is acknowledged
/// by all in-sync replicas. What waits to be sent is bounded by librdkafka's queue: full means wait. Any thread.
class KafkaProducer {
public:
    /// `context` outlives it.
    static Result<std::unique_ptr<KafkaProducer>> open(KafkaContext& context);

    /// See EventBus::publish().
    Task<Result<std::vector<Position>>> publish(std::span<const Event> events);
    /// See EventBus::publishDeadLetters(). What is too large for the topic goes there without its content.
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters);
    /// Sends what was accepted, for a while; then what is left fails with Closed. No publish() after it.
    Task<void> close();
    /// After close(): ends the client, or gives that up after a while. handle() is gone.
    Task<void> endClient();
    /// How far this producer's own records have come in a partition.
    struct Progress {
        std::int64_t highest = -1; ///< Offset of the last one; -1: none yet.
        bool went_back = false;    ///< A later record got a lower offset: the log is another one.
    };
    Progress progress(TopicPartition where) const;
    void forgetProgress(TopicPartition where);
    /// Also serves for questions about the cluster.
    rd_kafka_t* handle() const { return m_client->handle.get(); }

private:
    struct Call;
    /// What has to live as long as librdkafka's threads may.
    struct Client {
        KafkaNetwork::Opaque opaque;
        KafkaSignal signal;
        KafkaHandle handle; ///< First gone.
    };
    explicit KafkaProducer(KafkaContext& context)
        : m_context(context), m_client(new Client{{context.opaque.network, this}, {}, {}})
    {
    }
    Task<void> serve();
    Task<Result<void>> served();
    void abandonCalls();
    Task<Result<void>> enqueue(const Event& event, std::shared_ptr<Call> call, std::size_t index);
    Task<rd_kafka_resp_err_t> send(KafkaRecord record, const std::string& topic, std::uint16_t partition,
                                   std::shared_ptr<Call> call, std::size_t index);
    Task<rd_kafka_resp_err_t> sendDeadLetters(std::span<const DeadLetterNotice> letters, DeadLetterParts parts);
    struct Underway;
    Task<void> allReported(std::shared_ptr<Call> call);
    void record(std::span<const Event> events, const std::vector<Position>& positions);
    static void onDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque);

    KafkaContext& m_context;
    std::unique_ptr<Client> m_client;
    std::atomic<bool> m_closed{false};
    std::atomic<bool> m_abandoned{false}; ///< Nothing is reported any more.
    mutable std::mutex m_mutex; ///< Guards what follows.
    std::map<TopicPartition, Progress> m_progress;
    std::uint64_t m_delivered = 0; ///< Counts, so that nobody waits for a place that is there by now.
    bool m_serving = true;
    std::set<std::shared_ptr<Call>> m_calls; ///< That are not done.
    Notifier m_room;   ///< A record has left the queue.
    Notifier m_served; ///< serve() has ended.
};

} // namespace orderlab
