#include "policy_bench.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/inbox.h"

using namespace orderlab;
using namespace orderlab::test;

namespace {

/// Answers what the test says.
class FakeLook final : public FirstLook {
public:
    Task<Sight> look(LookFor, std::vector<std::string> names) override
    {
        asked += names.size();
        co_return sight;
    }
    void remember(LookFor, std::vector<std::string> names) override { remembered += names.size(); }
    void tell(LookFor, LookMistake mistake) override
    {
        ++(mistake == LookMistake::Forgotten ? forgotten : unconfirmed);
    }

    Sight sight = Sight::NotSeen;
    std::size_t asked = 0, remembered = 0;
    int forgotten = 0, unconfirmed = 0;
};

/// Counts the questions to the inbox.
class CountingStore final : public ForwardingStore {
public:
    CountingStore(Journal& journal, std::shared_ptr<Store> inner)
        : ForwardingStore(std::move(inner)), m_journal(journal)
    {}
    std::unique_ptr<Transaction> begin() override
    {
        return std::make_unique<Counting>(m_journal, m_inner->begin(), questions);
    }
    int questions = 0;

private:
    class Counting final : public ForwardingTransaction {
    public:
        Counting(Journal& journal, std::unique_ptr<Transaction> inner, int& questions)
            : ForwardingTransaction(journal, std::move(inner)), m_questions(questions)
        {}
        Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) override
        {
            ++m_questions;
            return ForwardingTransaction::markProcessed(group, events);
        }

    private:
        int& m_questions;
    };
    Journal& m_journal;
};

} // namespace

class TestInbox : public QObject {
    Q_OBJECT

private slots:
    void doesAnEventOnce()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        const Next inbox = withInbox(bench.deps(), handler);
        for (int i = 0; i < 3; ++i)
            QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(handler.calls, 1);
        QCOMPARE(bench.counts().notifications, 1);
        QCOMPARE(bench.story(),
                 std::string("notification-written event-handled:1 duplicate-skipped:1 duplicate-skipped:1 "));
    }

    void forgetsWhatFailed()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        handler.fails_with = busy;
        const Next inbox = withInbox(bench.deps(), handler);
        QVERIFY(!bench.run(inbox));
        QVERIFY(bench.counts() == StoreCounts{});
        handler.fails_with.reset();
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(bench.counts().notifications, 1);
    }

    void takesAnEventOutOfTheRetryTopicWithItsEffects()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        const Next inbox = withInbox(bench.deps(), handler);
        const Attempt failed = bench.attempt();
        QVERIFY_RESULT(bench.runtime.run(bench.topic.park(failed, bench.runtime.now(), 1s)));
        Attempt parked = bench.attempt();
        parked.is_parked = true;
        handler.fails_with = busy;
        QVERIFY(!bench.run(inbox, parked));
        QCOMPARE(bench.counts().parked_events, 1); // Rolled back with the rest.
        handler.fails_with.reset();
        QVERIFY_RESULT(bench.run(inbox, parked));
        QCOMPARE(bench.counts().parked_events, 0);
        QCOMPARE(bench.counts().notifications, 1);
    }

    void ofTwoAtOnceOneCommits()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        handler.takes = 10ms;
        const Next inbox = withInbox(bench.deps(), handler);
        std::vector<Result<void>> results;
        TaskGroup both(bench.runtime);
        for (int i = 0; i < 2; ++i)
            both.spawn(collect(bench, inbox, results));
        bench.runtime.run(both.join());
        QCOMPARE(results.size(), std::size_t(2));
        QVERIFY(bool(results[0]) != bool(results[1]));
        QCOMPARE((results[0] ? results[1] : results[0]).error().code, ErrorCode::Conflict);
        QCOMPARE(bench.counts().notifications, 1);
    }

    void hopeful_asksOnlyOnceSomethingCameAgain_andForAWhileThen()
    {
        PolicyBench bench;
        CountingStore store(bench.journal, bench.store);
        FakeHandler handler(bench.runtime);
        handler.stays = true;
        InboxOptions options;
        options.is_hopeful = true;
        const Next inbox =
            withInbox({bench.runtime, bench.journal, bench.faults, store, *bench.bus, nullptr}, handler, options);
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(store.questions, 0);
        QVERIFY_RESULT(bench.run(inbox)); // Refused by the commit, then asked.
        QCOMPARE(store.questions, 1);
        QCOMPARE(handler.calls, 2);
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(store.questions, 2);
        QCOMPARE(handler.calls, 2);
        bench.runtime.run(bench.runtime.sleep(6s));
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(handler.calls, 3); // Hoped again, in vain.
        QCOMPARE(bench.counts().notifications, 1);
        QCOMPARE(bench.counts().processed_events, 1);
        QCOMPARE(bench.story(), std::string("notification-written event-handled:1 duplicate-skipped:1 "
                                            "duplicate-skipped:1 duplicate-skipped:1 "));
    }

    /// A handler may make nothing of what is done already; that is no failure of the event. One that calls others is
    /// never run in vain.
    void hopeful_whatWasDoneIsNoFailure_andNothingIsSeenOutside()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        InboxOptions options;
        options.is_hopeful = true;
        const Next inbox = withInbox(bench.deps(), handler, options);
        QVERIFY_RESULT(bench.run(inbox));
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(handler.calls, 1); // It does not stay in its transaction.
        handler.stays = true;
        handler.fails_with = poison;
        const Next hopeful = withInbox(bench.deps(), handler, options);
        QVERIFY_RESULT(bench.run(hopeful));
        QCOMPARE(handler.calls, 2);
    }

    void firstLook_notSeen_sparesTheQuestion()
    {
        PolicyBench bench;
        CountingStore store(bench.journal, bench.store);
        FakeLook look;
        FakeHandler handler(bench.runtime);
        handler.stays = true;
        const Next inbox = withInbox({bench.runtime, bench.journal, bench.faults, store, *bench.bus, &look}, handler);
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(store.questions, 0);
        QCOMPARE(look.asked, std::size_t(1));
        QCOMPARE(look.remembered, std::size_t(1));
        QCOMPARE(bench.counts().processed_events, 1);
    }

    /// Whatever it answers, and whatever it said before.
    void firstLook_isOnlyAHint_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        const std::pair<const char*, Sight> sights[] = {
            {"unknown", Sight::Unknown}, {"not seen", Sight::NotSeen}, {"seen", Sight::Seen}};
        for (const auto& [first_name, first] : sights) {
            for (const auto& [second_name, second] : sights)
                QTest::addRow("%s, %s", first_name, second_name) << int(first) << int(second);
        }
    }
    void firstLook_isOnlyAHint()
    {
        QFETCH(int, first);
        QFETCH(int, second);
        PolicyBench bench;
        FakeLook look;
        FakeHandler handler(bench.runtime);
        handler.stays = true;
        const Next inbox =
            withInbox({bench.runtime, bench.journal, bench.faults, *bench.store, *bench.bus, &look}, handler);
        look.sight = Sight(first);
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(look.unconfirmed, int(Sight(first) == Sight::Seen));
        look.sight = Sight(second);
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(look.forgotten, int(Sight(second) == Sight::NotSeen));
        QCOMPARE(bench.counts().notifications, 1);
        QCOMPARE(bench.counts().processed_events, 1);
        QCOMPARE(bench.story(), std::string("notification-written event-handled:1 duplicate-skipped:1 "));
    }

    /// A handler may make nothing of what is done already; that is no failure of the event.
    void firstLook_notSeen_aDuplicateThatFailsIsSkipped()
    {
        PolicyBench bench;
        FakeLook look;
        FakeHandler handler(bench.runtime);
        handler.stays = true;
        const Next inbox =
            withInbox({bench.runtime, bench.journal, bench.faults, *bench.store, *bench.bus, &look}, handler);
        QVERIFY_RESULT(bench.run(inbox));
        handler.fails_with = poison;
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(look.forgotten, 1);
        PolicyBench other; // Of an event that is not done it is one.
        const Next fresh =
            withInbox({other.runtime, other.journal, other.faults, *other.store, *other.bus, &look}, handler);
        const auto failed = other.run(fresh);
        QVERIFY(!failed && failed.error() == poison);
        QCOMPARE(look.forgotten, 1);
    }

    /// Running it in vain would be seen outside.
    void firstLook_isNotAskedForAHandlerThatLeavesItsTransaction()
    {
        PolicyBench bench;
        FakeLook look;
        FakeHandler handler(bench.runtime);
        const Next inbox =
            withInbox({bench.runtime, bench.journal, bench.faults, *bench.store, *bench.bus, &look}, handler);
        for (int i = 0; i < 2; ++i)
            QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(handler.calls, 1);
        QCOMPARE(look.asked + look.remembered, std::size_t(0));
    }

private:
    static Task<void> collect(PolicyBench& bench, const Next& inbox, std::vector<Result<void>>& results)
    {
        Attempt made = bench.attempt();
        const auto result = co_await inbox(made);
        results.push_back(result);
    }
};

ORDERLAB_TEST(tst_inbox, NoApplication, TestInbox)
#include "tst_inbox.moc"
