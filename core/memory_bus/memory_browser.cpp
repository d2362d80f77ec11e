#include "memory_bus/memory_browser.h"

#include <algorithm>

namespace orderlab {

namespace {

/// Of what logs retain: each call looks at the logs as they are, or, where they were kept, as they were.
class MemoryBrowser final : public TopicBrowser {
public:
    using Logs = std::vector<std::shared_ptr<const MemoryLog>>;
    using Views = std::vector<MemoryLog::View>;

    MemoryBrowser(Logs logs, std::uint16_t partitions) : m_logs(std::move(logs)), m_partitions(partitions) {}
    MemoryBrowser(Views kept, std::uint16_t partitions) : m_kept(std::move(kept)), m_partitions(partitions) {}

    Task<Result<std::vector<BrowsedTopic>>> topics() override
    {
        std::vector<BrowsedTopic> topics;
        for (const EventType type : all_event_types)
            topics.push_back({std::string(topicName(type)), type, false, m_partitions});
        co_return topics;
    }

    Task<Result<std::vector<LogEnds>>> ends(std::string topic) override
    {
        const auto first = firstLogOf(topic);
        if (!first)
            co_return first.error();
        std::vector<LogEnds> ends;
        for (std::uint16_t partition = 0; partition < m_partitions; ++partition) {
            const MemoryLog::View view = viewOf(*first + partition);
            ends.push_back({view.earliest, view.end});
        }
        co_return ends;
    }

    Task<Result<RecordPage>> records(RecordQuery query) override
    {
        ORDERLAB_TRY(co_return, query.validate());
        const auto first = firstLogOf(query.topic);
        if (!first)
            co_return first.error();
        if (query.partition >= m_partitions)
            co_return noSuchPartition(query.topic, query.partition, m_partitions);
        const MemoryLog::View view = viewOf(*first + query.partition);
        RecordPage page;
        page.ends = {view.earliest, view.end};
        page.next = std::clamp(query.from, view.earliest, view.end);
        std::size_t bytes = 0;
        while (page.next < view.end && page.records.size() < query.records_max && bytes < query.bytes_max) {
            LogRecord record = recordOf(view.event(page.next));
            bytes += record.bytes();
            record.partition = query.partition;
            record.offset = page.next;
            record.appended_at = view.gotAt(page.next);
            page.records.push_back(std::move(record));
            ++page.next;
        }
        co_return page;
    }

    Task<Result<std::vector<std::int64_t>>> offsetsAt(std::string topic, TimePoint time) override
    {
        const auto first = firstLogOf(topic);
        if (!first)
            co_return first.error();
        std::vector<std::int64_t> offsets;
        for (std::uint16_t partition = 0; partition < m_partitions; ++partition) {
            const MemoryLog::View view = viewOf(*first + partition);
            std::int64_t low = view.earliest, high = view.end; // A log gets its events in order of time.
            while (low < high) {
                const std::int64_t middle = low + (high - low) / 2;
                if (view.gotAt(middle) < time)
                    low = middle + 1;
                else
                    high = middle;
            }
            offsets.push_back(low);
        }
        co_return offsets;
    }

    std::shared_ptr<TopicBrowser> snapshot() const override
    {
        Views views;
        for (std::size_t log = 0; log < event_type_count * m_partitions; ++log)
            views.push_back(viewOf(log));
        return std::make_shared<MemoryBrowser>(std::move(views), m_partitions);
    }

private:
    Result<std::size_t> firstLogOf(const std::string& topic) const
    {
        for (const EventType type : all_event_types) {
            if (topicName(type) == topic)
                return std::size_t(type) * m_partitions;
        }
        return noSuchTopic(topic);
    }
    MemoryLog::View viewOf(std::size_t log) const { return m_logs.empty() ? m_kept[log] : m_logs[log]->view(); }

    const Logs m_logs;  ///< Either these…
    const Views m_kept; ///< …or these.
    const std::uint16_t m_partitions;
};

} // namespace

std::shared_ptr<TopicBrowser> makeMemoryBrowser(std::vector<std::shared_ptr<const MemoryLog>> logs,
                                                std::uint16_t partitions)
{
    return std::make_shared<MemoryBrowser>(std::move(logs), partitions);
}

} // namespace orderlab
