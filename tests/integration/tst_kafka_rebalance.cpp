#include "kafka/kafka_bus.h"
#include "lab_customers.h"
#include "runtime/random_stream.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QElapsedTimer>
#include <QThread>

#include <deque>
#include <map>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

constexpr auto storm = 30s;
constexpr auto between_changes = 500ms;

/// What a group has done, and in which order: as inbox and effects in one transaction would have it.
struct Effects {
    std::mutex mutex;                       ///< Guards all.
    std::map<Uuid, std::int64_t> last = {}; ///< By order: the number of the event that was done last.
    std::int64_t done = 0, repeated = 0;
    QByteArray disorder = {};

    void apply(const Event& event)
    {
        const std::scoped_lock guard(mutex);
        const std::int64_t number = event.data.total.amount_minor;
        std::int64_t& before = last[event.order];
        if (number <= before) {
            ++repeated;
            return;
        }
        if (number != before + 1 && disorder.isEmpty())
            disorder = "event " + QByteArray::number(qlonglong(number)) + " of an order came after "
                       + QByteArray::number(qlonglong(before));
        before = number;
        ++done;
    }
};

/// A member that handles what it is given until it is told to leave; a partition that it loses is no longer its
/// business.
Task<void> handleAll(Runtime& runtime, std::shared_ptr<Consumer> consumer, Effects& effects)
{
    for (;;) {
        const auto batch = co_await consumer->poll(20);
        if (!batch && batch.error().code == ErrorCode::Closed)
            co_return;
        if (!batch)
            continue;
        for (const Event& event : batch->events) {
            co_await runtime.sleep(1ms);
            effects.apply(event);
        }
        const auto committed = co_await consumer->commit(batch->where, batch->endOffset());
        (void)committed; // Not ours any more: somebody else sees them again.
    }
}

struct StormMember {
    explicit StormMember(Runtime& runtime) : lanes(runtime) {}
    std::shared_ptr<Consumer> consumer;
    TaskGroup lanes;
};

} // namespace

/// A member of a group joins or leaves every 500 ms for 30 s while events come in: nothing is lost, the order of each
/// key's events is kept, each has its effect once.
class TestKafkaRebalance : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void consumers_keepTheOrderOfEachKey();
    void workers_chargeOnce();

private:
    std::size_t membersOf(EventBus& bus);
    std::unique_ptr<StormMember> join(EventBus& bus, const std::string& name, Effects& effects);
    void changeMembers(EventBus& bus, RandomStream& random, std::deque<std::unique_ptr<StormMember>>& members,
                       Effects& effects);

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    const std::string m_group = KafkaBroker::freshPrefix() + "storm";
    int m_joined = 0;
};

/// As the broker knows the group.
std::size_t TestKafkaRebalance::membersOf(EventBus& bus)
{
    const auto groups = m_runtime.run(bus.groups());
    for (const GroupStatus& status : groups ? *groups : std::vector<GroupStatus>{}) {
        if (status.group == m_group)
            return status.members.size();
    }
    return 0;
}

std::unique_ptr<StormMember> TestKafkaRebalance::join(EventBus& bus, const std::string& name, Effects& effects)
{
    SubscribeOptions options;
    options.group = m_group;
    options.member = name;
    options.topics = {EventType::OrderCreated};
    auto consumer = m_runtime.run(bus.subscribe(std::move(options)));
    if (!consumer)
        return nullptr;
    auto member = std::make_unique<StormMember>(m_runtime);
    member->consumer = *consumer;
    for (int lane = 0; lane < 4; ++lane)
        member->lanes.spawn(handleAll(m_runtime, *consumer, effects));
    ++m_joined;
    return member;
}

/// One more or one less, between one and five; who leaves drops what it has in hand, or has finished it, as it comes.
void TestKafkaRebalance::changeMembers(EventBus& bus, RandomStream& random,
                                       std::deque<std::unique_ptr<StormMember>>& members, Effects& effects)
{
    const bool more = members.size() < 2 || (members.size() < 5 && random.unit() < 0.5);
    if (more) {
        members.push_back(join(bus, "member-" + std::to_string(m_joined), effects));
        return;
    }
    const auto leaver = members.begin() + std::ptrdiff_t(random.unit() * double(members.size()));
    if (random.unit() < 0.5)
        (*leaver)->consumer->drain();
    m_runtime.run((*leaver)->consumer->close());
    m_runtime.run((*leaver)->lanes.join());
    members.erase(leaver);
}

void TestKafkaRebalance::consumers_keepTheOrderOfEachKey()
{
    constexpr int orders = 60;
    RandomStream random(m_runtime.random());
    Journal journal;
    KafkaOptions options;
    options.brokers = m_broker.bootstrap();
    options.topic_prefix = KafkaBroker::freshPrefix();
    options.partitions = 8;
    auto bus = m_runtime.run(openKafkaBus(m_runtime, journal, options));
    QVERIFY_RESULT(bus);
    std::vector<OrderId> ids;
    for (int i = 0; i < orders; ++i)
        ids.push_back(OrderId{Uuid{random.next(), random.next()}});

    Effects effects;
    std::deque<std::unique_ptr<StormMember>> members;
    std::int64_t published = 0, done_in_storm = 0, changes = 0;
    QByteArray problem;
    QElapsedTimer clock, change;
    clock.start();
    change.start();
    while (clock.elapsed() < storm / 1ms && problem.isEmpty()) {
        ++published;
        std::vector<Event> events;
        for (const OrderId& id : ids) {
            Event event;
            event.id = EventId{Uuid{random.next(), random.next()}};
            event.type = EventType::OrderCreated;
            event.order = id;
            event.time = m_runtime.now();
            event.data.user_id = "ada";
            event.data.total.amount_minor = published;
            events.push_back(std::move(event));
        }
        if (const auto positions = m_runtime.run((*bus)->publish(events)); !positions)
            problem = positions.error().message.c_str();
        if (change.elapsed() >= between_changes / 1ms) {
            change.restart();
            changeMembers(**bus, random, members, effects);
            ++changes;
        }
        QThread::msleep(80);
    }
    {
        const std::scoped_lock guard(effects.mutex);
        done_in_storm = effects.done;
    }
    const auto done = [&] {
        const std::scoped_lock guard(effects.mutex);
        return effects.done;
    };
    const qint64 storm_ms = clock.elapsed();
    // Who has left is not waited for.
    std::size_t remembered = 0;
    do {
        remembered = membersOf(**bus);
    } while (remembered != members.size() && clock.elapsed() < storm_ms + patience_ms);
    while (done() < published * orders && clock.elapsed() < storm_ms + 2 * patience_ms)
        QThread::msleep(20);
    const qint64 all_ms = clock.elapsed();
    for (const auto& member : members) {
        m_runtime.run(member->consumer->close());
        m_runtime.run(member->lanes.join());
    }
    m_runtime.run((*bus)->close());
    qInfo("%lld events, %lld changes, %lld done in the storm, all after %lld ms; %lld came again",
          qlonglong(published * orders), qlonglong(changes), qlonglong(done_in_storm), all_ms,
          qlonglong(effects.repeated));
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY2(effects.disorder.isEmpty(), effects.disorder);
    QCOMPARE(effects.done, published * orders);
    QCOMPARE(remembered, members.size());
    QVERIFY(changes > 20);
    QVERIFY(done_in_storm > 0);
}

void TestKafkaRebalance::workers_chargeOnce()
{
    RandomStream random(m_runtime.random());
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    LabConfig config;
    config.bus = BusKind::Kafka;
    config.kafka.brokers = m_broker.bootstrap();
    config.store = StoreKind::PostgresUrl;
    config.postgres_url = database.url();
    config.topic_prefix = config.group_prefix = KafkaBroker::freshPrefix();
    config.journal_capacity = std::size_t{1} << 20;
    config.watch_invariants = true;
    Lab lab(m_runtime, config);
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);

    QByteArray problem;
    JournalTally tally(lab.journal());
    {
        LabCustomers customers(lab, {.orders = 100'000, .customers = 8, .pause = 150ms});
        QElapsedTimer clock;
        clock.start();
        int changes = 0;
        for (; clock.elapsed() < storm / 1ms && problem.isEmpty(); ++changes) {
            QThread::msleep(between_changes / 1ms);
            const std::string group = lab.groups()[std::size_t(changes) % 4];
            const std::size_t count = lab.members(group);
            const bool more = count == 1 || (count < 4 && random.unit() < 0.5);
            if (const auto scaled = m_runtime.run(lab.scale(group, more ? count + 1 : count - 1)); !scaled)
                problem = scaled.error().message.c_str();
        }
        customers.enough();
        customers.finish();
        const auto counts = m_runtime.run(lab.store().counts());
        const int paid_in_storm = counts ? int(counts->paid) : -1;
        if (problem.isEmpty())
            problem = brokenPromise(lab, customers.bought());
        tally.read();
        qInfo("%d orders, %d of them paid in the storm, %d changes, all after %lld ms: %s", customers.bought(),
              paid_in_storm, changes, clock.elapsed(), tally.text().constData());
        if (problem.isEmpty() && paid_in_storm < 1)
            problem = "nothing went on in the storm";
        if (problem.isEmpty())
            problem = tally.complaint();
    }
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
}

ORDERLAB_TEST(tst_kafka_rebalance, QCoreApplication, TestKafkaRebalance)
#include "tst_kafka_rebalance.moc"
