#include "lab/health_watch.h"
#include "memory_store/memory_store.h"
#include "runtime/virtual_runtime.h"
#include "store/forwarding_store.h"
#include "support/scratch_folder.h"
#include "support/test_program.h"

#include <fstream>

using namespace orderlab;
using orderlab::test::ScratchFolder;
using namespace std::chrono_literals;

namespace {

class AskedStore final : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    Result<void> answer;
    std::int64_t backlog = 0;
    Task<Result<void>> ping() override { co_return answer; }
    Task<Result<std::int64_t>> outboxBacklog() override { co_return backlog; }
};

/// A watch, and what it tells: "12 payment: reason", "14 payment ready after 2".
struct Watched {
    explicit Watched(std::filesystem::path disk = {}, std::uintmax_t free_min = 0, std::filesystem::path store_log = {})
    {
        HealthOptions options;
        options.group_prefix = "orderlab.";
        options.groups = {"payment"};
        options.bus_trouble = [this] { return trouble; };
        options.disk = std::move(disk);
        options.disk_free_bytes_min = free_min;
        options.store_log = std::move(store_log);
        options.on_change = [this](const HealthPart& part, Duration was) {
            log += QByteArray::number(seconds(runtime.now() - VirtualRuntime::epoch())) + ' '
                   + QByteArray::fromStdString(part.name);
            log += part.is_ready ? " ready after " + QByteArray::number(seconds(was))
                                 : ": " + QByteArray::fromStdString(part.reason);
            log += '\n';
        };
        watch = std::make_unique<HealthWatch>(runtime, journal, std::move(options));
        watch->start(store);
    }
    ~Watched() { runtime.run(watch->stop()); }

    static int seconds(Duration duration) { return int((duration.count() + 500'000) / 1'000'000); }
    void pass(Duration time) { runtime.run(runtime.sleep(time)); }
    void tell(EntryKind kind, std::int64_t offset = 0, std::string_view detail = {})
    {
        Entry entry;
        entry.time_us = toMicros(runtime.now());
        entry.kind = kind;
        entry.topic = journal.names().intern("orders.order-created");
        entry.group = journal.names().intern("orderlab.payment");
        entry.offset = offset;
        entry.detail = journal.names().intern(detail);
        journal.append(entry);
    }

    VirtualRuntime runtime{1};
    Journal journal{1'024};
    AskedStore store{makeMemoryStore(runtime, journal)};
    std::string trouble; ///< Of the bus.
    QByteArray log;
    std::unique_ptr<HealthWatch> watch;
};

} // namespace

class TestHealthWatch : public QObject {
    Q_OBJECT
private slots:
    void quiet_isReady();
    void store_isAwayAndComesBack();
    void store_aFullDiskIsTheReason();
    void store_saysItsLastWords();
    void bus_saysTheBrokersWords();
    void bus_isGoneThoughNothingIsPublished();
    void relay_standsStillWhileEventsWait();
    void relay_thatPublishesIsReady();
    void group_waitsForInfrastructure();
    void group_standsStillWhileWorkWaits();
    void group_thatIsSlowIsReady();
    void process_thatSleptIsReady();
};

void TestHealthWatch::quiet_isReady()
{
    Watched w;
    w.pass(10min);
    QCOMPARE(w.log, QByteArray());
    QCOMPARE(w.watch->parts().size(), std::size_t(4)); // store, bus, relay, payment
}

void TestHealthWatch::store_isAwayAndComesBack()
{
    Watched w;
    w.pass(10500ms);
    w.store.answer = unavailable("the database is away");
    w.pass(5s);
    w.store.answer = unavailable("a consequence"); // Told once.
    w.pass(5s);
    w.store.answer = {};
    w.pass(5s);
    QCOMPARE(w.log, QByteArray("11 store: the database is away\n21 store ready after 10\n"));
}

void TestHealthWatch::store_aFullDiskIsTheReason()
{
    Watched w("/", ~std::uintmax_t{0}); // More than any disk has.
    w.store.answer = unavailable("the database system is in recovery mode");
    w.pass(1s);
    QVERIFY2(w.log.startsWith("0 store: No space left on device: "), w.log.constData());
    Watched roomy("/", 1);
    roomy.pass(1s);
    QCOMPARE(roomy.log, QByteArray());
}

void TestHealthWatch::store_saysItsLastWords()
{
    const ScratchFolder folder;
    const auto log = folder.path() / "postgres.log";
    Watched w({}, 0, log);
    w.pass(500ms);
    std::ofstream(log) << "2026-11-29 UTC [7] PANIC:  could not write to file \"pg_wal/1\": Input/output error\n";
    w.store.answer = unavailable("PostgreSQL: server closed the connection unexpectedly");
    w.pass(3s);
    w.store.answer = {};
    w.pass(1s);
    w.store.answer = unavailable("PostgreSQL: away again"); // The log says nothing more.
    w.pass(1s);
    QCOMPARE(
        w.log,
        QByteArray(
            "1 store: PostgreSQL: could not write to file \"pg_wal/1\": Input/output error\n4 store ready after 3\n"
            "5 store: PostgreSQL: away again\n"));
}

void TestHealthWatch::bus_saysTheBrokersWords()
{
    Watched w;
    w.pass(500ms);
    w.tell(EntryKind::PublishFailed, 0, "Broker: Not enough in-sync replicas");
    w.pass(5s);
    w.tell(EntryKind::EventPublished);
    w.pass(5s);
    QCOMPARE(w.log, QByteArray("1 bus: Broker: Not enough in-sync replicas\n6 bus ready after 5\n"));
}

void TestHealthWatch::bus_isGoneThoughNothingIsPublished()
{
    Watched w;
    w.pass(2s);
    w.trouble = "no broker answers";
    w.pass(3s);
    w.tell(EntryKind::PublishFailed, 0, "timed out"); // A consequence.
    w.pass(2s);
    w.trouble.clear(); // What could not be published waits for it still.
    w.pass(2s);
    w.tell(EntryKind::EventPublished);
    w.pass(2s);
    QCOMPARE(w.log, "3 bus: no broker answers\n10 bus ready after 7\n");
}

void TestHealthWatch::relay_standsStillWhileEventsWait()
{
    Watched w;
    w.pass(500ms);
    w.store.backlog = 7;
    w.pass(60s);
    w.store.backlog = 0;
    w.pass(2s);
    QCOMPARE(w.log,
             QByteArray("31 relay: has published nothing for 31 s though 7 events wait\n61 relay ready after 30\n"));
}

void TestHealthWatch::relay_thatPublishesIsReady()
{
    Watched w;
    w.store.backlog = 100'000;
    for (int i = 0; i < 60; ++i) {
        w.pass(5s);
        w.tell(EntryKind::EventPublished, i);
    }
    QCOMPARE(w.log, QByteArray());
}

void TestHealthWatch::group_waitsForInfrastructure()
{
    Watched w;
    w.pass(500ms);
    w.tell(EntryKind::WorkPaused, 0, "too many connections for role \"lab\"");
    w.pass(1s);
    w.tell(EntryKind::WorkResumed); // So short a wait is no trouble.
    w.pass(9s);
    QCOMPARE(w.log, QByteArray());
    w.tell(EntryKind::WorkPaused, 0, "too many connections for role \"lab\"");
    w.pass(10s);
    w.tell(EntryKind::WorkResumed);
    w.pass(2s);
    QCOMPARE(w.log, QByteArray("13 payment: waits for what it needs: too many connections for role \"lab\"\n"
                               "21 payment ready after 8\n"));
}

void TestHealthWatch::group_standsStillWhileWorkWaits()
{
    Watched w;
    w.pass(500ms);
    w.tell(EntryKind::EventDelivered, 4);
    w.pass(40s);
    w.tell(EntryKind::OffsetCommitted, 5);
    w.pass(60s); // Nothing waits any more.
    QCOMPARE(w.log,
             QByteArray("31 payment: has made no progress for 30 s though work waits\n41 payment ready after 10\n"));
}

void TestHealthWatch::group_thatIsSlowIsReady()
{
    Watched w;
    for (int i = 0; i < 10; ++i) {
        w.tell(EntryKind::EventDelivered, i + 1);
        w.pass(20s);
        w.tell(EntryKind::OffsetCommitted, i + 1);
    }
    QCOMPARE(w.log, QByteArray());
}

/// Stopped for 40 s with work in hand: nobody had time to do it.
void TestHealthWatch::process_thatSleptIsReady()
{
    Watched w;
    w.pass(500ms);
    w.tell(EntryKind::EventDelivered, 4);
    w.store.backlog = 3;
    w.pass(2s);
    w.runtime.jumpClock(40s);
    w.pass(5s);
    QCOMPARE(w.log, QByteArray());
    w.pass(40s); // Still nothing: now it counts.
    QVERIFY2(w.log.contains("payment: has made no progress"), w.log.constData());
    QVERIFY2(w.log.contains("relay: has published nothing"), w.log.constData());
}

ORDERLAB_TEST(tst_health_watch, QCoreApplication, TestHealthWatch)
#include "tst_health_watch.moc"
