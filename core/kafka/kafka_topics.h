#pragma once
#include "kafka/kafka_context.h"

#include <map>
#include <set>
#include <utility>

namespace orderlab {

class EmbeddedKafka;

// What is asked of a cluster, of its topics and groups alike.
inline constexpr int kafka_question_limit_ms = 5'000;
inline constexpr int kafka_answer_limit_ms = kafka_question_limit_ms + 1'000; ///< Of an answer that comes as an event.
inline constexpr int kafka_ask_again_ms = 50; ///< Between two of the same, while a cluster settles.

/// What a broker says to the making of a topic that no further try will change: Rejected (Never), with the broker's own
/// `sentence` (may be null) and the way out. Nothing for what may pass by itself.
std::optional<Error> refusalOfTopic(rd_kafka_resp_err_t code, const std::string& topic, const char* sentence);

/// The topics of a cluster. Every call blocks, for seconds when the cluster is away: one at a time, through
/// KafkaContext::blocking().
class KafkaTopics {
public:
    /// `client`: any; outlives this. `embedded`: null for a cluster that somebody else runs.
    KafkaTopics(KafkaContext& context, rd_kafka_t* client, std::shared_ptr<EmbeddedKafka> embedded);

    /// Sees to it that every topic is there with the partitions asked for; more are taken as they are. Replicated three
    /// times where there are three brokers. With KafkaOptions::creates_topics off, takes what is there.
    /// Errors: Unavailable (Later) when no broker answers; InvalidArgument for a topic with too few partitions;
    /// NotFound; Rejected (Never) when the cluster will not have a topic.
    Result<void> ensure();
    /// Makes again what ensure() had found and is gone now, and gives back partitions that are missing: of topics that
    /// were deleted. Those are in takeRemade() from then on. A topic is made again by the second call that misses it;
    /// the first is Unavailable (Later). Other errors: as ensure().
    Result<void> restore();
    /// Topics that were made anew since the last call: each is another log.
    std::set<EventType> takeRemade() { return std::exchange(m_remade, {}); }
    /// Sees to it that `topic` is there; where it is made here it has one partition, and keeps records for `retention`
    /// and about `bytes_max` at most. Error: Unavailable (Later) when no broker answers.
    Result<void> ensureBounded(const std::string& topic, Duration retention, std::int64_t bytes_max);
    /// All topics with their partitions, where all of these are led. Error: Unavailable (Later) when no broker answers.
    Result<std::map<std::string, std::uint16_t>> list();
    /// Error: Unavailable (Later) when no broker answers, or it has no such topic.
    Result<int> partitionsOf(const std::string& topic);
    /// The cluster's own name, or nothing when it tells none in time.
    std::string clusterId() const;

private:
    Result<void> take(const std::map<std::string, std::uint16_t>& existing);
    std::vector<std::string> missingFrom(const std::map<std::string, std::uint16_t>& existing) const;
    Result<void> create(const std::vector<std::string>& names, int partitions,
                        const std::vector<KafkaProperty>& settings = {});
    Result<void> createOnce(const std::vector<std::string>& names, int partitions, int replicas,
                            const std::vector<KafkaProperty>& settings, bool& lacks_brokers);
    Result<void> awaitLeaders(const std::string& topic, int partitions);
    Result<void> addPartitions(const std::string& topic, int partitions);
    void madeAnew(const std::string& topic);

    KafkaContext& m_context;
    rd_kafka_t* const m_client;
    const std::shared_ptr<EmbeddedKafka> m_embedded;
    int m_brokers = 1;
    std::set<EventType> m_remade;
    std::set<std::string> m_missed; ///< By the last restore().
};

} // namespace orderlab
