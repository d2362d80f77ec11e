#include "kafka/shared_journal.h"

#include "kafka/journal_publisher.h"
#include "kafka/kafka_context.h"
#include "kafka/kafka_topics.h"

namespace orderlab {

namespace {

constexpr Duration read_interval{std::chrono::milliseconds{25}};
constexpr Duration read_on_after{std::chrono::milliseconds{1}}; ///< While there is more, so that others get their turn.
constexpr std::size_t read_bytes_max = 2 * 1024 * 1024;         ///< In one go: some 20 ms of reading lines.

} // namespace

struct SharedJournal::Connection {
    KafkaContext context;
    KafkaHandle handle;
};

SharedJournal::SharedJournal(Runtime& runtime, Journal& into, KafkaOptions options, JournalMerge::Limits limits)
    : m_runtime(runtime), m_into(into), m_connection(new Connection{{runtime, into, std::move(options)}, {}}),
      m_merge(limits), m_running(runtime)
{}

SharedJournal::~SharedJournal() = default;

Task<Result<std::unique_ptr<SharedJournal>>> SharedJournal::open(Runtime& runtime, Journal& into, KafkaOptions options,
                                                                 JournalMerge::Limits limits)
{
    ORDERLAB_TRY(co_return, options.validate());
    std::unique_ptr<SharedJournal> journal(new SharedJournal(runtime, into, std::move(options), limits));
    SharedJournal& opening = *journal;
    const std::function<Result<void>()> connecting = [&opening] { return opening.connect(); };
    const auto connected = co_await journal->m_connection->context.blocking<Result<void>>(connecting);
    if (!connected)
        co_return connected.error();
    co_return journal;
}

Result<void> SharedJournal::connect()
{
    const std::vector<KafkaProperty> properties{
        {"group.id", "orderlab.journal-readers"}, // The client wants one; it is never joined.
        {"enable.auto.commit", "false"},          {"auto.offset.reset", "earliest"},
        {"allow.auto.create.topics", "false"},    {"queued.max.messages.kbytes", "16384"},
    };
    auto conf = m_connection->context.conf("journal-reader", properties);
    if (!conf)
        return conf.error();
    auto handle = KafkaContext::client(RD_KAFKA_CONSUMER, std::move(*conf));
    if (!handle)
        return handle.error();
    m_connection->handle = std::move(*handle);
    rd_kafka_poll_set_consumer(m_connection->handle.get());
    const JournalShareOptions share;
    KafkaTopics topics(m_connection->context, m_connection->handle.get(), nullptr);
    const std::string topic = journalTopic(m_connection->context.options);
    ORDERLAB_TRY(return, topics.ensureBounded(topic, share.retention, share.retention_bytes));
    // Who makes the topic makes one partition; who made it by hand may have made more.
    auto partitions = topics.partitionsOf(topic);
    if (!partitions)
        return partitions.error();
    const KafkaPartitions all(rd_kafka_topic_partition_list_new(*partitions));
    for (int partition = 0; partition < *partitions; ++partition)
        rd_kafka_topic_partition_list_add(all.get(), topic.c_str(), partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
    if (const auto error = rd_kafka_assign(m_connection->handle.get(), all.get()))
        return kafkaError(error, "reading " + topic);
    return {};
}

void SharedJournal::start()
{
    m_running.spawn(follow());
}

Task<void> SharedJournal::follow()
{
    for (;;) {
        const std::size_t bytes = readSome();
        {
            const MutexLock guard(m_mutex);
            m_ready.clear();
            m_merge.take(m_ready, m_runtime.now());
        }
        if (!m_ready.empty())
            m_into.append(m_ready);
        co_await m_runtime.sleep(bytes >= read_bytes_max ? read_on_after : read_interval);
    }
}

std::size_t SharedJournal::readSome()
{
    std::size_t bytes = 0;
    while (bytes < read_bytes_max) {
        const KafkaMessage message(rd_kafka_consumer_poll(m_connection->handle.get(), 0));
        if (!message)
            break;
        if (message->err) // Told by librdkafka, which goes on by itself once the broker is back.
            continue;
        takeRecord({static_cast<const char*>(message->payload), message->len});
        bytes += message->len + 1;
    }
    return bytes;
}

void SharedJournal::takeRecord(std::string_view bytes)
{
    auto batch = decodeJournalBatch(bytes, m_into.names());
    const MutexLock guard(m_mutex);
    if (!batch) {
        ++m_counts.broken_records;
        return;
    }
    m_counts.broken_lines += batch->broken_lines;
    m_counts.unknown_kinds += batch->unknown_kinds;
    m_merge.add(std::move(*batch), m_runtime.now());
}

Task<void> SharedJournal::stop()
{
    m_running.cancel();
    co_await m_running.join();
    const std::function<bool()> ending = [this] {
        m_connection->handle.reset();
        return true;
    };
    co_await m_connection->context.blocking<bool>(ending);
}

SharedJournal::Counts SharedJournal::counts() const
{
    const MutexLock guard(m_mutex);
    Counts counts = m_counts;
    counts.merged = m_merge.counts();
    return counts;
}

std::vector<std::string> SharedJournal::processes() const
{
    const MutexLock guard(m_mutex);
    return m_merge.processes();
}

std::string SharedJournal::description() const
{
    return "Kafka at " + m_connection->context.options.brokers + ", topic "
           + journalTopic(m_connection->context.options);
}

} // namespace orderlab
