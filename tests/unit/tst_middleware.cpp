#include "bus/memory_bus.h"
#include "runtime/virtual_runtime.h"
#include "store/memory_store.h"
#include "worker/middleware/dead_letter.h"
#include "worker/middleware/inbox.h"
#include "worker/middleware/infrastructure_pause.h"
#include "worker/middleware/retry.h"
#include "worker/middleware/timeout.h"

#include <QTest>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

/// Writes a notification, and fails as it is told.
class FakeHandler final : public Handler {
public:
    std::string_view name() const override { return "fake"; }
    std::span<const EventType> topics() const override { return all_event_types; }
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        ++calls;
        context.transaction.insertNotification({event.id, event.order, event.type, "ada", event.data.total, context.now});
        if (fails)
            co_return Error{ErrorCode::PeerFailed, Retry::Later, "no", {}};
        co_return Result<void>{};
    }
    int calls = 0;
    bool fails = false;
};

/// A step that fails as the list says, then succeeds; logs when it was called.
struct Step {
    Runtime& runtime;
    std::vector<Error> errors;
    std::string log;

    Next next()
    {
        return [this](Attempt& attempt) { return run(attempt); };
    }
    Task<Result<void>> run(Attempt& attempt)
    {
        log += std::to_string(attempt.number) + ' ';
        if (errors.empty())
            co_return Result<void>{};
        Error error = errors.front();
        errors.erase(errors.begin());
        co_return error;
    }
};

const Error later{ErrorCode::PeerFailed, Retry::Later, "busy", {}};
const Error never{ErrorCode::Rejected, Retry::Never, "poison", {}};

} // namespace

/// Each policy alone, on a virtual clock, around a step that does as it is told.
class TestMiddleware : public QObject {
    Q_OBJECT

    std::unique_ptr<VirtualRuntime> m_runtime;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<FaultPlan> m_faults;
    std::shared_ptr<Store> m_store;
    std::unique_ptr<EventBus> m_bus;
    Event m_event;

    WorkerDeps deps() { return {*m_runtime, *m_journal, *m_faults, *m_store, *m_bus}; }
    Attempt attempt()
    {
        Attempt made;
        made.group = "orderlab.fake";
        made.events = std::span(&m_event, 1);
        made.first_offset = 7;
        made.delivered_at = m_runtime->now();
        return made;
    }
    Duration elapsed() const { return m_runtime->now() - VirtualRuntime::epoch(); }
    /// The kinds of all entries so far, and what they say.
    std::string journal()
    {
        std::string all;
        std::vector<Entry> entries;
        JournalReader(*m_journal, JournalReader::From::Oldest).read(entries, 10'000);
        for (const Entry& entry : entries)
            all += std::string(name(entry.kind)) + ':' + std::to_string(entry.attempt) + ' ';
        return all;
    }

private slots:
    void init()
    {
        m_runtime = std::make_unique<VirtualRuntime>(1);
        m_journal = std::make_unique<Journal>(1'024);
        m_faults = std::make_unique<FaultPlan>(*m_runtime, *m_journal);
        m_store = makeMemoryStore(*m_runtime, *m_journal);
        m_bus = makeMemoryBus(*m_runtime, *m_journal, {});
        m_event = {};
        m_event.id = EventId{Uuid{1, 2}};
        m_event.order = OrderId{Uuid{3, 4}};
        m_event.data.user_id = "ada";
        m_event.data.total.amount_minor = 1;
    }

    void timeout_cancelsWhatTakesTooLong()
    {
        bool finished = false;
        const Next slow = [&](Attempt&) {
            return [](Runtime& runtime, bool& done) -> Task<Result<void>> {
                co_await runtime.sleep(1h);
                done = true;
                co_return Result<void>{};
            }(*m_runtime, finished);
        };
        Attempt made = attempt();
        const auto result = m_runtime->run(withTimeoutPolicy(*m_runtime, {2s}, slow)(made));
        QCOMPARE(result.error().code, ErrorCode::Timeout);
        QCOMPARE(elapsed(), Duration(2s));
        m_runtime->run(m_runtime->sleep(2h));
        QVERIFY(!finished);
    }

    void retry_stopsAfterMaxAttempts()
    {
        Step step{*m_runtime, std::vector<Error>(9, later), {}};
        Attempt made = attempt();
        const auto result = m_runtime->run(withRetry(deps(), {}, step.next())(made));
        QCOMPARE(result.error(), later);
        QCOMPARE(step.log, std::string("1 2 3 4 5 "));
        QCOMPARE(journal(), std::string("attempt-failed:1 retry-scheduled:1 event-delivered:2 "
                                        "attempt-failed:2 retry-scheduled:2 event-delivered:3 "
                                        "attempt-failed:3 retry-scheduled:3 event-delivered:4 "
                                        "attempt-failed:4 retry-scheduled:4 event-delivered:5 attempt-failed:5 "));
    }

    void retry_backsOffWithFullJitterUnderAGrowingBound()
    {
        bool is_jittered = false;
        for (int i = 0; i < 50; ++i) {
            Step step{*m_runtime, std::vector<Error>(4, later), {}};
            Attempt made = attempt();
            const TimePoint started = m_runtime->now();
            QVERIFY(m_runtime->run(withRetry(deps(), {}, step.next())(made)));
            const Duration took = m_runtime->now() - started;
            QVERIFY(took <= 200ms + 400ms + 800ms + 1600ms);
            is_jittered = is_jittered || took > 1000ms;
        }
        QVERIFY(is_jittered);
    }

    void retry_neverMeansNever()
    {
        Step step{*m_runtime, {never}, {}};
        Attempt made = attempt();
        QCOMPARE(m_runtime->run(withRetry(deps(), {}, step.next())(made)).error(), never);
        QCOMPARE(step.log, std::string("1 "));
    }

    void pause_waitsOutAnOutageAndBurnsNoAttempt()
    {
        Step step{*m_runtime, std::vector<Error>(4, unavailable("database away")), {}};
        Attempt made = attempt();
        QVERIFY(m_runtime->run(withInfrastructurePause(deps(), {}, step.next())(made)));
        QCOMPARE(step.log, std::string("1 1 1 1 1 "));
        QCOMPARE(elapsed(), Duration(100ms + 200ms + 400ms + 800ms));
        QCOMPARE(journal(), std::string("work-paused:0 work-resumed:0 "));
    }

    void pause_triesConflictsAgainAtOnce_andPassesTheEventsOwnErrorsOn()
    {
        const Error conflict{ErrorCode::Conflict, Retry::Now, "changed", {}};
        Step step{*m_runtime, {conflict, conflict, later}, {}};
        Attempt made = attempt();
        QCOMPARE(m_runtime->run(withInfrastructurePause(deps(), {}, step.next())(made)).error(), later);
        QCOMPARE(elapsed(), Duration(0));
    }

    void inbox_doesAnEventOnce()
    {
        FakeHandler handler;
        const Next inbox = withInbox(deps(), handler);
        for (int i = 0; i < 3; ++i) {
            Attempt made = attempt();
            QVERIFY(m_runtime->run(inbox(made)));
        }
        QCOMPARE(handler.calls, 1);
        QCOMPARE(m_runtime->run(m_store->counts()).value().notifications, 1);
        QVERIFY(journal().ends_with("event-handled:1 duplicate-skipped:1 duplicate-skipped:1 "));
    }

    void inbox_forgetsWhatFailed()
    {
        FakeHandler handler;
        handler.fails = true;
        const Next inbox = withInbox(deps(), handler);
        Attempt first = attempt();
        QVERIFY(!m_runtime->run(inbox(first)));
        QCOMPARE(m_runtime->run(m_store->counts()).value().notifications, 0);
        handler.fails = false;
        Attempt second = attempt();
        QVERIFY(m_runtime->run(inbox(second)));
        QCOMPARE(m_runtime->run(m_store->counts()).value().notifications, 1);
    }

    void deadLetter_keepsTheEventWhole()
    {
        m_event.extensions = {{"x-tenant", "blue"}};
        Step step{*m_runtime, {never}, {}};
        Attempt made = attempt();
        QVERIFY(m_runtime->run(withDeadLetter(deps(), {}, step.next())(made)));
        const auto letters = m_runtime->run(m_store->findDeadLetters(10)).value();
        QCOMPARE(letters.size(), std::size_t(1));
        QVERIFY(letters[0].event == m_event);
        QCOMPARE(letters[0].group, std::string("orderlab.fake"));
        QCOMPARE(letters[0].offset, 7);
        QCOMPARE(letters[0].attempts, 1);
        QCOMPARE(letters[0].error, std::string("poison"));
        QCOMPARE(journal(), std::string("dead-lettered:1 "));
    }
};

QTEST_APPLESS_MAIN(TestMiddleware)
#include "tst_middleware.moc"
