#include "bus/topic_pages.h"
#include "headless/commands.h"
#include "headless/progress_line.h"
#include "headless/record_line.h"
#include "headless/say.h"
#include "headless/text_table.h"
#include "kafka/kafka_visit.h"
#include "lab_options.h"
#include "number_in.h"
#include "runtime/real_runtime.h"

#include "base/json_tree.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace orderlab {

namespace {

constexpr std::size_t topic_page_records = 200; ///< Records in memory at once.

struct TopicOptions {
    KafkaOptions kafka;
    std::vector<std::string> kafka_properties; ///< "NAME=VALUE" each.
    bool json = false;
    bool all = false;
    std::string topic;
    // Which events.
    std::optional<std::uint16_t> partition;
    std::string from = "latest";
    std::size_t count = 20;
    std::string filter;
};

/// The cluster that the options name, while the command runs.
class TopicVisit {
public:
    ~TopicVisit()
    {
        if (m_visit)
            m_runtime.run(m_visit->close());
    }
    Result<void> open(const TopicOptions& options)
    {
        if (options.kafka.brokers == "embedded")
            return invalidArgument("kafka-brokers", "must name a cluster's brokers: an embedded one is gone with its "
                                                    "process, and no other can look into it");
        KafkaOptions kafka = options.kafka;
        auto properties = kafkaPropertiesOfUser(options.kafka_properties);
        if (!properties)
            return properties.error();
        kafka.properties = std::move(*properties);
        kafka.creates_topics = false;
        auto visit = m_runtime.run(KafkaVisit::open(m_runtime, m_journal, std::move(kafka)));
        if (!visit)
            return visit.error();
        m_visit = std::move(*visit);
        return {};
    }
    TopicBrowser& browser() { return m_visit->browser(); }
    Result<std::vector<BrowsedTopic>> topics() { return m_runtime.run(browser().topics()); }
    Result<std::vector<LogEnds>> ends(const std::string& topic) { return m_runtime.run(browser().ends(topic)); }
    Result<std::vector<std::int64_t>> offsetsAt(const std::string& topic, TimePoint time)
    {
        return m_runtime.run(browser().offsetsAt(topic, time));
    }
    Result<TopicPage> page(TopicPageQuery query, std::function<bool(std::size_t)> go_on)
    {
        return m_runtime.run(readTopicPage(browser(), std::move(query), std::move(go_on)));
    }

private:
    RealRuntime m_runtime{1};
    Journal m_journal{1024};
    std::unique_ptr<KafkaVisit> m_visit;
};

// topics list ------------------------------------------------------------------------------------------------------

struct ListedTopic {
    std::string name;
    std::vector<LogEnds> partitions;
};

JsonNode jsonOf(const std::vector<ListedTopic>& topics)
{
    JsonNode list = JsonNode::array();
    for (const ListedTopic& topic : topics) {
        JsonNode partitions = JsonNode::array();
        std::int64_t events = 0;
        for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
            const LogEnds& log = topic.partitions[i];
            events += log.size();
            partitions.items.push_back(JsonNode::object());
            partitions.items.back()
                .add("partition", JsonNode::number(i))
                .add("earliest", JsonNode::number(log.earliest))
                .add("end", JsonNode::number(log.end))
                .add("events", JsonNode::number(log.size()));
        }
        list.items.push_back(JsonNode::object());
        list.items.back()
            .add("topic", JsonNode::string(topic.name))
            .add("events", JsonNode::number(events))
            .add("partitions", std::move(partitions));
    }
    return list;
}

std::string textOf(const std::vector<ListedTopic>& topics)
{
    std::vector<TableRow> rows{{"TOPIC", "PARTITION", "EARLIEST", "END", "EVENTS"}};
    for (const ListedTopic& topic : topics) {
        for (std::size_t i = 0; i < topic.partitions.size(); ++i) {
            const LogEnds& log = topic.partitions[i];
            rows.push_back({topic.name, std::to_string(i), std::to_string(log.earliest), std::to_string(log.end),
                            std::to_string(log.size())});
        }
    }
    return textTable(rows, 1);
}

int listTopics(const TopicOptions& options)
{
    TopicVisit visit;
    if (const auto opened = visit.open(options); !opened)
        return fail(opened.error());
    const auto all = visit.topics();
    if (!all)
        return fail(all.error());
    std::vector<ListedTopic> listed;
    for (const BrowsedTopic& topic : *all) {
        if (!options.all && !topic.name.starts_with(options.kafka.topic_prefix))
            continue;
        auto ends = visit.ends(topic.name);
        if (!ends && ends.error().code == ErrorCode::NotFound)
            continue; // It has just been deleted.
        if (!ends)
            return fail(ends.error());
        listed.push_back({topic.name, std::move(*ends)});
    }
    if (options.json)
        std::fputs(jsonOf(listed).toPrettyJson().c_str(), stdout);
    else if (!listed.empty())
        std::fputs(textOf(listed).c_str(), stdout);
    else if (all->empty())
        std::puts("The cluster has no topics.");
    else
        std::printf("No topic begins with %s: name another prefix with --topic-prefix, or list all %zu with --all.\n",
                    options.kafka.topic_prefix.c_str(), all->size());
    return exit_ok;
}

// topics show ------------------------------------------------------------------------------------------------------

/// Where to begin.
struct TopicStart {
    enum class Kind : std::uint8_t { Earliest, Latest, Offset, Time };
    Kind kind = Kind::Latest;
    std::int64_t offset = 0;
    TimePoint time;
};

Result<TopicStart> startOf(const std::string& text)
{
    if (text == "latest")
        return TopicStart{};
    if (text == "earliest")
        return TopicStart{TopicStart::Kind::Earliest, 0, {}};
    std::int64_t offset = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (error == std::errc{} && end == text.data() + text.size() && offset >= 0)
        return TopicStart{TopicStart::Kind::Offset, offset, {}};
    if (const auto time = parseRfc3339(text))
        return TopicStart{TopicStart::Kind::Time, 0, *time};
    return invalidArgument("from",
                           "must be an offset, a time such as 2026-01-31T12:00:00Z, earliest or latest, not " + text);
}

/// The topic that is meant, with or without its prefix.
Result<std::string> topicNamed(TopicVisit& visit, const TopicOptions& options)
{
    const auto topics = visit.topics();
    if (!topics)
        return topics.error();
    for (const std::string& name : {options.topic, options.kafka.topic_prefix + options.topic}) {
        if (std::ranges::find(*topics, name, &BrowsedTopic::name) != topics->end())
            return name;
    }
    return Error{ErrorCode::NotFound,
                 Retry::Never,
                 "there is no topic " + options.topic + ": orderlabd topics list --all shows which there are",
                 {}};
}

/// Error: no partition that is asked for reaches to `offset`.
Result<void> checkOffset(const TopicPageQuery& query, const std::vector<LogEnds>& ends, std::int64_t offset)
{
    std::int64_t end = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (!query.partition || *query.partition == i)
            end = std::max(end, ends[i].end);
    }
    if (offset <= end)
        return {};
    return invalidArgument(
        "from", "must be at most " + std::to_string(end) + ", where "
                    + (query.partition ? "partition " + std::to_string(*query.partition) : "the longest partition")
                    + " of topic " + query.topic + " ends");
}

/// Shows how far a search is.
class TopicProgress {
public:
    void clear() { m_line.clear(); }
    std::function<bool(std::size_t)> onPage()
    {
        return [this](std::size_t looked_at) {
            m_line.show(std::to_string(m_before + looked_at) + " events looked at ");
            return true;
        };
    }
    void pageDone(std::size_t looked_at) { m_before += looked_at; }

private:
    ProgressLine m_line;
    std::size_t m_before = 0;
};

/// For each partition where the last `count` events begin that match. Reads back page by page and keeps none.
Result<std::vector<std::int64_t>> startOfLast(TopicVisit& visit, TopicPageQuery query, std::size_t count,
                                              TopicProgress& progress)
{
    query.order = PageOrder::NewestFirst;
    query.from = query.until;
    for (bool has_more = true; has_more && count > 0;) {
        query.records_max = std::min(count, topic_page_records);
        const auto page = visit.page(query, progress.onPage());
        if (!page)
            return page.error();
        progress.pageDone(page->looked_at);
        count -= page->records.size();
        query.from = page->next;
        has_more = page->has_more;
    }
    return query.from;
}

Result<std::vector<std::int64_t>> startOffsets(TopicVisit& visit, const TopicPageQuery& query,
                                               const std::vector<LogEnds>& ends, const TopicStart& start,
                                               std::size_t count, TopicProgress& progress)
{
    if (start.kind == TopicStart::Kind::Latest)
        return startOfLast(visit, query, count, progress);
    if (start.kind == TopicStart::Kind::Time)
        return visit.offsetsAt(query.topic, start.time);
    if (start.kind == TopicStart::Kind::Offset)
        ORDERLAB_TRY(return, checkOffset(query, ends, start.offset));
    std::vector<std::int64_t> from;
    for (const LogEnds& log : ends)
        from.push_back(start.kind == TopicStart::Kind::Offset ? start.offset : log.earliest);
    return from;
}

/// Prints events of `query` as they come, `options.count` at most. What there is now is shown, not what arrives
/// meanwhile.
Result<void> printEvents(TopicVisit& visit, TopicPageQuery query, const TopicOptions& options, TopicProgress& progress)
{
    std::size_t shown = 0;
    bool has_more = true;
    while (has_more && shown < options.count) {
        query.records_max = std::min(options.count - shown, topic_page_records);
        const auto page = visit.page(query, progress.onPage());
        progress.clear();
        if (!page)
            return page.error();
        progress.pageDone(page->looked_at);
        for (const LogRecord& record : page->records) {
            if (shown++ == 0 && !options.json)
                std::fputs(recordTextHeading().c_str(), stdout);
            std::fputs((options.json ? recordJsonLine(query.topic, record) : recordTextLine(record)).c_str(), stdout);
        }
        if (std::fflush(stdout) != 0)
            return Error{ErrorCode::Unavailable, Retry::Never, "standard output takes no more", {}};
        query.from = page->next;
        has_more = page->has_more;
    }
    if (options.json)
        return {};
    if (shown == 0)
        std::printf("No event of topic %s %s.\n", query.topic.c_str(),
                    query.filter.isEmpty() ? "is there" : "from there on matches the filter");
    else if (has_more && options.from != "latest")
        std::puts("There are more: --count.");
    return {};
}

int showTopic(const TopicOptions& options)
{
    const auto start = startOf(options.from);
    if (!start)
        return fail(start.error());
    TopicVisit visit;
    if (const auto opened = visit.open(options); !opened)
        return fail(opened.error());
    const auto topic = topicNamed(visit, options);
    if (!topic)
        return fail(topic.error());
    const auto ends = visit.ends(*topic);
    if (!ends)
        return fail(ends.error());
    if (options.partition && *options.partition >= ends->size())
        return fail(noSuchPartition(*topic, *options.partition, ends->size()));
    TopicPageQuery query;
    query.topic = *topic;
    query.partition = options.partition;
    query.order = PageOrder::OldestFirst;
    query.filter = RecordFilter::parse(options.filter);
    for (const LogEnds& log : *ends)
        query.until.push_back(log.end);
    TopicProgress progress;
    auto from = startOffsets(visit, query, *ends, *start, options.count, progress);
    progress.clear();
    if (!from)
        return fail(from.error());
    query.from = std::move(*from);
    const auto printed = printEvents(visit, std::move(query), options, progress);
    return printed ? exit_ok : fail(printed.error());
}

CLI::App* addTopicsPart(CLI::App& parent, const char* name, const char* help, std::shared_ptr<TopicOptions> options,
                        int (*part)(const TopicOptions&), Command& run)
{
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("--kafka-brokers", options->kafka.brokers, "HOST:PORT,… of the Kafka cluster")
        ->envname("ORDERLAB_KAFKA_BROKERS")
        ->capture_default_str();
    command->add_option("--topic-prefix", options->kafka.topic_prefix, "Prefix of the topics")
        ->envname("ORDERLAB_TOPIC_PREFIX")
        ->capture_default_str();
    command->add_option(
        "--kafka-property", options->kafka_properties,
        "A property of librdkafka, NAME=VALUE; repeatable. Others see a command's options: passwords rather in "
        "the environment or the file");
    command->add_flag("--json", options->json, "Prints JSON instead of text");
    command->callback([&run, options, part] { run = [options, part] { return part(*options); }; });
    return command;
}

} // namespace

void addTopics(CLI::App& app, Command& run)
{
    auto options = std::make_shared<TopicOptions>();
    options->kafka.brokers = "localhost:9092";
    CLI::App* command = app.add_subcommand(
        "topics", "Lists a Kafka cluster's topics and shows their events; writes nothing and joins no group");
    command->require_subcommand(1);
    CLI::App* listing = addTopicsPart(*command, "list", "Lists the partitions of each topic with their offsets",
                                      options, listTopics, run);
    listing->add_flag("--all", options->all, "Also topics of other programs, which have another prefix");
    CLI::App* showing =
        addTopicsPart(*command, "show", "Shows events of a topic, a line each, oldest first; with --json all of each",
                      options, showTopic, run);
    showing->add_option("TOPIC", options->topic, "The topic, such as order-created, with or without its prefix")
        ->required();
    showing->add_option("--partition", options->partition, "Only this partition");
    showing
        ->add_option("--from", options->from,
                     "Where to begin: an offset of each partition, a time such as 2026-01-31T12:00:00Z, earliest, or "
                     "latest for the last events")
        ->capture_default_str();
    showing->add_option("--count", options->count, "The most events to show, 1 to 100000")
        ->check(numberIn(1, 100'000))
        ->capture_default_str();
    showing->add_option(
        "--filter", options->filter,
        "Only events with this text in key, headers or payload; key:TEXT and type:TEXT look there only");
}

} // namespace orderlab
