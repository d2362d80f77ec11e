#include "policy_bench.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/addressee.h"

using namespace orderlab;
using namespace orderlab::test;

class TestAddressee : public QObject {
    Q_OBJECT

private slots:
    void passesOnWhatIsForEverybodyOrForItself()
    {
        PolicyBench bench;
        HandlerStep step;
        const Next addressee = withAddressee(bench.deps(), step.next());
        QVERIFY_RESULT(bench.run(addressee));
        setTargetGroup(bench.event, "orderlab.fake");
        QVERIFY_RESULT(bench.run(addressee));
        QCOMPARE(step.log, std::string("1 1 "));
        QCOMPARE(bench.story(), std::string());
    }

    void skipsWhatIsForAnotherGroupAndSaysForWhom()
    {
        PolicyBench bench;
        HandlerStep step;
        const Next addressee = withAddressee(bench.deps(), step.next());
        setTargetGroup(bench.event, "orderlab.payment");
        QVERIFY_RESULT(bench.run(addressee));
        QCOMPARE(step.log, std::string());
        QCOMPARE(bench.story(), std::string("duplicate-skipped:1 "));
        QCOMPARE(bench.counts().processed_events, 0);
        std::vector<Entry> entries;
        JournalReader(bench.journal, JournalReader::From::Oldest).read(entries, 10);
        QCOMPARE(bench.journal.names().text(entries[0].detail), std::string_view("addressed to orderlab.payment"));
        QCOMPARE(entries[0].offset, std::int64_t(7));
    }

    void failsManyAtOnceBeforeAnythingHappens()
    {
        PolicyBench bench;
        HandlerStep step;
        const Next addressee = withAddressee(bench.deps(), step.next());
        std::vector<Event> events(3, bench.event);
        setTargetGroup(events[1], "orderlab.payment");
        Attempt some = bench.attempt();
        some.events = events;
        const auto result = bench.run(addressee, some);
        QVERIFY(!result);
        QVERIFY(!isInfrastructure(result.error())); // Nothing waits for it.
        QCOMPARE(step.log, std::string());
        QCOMPARE(bench.story(), std::string());
    }
};

ORDERLAB_TEST(tst_addressee, NoApplication, TestAddressee)
#include "tst_addressee.moc"
