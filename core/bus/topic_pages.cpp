#include "bus/topic_pages.h"

#include <algorithm>
#include <deque>

namespace orderlab {

namespace {

constexpr std::size_t step_bytes_max = 4 * 1024 * 1024;
constexpr std::size_t filter_step = 500; ///< Records of a partition that are read at once to be looked through.

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool contains(std::string_view text, std::string_view wanted)
{
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                       [](char a, char b) { return lower(a) == lower(b); })
           != text.end();
}

bool contains(const std::optional<std::string>& text, std::string_view wanted)
{
    return text && contains(std::string_view(*text), wanted);
}

/// Reads one partition in the order of the page, a step ahead.
class PartitionReader {
public:
    PartitionReader(TopicBrowser& browser, const TopicPageQuery& query, std::uint16_t partition, LogEnds ends,
                    std::int64_t from)
        : m_browser(browser), m_query(query), m_partition(partition), m_ends(ends),
          m_next(std::clamp(from, ends.earliest, ends.end)), m_read_until(m_next),
          m_step(query.filter.isEmpty() ? std::min(query.records_max, filter_step) : filter_step)
    {}

    /// Sees to it that the next record is there, if there is one.
    Task<Result<void>> fill()
    {
        while (m_read.empty() && !isReadThrough()) {
            const auto step = isNewestFirst() ? co_await readBack() : co_await readOn();
            if (!step)
                co_return step.error();
        }
        co_return Result<void>{};
    }
    const LogRecord* head() const { return m_read.empty() ? nullptr : &m_read.front(); }
    LogRecord take()
    {
        LogRecord record = std::move(m_read.front());
        m_read.pop_front();
        m_next = isNewestFirst() ? record.offset : record.offset + 1;
        return record;
    }
    /// Where to go on. Nothing is left once all was read and taken.
    std::int64_t next() const { return hasMore() ? m_next : isNewestFirst() ? m_ends.earliest : m_ends.end; }
    bool hasMore() const { return !m_read.empty() || !isReadThrough(); }

private:
    bool isNewestFirst() const { return m_query.order == PageOrder::NewestFirst; }
    bool isReadThrough() const
    {
        return isNewestFirst() ? m_read_until <= m_ends.earliest : m_read_until >= m_ends.end;
    }
    Task<Result<RecordPage>> read(std::int64_t from, std::size_t records)
    {
        RecordQuery query{m_query.topic, m_partition, from, records, step_bytes_max};
        return m_browser.records(std::move(query));
    }
    Task<Result<void>> readOn()
    {
        auto page = co_await read(m_read_until, m_step);
        if (!page)
            co_return page.error();
        for (LogRecord& record : page->records) {
            if (record.offset < m_ends.end)
                m_read.push_back(std::move(record));
        }
        m_read_until = page->next > m_read_until ? page->next : m_ends.end; // The log has lost its end.
        co_return Result<void>{};
    }
    Task<Result<void>> readBack()
    {
        const std::int64_t end = m_read_until;
        const std::int64_t from = std::max(m_ends.earliest, end - std::int64_t(m_step));
        auto page = co_await read(from, std::size_t(end - from));
        if (!page)
            co_return page.error();
        if (page->next < end && page->next < page->ends.end && end - from > 1) {
            m_step = std::max<std::size_t>(1, std::size_t(end - from) / 4); // They are large: fewer of them.
            co_return Result<void>{};
        }
        for (auto record = page->records.rbegin(); record != page->records.rend(); ++record) {
            if (record->offset >= from && record->offset < end)
                m_read.push_back(std::move(*record));
        }
        if (m_read.empty())
            m_step = std::min(m_step * 2, RecordQuery::records_limit); // A gap.
        m_read_until = from;
        co_return Result<void>{};
    }

    TopicBrowser& m_browser;
    const TopicPageQuery& m_query;
    const std::uint16_t m_partition;
    const LogEnds m_ends;
    std::int64_t m_next;       ///< Of what was taken.
    std::int64_t m_read_until; ///< Of what was read.
    std::size_t m_step;
    std::deque<LogRecord> m_read;
};

/// The reader whose record comes next; null: none has one.
PartitionReader* firstOf(std::vector<PartitionReader>& readers, PageOrder order)
{
    PartitionReader* first = nullptr;
    for (PartitionReader& reader : readers) {
        if (!reader.head())
            continue;
        // At the same time those of a later partition are newer: pages in both directions agree.
        const bool is_newer = first && reader.head()->appended_at >= first->head()->appended_at;
        if (!first || is_newer == (order == PageOrder::NewestFirst))
            first = &reader;
    }
    return first;
}

std::vector<LogEnds> seenEnds(std::vector<LogEnds> ends, const std::vector<std::int64_t>& until)
{
    for (std::size_t i = 0; i < std::min(ends.size(), until.size()); ++i)
        ends[i].end = std::clamp(until[i], ends[i].earliest, ends[i].end);
    return ends;
}

} // namespace

bool RecordFilter::matches(const LogRecord& record) const
{
    if (!key.empty() && !contains(record.key, key))
        return false;
    if (!type.empty()) {
        const auto found = std::ranges::find(record.headers, "ce_type", &Header::first);
        const bool has_type = found != record.headers.end() && found->second;
        if (has_type ? !contains(found->second, type) : type != "none")
            return false;
    }
    if (text.empty() || contains(record.key, text) || contains(record.value, text))
        return true;
    return std::ranges::any_of(record.headers, [this](const Header& header) {
        return contains(std::string_view(header.first), text) || contains(header.second, text);
    });
}

RecordFilter RecordFilter::parse(std::string_view text)
{
    RecordFilter filter;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.starts_with("key:"))
            filter.key = word.substr(4);
        else if (word.starts_with("type:"))
            filter.type = word.substr(5);
        else if (!word.empty())
            filter.text += (filter.text.empty() ? "" : " ") + std::string(word);
    }
    return filter;
}

Result<void> TopicPageQuery::validate() const
{
    if (records_max < 1 || records_max > RecordQuery::records_limit)
        return invalidArgument("count", "must be from 1 to " + std::to_string(RecordQuery::records_limit));
    if (look_max < 1 || look_max > look_limit)
        return invalidArgument("look", "must be from 1 to " + std::to_string(look_limit));
    return {};
}

Task<Result<TopicPage>> readTopicPage(TopicBrowser& browser, TopicPageQuery query,
                                      std::function<bool(std::size_t looked_at)> go_on)
{
    ORDERLAB_TRY(co_return, query.validate());
    auto ends = co_await browser.ends(query.topic);
    if (!ends)
        co_return ends.error();
    TopicPage page;
    page.ends = seenEnds(std::move(*ends), query.until);
    if (query.partition && *query.partition >= page.ends.size())
        co_return noSuchPartition(query.topic, *query.partition, page.ends.size());
    const bool is_newest_first = query.order == PageOrder::NewestFirst;
    std::vector<PartitionReader> readers;
    std::vector<std::size_t> partitions;
    for (std::size_t i = 0; i < page.ends.size(); ++i) {
        const LogEnds& log = page.ends[i];
        const std::int64_t wanted = i < query.from.size() ? query.from[i] : is_newest_first ? log.end : log.earliest;
        page.from.push_back(std::clamp(wanted, log.earliest, log.end));
        if (query.partition && *query.partition != i)
            continue;
        page.size += log.size();
        partitions.push_back(i);
        readers.emplace_back(browser, query, std::uint16_t(i), log, page.from.back());
    }
    page.next = page.from;
    std::size_t asked_at = 0;
    bool goes_on = true;
    while (goes_on && page.records.size() < query.records_max && page.looked_at < query.look_max) {
        for (PartitionReader& reader : readers) {
            const auto filled = co_await reader.fill();
            if (!filled)
                co_return filled.error();
        }
        PartitionReader* const reader = firstOf(readers, query.order);
        if (!reader)
            break;
        LogRecord record = reader->take();
        ++page.looked_at;
        if (query.filter.matches(record))
            page.records.push_back(std::move(record));
        if (go_on && page.looked_at - asked_at >= filter_step) {
            asked_at = page.looked_at;
            goes_on = go_on(page.looked_at);
        }
    }
    for (std::size_t i = 0; i < readers.size(); ++i) {
        page.next[partitions[i]] = readers[i].next();
        page.has_more = page.has_more || readers[i].hasMore();
    }
    co_return page;
}

} // namespace orderlab
