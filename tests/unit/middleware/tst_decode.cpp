#include "policy_bench.h"
#include "support/dead_letters.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/dead_letter.h"
#include "worker/middleware/decode.h"
#include "worker/middleware/inbox.h"
#include "worker/middleware/retry.h"

using namespace orderlab;
using namespace orderlab::test;

class TestDecode : public QObject {
    Q_OBJECT

    static Event garbage()
    {
        Event event;
        event.id = EventId{Uuid{9, 9}};
        event.extensions = {{"x-from", "elsewhere"}, {"ce_id", "nonsense"}};
        event.undecodable = std::make_shared<UndecodableRecord>(UndecodableRecord{
            {ErrorCode::Corrupt, Retry::Never, "ce_type is missing", "ce_type"}, "key", std::string("\x00\xff{", 3)});
        return event;
    }

private slots:
    void passesOnWhatIsAnEvent()
    {
        PolicyBench bench;
        HandlerStep step;
        QVERIFY_RESULT(bench.run(withDecoding(step.next())));
        QCOMPARE(step.log, std::string("1 "));
        QCOMPARE(bench.story(), std::string());
    }

    void isGivenUpAtOnceAndKeptWhole_noHandlerSeesIt()
    {
        PolicyBench bench;
        bench.event = garbage();
        FakeHandler handler(bench.runtime);
        const Next chain = withDeadLetter(
            bench.deps(), bench.policies,
            withRetry(bench.deps(), bench.policies, bench.topic, withDecoding(withInbox(bench.deps(), handler))));
        QVERIFY_RESULT(bench.run(chain));
        QCOMPARE(handler.calls, 0);
        QCOMPARE(bench.story(), std::string("attempt-failed:1 dead-lettered:1 "));
        const auto kept = bench.get(test::findDeadLetters(*bench.store, 10));
        QCOMPARE(kept.size(), std::size_t(1));
        QVERIFY(kept[0].event == garbage());
        QCOMPARE(kept[0].error, std::string("ce_type is missing"));
        QCOMPARE(kept[0].code, ErrorCode::Corrupt);
        QCOMPARE(kept[0].attempts, 1);
        QCOMPARE(kept[0].offset, 7);
    }

    void isNeverTriedAgainWhateverItsErrorSays()
    {
        PolicyBench bench;
        UndecodableRecord record = *garbage().undecodable;
        record.error.retry = Retry::Later;
        bench.event.undecodable = std::make_shared<UndecodableRecord>(std::move(record));
        HandlerStep step;
        const auto result = bench.run(withDecoding(step.next()));
        QVERIFY(!result && result.error().retry == Retry::Never);
        QCOMPARE(step.log, std::string());
    }

    void failsManyAtOnceBeforeAnythingHappens()
    {
        PolicyBench bench;
        HandlerStep step;
        std::vector<Event> events(3, bench.event);
        events[1] = garbage();
        Attempt some = bench.attempt();
        some.events = events;
        const auto result = bench.run(withDecoding(step.next()), some);
        QVERIFY(!result);
        QVERIFY(!isInfrastructure(result.error())); // Nothing waits for it.
        QCOMPARE(step.log, std::string());
        QCOMPARE(bench.story(), std::string());
    }
};

ORDERLAB_TEST(tst_decode, NoApplication, TestDecode)
#include "tst_decode.moc"
