#include "observe/journal_feed.h"

#include "journal/entry_json.h"

#include <charconv>

namespace orderlab {

namespace {

constexpr Duration feed_wait{std::chrono::milliseconds{200}};
constexpr Duration feed_read_interval{std::chrono::milliseconds{20}};
constexpr std::size_t feed_entries_max = 256; ///< Of one piece: about 300 bytes each.
constexpr int feed_reads_max = 256;           ///< In a row without a match, before others have their turn.

std::string runName(Runtime& runtime)
{
    char text[20];
    std::snprintf(text, sizeof text, "%012llx", static_cast<unsigned long long>(runtime.random() >> 16));
    return text;
}

/// "0123456789ab-17".
struct EventIdParts {
    std::string_view run;
    std::uint64_t number = 0;
};
std::optional<EventIdParts> partsOf(std::string_view id)
{
    const auto dash = id.find('-');
    if (dash == std::string_view::npos || dash == 0)
        return {};
    EventIdParts parts{id.substr(0, dash), 0};
    const std::string_view digits = id.substr(dash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parts.number);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
        return {};
    return parts;
}

} // namespace

JournalFeed::JournalFeed(Runtime& runtime, const Journal& journal)
    : m_runtime(runtime), m_journal(journal), m_run(runName(runtime)),
      m_streams(std::make_shared<std::atomic<std::size_t>>(0))
{}

Result<std::shared_ptr<JournalStream>> JournalFeed::open(JournalQuery query)
{
    std::string first = "retry: 2000\n: journal of run " + m_run + "\n\n";
    JournalStart start = query.start;
    if (!query.last_event_id.empty()) {
        const auto last = partsOf(query.last_event_id);
        if (!last)
            return invalidArgument("Last-Event-ID",
                                   "must be the id of an event of this stream, such as " + m_run + "-17");
        const bool is_ours = last->run == m_run && last->number < m_journal.size();
        start =
            is_ours ? JournalStart{JournalStart::At::Number, last->number + 1} : JournalStart{JournalStart::At::Oldest};
        if (!is_ours)
            first += "event: gap\ndata: {\"reason\":\"another-run\",\"run\":\"" + m_run + "\"}\n\n";
    }
    if (m_streams->fetch_add(1) >= streams_max) {
        m_streams->fetch_sub(1);
        return unavailable("all " + std::to_string(streams_max)
                           + " streams of the journal are in use; close one of them");
    }
    using From = JournalReader::From;
    JournalReader reader = start.at == JournalStart::At::Number
                               ? JournalReader(m_journal, start.number)
                               : JournalReader(m_journal, start.at == JournalStart::At::Now ? From::Now : From::Oldest);
    std::shared_ptr<JournalStream> stream(
        new JournalStream(m_runtime, m_journal, m_run, std::move(query), std::move(reader), m_streams));
    stream->m_first = std::move(first);
    return stream;
}

JournalStream::JournalStream(Runtime& runtime, const Journal& journal, std::string run, JournalQuery query,
                             JournalReader reader, std::shared_ptr<std::atomic<std::size_t>> streams)
    : m_runtime(runtime), m_journal(journal), m_run(std::move(run)), m_filter(std::move(query.filter)),
      m_group(m_filter.group), m_topic(m_filter.topic), m_reader(std::move(reader)), m_streams(std::move(streams)),
      m_spoken(runtime.now())
{}

JournalStream::~JournalStream()
{
    m_streams->fetch_sub(1);
}

bool JournalStream::NameFilter::lets(NameId id, const Names& names)
{
    if (m_text.empty())
        return true;
    if (id >= m_known.size())
        m_known.resize(id + std::size_t{1});
    if (m_known[id] == 0) {
        const std::string_view name = names.text(id);
        m_known[id] = name == m_text || name.ends_with('.' + m_text) ? 1 : -1;
    }
    return m_known[id] > 0;
}

bool JournalStream::lets(const Entry& entry)
{
    return (m_filter.kinds.none() || m_filter.kinds.test(std::size_t(entry.kind)))
           && (!m_filter.order || *m_filter.order == entry.order) && (!m_filter.event || *m_filter.event == entry.event)
           && m_group.lets(entry.group, m_journal.names()) && m_topic.lets(entry.topic, m_journal.names());
}

void JournalStream::appendId(std::string& out, std::uint64_t number)
{
    ((((out += "id: ") += m_run) += '-') += std::to_string(number)) += '\n';
}

void JournalStream::appendGap(std::string& out, std::uint64_t from, std::uint64_t to)
{
    appendId(out, to);
    out += "event: gap\ndata: {\"from\":" + std::to_string(from) + ",\"to\":" + std::to_string(to)
           + ",\"missed\":" + std::to_string(to - from + 1) + "}\n\n";
}

std::size_t JournalStream::readSome(std::string& out)
{
    m_batch.clear();
    const std::uint64_t before = m_reader.position(), missed = m_reader.missed();
    const std::size_t count = m_reader.read(m_batch, feed_entries_max);
    const std::uint64_t first = m_reader.position() - count;
    if (m_reader.missed() > missed)
        appendGap(out, before, first - 1);
    std::string json;
    for (std::size_t i = 0; i < count; ++i) {
        if (!lets(m_batch[i]))
            continue;
        json.clear();
        appendEntryJson(json, m_batch[i], m_journal.names());
        appendId(out, first + i);
        out += "data: {\"entry\":" + std::to_string(first + i) + ',' + json.substr(1) + "\n\n";
    }
    return count;
}

Task<std::string> JournalStream::next()
{
    std::string out = std::exchange(m_first, {});
    const TimePoint give_up = m_runtime.now() + feed_wait;
    for (;;) {
        for (int i = 0; i < feed_reads_max && out.empty(); ++i) {
            const std::size_t count = readSome(out);
            if (count == 0)
                break;
        }
        const TimePoint now = m_runtime.now();
        if (out.empty() && now - m_spoken >= JournalFeed::heartbeat_interval) {
            out = ": heartbeat\n";
            if (m_reader.position() > 0)
                appendId(out, m_reader.position() - 1);
            out += '\n';
        }
        if (!out.empty())
            m_spoken = now;
        if (!out.empty() || now >= give_up)
            co_return out;
        co_await m_runtime.sleep(feed_read_interval);
    }
}

} // namespace orderlab
