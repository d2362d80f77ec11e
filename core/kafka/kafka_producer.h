#pragma once
#include "base/mutex.h"
#include "kafka/kafka_context.h"
#include "kafka/kafka_message.h"
#include "kafka/kafka_signal.h"

#include <map>
#include <set>

namespace orderlab {

/// Appends events to a Kafka log: idempotent, acks=all; a publish resolves once every one of its records is
/// acknowledged by all in-sync replicas. What waits to be sent is bounded by librdkafka's queue: full means wait. An
/// idempotent client that has met a fatal error sends nothing any more: the next publish goes on with a new client. Any
/// thread.
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
    /// After close(): ends the clients, or gives that up after a while. handle() is gone.
    Task<void> endClients();
    /// How far this producer's own records have come in a partition.
    struct Progress {
        std::int64_t highest = -1; ///< Offset of the last one; -1: none yet.
        bool went_back = false;    ///< A later record got a lower offset: the log is another one.
    };
    Progress progress(TopicPartition where) const;
    void forgetProgress(TopicPartition where);
    /// For questions about the cluster: the first client, the same until endClients(). A fatal error only ends its
    /// sending.
    rd_kafka_t* handle() const { return m_first->handle.get(); }
    /// The client that sends now; until the next publish. For tests.
    rd_kafka_t* sender() const;

private:
    struct Call;
    /// What has to live as long as librdkafka's threads may.
    struct Client {
        KafkaNetwork::Opaque opaque;
        KafkaSignal signal;
        KafkaHandle handle;       ///< First gone.
        std::size_t uses = 0;     ///< Publishing by it. Guarded by the producer's mutex, as the next.
        bool is_replaced = false; ///< Ended once nobody uses it and all is reported.
    };
    struct Use;
    using ClientPtr = std::shared_ptr<Client>;
    explicit KafkaProducer(KafkaContext& context) : m_context(context) {}
    Result<ClientPtr> openClient() ORDERLAB_REQUIRES(m_mutex);
    Result<std::unique_ptr<Use>> use();
    bool isDone(Client& client) const;
    Task<void> serve(ClientPtr client);
    Task<void> endClient(ClientPtr client);
    Error errorOf(rd_kafka_resp_err_t code, const Client& client, const std::string& what) const;
    Task<Result<void>> served();
    void abandonCalls();
    Task<Result<void>> enqueue(const Event& event, ClientPtr client, std::shared_ptr<Call> call, std::size_t index);
    Task<rd_kafka_resp_err_t> send(KafkaRecord record, const std::string& topic, std::uint16_t partition,
                                   ClientPtr client, std::shared_ptr<Call> call, std::size_t index);
    Task<rd_kafka_resp_err_t> sendDeadLetters(std::span<const DeadLetterNotice> letters, DeadLetterParts parts,
                                              ClientPtr client);
    struct Underway;
    Task<void> allReported(std::shared_ptr<Call> call);
    void record(std::span<const Event> events, const std::vector<Position>& positions);
    static void onError(rd_kafka_t*, int error, const char* reason, void* opaque);
    static void onDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque);

    KafkaContext& m_context;
    ClientPtr m_first; ///< Set before anything is published.
    std::atomic<bool> m_closed{false};
    std::atomic<bool> m_abandoned{false}; ///< Nothing is reported any more.
    mutable Mutex m_mutex;
    ClientPtr m_sender ORDERLAB_GUARDED_BY(m_mutex);
    std::set<ClientPtr> m_serving ORDERLAB_GUARDED_BY(m_mutex); ///< Whose reports are waited for.
    std::map<TopicPartition, Progress> m_progress ORDERLAB_GUARDED_BY(m_mutex);
    /// Counts, so that nobody waits for a place that is there by now.
    std::uint64_t m_delivered ORDERLAB_GUARDED_BY(m_mutex) = 0;
    std::size_t m_uses ORDERLAB_GUARDED_BY(m_mutex) = 0;
    std::set<std::shared_ptr<Call>> m_calls ORDERLAB_GUARDED_BY(m_mutex); ///< That are not done.
    Notifier m_room;                                                      ///< A record has left the queue.
    Notifier m_served;                                                    ///< A serve() has ended.
};

} // namespace orderlab
