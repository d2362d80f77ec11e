#pragma once
#include "kafka/kafka_questions.h"

#include <map>

namespace orderlab {

/// Looks into the topics of a cluster with a consumer of its own, which is assigned what is read and joins no group.
/// One question at a time; others wait. Any thread.
class KafkaBrowser final : public TopicBrowser {
public:
    /// `context` outlives close(). `is_embedded`: the mock cluster, which has no index by time.
    KafkaBrowser(KafkaContext& context, bool is_embedded)
        : m_context(context), m_is_embedded(is_embedded), m_questions(context)
    {}

    Task<Result<std::vector<BrowsedTopic>>> topics() override;
    Task<Result<std::vector<LogEnds>>> ends(std::string topic) override;
    Task<Result<RecordPage>> records(RecordQuery query) override;
    Task<Result<std::vector<std::int64_t>>> offsetsAt(std::string topic, TimePoint time) override;

    /// Resumes when no question is being answered; later ones end with Closed. Once KafkaContext::closing is set, that
    /// is soon.
    Task<void> close() { return m_questions.close(); }
    /// The client that it asked with, to be ended; may be null. After close().
    KafkaProbe takeClient() { return std::move(m_client); }

private:
    // These block.
    Result<rd_kafka_t*> client();
    Result<std::map<std::string, std::uint16_t>> list();
    Result<std::uint16_t> partitionsOf(const std::string& topic);
    Result<std::vector<std::int64_t>> askOffsets(const std::string& topic, std::int64_t time_ms);
    Result<LogEnds> endsOf(const std::string& topic, std::uint16_t partition);
    Result<RecordPage> read(const RecordQuery& query);
    Result<void> assign(const RecordQuery& query, std::int64_t from);
    Result<void> poll(const RecordQuery& query, RecordPage& page);
    Result<std::int64_t> find(const std::string& topic, std::uint16_t partition, TimePoint time);

    KafkaContext& m_context;
    const bool m_is_embedded;
    KafkaQuestions m_questions;
    // Of whoever asks.
    KafkaProbe m_client;
    std::map<std::string, std::uint16_t> m_partitions; ///< Of the topics that were listed last.
    /// Where the client reads: who reads on gets what it has fetched already.
    struct Reading {
        std::string topic;
        std::uint16_t partition = 0;
        std::int64_t next = -1;
        bool operator==(const Reading&) const = default;
    };
    Reading m_reading;
};

} // namespace orderlab
