#include "kafka/kafka_log.h"

#include <algorithm>

namespace orderlab {

namespace {

/// A leader that was just elected may for a moment know less of the end than the one before.
constexpr std::chrono::milliseconds settle_limit{3'000};

bool wentBack(const std::map<TopicPartition, KafkaGroups::Ends>& ends, const std::map<TopicPartition, LogExtent>& known)
{
    return std::any_of(ends.begin(), ends.end(), [&](const auto& item) {
        const auto before = known.find(item.first);
        return before != known.end()
               && (item.second.end < before->second.end || item.second.earliest < before->second.earliest);
    });
}

} // namespace

/// What this process and others have seen and published: the log has at least that.
KafkaLog::Extents KafkaLog::bestKnown(const Extents& last)
{
    Extents known = m_seen;
    for (const auto& [where, extent] : last) {
        const auto [place, is_new] = known.try_emplace(where, extent);
        if (!is_new && place->second.generation < extent.generation) {
            m_producer.forgetProgress(where); // Another process has noticed it first.
            place->second = extent;
        } else if (!is_new && place->second.generation == extent.generation) {
            place->second.earliest = std::max(place->second.earliest, extent.earliest);
            place->second.end = std::max(place->second.end, extent.end);
        }
    }
    for (auto& [where, extent] : known)
        extent.end = std::max(extent.end, m_producer.progress(where).highest + 1);
    return known;
}

Result<std::map<TopicPartition, KafkaGroups::Ends>> KafkaLog::settledEnds(const Extents& known)
{
    const TimePoint give_up = m_context.runtime.now() + settle_limit;
    for (;;) {
        auto ends = m_groups.ends();
        if (!ends || !wentBack(*ends, known) || m_context.runtime.now() > give_up)
            return ends;
        rd_kafka_poll(m_producer.handle(), kafka_ask_again_ms);
    }
}

Result<KafkaLog::Look> KafkaLog::look(const std::vector<LogExtent>& last)
{
    Extents before;
    for (const LogExtent& extent : last)
        before[{extent.topic, extent.partition}] = extent;
    const Extents known = bestKnown(before);
    ORDERLAB_TRY(return, m_topics.restore());
    const auto ends = settledEnds(known);
    if (!ends)
        return ends.error();
    const std::set<EventType> remade = m_topics.takeRemade();
    Look look;
    for (const auto& [where, log] : *ends) {
        LogExtent extent{where.topic, where.partition, 0, log.earliest, log.end};
        if (const auto found = known.find(where); found != known.end()) {
            const LogExtent& old = found->second;
            const bool is_another = remade.contains(where.topic) || log.earliest < old.earliest || log.end < old.end
                                    || m_producer.progress(where).went_back;
            extent.generation = old.generation + is_another;
            const auto seen = m_seen.find(where);
            if (is_another)
                m_producer.forgetProgress(where);
            if (is_another || (seen != m_seen.end() && seen->second.generation < extent.generation))
                look.renewed.push_back(where);
        }
        m_seen[where] = extent;
        look.extents.push_back(extent);
    }
    for (const TopicPartition& where : look.renewed)
        m_context.renewals.renew(where);
    return look;
}

} // namespace orderlab
