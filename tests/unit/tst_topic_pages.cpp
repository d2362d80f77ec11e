#include "bus/topic_pages.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"

#include <QTest>

#include <algorithm>

using namespace orderlab;

namespace {

/// A topic whose records are made when they are read, and counted.
class MadeTopic final : public TopicBrowser {
public:
    MadeTopic(std::uint16_t partitions, std::int64_t records) : m_partitions(partitions), m_records(records) {}

    std::int64_t earliest = 0;
    std::int64_t gap_from = -1, gap_to = -1; ///< Offsets that were compacted.
    std::size_t value_bytes = 10;
    std::size_t read = 0, bytes = 0, calls = 0, most_at_once = 0;

    Task<Result<std::vector<BrowsedTopic>>> topics() override
    {
        co_return std::vector<BrowsedTopic>{{"made", {}, false, m_partitions}};
    }
    Task<Result<std::vector<LogEnds>>> ends(std::string topic) override
    {
        if (topic != "made")
            co_return noSuchTopic(topic);
        co_return std::vector<LogEnds>(m_partitions, LogEnds{earliest, m_records});
    }
    Task<Result<RecordPage>> records(RecordQuery query) override
    {
        ORDERLAB_TRY(co_return, query.validate());
        ++calls;
        RecordPage page;
        page.ends = {earliest, m_records};
        page.next = std::clamp(query.from, earliest, m_records);
        std::size_t page_bytes = 0;
        while (page.next < m_records && page.records.size() < query.records_max && page_bytes < query.bytes_max) {
            const std::int64_t offset = page.next++;
            if (offset >= gap_from && offset < gap_to)
                continue;
            page.records.push_back(made(query.partition, offset));
            page_bytes += page.records.back().bytes();
        }
        read += page.records.size();
        bytes += page_bytes;
        most_at_once = std::max(most_at_once, page.records.size());
        co_return page;
    }
    Task<Result<std::vector<std::int64_t>>> offsetsAt(std::string, TimePoint) override
    {
        co_return std::vector<std::int64_t>(m_partitions, 0);
    }

private:
    LogRecord made(std::uint16_t partition, std::int64_t offset) const
    {
        LogRecord record;
        record.partition = partition;
        record.offset = offset;
        record.appended_at = fromMicros(offset * 1'000 + partition);
        record.key = "order-" + std::to_string(offset);
        record.headers = {{"ce_type", offset % 3 == 0 ? "orders.payment-failed.v1" : "orders.order-created.v1"}};
        record.value = std::string(value_bytes, 'x') + std::to_string(offset);
        return record;
    }

    const std::uint16_t m_partitions;
    const std::int64_t m_records;
};

TopicPageQuery pageQuery(PageOrder order, std::size_t records = 100)
{
    TopicPageQuery query;
    query.topic = "made";
    query.order = order;
    query.records_max = records;
    return query;
}

} // namespace

class TestTopicPages : public QObject {
    Q_OBJECT

    Result<TopicPage> page(MadeTopic& topic, TopicPageQuery query, std::function<bool(std::size_t)> go_on = {})
    {
        return m_runtime.run(readTopicPage(topic, std::move(query), std::move(go_on)));
    }

    RealRuntime m_runtime{1};

private Q_SLOTS:
    /// Anywhere in ten million records a page costs a page.
    void tenMillion_arePagedWithoutReadingMoreThanAPage()
    {
        MadeTopic topic(3, 10'000'000);
        for (const PageOrder order : {PageOrder::NewestFirst, PageOrder::OldestFirst}) {
            for (const std::int64_t from : {std::int64_t(0), std::int64_t(5'000'000), std::int64_t(10'000'000)}) {
                topic.read = topic.calls = topic.bytes = topic.most_at_once = 0;
                TopicPageQuery query = pageQuery(order);
                query.from = {from, from, from};
                const auto got = page(topic, query);
                QVERIFY(got);
                QCOMPARE(got->size, std::int64_t(30'000'000));
                const bool is_behind_all = from == (order == PageOrder::NewestFirst ? 0 : 10'000'000);
                QCOMPARE(got->records.size(), std::size_t(is_behind_all ? 0 : 100));
                QVERIFY(topic.read <= 3 * 100);
                QVERIFY(topic.calls <= 3);
            }
        }
    }

    void pages_mergePartitionsByTime_andNoRecordIsMissedOrSeenTwice()
    {
        for (const PageOrder order : {PageOrder::NewestFirst, PageOrder::OldestFirst}) {
            MadeTopic topic(4, 333);
            topic.earliest = 7;
            TopicPageQuery query = pageQuery(order, 50);
            std::vector<TimePoint> times;
            for (bool has_more = true; has_more;) {
                const auto got = page(topic, query);
                QVERIFY(got && !got->records.empty());
                for (const LogRecord& record : got->records)
                    times.push_back(record.appended_at);
                query.from = got->next;
                has_more = got->has_more;
            }
            QCOMPARE(times.size(), std::size_t(4 * 326));
            if (order == PageOrder::NewestFirst)
                std::ranges::reverse(times);
            QVERIFY(std::ranges::adjacent_find(times, std::greater_equal()) == times.end()); // Each once, in order.
        }
    }

    void onePartition_andUntil_boundWhatIsSeen()
    {
        MadeTopic topic(3, 1'000);
        TopicPageQuery query = pageQuery(PageOrder::NewestFirst, 10);
        query.partition = 1;
        query.until = {5, 400, 5};
        const auto got = page(topic, query);
        QVERIFY(got);
        QCOMPARE(got->size, std::int64_t(400));
        QCOMPARE(got->records.front().offset, std::int64_t(399));
        QVERIFY(std::ranges::all_of(got->records, [](const LogRecord& record) { return record.partition == 1; }));
        QCOMPARE(got->next[1], std::int64_t(390));
        QCOMPARE(got->next[0], got->from[0]);
        query.partition = 3;
        QCOMPARE(page(topic, query).error().field, std::string("partition"));
        query.topic = "another";
        QCOMPARE(page(topic, query).error().code, ErrorCode::NotFound);
        query.records_max = 0;
        QCOMPARE(page(topic, query).error().field, std::string("count"));
    }

    void gapsAndLargeRecords_costNoRecord()
    {
        MadeTopic topic(1, 5'000);
        topic.gap_from = 1'000;
        topic.gap_to = 4'000;
        const auto before_gap = page(topic, [] {
            TopicPageQuery query = pageQuery(PageOrder::NewestFirst, 10);
            query.from = {4'003};
            return query;
        }());
        QVERIFY(before_gap);
        std::vector<std::int64_t> offsets;
        for (const LogRecord& record : before_gap->records)
            offsets.push_back(record.offset);
        QVERIFY((offsets == std::vector<std::int64_t>{4'002, 4'001, 4'000, 999, 998, 997, 996, 995, 994, 993}));

        MadeTopic large(1, 300);
        large.value_bytes = 3 << 20;
        const auto of_large = page(large, pageQuery(PageOrder::NewestFirst, 5));
        QVERIFY(of_large);
        QCOMPARE(of_large->records.size(), std::size_t(5));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(of_large->records[std::size_t(i)].offset, std::int64_t(299 - i));
        QVERIFY(large.most_at_once <= 2); // Some megabytes at once, not all of them.
    }

    void filter_looksThroughInSteps_andCanBeStopped()
    {
        MadeTopic topic(2, 10'000'000);
        TopicPageQuery query = pageQuery(PageOrder::NewestFirst, 10);
        query.filter = RecordFilter::parse("key:ORDER-9999 type:failed xxx");
        const auto got = page(topic, query);
        QVERIFY(got);
        QCOMPARE(got->records.size(), std::size_t(10));
        for (const LogRecord& record : got->records)
            QVERIFY(query.filter.matches(record) && record.offset % 3 == 0);
        QVERIFY(topic.read <= 2'000);

        query.filter.text = "not to be found";
        query.look_max = 20'000;
        topic.read = 0;
        const auto nothing = page(topic, query);
        QVERIFY(nothing && nothing->records.empty() && nothing->has_more);
        QCOMPARE(nothing->looked_at, std::size_t(20'000));
        QVERIFY(topic.read <= 22'000);
        QVERIFY(topic.most_at_once <= 1'000);
        QCOMPARE(nothing->next[0] + nothing->next[1], 20'000'000 - std::int64_t(nothing->looked_at)); // To go on there.

        std::size_t told = 0;
        query.look_max = TopicPageQuery::look_limit;
        const auto stopped = page(topic, query, [&told](std::size_t looked_at) {
            told = looked_at;
            return looked_at < 3'000;
        });
        QVERIFY(stopped && stopped->has_more);
        QCOMPARE(stopped->looked_at, told);
        QVERIFY(told >= 3'000 && told < 4'000);
    }

    void filter_isReadAsPeopleTypeIt()
    {
        const RecordFilter filter = RecordFilter::parse("  key:ada  two words type:none ");
        QCOMPARE(filter.key, std::string("ada"));
        QCOMPARE(filter.type, std::string("none"));
        QCOMPARE(filter.text, std::string("two words"));
        LogRecord foreign;
        foreign.key = "for-ADA";
        foreign.value = "here are Two Words";
        QVERIFY(filter.matches(foreign));
        foreign.headers = {{"ce_type", "orders.order-created.v1"}};
        QVERIFY(!filter.matches(foreign));
        foreign.headers = {{"x", std::nullopt}};
        foreign.key.reset();
        QVERIFY(!filter.matches(foreign));
        QVERIFY(RecordFilter::parse("x").matches(foreign)); // A header's name.
        QVERIFY(RecordFilter().matches({}));
    }
};

ORDERLAB_TEST(tst_topic_pages, QCoreApplication, TestTopicPages)
#include "tst_topic_pages.moc"
