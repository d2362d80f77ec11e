#include "kafka/journal_publisher.h"

#include "kafka/kafka_context.h"
#include "kafka/kafka_ending.h"
#include "kafka/kafka_topics.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr Duration open_again_after{std::chrono::seconds{2}};
constexpr std::size_t read_max = 65'536;
constexpr int flush_ms = 1'000;
constexpr Duration destroy_limit{std::chrono::seconds{2}};
/// What a delivery report brings back: how many entries the batch has, and above, how many it says were missed.
constexpr int entries_bits = 20;
constexpr std::uint64_t entries_mask = (std::uint64_t{1} << entries_bits) - 1;

JournalShareOptions bounded(JournalShareOptions share)
{
    share.batch_entries_max = std::clamp<std::size_t>(share.batch_entries_max, 1, entries_mask);
    return share;
}

} // namespace

std::string journalTopic(const KafkaOptions& options)
{
    return options.topic_prefix + "journal";
}

struct JournalPublisher::Connection {
    static void onDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque);

    KafkaContext context;
    KafkaHandle handle;
};

JournalPublisher::JournalPublisher(Runtime& runtime, Journal& journal, KafkaOptions options, JournalShareOptions share)
    : m_runtime(runtime), m_journal(journal), m_share(bounded(share)), m_reader(journal, JournalReader::From::Oldest),
      m_connection(new Connection{{runtime, journal, std::move(options)}, {}}),
      m_room(double(m_share.entries_per_s_max)), m_filled(runtime.now()), m_running(runtime)
{
    m_header.process =
        m_connection->context.options.process.empty() ? "unknown" : m_connection->context.options.process;
    m_header.run = toRfc3339(runtime.now());
    m_header.program = ORDERLAB_VERSION;
}

JournalPublisher::~JournalPublisher() = default;

void JournalPublisher::start()
{
    m_running.spawn(run());
}

Task<void> JournalPublisher::run()
{
    const std::function<bool()> opening = [this] { return open(); };
    for (;;) {
        const bool is_open = co_await m_connection->context.blocking<bool>(opening);
        if (is_open)
            break;
        co_await m_runtime.sleep(open_again_after);
    }
    for (;;) {
        publishNew();
        co_await m_runtime.sleep(m_share.interval);
    }
}

bool JournalPublisher::open()
{
    const std::vector<KafkaProperty> properties{
        {"acks", "1"},
        {"compression.codec", "lz4"},
        {"message.timeout.ms", "5000"},
        {"queue.buffering.max.messages", "1000"},
        {"queue.buffering.max.kbytes", "16384"}, // A broker that hangs costs no more than this.
    };
    auto conf = m_connection->context.conf("journal", properties);
    if (!conf)
        return false;
    rd_kafka_conf_set_opaque(conf->get(), this);
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &Connection::onDelivered);
    auto handle = KafkaContext::client(RD_KAFKA_PRODUCER, std::move(*conf));
    if (!handle)
        return false;
    KafkaTopics topics(m_connection->context, handle->get(), nullptr);
    if (!topics.ensureBounded(journalTopic(m_connection->context.options), m_share.retention, m_share.retention_bytes))
        return false;
    m_connection->handle = std::move(*handle);
    return true;
}

void JournalPublisher::Connection::onDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque)
{
    auto& self = *static_cast<JournalPublisher*>(opaque);
    const auto batch = std::uint64_t(reinterpret_cast<std::uintptr_t>(message->_private));
    if (!message->err)
        return;
    self.miss(batch & entries_mask);
    self.m_untold += batch >> entries_bits;
}

void JournalPublisher::miss(std::uint64_t entries)
{
    m_untold += entries;
    m_missed += entries;
}

/// Members, relays and the like are called the same in every process; customers are who they are.
Entry JournalPublisher::unique(Entry entry)
{
    if (entry.actor == 0 || entry.kind == EntryKind::OrderAccepted)
        return entry;
    const auto [known, is_new] = m_unique.try_emplace(entry.actor);
    if (is_new) {
        const std::string name(m_journal.names().text(entry.actor));
        known->second =
            name.find('@') == std::string::npos ? m_journal.names().intern(name + '@' + m_header.process) : entry.actor;
    }
    entry.actor = known->second;
    return entry;
}

void JournalPublisher::publishNew()
{
    rd_kafka_poll(m_connection->handle.get(), 0);
    m_fresh.clear();
    m_reader.read(m_fresh, read_max);
    miss(m_reader.missed() - m_ring_missed);
    m_ring_missed = m_reader.missed();
    const TimePoint now = m_runtime.now();
    const double rate = double(m_share.entries_per_s_max);
    // What was not used of the last second may be used now.
    m_room = std::min(rate, m_room + rate * double((now - m_filled).count()) / 1e6);
    m_filled = now;
    const std::size_t count = std::min(m_fresh.size(), std::size_t(m_room));
    m_room -= double(count);
    miss(m_fresh.size() - count);
    for (std::size_t begin = 0; begin < count; begin += m_share.batch_entries_max)
        publishBatch(std::span(m_fresh).subspan(begin, std::min(m_share.batch_entries_max, count - begin)));
}

void JournalPublisher::publishBatch(std::span<const Entry> entries)
{
    std::vector<Entry> told;
    const std::uint64_t untold = m_untold.exchange(0);
    if (untold > 0) {
        Entry gap;
        gap.time_us = entries.front().time_us;
        gap.kind = EntryKind::EntriesMissed;
        gap.value = std::int32_t(std::min<std::uint64_t>(untold, INT32_MAX));
        told.push_back(gap);
    }
    for (const Entry& entry : entries)
        told.push_back(unique(entry));
    ++m_header.sequence;
    const std::string text = encodeJournalBatch(m_header, told, m_journal.names());
    const std::string topic = journalTopic(m_connection->context.options);
    const auto error = rd_kafka_producev(
        m_connection->handle.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(m_header.process.data(), m_header.process.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(text.data()), text.size()),
        RD_KAFKA_V_HEADER("content-type", "application/x-ndjson", -1),
        RD_KAFKA_V_OPAQUE(reinterpret_cast<void*>(std::uintptr_t(untold << entries_bits | entries.size()))),
        RD_KAFKA_V_END);
    if (error) {
        miss(entries.size());
        m_untold += untold;
        return;
    }
    m_published += entries.size();
}

Task<void> JournalPublisher::stop()
{
    m_connection->context.closing = true;
    m_running.cancel();
    co_await m_running.join();
    if (!m_connection->handle)
        co_return;
    const std::function<bool()> ending = [this] {
        m_room = double(m_share.entries_per_s_max);
        publishNew();
        rd_kafka_flush(m_connection->handle.get(), flush_ms);
        return true;
    };
    co_await m_connection->context.blocking<bool>(ending);
    const std::function<void()> end = [handle = std::make_shared<KafkaHandle>(std::move(m_connection->handle))] {
        handle->reset();
    };
    co_await endWithin(m_runtime, destroy_limit, end);
}

JournalPublisher::Counts JournalPublisher::counts() const
{
    return {m_published, m_missed};
}

} // namespace orderlab
