#include "contract/bus_contract.h"
#include "support/verify_result.h"

#include <QTest>

#include <algorithm>

namespace orderlab {

namespace {

using enum EventType;

/// A bus with one partition a topic, and a way to look into its first topic.
struct BrowsedBus {
    BrowsedBus(RealRuntime& real, std::unique_ptr<EventBus> made)
        : runtime(real), bus(std::move(made)), browser(bus->browser())
    {
        const auto topics = runtime.run(browser->topics()).value();
        const auto found = std::ranges::find(topics, OrderCreated, &BrowsedTopic::type);
        if (found == topics.end())
            qFatal("no topic");
        topic = *found;
    }
    ~BrowsedBus() { runtime.run(bus->close()); }

    /// Events of one order, numbered from `first`, as one call.
    std::vector<Event> publish(std::uint64_t first, std::uint64_t count)
    {
        std::vector<Event> events;
        for (std::uint64_t i = first; i < first + count; ++i) {
            Event event;
            event.id = EventId{Uuid{7, i + 1}};
            event.order = OrderId{Uuid{0x5678, 9}};
            event.time = fromMicros(std::int64_t(i));
            event.trace = {{1, 2}, 3};
            event.data = {"ada", {std::int64_t(100 + i), {}}, {}};
            event.extensions = {{"x-number", std::to_string(i)}, {"x-null", std::nullopt}};
            events.push_back(std::move(event));
        }
        runtime.run(bus->publish(events)).value();
        return events;
    }
    Result<RecordPage> read(std::int64_t from, std::size_t records = 100, std::size_t bytes = 1 << 20)
    {
        RecordQuery query{topic.name, 0, from, records, bytes};
        return runtime.run(browser->records(std::move(query)));
    }

    RealRuntime& runtime;
    const std::unique_ptr<EventBus> bus;
    const std::shared_ptr<TopicBrowser> browser;
    BrowsedTopic topic;
};

std::vector<std::int64_t> offsetsOf(const RecordPage& page)
{
    std::vector<std::int64_t> offsets;
    for (const LogRecord& record : page.records)
        offsets.push_back(record.offset);
    return offsets;
}

} // namespace

void BusContract::browse_readsFromAnyOffset_noMoreThanAskedFor()
{
    BrowsedBus log(m_runtime, makeBus({.partitions = 1}));
    QCOMPARE(log.topic.partitions, std::uint16_t(1));
    QVERIFY(log.topic.isOurs());
    const auto nothing = log.read(5);
    QVERIFY(nothing && nothing->records.empty() && nothing->next == 0 && nothing->ends == LogEnds{});

    const TimePoint before = m_runtime.now();
    const auto events = log.publish(0, 300);
    const auto ends = m_runtime.run(log.browser->ends(log.topic.name));
    QVERIFY(ends);
    QVERIFY((*ends == std::vector<LogEnds>{{0, 300}}));

    const auto page = log.read(250, 7);
    QVERIFY2(page, page ? "" : page.error().message.c_str());
    QVERIFY((page->ends == LogEnds{0, 300}));
    QCOMPARE(page->next, std::int64_t(257));
    QVERIFY((offsetsOf(*page) == std::vector<std::int64_t>{250, 251, 252, 253, 254, 255, 256}));
    const LogRecord& record = page->records[3];
    QVERIFY(record.headers == recordOf(events[253]).headers);
    QVERIFY(record.key == events[253].order.toString());
    QVERIFY(record.value == recordOf(events[253]).value);
    QVERIFY(record.appended_at > before - std::chrono::seconds{1}); // Kafka knows milliseconds.
    QVERIFY(eventIn(record, OrderCreated) == events[253]);
    QCOMPARE(eventIn(record, PaymentFailed).error().code, ErrorCode::Corrupt);

    // Who reads on gets the next ones, each once, up to the end.
    std::vector<std::int64_t> seen;
    for (std::int64_t at = 0; at < 300;) {
        const auto next = log.read(at, 64);
        QVERIFY2(next, next ? "" : next.error().message.c_str());
        QVERIFY(!next->records.empty() && next->records.size() <= 64 && next->next > at);
        const auto offsets = offsetsOf(*next);
        seen.insert(seen.end(), offsets.begin(), offsets.end());
        at = next->next;
    }
    QCOMPARE(seen.size(), std::size_t(300));
    QVERIFY(std::ranges::is_sorted(seen) && seen.front() == 0 && seen.back() == 299);

    const auto few_bytes = log.read(0, 100, 2 * record.bytes());
    QVERIFY(few_bytes && few_bytes->records.size() >= 2 && few_bytes->records.size() <= 3);
    QCOMPARE(log.read(1'000)->next, std::int64_t(300)); // Past the end.
    log.publish(300, 1);
    const auto newest = log.read(300);
    QVERIFY(newest && newest->records.size() == 1 && newest->ends.end == 301);
}

void BusContract::browse_findsTheOffsetOfATime()
{
    BrowsedBus log(m_runtime, makeBus({.partitions = 1}));
    const auto at = [&](TimePoint time) { return m_runtime.run(log.browser->offsetsAt(log.topic.name, time)); };
    log.publish(0, 40);
    constexpr auto apart = std::chrono::milliseconds(3); // A log on Kafka knows milliseconds.
    m_runtime.run(m_runtime.sleep(apart));
    const TimePoint between = m_runtime.now();
    m_runtime.run(m_runtime.sleep(apart));
    log.publish(40, 10);
    using Offsets = std::vector<std::int64_t>;
    const auto found = at(between);
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QVERIFY(*found == Offsets{40});
    QVERIFY(at(between - std::chrono::hours{1}).value() == Offsets{0});
    QVERIFY(at(m_runtime.now() + std::chrono::hours{1}).value() == Offsets{50});
}

void BusContract::browse_showsARecordThatIsNoneOfOursAsItIs()
{
    BrowsedBus log(m_runtime, makeBus({.partitions = 1}));
    const std::string bytes("\x00\xff{no json", 10);
    UndecodableRecord foreign;
    foreign.value = bytes;
    Event event;
    event.id = EventId{Uuid{1, 2}};
    event.extensions = {{"x-from", "elsewhere"}};
    event.undecodable = std::make_shared<const UndecodableRecord>(foreign);
    QVERIFY(m_runtime.run(log.bus->publish(std::span(&event, 1))));
    const auto page = log.read(0);
    QVERIFY(page && page->records.size() == 1);
    const LogRecord& record = page->records.front();
    QVERIFY(!record.key);
    QVERIFY(record.value == bytes);
    QVERIFY((record.headers == std::vector<Header>{{"x-from", "elsewhere"}}));
    QCOMPARE(eventIn(record, OrderCreated).error().code, ErrorCode::Corrupt);
    // Its group gets it as what it is.
    const auto consumer = m_runtime.run(log.bus->subscribe({"g", "m", {OrderCreated}})).value();
    const auto batch = m_runtime.run(consumer->poll(10)).value();
    QVERIFY(batch.events.size() == 1 && batch.events.front().undecodable
            && batch.events.front().undecodable->value == bytes);
    m_runtime.run(consumer->close());
}

void BusContract::browse_whatIsNotThereIsRefused()
{
    BrowsedBus log(m_runtime, makeBus({.partitions = 1}));
    const auto refused = [&](RecordQuery query) {
        const auto page = m_runtime.run(log.browser->records(std::move(query)));
        return page ? Error{} : page.error();
    };
    const std::string& name = log.topic.name;
    const std::string elsewhere = name + "-not-there";
    const Error no_topic = refused({elsewhere});
    QVERIFY(no_topic.code == ErrorCode::NotFound && no_topic.field == "topic");
    const Error no_partition = refused({name, 7});
    QVERIFY(no_partition.code == ErrorCode::NotFound && no_partition.field == "partition");
    QCOMPARE(refused({name, 0, -1}).field, std::string("from"));
    QCOMPARE(refused({name, 0, 0, 0}).field, std::string("count"));
    QCOMPARE(refused({name, 0, 0, 1'001}).field, std::string("count"));
    QCOMPARE(m_runtime.run(log.browser->ends(elsewhere)).error().code, ErrorCode::NotFound);
    QCOMPARE(m_runtime.run(log.browser->offsetsAt(elsewhere, m_runtime.now())).error().code, ErrorCode::NotFound);
    const auto topics = m_runtime.run(log.browser->topics()).value(); // Nor has asking made it.
    QVERIFY(std::ranges::find(topics, elsewhere, &BrowsedTopic::name) == topics.end());
}

void BusContract::browse_isNoGroupAndMovesNone()
{
    BrowsedBus log(m_runtime, makeBus({.partitions = 1}));
    const auto consumer = m_runtime.run(log.bus->subscribe({"g", "m", {OrderCreated}})).value();
    log.publish(0, 5);
    const auto batch = m_runtime.run(consumer->poll(2)).value();
    QVERIFY(m_runtime.run(consumer->commit(batch.where, batch.endOffset())));
    QVERIFY(log.read(0) && log.read(3));
    const auto groups = m_runtime.run(log.bus->groups());
    QVERIFY2(groups, groups ? "" : groups.error().message.c_str());
    QCOMPARE(groups->size(), std::size_t(1));
    for (const PartitionStatus& partition : groups->front().partitions) {
        if (partition.where == batch.where)
            QCOMPARE(partition.committed, batch.endOffset());
    }
    m_runtime.run(consumer->close());
    m_runtime.run(log.bus->close());
    const auto browser = log.browser; // It outlives its bus, and says so or shows what was.
    const auto closed = m_runtime.run(browser->topics());
    QVERIFY(closed || closed.error().code == ErrorCode::Closed);
}

} // namespace orderlab
