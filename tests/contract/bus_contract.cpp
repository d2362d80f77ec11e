#include "contract/bus_contract.h"

#include "runtime/task_group.h"
#include "runtime/with_timeout.h"
#include "support/forwarding_bus.h"
#include "support/verify_result.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace orderlab {

using namespace std::chrono_literals;

namespace {

using enum EventType;

Event eventOf(std::uint64_t key, std::uint64_t number, EventType type = OrderCreated)
{
    Event event;
    event.id = EventId{Uuid{key + 1, number + 1}};
    event.order = OrderId{Uuid{0x1234 + key * 7919, key + 1}};
    event.type = type;
    event.time = fromMicros(std::int64_t(number));
    event.trace = {{1, 2}, 3};
    event.data = {"user-" + std::to_string(key), {std::int64_t(100 + number), {}}, {}};
    return event;
}

std::vector<Event> eventsOf(std::uint64_t keys, std::uint64_t count)
{
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < count; ++i)
        events.push_back(eventOf(i % keys, i));
    return events;
}

/// What one group received, in order. Guarded, as members run on several threads.
struct Received {
    std::mutex mutex;
    std::vector<Event> events;
    std::map<std::string, int> by_member;
    std::size_t size()
    {
        const std::scoped_lock guard(mutex);
        return events.size();
    }
    std::set<std::uint64_t> numbers()
    {
        const std::scoped_lock guard(mutex);
        std::set<std::uint64_t> all;
        for (const Event& event : events)
            all.insert(event.id.low);
        return all;
    }
};

/// Polls and commits until drained or closed. What else a poll fails by passes, as for a worker.
Task<void> consume(std::shared_ptr<Consumer> consumer, std::string member, Received& received, std::size_t batch = 16)
{
    for (;;) {
        const auto polled = co_await consumer->poll(batch);
        if (!polled && polled.error().code == ErrorCode::Closed)
            co_return;
        if (!polled)
            continue;
        {
            const std::scoped_lock guard(received.mutex);
            received.events.insert(received.events.end(), polled->events.begin(), polled->events.end());
            received.by_member[member] += int(polled->events.size());
        }
        const auto committed = co_await consumer->commit(polled->where, polled->endOffset());
        (void)committed; // A partition that was taken away meanwhile comes again elsewhere.
    }
}

Task<Result<std::vector<DeliveryBatch>>> pollSome(std::shared_ptr<Consumer> consumer, int polls, std::size_t max)
{
    std::vector<DeliveryBatch> batches;
    for (int i = 0; i < polls; ++i) {
        auto batch = co_await consumer->poll(max);
        if (!batch)
            co_return batch.error();
        batches.push_back(std::move(*batch));
    }
    co_return batches;
}

Task<Result<DeliveryBatch>> pollAtMost(Runtime& runtime, std::shared_ptr<Consumer> consumer, std::size_t max,
                                       Duration limit)
{
    co_return co_await withTimeout<DeliveryBatch>(runtime, limit, "poll", consumer->poll(max));
}

/// Its session outlasts a machine that stands still, and ends well within `patience`: a broker that is too busy to be
/// told that a member leaves learns it by that. Tests of the session have a shorter one.
SubscribeOptions member(std::string group, std::string name, std::vector<EventType> topics = {OrderCreated},
                        InFlight in_flight = InFlight::UntilCommitted)
{
    return {std::move(group), std::move(name), std::move(topics), in_flight, 2min};
}

constexpr Duration patience = 4min; ///< Librdkafka asks again after a minute what a broker has left unanswered.

bool eventually(const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, int(patience / 1ms));
}

/// Nothing yet while its first member is joining, which takes its time where a broker has to agree.
GroupStatus statusOf(RealRuntime& runtime, EventBus& bus, const std::string& group)
{
    const auto groups = runtime.run(bus.groups()).value();
    const auto found = std::ranges::find(groups, group, &GroupStatus::group);
    return found == groups.end() ? GroupStatus{} : *found;
}

/// Which partitions each member has; those of nobody are with "".
std::map<std::string, std::set<TopicPartition>> sharesOf(RealRuntime& runtime, EventBus& bus, const std::string& group)
{
    std::map<std::string, std::set<TopicPartition>> shares;
    for (const PartitionStatus& partition : statusOf(runtime, bus, group).partitions)
        shares[partition.member].insert(partition.where);
    return shares;
}

/// Whether a partition has moved since the reader's beginning: what was in hand of it may be delivered again.
bool hasRebalanced(JournalReader& reader)
{
    std::vector<Entry> entries;
    while (reader.read(entries, 1'000) > 0) {
    }
    return std::ranges::find(entries, EntryKind::PartitionAssigned, &Entry::kind) != entries.end();
}

/// Whether a member has left its group since the reader's beginning.
bool hasLeft(JournalReader& reader)
{
    std::vector<Entry> entries;
    while (reader.read(entries, 1'000) > 0) {
    }
    return std::ranges::find(entries, EntryKind::MemberLeft, &Entry::kind) != entries.end();
}

/// -1 where the group knows no such partition.
std::int64_t committedOf(RealRuntime& runtime, EventBus& bus, const std::string& group, TopicPartition where)
{
    const GroupStatus status = statusOf(runtime, bus, group);
    const auto found = std::ranges::find(status.partitions, where, &PartitionStatus::where);
    return found == status.partitions.end() ? -1 : found->committed;
}

constexpr Duration quiet = 100ms; ///< How long "nothing comes" is watched.

/// A bus and its consumers, which end with the test, be it by a check that fails.
class Running {
public:
    Running(RealRuntime& runtime, std::unique_ptr<EventBus> bus)
        : m_runtime(runtime), m_bus(std::make_unique<test::PatientBus>(runtime, std::move(bus))), m_consumers(runtime)
    {}
    ~Running() { end(); }
    EventBus* operator->() const { return m_bus.get(); }
    EventBus& operator*() const { return *m_bus; }
    void spawn(Task<void> task) { m_consumers.spawn(std::move(task)); }
    void join() { m_runtime.run(m_consumers.join()); }
    void end()
    {
        m_runtime.run(m_bus->close());
        join();
    }

private:
    RealRuntime& m_runtime;
    const std::unique_ptr<EventBus> m_bus;
    TaskGroup m_consumers;
};

} // namespace

void BusContract::delivery_isIntactWithHeaders()
{
    Running bus(m_runtime, makeBus({}));
    Event sent = eventOf(1, 42, PaymentFailed);
    sent.data = {"Zoë \"quoted\" \\ 🙂", {1999, *Currency::parse("USD")}, PaymentDetails{{7, 8}, "card declined"}};
    sent.extensions = {{"x-tenant", "blue"}, {"x-empty", ""}, {"x-null", std::nullopt}};
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m", {PaymentFailed}))).value();
    const auto positions = m_runtime.run(bus->publish(std::span(&sent, 1)));
    QVERIFY(positions);
    const DeliveryBatch batch = m_runtime.run(consumer->poll(10)).value();
    QCOMPARE(batch.events.size(), std::size_t(1));
    QVERIFY(batch.events.front() == sent);
    QCOMPARE(batch.first_offset, positions->front().offset);
    QVERIFY(batch.where == positions->front().where);
}

void BusContract::groups_eachGetsEveryEvent_membersShare()
{
    Received payment, analytics;
    Running bus(m_runtime, makeBus({}));
    for (const char* name : {"m1", "m2", "m3"}) {
        auto consumer = m_runtime.run(bus->subscribe(member("payment", name))).value();
        bus.spawn(consume(std::move(consumer), name, payment));
    }
    auto only = m_runtime.run(bus->subscribe(member("analytics", "m1"))).value();
    bus.spawn(consume(std::move(only), "m1", analytics));
    const auto isShared = [&] {
        const auto shares = sharesOf(m_runtime, *bus, "payment");
        return shares.size() == 3 && !shares.contains("");
    };
    QVERIFY(eventually(isShared));
    JournalReader moves(m_journal);
    const auto events = eventsOf(64, 1'000);
    QVERIFY(m_runtime.run(bus->publish(events)));
    QVERIFY(eventually([&] { return payment.numbers().size() == 1'000 && analytics.numbers().size() == 1'000; }));
    QCOMPARE(payment.by_member.size(), std::size_t(3));
    QVERIFY(payment.size() == 1'000 || hasRebalanced(moves));
}

void BusContract::order_isKeptPerKey()
{
    Received received;
    Running bus(m_runtime, makeBus({}));
    for (const char* name : {"m1", "m2"}) {
        auto consumer = m_runtime.run(bus->subscribe(member("g", name))).value();
        bus.spawn(consume(std::move(consumer), name, received, 7));
    }
    const auto events = eventsOf(16, 1'000);
    for (std::size_t i = 0; i < events.size(); i += 50)
        QVERIFY(m_runtime.run(bus->publish(std::span(events).subspan(i, 50))));
    QVERIFY(eventually([&] { return received.numbers().size() == 1'000; }));
    // The second member joins meanwhile: what was in hand of a partition that moves may come again, but nothing is
    // passed over.
    std::set<std::uint64_t> known;
    std::map<std::uint64_t, std::uint64_t> last;
    const std::scoped_lock guard(received.mutex);
    for (const Event& event : received.events) {
        if (!known.insert(event.id.low).second)
            continue;
        QVERIFY(event.id.low > last[event.order.low]);
        last[event.order.low] = event.id.low;
    }
    QCOMPARE(last.size(), std::size_t(16));
}

void BusContract::untilCommitted_nothingNewOnAPartition()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m"))).value();
    const auto events = eventsOf(1, 10);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const DeliveryBatch first = m_runtime.run(consumer->poll(4)).value();
    QVERIFY(m_runtime.run(consumer->commit(first.where, first.endOffset() - 1)));
    QCOMPARE(m_runtime.run(pollAtMost(m_runtime, consumer, 4, quiet)).error().code, ErrorCode::Timeout);
    QVERIFY(m_runtime.run(consumer->commit(first.where, first.endOffset())));
    const DeliveryBatch second = m_runtime.run(consumer->poll(4)).value();
    QCOMPARE(second.first_offset, first.endOffset());
}

void BusContract::unlimited_deliveriesGoOnWithoutCommits()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m", {OrderCreated}, InFlight::Unlimited))).value();
    const auto events = eventsOf(1, 10);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const auto batches = m_runtime.run(pollSome(consumer, 2, 4)).value();
    QCOMPARE(batches[1].first_offset, batches[0].endOffset());
}

void BusContract::uncommitted_isRedeliveredAfterAMemberDies()
{
    Received received;
    Running bus(m_runtime, makeBus({.partitions = 1}));
    const auto dying = m_runtime.run(bus->subscribe(member("g", "dying"))).value();
    const auto events = eventsOf(1, 10);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const DeliveryBatch taken = m_runtime.run(dying->poll(10)).value();
    QVERIFY(m_runtime.run(dying->commit(taken.where, taken.first_offset + 3)));
    m_runtime.run(dying->close());
    const auto heir = m_runtime.run(bus->subscribe(member("g", "heir"))).value();
    bus.spawn(consume(heir, "heir", received));
    QVERIFY(eventually([&] { return received.size() >= 7; }));
    QCOMPARE(*received.numbers().begin(), std::uint64_t(4));
    QCOMPARE(received.numbers().size(), std::size_t(7));
}

void BusContract::members_comeAndGo_nothingIsLost()
{
    Received received;
    Running bus(m_runtime, makeBus({.partitions = 6}));
    constexpr std::size_t count = 5'000;
    auto stayer = m_runtime.run(bus->subscribe(member("g", "stayer"))).value();
    bus.spawn(consume(std::move(stayer), "stayer", received));
    const auto events = eventsOf(100, count);
    for (std::size_t i = 0; i < count; i += 250) {
        const std::string name = "guest-" + std::to_string(i);
        const auto guest = m_runtime.run(bus->subscribe(member("g", name))).value();
        bus.spawn(consume(guest, name, received));
        QVERIFY(m_runtime.run(bus->publish(std::span(events).subspan(i, 250))));
        m_runtime.run(guest->close());
    }
    QVERIFY(eventually([&] { return received.numbers().size() == count; }));
}

void BusContract::lateGroup_getsWhatIsRetained()
{
    Received early, late;
    Running bus(m_runtime, makeBus({}));
    auto first = m_runtime.run(bus->subscribe(member("early", "m"))).value();
    bus.spawn(consume(std::move(first), "m", early));
    const auto events = eventsOf(10, 500);
    QVERIFY(m_runtime.run(bus->publish(events)));
    QVERIFY(eventually([&] { return early.size() == 500; }));
    auto second = m_runtime.run(bus->subscribe(member("late", "m"))).value();
    bus.spawn(consume(std::move(second), "m", late));
    QVERIFY(eventually([&] { return late.size() == 500; }));
    QCOMPARE(late.numbers().size(), std::size_t(500));
}

/// Whoever asks what still waits must not be told "nothing" because nobody has come yet, or nobody is left.
void BusContract::group_isListedWithAllItHasToRead_fromItsFirstSubscriptionOn()
{
    Running bus(m_runtime, makeBus({.partitions = 4}));
    const auto events = eventsOf(4, 12);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const auto lag = [&] {
        const GroupStatus status = statusOf(m_runtime, *bus, "g");
        std::int64_t sum = 0;
        for (const PartitionStatus& partition : status.partitions)
            sum += partition.lag();
        return status.partitions.size() == 8 ? sum : -1;
    };
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m", {OrderCreated, PaymentSucceeded}))).value();
    QCOMPARE(lag(), std::int64_t(12));
    const DeliveryBatch batch = m_runtime.run(consumer->poll(1)).value();
    QVERIFY(m_runtime.run(consumer->commit(batch.where, batch.endOffset())));
    QCOMPARE(lag(), std::int64_t(11));
    m_runtime.run(consumer->close());
    QCOMPARE(lag(), std::int64_t(11));
}

/// An attempt in which the group lost the member's partition, as a cluster that is held up may decide, says nothing. A
/// member that leaves by its own decision because a seek failed does.
void BusContract::seek_deliversAgain()
{
    for (int attempt = 0; attempt < 20; ++attempt) {
        Running bus(m_runtime, makeBus({.partitions = 1}));
        const auto consumer = m_runtime.run(bus->subscribe(member("g", "m"))).value();
        const auto events = eventsOf(1, 10);
        QVERIFY(m_runtime.run(bus->publish(events)));
        const DeliveryBatch batch = m_runtime.run(consumer->poll(10)).value();
        JournalReader reader(m_journal);
        const auto sought = m_runtime.run(consumer->seek(batch.where, batch.first_offset + 2));
        if (!sought && sought.error().code == ErrorCode::Conflict && !hasLeft(reader))
            continue;
        QVERIFY_RESULT(sought);
        const DeliveryBatch again = m_runtime.run(consumer->poll(10)).value();
        QCOMPARE(again.first_offset, batch.first_offset + 2);
        QVERIFY(again.events.front() == events[2]);
        return;
    }
    QFAIL("The machine stood still in each attempt.");
}

void BusContract::commit_ofALostPartitionIsRefused()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    const auto loser = m_runtime.run(bus->subscribe(member("g", "loser"))).value();
    const auto events = eventsOf(1, 4);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const DeliveryBatch batch = m_runtime.run(loser->poll(4)).value();
    m_runtime.run(loser->close());
    const auto late = m_runtime.run(loser->commit(batch.where, batch.endOffset()));
    QVERIFY(!late);
    QCOMPARE(late.error().retry, Retry::Never);
    const auto heir = m_runtime.run(bus->subscribe(member("g", "heir"))).value();
    QCOMPARE(m_runtime.run(heir->poll(4)).value().first_offset, batch.first_offset);
}

void BusContract::silentMember_isPutOut_othersGoOn()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    SubscribeOptions options = member("g", "hangs");
    options.session_timeout = shortestSession();
    const auto hangs = m_runtime.run(bus->subscribe(std::move(options))).value();
    const auto events = eventsOf(1, 4);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const DeliveryBatch batch = m_runtime.run(hangs->poll(4)).value();
    const auto heir = m_runtime.run(bus->subscribe(member("g", "heir"))).value();
    const auto again = m_runtime.run(withTimeout<DeliveryBatch>(m_runtime, patience, "the heir's poll", heir->poll(4)));
    QVERIFY(again);
    QCOMPARE(again->first_offset, batch.first_offset);
    QCOMPARE(again->events.size(), batch.events.size());

    const auto late = m_runtime.run(hangs->commit(batch.where, batch.endOffset()));
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::Conflict);
    QCOMPARE(late.error().retry, Retry::Never);
    QCOMPARE(m_runtime.run(hangs->poll(4)).error().code, ErrorCode::Closed);
    QVERIFY(m_runtime.run(heir->commit(again->where, again->endOffset())));
    QCOMPARE(statusOf(m_runtime, *bus, "g").members, std::vector<std::string>{"heir"});
    m_runtime.run(hangs->close());
}

void BusContract::silentMember_mayJoinAgain()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    SubscribeOptions options = member("g", "m");
    options.session_timeout = shortestSession();
    const auto hung = m_runtime.run(bus->subscribe(options)).value();
    const auto events = eventsOf(1, 4);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const DeliveryBatch batch = m_runtime.run(hung->poll(4)).value();
    QVERIFY(eventually([&] { return statusOf(m_runtime, *bus, "g").members.empty(); }));
    QCOMPARE(m_runtime.run(hung->poll(4)).error().code, ErrorCode::Closed);
    m_runtime.run(hung->close());
    const auto back = m_runtime.run(bus->subscribe(member("g", "m"))).value();
    const DeliveryBatch again = m_runtime.run(back->poll(4)).value();
    QCOMPARE(again.first_offset, batch.first_offset);
    QVERIFY(!m_runtime.run(hung->commit(batch.where, batch.endOffset()))); // That membership is over.
    QVERIFY(m_runtime.run(back->commit(again.where, again.endOffset())));
}

/// Neither does a member without anything in its hands have to do anything. An attempt in which the machine stood still
/// for as long as half a session says nothing.
void BusContract::keepAlive_keepsThePartition()
{
    const Duration session = std::max<Duration>(shortestSession(), 500ms);
    for (int attempt = 0; attempt < 20; ++attempt) {
        Running bus(m_runtime, makeBus({.partitions = 1}));
        SubscribeOptions options = member("g", "busy");
        options.session_timeout = session;
        const auto busy = m_runtime.run(bus->subscribe(std::move(options))).value();
        m_runtime.run(m_runtime.sleep(session * 2));
        const auto events = eventsOf(1, 4);
        QVERIFY(m_runtime.run(bus->publish(events)));
        const DeliveryBatch batch = m_runtime.run(busy->poll(4)).value();
        Duration longest{};
        for (TimePoint last = m_runtime.now(), begin = last; last < begin + session * 3;) {
            m_runtime.run(m_runtime.sleep(session / 8));
            busy->keepAlive();
            longest = std::max(longest, m_runtime.now() - std::exchange(last, m_runtime.now()));
        }
        const auto committed = m_runtime.run(busy->commit(batch.where, batch.endOffset()));
        if (!committed && longest > session / 2)
            continue;
        QVERIFY2(committed, committed ? "" : committed.error().message.c_str());
        return;
    }
    QFAIL("The machine stood still in each attempt.");
}

void BusContract::drain_endsPollsButNotCommits()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m"))).value();
    const auto events = eventsOf(1, 4);
    QVERIFY(m_runtime.run(bus->publish(events)));
    const DeliveryBatch batch = m_runtime.run(consumer->poll(2)).value();
    consumer->drain();
    QCOMPARE(m_runtime.run(consumer->poll(2)).error().code, ErrorCode::Closed);
    QVERIFY(m_runtime.run(consumer->commit(batch.where, batch.endOffset())));
    m_runtime.run(consumer->close());
    QCOMPARE(committedOf(m_runtime, *bus, "g", batch.where), batch.endOffset());
}

void BusContract::close_isIdempotent_alsoManyAtOnceAndDuringPolls()
{
    Received received;
    Running bus(m_runtime, makeBus({}));
    TaskGroup polling(m_runtime), closing(m_runtime);
    auto consumer = m_runtime.run(bus->subscribe(member("g", "m"))).value();
    for (int i = 0; i < 4; ++i)
        polling.spawn(consume(consumer, "m", received));
    for (int i = 0; i < 10; ++i)
        closing.spawn(bus->close());
    m_runtime.run(closing.join());
    m_runtime.run(polling.join());
    m_runtime.run(bus->close());
    m_runtime.run(consumer->close());
    m_runtime.run(consumer->close());
    const auto events = eventsOf(1, 1);
    QCOMPARE(m_runtime.run(bus->publish(events)).error().code, ErrorCode::Closed);
    QCOMPARE(m_runtime.run(consumer->poll(1)).error().code, ErrorCode::Closed);
    QCOMPARE(m_runtime.run(bus->subscribe(member("g", "other"))).error().code, ErrorCode::Closed);
}

void BusContract::topics_doNotLeak()
{
    Running bus(m_runtime, makeBus({}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m", {PaymentFailed}))).value();
    // A group for the rest, as a partition that nobody reads fills up.
    const auto created = eventOf(1, 1, OrderCreated), failed = eventOf(1, 2, PaymentFailed);
    QVERIFY(m_runtime.run(bus->publish(std::span(&created, 1))));
    QVERIFY(m_runtime.run(bus->publish(std::span(&failed, 1))));
    const DeliveryBatch batch = m_runtime.run(consumer->poll(10)).value();
    QVERIFY(batch.where.topic == PaymentFailed);
    QVERIFY(m_runtime.run(consumer->commit(batch.where, batch.endOffset())));
    QCOMPARE(m_runtime.run(pollAtMost(m_runtime, consumer, 10, quiet)).error().code, ErrorCode::Timeout);
}

void BusContract::deadLetters_reachNoGroup()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m", {OrderCreated}))).value();
    DeadLetterNotice letter;
    letter.id = {5, 6};
    letter.group = "g";
    letter.event = eventOf(0, 0);
    letter.error = "no answer";
    const auto told = m_runtime.run(bus->publishDeadLetters(std::span(&letter, 1)));
    QCOMPARE(bool(told), bus->hasDeadLetterTopic());
    if (!told)
        QCOMPARE(told.error().retry, Retry::Never);
    const Event event = eventOf(0, 1);
    QVERIFY(m_runtime.run(bus->publish(std::span(&event, 1))));
    const auto batch = m_runtime.run(consumer->poll(10)).value();
    QVERIFY(batch.first_offset == 0 && batch.events.size() == 1 && batch.events[0] == event);
    const auto groups = m_runtime.run(bus->groups()).value();
    for (const GroupStatus& group : groups) {
        for (const PartitionStatus& partition : group.partitions)
            QVERIFY(partition.end <= 1);
    }
    m_runtime.run(bus->close());
    QVERIFY(!m_runtime.run(bus->publishDeadLetters(std::span(&letter, 1))));
}

void BusContract::cancel_endsAPoll_nothingIsLost()
{
    Running bus(m_runtime, makeBus({.partitions = 1}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m"))).value();
    for (int i = 0; i < 20; ++i)
        QCOMPARE(m_runtime.run(pollAtMost(m_runtime, consumer, 10, 1ms)).error().code, ErrorCode::Timeout);
    const auto events = eventsOf(1, 3);
    QVERIFY(m_runtime.run(bus->publish(events)));
    std::size_t got = 0;
    while (got < events.size()) { // In one batch or in several.
        const auto batch = m_runtime.run(consumer->poll(10)).value();
        QCOMPARE(batch.first_offset, std::int64_t(got));
        got += batch.events.size();
    }
    QCOMPARE(got, events.size());
}

void BusContract::publisher_waitsWhenFull_nothingUncommittedIsDropped()
{
    Received received;
    const auto events = eventsOf(1, 350);
    std::atomic<bool> published{false};
    Running bus(m_runtime, makeBus({.partitions = 1, .retention_events = 100}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m"))).value();
    bus.spawn([](EventBus& target, std::span<const Event> all, std::atomic<bool>& done) -> Task<void> {
        const auto result = co_await target.publish(all);
        done = result.has_value();
    }(*bus, events, published));
    const auto logged = [&] { // What the log has room for.
        const auto groups = m_runtime.run(bus->groups());
        std::int64_t end = 0;
        for (const GroupStatus& group : groups ? *groups : std::vector<GroupStatus>{}) {
            for (const PartitionStatus& partition : group.partitions)
                end = std::max(end, partition.end);
        }
        return end >= 100;
    };
    QVERIFY(eventually(logged));
    QVERIFY(!published || !publisherWaitsWhenFull());
    bus.spawn(consume(consumer, "m", received));
    QVERIFY(eventually([&] { return received.size() == 350 && published; }));
    QCOMPARE(received.numbers().size(), std::size_t(350));
}

void BusContract::member_nameIsUniqueInItsGroup()
{
    Running bus(m_runtime, makeBus({}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m"))).value();
    QCOMPARE(m_runtime.run(bus->subscribe(member("g", "m"))).error().code, ErrorCode::AlreadyExists);
    QVERIFY(m_runtime.run(bus->subscribe(member("other", "m"))));
}

void BusContract::rebalance_isFairAndSticky()
{
    Running bus(m_runtime, makeBus({.partitions = 6}));
    const std::vector<EventType> topics{OrderCreated, PaymentSucceeded};
    std::vector<std::shared_ptr<Consumer>> members;
    std::map<std::string, std::set<TopicPartition>> before, after;
    for (const char* name : {"a", "b", "c"})
        members.push_back(m_runtime.run(bus->subscribe(member("g", name, topics))).value());
    QVERIFY(eventually([&] {
        before = sharesOf(m_runtime, *bus, "g");
        return before.size() == 3 && before["a"].size() == 4 && before["b"].size() == 4 && before["c"].size() == 4;
    }));
    m_runtime.run(members[2]->close());
    QVERIFY(eventually([&] {
        after = sharesOf(m_runtime, *bus, "g");
        return after.size() == 2 && after["a"].size() == 6 && after["b"].size() == 6;
    }));
    for (const char* name : {"a", "b"}) {
        for (const TopicPartition& kept : before[name])
            QVERIFY(after[name].contains(kept));
    }
}

namespace {

/// Ten events of one order on a bus, the last five after `between`, six of them done by group "g", which has
/// left.
struct SixOfTen {
    SixOfTen(RealRuntime& runtime, EventBus& bus)
    {
        std::vector<Event> later;
        for (std::uint64_t i = 0; i < 10; ++i)
            (i < 5 ? events : later).push_back(eventOf(1, i));
        publish(runtime, bus, events);
        constexpr auto apart = std::chrono::milliseconds(2); // A log on Kafka knows milliseconds.
        runtime.run(runtime.sleep(apart));
        between = runtime.now();
        runtime.run(runtime.sleep(apart));
        publish(runtime, bus, later);
        events.insert(events.end(), later.begin(), later.end());
        const auto consumer = runtime.run(bus.subscribe(member("g", "m1"))).value();
        std::int64_t done = 0;
        while (done < 6) {
            const DeliveryBatch batch = runtime.run(consumer->poll(std::size_t(6 - done))).value();
            runtime.run(consumer->commit(batch.where, batch.endOffset())).value();
            done += std::int64_t(batch.events.size());
        }
        runtime.run(consumer->close());
    }
    void publish(RealRuntime& runtime, EventBus& bus, std::vector<Event>& some)
    {
        for (Event& event : some)
            event.time = runtime.now();
        const auto positions = runtime.run(bus.publish(some)).value();
        where = positions.front().where;
        first = std::min(first, positions.front().offset);
    }

    std::vector<Event> events;
    TopicPartition where;
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    TimePoint between;
};

std::optional<OffsetChange> changeOf(const Result<std::vector<OffsetChange>>& changes, TopicPartition where)
{
    for (const OffsetChange& change : changes.value()) {
        if (change.where == where)
            return change;
    }
    return std::nullopt;
}

} // namespace

/// Group "g" has done six of ten events; the reset takes it to the event `goes_to`, and it gets exactly what is
/// promised. `offset` is counted from the first event's. A case for each target, as on Kafka most of it is waiting for
/// rebalances.
void BusContract::checkReset(OffsetTarget target, std::int64_t offset, std::int64_t goes_to)
{
    Received received;
    Running bus(m_runtime, makeBus({}));
    const SixOfTen ten(m_runtime, *bus);
    GroupReset reset{"g", target, ten.first + offset, ten.between, {}, {}, true};
    const OffsetChange expected{ten.where, ten.first + 6, ten.first + goes_to, ten.first + 10};

    const auto preview = m_runtime.run(bus->resetGroup(reset));
    QVERIFY2(preview, preview ? "" : preview.error().message.c_str());
    QVERIFY(changeOf(preview, ten.where) == expected);
    QCOMPARE(expected.seenAgain(), 6 - goes_to);
    QCOMPARE(committedOf(m_runtime, *bus, "g", ten.where), ten.first + 6);
    reset.dry_run = false;
    const auto done = m_runtime.run(bus->resetGroup(reset));
    QVERIFY2(done, done ? "" : done.error().message.c_str());
    QVERIFY(changeOf(done, ten.where) == expected);
    QCOMPARE(committedOf(m_runtime, *bus, "g", ten.where), ten.first + goes_to);

    std::vector<Event> promised(ten.events.begin() + goes_to, ten.events.end());
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m2"))).value();
    bus.spawn(consume(consumer, "m2", received));
    for (const std::uint64_t number : {98, 99}) { // Nothing comes between the two.
        promised.push_back(eventOf(1, number));
        QVERIFY(m_runtime.run(bus->publish(std::span(&promised.back(), 1))));
        QVERIFY(eventually([&] { return received.size() >= promised.size(); }));
    }
    bus.end();
    QVERIFY(received.events == promised);
}

void BusContract::reset_toEarliest()
{
    checkReset(OffsetTarget::Earliest, 0, 0);
}

void BusContract::reset_toLatest()
{
    checkReset(OffsetTarget::Latest, 0, 10);
}

void BusContract::reset_toAnOffsetBefore()
{
    checkReset(OffsetTarget::Offset, 2, 2);
}

void BusContract::reset_toTheOffsetWhereItIs()
{
    checkReset(OffsetTarget::Offset, 6, 6);
}

void BusContract::reset_toAnOffsetAhead()
{
    checkReset(OffsetTarget::Offset, 9, 9);
}

void BusContract::reset_toAnOffsetPastTheEnd()
{
    checkReset(OffsetTarget::Offset, 1'000, 10);
}

void BusContract::reset_toATime()
{
    checkReset(OffsetTarget::Time, 0, 5);
}

void BusContract::reset_ofOneTopicOrPartitionLeavesTheOthers()
{
    Received received;
    Running bus(m_runtime, makeBus({}));
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "m", {OrderCreated, PaymentSucceeded}))).value();
    bus.spawn(consume(consumer, "m", received));
    std::vector<Event> events;
    for (std::uint64_t key = 0; key < 32; ++key) {
        events.push_back(eventOf(key, 1, OrderCreated));
        events.push_back(eventOf(key, 2, PaymentSucceeded));
    }
    QVERIFY(m_runtime.run(bus->publish(events)));
    QVERIFY(eventually([&] {
        const GroupStatus status = statusOf(m_runtime, *bus, "g");
        const auto is_done = [](const PartitionStatus& partition) { return partition.lag() == 0; };
        return received.size() == events.size() && !status.partitions.empty()
               && std::ranges::all_of(status.partitions, is_done);
    }));
    m_runtime.run(consumer->close());
    bus.join();

    GroupReset reset{"g", OffsetTarget::Earliest, 0, {}, PaymentSucceeded, std::uint16_t(1), false};
    const auto one = m_runtime.run(bus->resetGroup(reset));
    QVERIFY2(one, one ? "" : one.error().message.c_str());
    QCOMPARE(one->size(), std::size_t(1));
    QVERIFY((one->front().where == TopicPartition{PaymentSucceeded, 1}));
    QVERIFY(one->front().seenAgain() > 0);
    reset.partition.reset();
    const auto topic = m_runtime.run(bus->resetGroup(reset));
    QVERIFY(topic);
    QCOMPARE(topic->size(), std::size_t(bus->partitionCount()));
    std::int64_t again = one->front().seenAgain();
    for (const OffsetChange& change : *topic)
        again += change.seenAgain();
    QCOMPARE(again, std::int64_t(32)); // Partition 1 was moved already.
    const GroupStatus status = statusOf(m_runtime, *bus, "g");
    QCOMPARE(status.partitions.size(), std::size_t(2 * bus->partitionCount()));
    for (const PartitionStatus& partition : status.partitions)
        QVERIFY(partition.where.topic != OrderCreated || partition.lag() == 0);
}

void BusContract::reset_ofAnActiveGroupIsRefused_namingItsMembers()
{
    Running bus(m_runtime, makeBus({}));
    const SixOfTen ten(m_runtime, *bus);
    const auto consumer = m_runtime.run(bus->subscribe(member("g", "somebody"))).value();
    QVERIFY(m_runtime.run(consumer->poll(1))); // It certainly has joined.
    for (const bool dry_run : {true, false}) {
        const auto refused = m_runtime.run(bus->resetGroup({"g", OffsetTarget::Earliest, 0, {}, {}, {}, dry_run}));
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(ErrorCode::Conflict));
        QCOMPARE(int(refused.error().retry), int(Retry::Later));
        QVERIFY2(refused.error().message.find("somebody") != std::string::npos, refused.error().message.c_str());
    }
    const auto preview = m_runtime.run(bus->resetGroup({"g", OffsetTarget::Earliest, 0, {}, {}, {}, true, true}));
    QVERIFY2(preview, preview ? "" : preview.error().message.c_str());
    QVERIFY((changeOf(preview, ten.where) == OffsetChange{ten.where, ten.first + 6, ten.first, ten.first + 10}));
    QVERIFY(!m_runtime.run(bus->resetGroup({"g", OffsetTarget::Earliest, 0, {}, {}, {}, false, true})));
    QCOMPARE(committedOf(m_runtime, *bus, "g", ten.where), ten.first + 6);
    m_runtime.run(consumer->close());
    QVERIFY(m_runtime.run(bus->resetGroup({"g", OffsetTarget::Earliest, 0, {}, {}, {}, false})));
}

void BusContract::reset_ofWhatIsNotThereIsRefused()
{
    Running bus(m_runtime, makeBus({}));
    const SixOfTen ten(m_runtime, *bus);
    const auto codeOf = [&](GroupReset reset) {
        const auto done = m_runtime.run(bus->resetGroup(std::move(reset)));
        return done ? -1 : int(done.error().code);
    };
    QCOMPARE(codeOf({"nobody", OffsetTarget::Earliest, 0, {}, {}, {}, false}), int(ErrorCode::NotFound));
    QCOMPARE(codeOf({"g", OffsetTarget::Earliest, 0, {}, PaymentRefunded, {}, false}), int(ErrorCode::NotFound));
    QCOMPARE(codeOf({"g", OffsetTarget::Earliest, 0, {}, {}, std::uint16_t(99), false}), int(ErrorCode::NotFound));
    QCOMPARE(codeOf({"g", OffsetTarget::Offset, -1, {}, {}, {}, false}), int(ErrorCode::InvalidArgument));
    QCOMPARE(committedOf(m_runtime, *bus, "g", ten.where), ten.first + 6);
    m_runtime.run(bus->close());
    QCOMPARE(codeOf({"g", OffsetTarget::Earliest, 0, {}, {}, {}, false}), int(ErrorCode::Closed));
}

} // namespace orderlab
