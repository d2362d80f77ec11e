#pragma once
#include "base/mutex.h"
#include "kafka/kafka_context.h"
#include "kafka/kafka_signal.h"

namespace orderlab {

/// One member of a Kafka consumer group (cooperative-sticky assignment, KIP-429). Any thread.
/// Every partition has a queue of its own in librdkafka, so that one that is being retried simply is not read, while
/// the connection goes on being served: no rebalance comes of a slow handler. Offsets are committed only by commit().
class KafkaConsumer final : public Consumer, public std::enable_shared_from_this<KafkaConsumer> {
public:
    /// `context` outlives it; `on_left` is called once, when it has left its group.
    static Result<std::shared_ptr<KafkaConsumer>> join(KafkaContext& context, SubscribeOptions options,
                                                       std::function<void()> on_left);

    Task<Result<DeliveryBatch>> poll(std::size_t max) override;
    Task<Result<void>> commit(TopicPartition where, std::int64_t next_offset) override;
    Task<Result<void>> seek(TopicPartition where, std::int64_t offset) override;
    void keepAlive() override;
    void drain() override;
    Task<void> close() override;

    const std::string& group() const { return m_options.group; }
    const std::string& member() const { return m_options.member; }
    std::vector<TopicPartition> assigned() const;
    /// Leaves the group when it reads one of these, so as to join again: they are other logs than before.
    void leaveIfReading(std::span<const TopicPartition> renewed);
    /// Looks after time limits; to be called several times a second.
    void tick() { m_signal.raise(); }

private:
    /// One assigned partition; a partition that comes back is another one. Guarded by the consumer's mutex, but for the
    /// queue and the stash, which belong to who has set `busy`.
    struct Assignment {
        TopicPartition where;
        KafkaQueue queue;
        KafkaMessage stash;              ///< Read, but not next to what was delivered with it.
        bool busy = false;               ///< Somebody reads or seeks.
        bool lost = false;               ///< No longer ours.
        bool revoking = false;           ///< Goes to another member as soon as nothing is in hand.
        std::uint64_t empty_at = 0;      ///< m_signals when the queue was last found empty; 0: not found empty.
        std::int64_t position = -1;      ///< Delivered next; -1: nothing was yet.
        std::int64_t in_flight_end = -1; ///< One past what is in hand; -1: nothing.
        std::int64_t wanted = -1;        ///< To be committed.
        std::int64_t committed = -1;     ///< By this membership.
        Notifier answered;               ///< By the broker, to a commit.
    };
    using AssignmentPtr = std::shared_ptr<Assignment>;

    KafkaConsumer(KafkaContext& context, SubscribeOptions options, std::function<void()> on_left);
    Result<KafkaConf> conf();
    static Task<void> run(std::shared_ptr<KafkaConsumer> self);
    static Task<void> leave(std::shared_ptr<KafkaConsumer> self);
    void serve();
    void watchOver();
    bool isSilent(TimePoint now) const ORDERLAB_REQUIRES(m_mutex);
    void sendCommits() ORDERLAB_REQUIRES(m_mutex);
    bool hasToWaitForCommits() ORDERLAB_REQUIRES(m_mutex);
    static Task<void> raiseLater(std::shared_ptr<KafkaConsumer> self, Duration after);
    void finishRevocation(TimePoint now) ORDERLAB_REQUIRES(m_mutex);
    void beginClose(bool put_out) ORDERLAB_REQUIRES(m_mutex);
    void endClient();
    bool mayBeDestroyed() const;

    AssignmentPtr find(TopicPartition where) const ORDERLAB_REQUIRES(m_mutex);
    AssignmentPtr nextReady() ORDERLAB_REQUIRES(m_mutex);
    DeliveryBatch take(Assignment& assignment, std::size_t max);
    void settle(Assignment& assignment) ORDERLAB_REQUIRES(m_mutex);
    void drop(AssignmentPtr assignment) ORDERLAB_REQUIRES(m_mutex);
    void endReading(Assignment& assignment) ORDERLAB_REQUIRES(m_mutex);
    Error lost(TopicPartition where) const;
    void record(EntryKind kind, const Assignment* assignment, std::int64_t offset = -1);

    std::optional<TopicPartition> placeOf(const rd_kafka_topic_partition_t& partition) const;
    void onAssigned(rd_kafka_topic_partition_list_t* partitions);
    void onRevoked(rd_kafka_topic_partition_list_t* partitions);
    void onCommitted(rd_kafka_resp_err_t error, const rd_kafka_topic_partition_list_t* offsets);
    static void onRebalance(rd_kafka_t*, rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t* partitions,
                            void* opaque);

    KafkaContext& m_context;
    const SubscribeOptions m_options;
    const NameId m_group_name;
    const NameId m_member_name;
    std::function<void()> m_on_left;
    std::unique_ptr<KafkaNetwork::Opaque> m_opaque; ///< Outlives the client, as does the signal.
    KafkaSignal m_signal;
    const bool m_is_dynamic;           ///< A static member does not leave its group.
    KafkaHandle m_handle;              ///< Null once it has left the group.
    std::atomic<bool> m_ending{false}; ///< endClient() has the client; its callbacks touch nothing else.

    mutable Mutex m_mutex;
    std::vector<AssignmentPtr> m_assignments ORDERLAB_GUARDED_BY(m_mutex);
    KafkaQueue m_events ORDERLAB_GUARDED_BY(m_mutex);       ///< What the client has to tell, deliveries apart.
    KafkaPartitions m_revoked ORDERLAB_GUARDED_BY(m_mutex); ///< Asked back by the group, not given yet.
    TimePoint m_revoke_until ORDERLAB_GUARDED_BY(m_mutex);
    bool m_committing ORDERLAB_GUARDED_BY(m_mutex) =
        false; ///< A commit is on its way; one at a time, for all partitions.
    TimePoint m_next_commit ORDERLAB_GUARDED_BY(m_mutex);       ///< Not before, after one that said much.
    bool m_commit_is_late ORDERLAB_GUARDED_BY(m_mutex) = false; ///< Somebody raises the signal then.
    std::uint64_t m_signals ORDERLAB_GUARDED_BY(m_mutex) = 1;
    std::size_t m_next_assignment ORDERLAB_GUARDED_BY(m_mutex) = 0;
    std::size_t m_readers ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Who use a assignment's queue outside the mutex.
    TimePoint m_last_sign ORDERLAB_GUARDED_BY(m_mutex);     ///< Of life.
    Error m_trouble ORDERLAB_GUARDED_BY(m_mutex);           ///< What the broker last refused; told once by poll().
    bool m_has_trouble ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_draining ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_put_out ORDERLAB_GUARDED_BY(m_mutex) = false; ///< For being silent; m_closed too.
    bool m_running ORDERLAB_GUARDED_BY(m_mutex) = true;  ///< run() is.
    bool m_left ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::atomic<bool> m_was_assigned{false}; ///< The group has told which partitions are ours, if only that none are.
    Notifier m_wake;                         ///< Events may be there, or it is closed.
    Notifier m_ended;                        ///< m_running, m_readers or m_left have changed.
};

} // namespace orderlab
