#include "journal/world_state.h"
#include "lab/lab.h"
#include "runtime/virtual_runtime.h"
#include "support/dead_letters.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <map>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

const DeadLetterDecision ada_decides{"ada", "the gateway is mended"};

/// A whole system on a virtual clock, with some orders that payment gives up on.
struct LetterRun {
    LetterRun() : runtime(7), lab(runtime, {}) {}
    ~LetterRun() { runtime.run(lab.stop()); }

    void start() { QVERIFY_RESULT(runtime.run(lab.start())); }
    OrderId buy(const char* customer)
    {
        CreateOrder create;
        create.request.user_id = customer;
        create.request.total.amount_minor = 1999;
        return runtime.run(lab.orders().create(std::move(create))).value().order.id;
    }
    /// Until nothing moves any more.
    void settle() { runtime.run(runtime.sleep(60s)); }
    std::vector<DeadLetter> letters() { return runtime.run(test::findDeadLetters(lab.store(), 100)).value(); }
    StoreCounts counts() { return runtime.run(lab.store().counts()).value(); }
    OrderStatus statusOf(OrderId order) { return runtime.run(lab.orders().find(order)).value().status; }
    std::vector<Entry> entries()
    {
        std::vector<Entry> all;
        JournalReader(lab.journal(), JournalReader::From::Oldest).read(all, 1'000'000);
        return all;
    }
    /// What each group did with `event`, in order: "notification: handled, addressed to orderlab.payment".
    std::map<std::string, std::string> groupsDid(EventId event)
    {
        std::map<std::string, std::string> did;
        for (const Entry& entry : entries()) {
            if (entry.event != event || entry.group == 0)
                continue;
            const Names& names = lab.journal().names();
            std::string& line = did[std::string(names.text(entry.group)).substr(9)];
            std::string what;
            switch (entry.kind) {
            case EntryKind::EventHandled: what = "handled"; break;
            case EntryKind::DuplicateSkipped:
                what = entry.detail ? std::string(names.text(entry.detail)) : std::string("duplicate");
                break;
            case EntryKind::DeadLettered: what = "given up"; break;
            case EntryKind::DeadLetterReplayed: what = entry.detail ? "corrected and replayed" : "replayed"; break;
            default: continue;
            }
            line += (line.empty() ? "" : ", ") + what;
        }
        return did;
    }

    VirtualRuntime runtime;
    Lab lab;
};

} // namespace

/// What people do with dead letters, in a whole system.
class TestDeadLetters : public QObject {
    Q_OBJECT

private slots:
    void replay_goesToTheFailingGroupOnly_data()
    {
        QTest::addColumn<bool>("inbox_is_on");
        QTest::newRow("with the inbox") << true;
        QTest::newRow("without the inbox") << false;
    }
    void replay_goesToTheFailingGroupOnly()
    {
        QFETCH(bool, inbox_is_on);
        LetterRun run;
        run.start();
        const OrderId poisoned = run.buy("user-poison"), other = run.buy("user-poison");
        run.buy("ada");
        run.settle();
        QCOMPARE(run.letters().size(), std::size_t(2));
        Guarantees guarantees;
        guarantees.set(Guarantee::Inbox, inbox_is_on);
        run.lab.faults().setGuarantees(guarantees);
        const auto letters = run.letters();
        const DeadLetter& letter = letters[0].event.order == poisoned ? letters[0] : letters[1];
        QVERIFY(!letter.attempts_made.empty());
        const std::int64_t notifications = run.counts().notifications;

        const auto replayed = run.runtime.run(run.lab.deadLetters().replay(
            letter.id, ada_decides, R"({"user_id":"grace","amount":"19.99","currency":"EUR"})"));
        QVERIFY_RESULT(replayed);
        run.settle();
        QCOMPARE(run.statusOf(poisoned), OrderStatus::Paid);
        QCOMPARE(run.statusOf(other), OrderStatus::Created);
        const auto did = run.groupsDid(letter.event.id);
        QCOMPARE(did.at("payment"), std::string("given up, corrected and replayed, handled"));
        QCOMPARE(did.at("notification"), std::string("handled, addressed to orderlab.payment"));
        QCOMPARE(did.at("analytics"), std::string("handled, addressed to orderlab.payment"));
        QCOMPARE(did.count("order-status"), std::size_t(0));     // it does not read that topic
        QCOMPARE(run.counts().notifications, notifications + 1); // about the payment, not about the order once more
        const auto told = run.runtime.run(run.lab.store().findNotifications(poisoned)).value();
        QCOMPARE(told.size(), std::size_t(2));
        std::int64_t counted = 0;
        const auto buckets = run.runtime.run(run.lab.store().findAnalytics()).value();
        for (const AnalyticsBucket& bucket : buckets)
            counted += bucket.orders;
        QCOMPARE(counted, std::int64_t(3));
        const DeadLetter after = run.runtime.run(run.lab.deadLetters().find(letter.id)).value();
        QCOMPARE(after.state, DeadLetterState::Replayed);
        QCOMPARE(after.event.id, letter.event.id);
        QCOMPARE(after.audit.size(), std::size_t(2));
        QCOMPARE(after.audit[0].reason, std::string(R"({"user_id":"user-poison","amount":"19.99","currency":"EUR"})"));
    }

    void replay_thatFailsAgainIsTheSameLetter()
    {
        LetterRun run;
        run.start();
        for (int i = 0; i < 3; ++i)
            run.buy("user-poison");
        run.settle();
        const auto before = run.letters();
        const auto report = run.runtime.run(run.lab.deadLetters().replayAll({}, ada_decides, {}));
        QCOMPARE(report->replayed, std::int64_t(3));
        QCOMPARE(report->remaining, std::int64_t(0));
        run.settle();
        const auto after = run.letters();
        QCOMPARE(after.size(), std::size_t(3));
        for (const DeadLetter& letter : after) {
            const auto old =
                std::find_if(before.begin(), before.end(), [&](const DeadLetter& b) { return b.id == letter.id; });
            QVERIFY(old != before.end());
            QCOMPARE(letter.state, DeadLetterState::Waiting);
            QCOMPARE(letter.attempts_made.size(), old->attempts_made.size() * 2);
            QCOMPARE(letter.attempts, old->attempts * 2);
            QVERIFY(letter.event == old->event);
            QVERIFY(letter.offset > old->offset);
        }
    }

    void totals_addUpAtEveryMoment()
    {
        LetterRun run;
        run.start();
        for (const char* customer : {"ada", "user-poison", "user-poison", "user-poison"})
            run.buy(customer);
        run.settle();
        const auto letters = run.letters();
        QVERIFY_RESULT(run.runtime.run(run.lab.deadLetters().replay(letters[0].id, ada_decides)));
        QVERIFY_RESULT(run.runtime.run(run.lab.deadLetters().discard(letters[1].id, ada_decides)));
        run.settle();
        WorldState world(run.lab.journal().names());
        bool was_in_flight_again = false;
        std::int64_t dead_before = 0;
        for (const Entry& entry : run.entries()) {
            world.apply(entry);
            const Totals& t = world.totals();
            QCOMPARE(t.accepted, t.paid + t.failed + t.canceled + t.dead_lettered + t.in_flight);
            was_in_flight_again = was_in_flight_again
                                  || (entry.kind == EntryKind::DeadLetterReplayed && t.dead_lettered == dead_before - 1
                                      && t.in_flight == 1);
            dead_before = t.dead_lettered;
        }
        QVERIFY(was_in_flight_again);
        QCOMPARE(world.totals().dead_lettered, std::int64_t(3)); // given up again; discarded; still waiting
        QCOMPARE(world.totals().paid, std::int64_t(1));
        QCOMPARE(world.totals().in_flight, std::int64_t(0));
    }

    void forecast_looksIntoTheInboxOfTheFailingGroup()
    {
        LetterRun run;
        run.start();
        for (int i = 0; i < 3; ++i)
            run.buy("user-poison");
        run.settle();
        const auto letters = run.letters();
        const EventId done[] = {letters[1].event.id};
        const auto transaction = run.lab.store().begin();
        QVERIFY_RESULT(run.runtime.run(transaction->markProcessed("orderlab.payment", done)));
        QVERIFY_RESULT(run.runtime.run(transaction->commit(run.runtime.now())));

        DeadLetterFilter payment;
        payment.group = "payment"; // without its prefix
        const auto forecast = run.runtime.run(run.lab.deadLetters().forecast(payment)).value();
        QCOMPARE(forecast.sentence(), std::string("3 to replay: 1 would be skipped as duplicates, 2 would run again."));
        QCOMPARE(run.runtime.run(run.lab.deadLetters().forecast(letters[1].id)).value().duplicates, std::int64_t(1));
        DeadLetterFilter nobody;
        nobody.group = "analytics";
        QCOMPARE(run.runtime.run(run.lab.deadLetters().forecast(nobody)).value().sentence(),
                 std::string("Nothing to replay."));
        QVERIFY_RESULT(run.runtime.run(run.lab.deadLetters().replay(letters[1].id, ada_decides)));
        run.settle();
        QCOMPARE(run.groupsDid(letters[1].event.id).at("payment"), std::string("given up, replayed, duplicate"));
        Guarantees without;
        without.set(Guarantee::Inbox, false);
        run.lab.faults().setGuarantees(without);
        QCOMPARE(run.runtime.run(run.lab.deadLetters().forecast(payment)).value().run_again, std::int64_t(2));
    }

    void replayAll_keepsItsRateAndBounds()
    {
        LetterRun run;
        run.start();
        for (int i = 0; i < 20; ++i)
            run.buy("user-poison");
        run.settle();
        ReplayLimits limits;
        limits.rate_per_s = 2;
        limits.letters_max = 5;
        TimePoint start = run.runtime.now();
        auto report = run.runtime.run(run.lab.deadLetters().replayAll({}, ada_decides, limits)).value();
        QCOMPARE(report.replayed, std::int64_t(5));
        QCOMPARE(report.remaining, std::int64_t(15));
        QVERIFY(run.runtime.now() - start >= 2s);
        QVERIFY(run.runtime.now() - start < 4s);
        limits.letters_max = 100;
        limits.time_limit = 3s;
        start = run.runtime.now();
        report = run.runtime.run(run.lab.deadLetters().replayAll({}, ada_decides, limits)).value();
        QCOMPARE(report.replayed, std::int64_t(7)); // at 0, 0.5, … 3 s
        QVERIFY(run.runtime.now() - start < 4s);
    }

    void refused_data()
    {
        QTest::addColumn<int>("letter");
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("by");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("field");
        const QString good = R"({"user_id":"ada","amount":"1.00","currency":"EUR"})";
        const int wrong = int(ErrorCode::InvalidArgument);
        QTest::newRow("unknown") << -1 << ""
                                 << "ada" << int(ErrorCode::NotFound) << "";
        QTest::newRow("discarded") << 1 << ""
                                   << "ada" << int(ErrorCode::IllegalTransition) << "";
        QTest::newRow("nobody decides") << 0 << ""
                                        << "" << wrong << "by";
        QTest::newRow("unprintable") << 0 << ""
                                     << "a\nb" << wrong << "by";
        QTest::newRow("no JSON") << 0 << "{"
                                 << "ada" << wrong << "data";
        QTest::newRow("no object") << 0 << "[1]"
                                   << "ada" << wrong << "data";
        QTest::newRow("no amount") << 0 << R"({"user_id":"ada","currency":"EUR"})"
                                   << "ada" << wrong << "data.amount";
        QTest::newRow("amount 0") << 0 << R"({"user_id":"ada","amount":"0.00","currency":"EUR"})"
                                  << "ada" << wrong << "data.amount";
        QTest::newRow("no currency") << 0 << R"({"user_id":"ada","amount":"1.00","currency":"E"})"
                                     << "ada" << wrong << "data.currency";
    }
    void refused()
    {
        QFETCH(int, letter);
        QFETCH(QString, data);
        QFETCH(QString, by);
        LetterRun run;
        run.start();
        run.buy("user-poison");
        run.buy("user-poison");
        run.settle();
        const auto letters = run.letters();
        QVERIFY_RESULT(run.runtime.run(run.lab.deadLetters().discard(letters[1].id, ada_decides)));
        const Uuid id = letter < 0 ? Uuid{1, 2} : letters[std::size_t(letter)].id;
        const auto before = run.entries().size();
        const auto replayed =
            run.runtime.run(run.lab.deadLetters().replay(id, {by.toStdString(), {}}, data.toStdString()));
        QVERIFY(!replayed);
        QTEST(int(replayed.error().code), "code");
        QTEST(QString::fromStdString(replayed.error().field), "field");
        run.settle();
        QCOMPARE(run.entries().size(), before);
    }
};

ORDERLAB_TEST(tst_dead_letters, NoApplication, TestDeadLetters)
#include "tst_dead_letters.moc"
