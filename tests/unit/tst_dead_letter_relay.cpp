#include "memory_store/memory_store.h"
#include "runtime/virtual_runtime.h"
#include "service/dead_letter_relay.h"
#include "store/forwarding_store.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

/// A log whose topic of dead letters is a list, and which is away when a test says so.
class ListBus final : public EventBus {
public:
    explicit ListBus(Runtime& runtime) : m_runtime(runtime) {}

    std::vector<DeadLetterNotice> topic;
    bool is_away = false;
    Duration takes{0};
    int asked = 0;

    Task<Result<std::vector<Position>>> publish(std::span<const Event>) override { co_return closedError("bus"); }
    bool hasDeadLetterTopic() const override { return true; }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override
    {
        ++asked;
        co_await m_runtime.sleep(takes);
        if (is_away)
            co_return unavailable("the broker is away");
        topic.insert(topic.end(), letters.begin(), letters.end());
        co_return Result<void>{};
    }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions) override { co_return closedError("bus"); }
    Task<Result<std::vector<GroupStatus>>> groups() override { co_return closedError("bus"); }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset) override { co_return closedError("bus"); }
    Task<void> close() override { co_return; }
    std::uint16_t partitionCount() const override { return 1; }
    std::string identity() const override { return {}; }
    std::string description() const override { return "a list"; }

private:
    Runtime& m_runtime;
};

/// A claim that is lost before it is marked, as with its process.
class LostClaim final : public DeadLetterClaim {
public:
    explicit LostClaim(std::unique_ptr<DeadLetterClaim> inner) : m_inner(std::move(inner)) {}
    std::span<const DeadLetter> letters() const override { return m_inner->letters(); }
    Task<Result<void>> markPublished() override { co_return unavailable("the connection is lost"); }

private:
    const std::unique_ptr<DeadLetterClaim> m_inner;
};

class WatchedStore final : public ForwardingStore {
public:
    WatchedStore(Runtime& runtime, std::shared_ptr<Store> inner) : ForwardingStore(std::move(inner)), m_runtime(runtime)
    {}

    int claims = 0;
    int claims_lost = 0;       ///< So many that find something are lost.
    bool wakes_nobody = false; ///< As when another process gives up.

    Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::size_t max) override
    {
        ++claims;
        auto claim = co_await m_inner->claimDeadLetters(max);
        if (claim && *claim && claims_lost > 0) {
            --claims_lost;
            *claim = std::make_unique<LostClaim>(std::move(*claim));
        }
        co_return claim;
    }
    Task<Result<void>> waitForDeadLetters() override
    {
        if (wakes_nobody)
            co_await m_runtime.sleep(24h);
        co_return co_await m_inner->waitForDeadLetters();
    }

private:
    Runtime& m_runtime;
};

/// A relay between a store in memory and a list, on a virtual clock.
struct Bench {
    Bench()
        : runtime(7), store(runtime, makeMemoryStore(runtime, journal)), bus(runtime),
          relay(runtime, journal, store, bus)
    {}
    ~Bench() { stop(); }

    void stop() { runtime.run(relay.stop()); }
    void wait(Duration duration) { runtime.run(runtime.sleep(duration)); }
    DeadLetter giveUp(const char* customer = "ada")
    {
        Event event;
        event.id = EventId{runtime.newUuid()};
        event.order = OrderId{runtime.newUuid()};
        event.data = {customer, {1999, {}}, {}};
        event.extensions = {{"x-tenant", "blue"}};
        DeadLetter letter{runtime.newUuid(),    "payment", event, 2, 41, 5, "no answer", runtime.now(),
                          ErrorCode::PeerFailed};
        auto transaction = store.begin();
        transaction->insertDeadLetter(letter);
        if (!runtime.run(transaction->commit(runtime.now())))
            qFatal("a dead letter could not be stored");
        return letter;
    }
    std::vector<std::string> told() const
    {
        std::vector<std::string> customers;
        for (const DeadLetterNotice& notice : bus.topic)
            customers.push_back(notice.event.data.user_id);
        return customers;
    }
    std::vector<std::string> failures()
    {
        std::vector<Entry> entries;
        JournalReader(journal, JournalReader::From::Oldest).read(entries, 1'000);
        std::vector<std::string> details;
        for (const Entry& entry : entries) {
            if (entry.kind == EntryKind::PublishFailed)
                details.emplace_back(journal.names().text(entry.detail));
        }
        return details;
    }

    VirtualRuntime runtime;
    Journal journal;
    WatchedStore store;
    ListBus bus;
    DeadLetterRelay relay;
};

using Customers = std::vector<std::string>;

} // namespace

class TestDeadLetterRelay : public QObject {
    Q_OBJECT

private slots:
    void letter_isToldWhole()
    {
        Bench bench;
        const DeadLetter letter = bench.giveUp();
        bench.relay.start();
        bench.wait(1s);
        QCOMPARE(bench.bus.topic.size(), std::size_t(1));
        const DeadLetterNotice& notice = bench.bus.topic[0];
        QVERIFY(notice.event == letter.event);
        QCOMPARE(notice.id, letter.id);
        QCOMPARE(notice.group, letter.group);
        QVERIFY((notice.source == Position{{EventType::OrderCreated, 2}, 41}));
        QCOMPARE(notice.attempts, 5);
        QCOMPARE(notice.code, ErrorCode::PeerFailed);
        QCOMPARE(notice.error, letter.error);
        QVERIFY(notice.given_up_at == letter.created_at);
    }

    void letter_isToldAtOnce_andAnIdleRelayAsksRarely()
    {
        Bench bench;
        bench.relay.start();
        bench.wait(60s);
        QVERIFY2(bench.store.claims <= 13, QByteArray::number(bench.store.claims));
        bench.giveUp("ada");
        bench.wait(100ms);
        QVERIFY(bench.told() == Customers{"ada"});
        bench.giveUp("ben");
        bench.wait(100ms);
        QVERIFY((bench.told() == Customers{"ada", "ben"}));
        bench.wait(60s);
        QCOMPARE(bench.bus.asked, 2);
    }

    void letterOfAnotherProcess_isToldWithinTheRecheck()
    {
        Bench bench;
        bench.store.wakes_nobody = true;
        bench.relay.start();
        bench.wait(1s);
        bench.giveUp("ada");
        bench.wait(1s);
        QVERIFY(bench.told().empty());
        bench.wait(5s);
        QVERIFY(bench.told() == Customers{"ada"});
    }

    void correctedMeanwhile_isToldAsItWasGivenUp()
    {
        Bench bench;
        bench.bus.is_away = true;
        bench.relay.start();
        DeadLetter letter = bench.giveUp("ada");
        bench.wait(1s);
        const TimePoint now = bench.runtime.now();
        letter.note({DeadLetterAct::Kind::Edited, now, "eve", encodeData(letter.event.data)});
        letter.note({DeadLetterAct::Kind::Replayed, now, "eve", "corrected"});
        letter.state = DeadLetterState::Replayed;
        letter.event.data.user_id = "someone else";
        auto replay = bench.store.begin();
        replay->updateDeadLetter(letter);
        QVERIFY_RESULT(bench.runtime.run(replay->commit(now)));
        bench.bus.is_away = false;
        bench.wait(10s);
        QVERIFY(bench.told() == Customers{"ada"});
    }

    void logIsAway_theLettersWait()
    {
        Bench bench;
        bench.bus.is_away = true;
        bench.relay.start();
        for (const char* customer : {"ada", "ben", "cy"}) {
            bench.giveUp(customer);
            bench.wait(20s);
        }
        QVERIFY(bench.told().empty());
        QVERIFY2(bench.bus.asked > 5 && bench.bus.asked < 30, QByteArray::number(bench.bus.asked));
        bench.bus.is_away = false;
        bench.wait(6s);
        QVERIFY((bench.told() == Customers{"ada", "ben", "cy"}));
        QVERIFY(bench.failures() == Customers{"the broker is away"}); // Not once a try.
        bench.bus.is_away = true;
        bench.giveUp("dan");
        bench.wait(20s);
        QCOMPARE(bench.failures().size(), std::size_t(2));
    }

    void lostBeforeItIsMarked_isToldAgain()
    {
        Bench bench;
        bench.store.claims_lost = 2;
        bench.giveUp("ada");
        bench.relay.start();
        bench.wait(10s);
        QVERIFY((bench.told() == Customers{"ada", "ada", "ada"}));
        QVERIFY(bench.bus.topic[0].id == bench.bus.topic[2].id);
        bench.wait(60s);
        QCOMPARE(bench.told().size(), std::size_t(3));
    }

    void stop_finishesWhatIsInHand()
    {
        Bench bench;
        bench.bus.takes = 3s;
        bench.giveUp("ada");
        bench.relay.start();
        bench.wait(1s);
        QCOMPARE(bench.bus.asked, 1);
        bench.giveUp("ben");
        const TimePoint before = bench.runtime.now();
        bench.stop();
        QVERIFY(bench.runtime.now() - before < 3s);
        QVERIFY(bench.told() == Customers{"ada"});
        // The next one finds what is left, and nothing twice.
        DeadLetterRelay next(bench.runtime, bench.journal, bench.store, bench.bus);
        next.start();
        bench.wait(10s);
        QVERIFY((bench.told() == Customers{"ada", "ben"}));
        bench.runtime.run(next.stop());
    }

    void stop_doesNotWaitForALogThatIsAway()
    {
        Bench bench;
        bench.bus.is_away = true;
        bench.giveUp("ada");
        bench.relay.start();
        bench.wait(30s);
        const TimePoint before = bench.runtime.now();
        bench.stop();
        QVERIFY(bench.runtime.now() - before < 10ms);
        QVERIFY(bench.runtime.run(bench.store.claimDeadLetters(1)).value());
    }

    void manyLetters_areToldInBatches()
    {
        Bench bench;
        for (int i = 0; i < 100; ++i)
            bench.giveUp();
        bench.relay.start();
        bench.wait(1s);
        QCOMPARE(bench.told().size(), std::size_t(100));
        QCOMPARE(bench.bus.asked, 4);
    }
};

ORDERLAB_TEST(tst_dead_letter_relay, QCoreApplication, TestDeadLetterRelay)
#include "tst_dead_letter_relay.moc"
