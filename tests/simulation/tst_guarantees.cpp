#include "simulation/trial.h"
#include "support/effort.h"
#include "support/test_program.h"

using namespace orderlab;

namespace {

constexpr std::uint64_t seeds_tried = 20;
/// What can happen on one bad day.
const QStringList everything{"client-request=lose,probability=0.05,for=4s",
                             "client-request=duplicate,probability=0.05,for=4s",
                             "client-answer=lose,probability=0.1,for=4s",
                             "order-store=fail,probability=0.05,for=4s",
                             "order-committed=crash,probability=0.02,for=4s,delay=300ms",
                             "relay-claim=crash,probability=0.05,for=4s,delay=200ms",
                             "bus-append=lose-answer,probability=0.05,for=4s",
                             "bus-append=fail,probability=0.05,for=4s",
                             "published=crash,probability=0.05,for=4s,delay=200ms",
                             "delivery=duplicate,probability=0.05,for=4s",
                             "delivery=reorder,probability=0.05,for=4s,delay=50ms",
                             "handler-entry=fail,probability=0.05,for=4s",
                             "handler-entry=hang,probability=0.02,for=4s,delay=7s",
                             "handler-entry=crash,probability=0.02,for=4s,delay=300ms",
                             "gateway-call=lose-answer,probability=0.1,for=4s",
                             "gateway-call=timeout,probability=0.05,for=4s",
                             "gateway-call=fail,probability=0.05,for=4s",
                             "before-commit=fail,probability=0.05,for=4s",
                             "before-commit=crash,probability=0.02,for=4s,delay=300ms",
                             "after-commit=crash,probability=0.02,for=4s,delay=300ms",
                             "ack=lose,probability=0.05,for=4s",
                             "ack=crash,probability=0.02,for=4s,delay=300ms",
                             "worker=crash,probability=0.02,for=4s,delay=500ms",
                             "worker=hang,probability=0.02,for=4s,delay=2s",
                             "database=away,probability=0.02,for=4s",
                             "broker=away,probability=0.02,for=4s",
                             "network=delay,probability=0.1,for=4s,delay=20ms",
                             "clock=jump,probability=0.01,for=4s,delay=3s"};

} // namespace

/// What each guarantee is good for: with it, a fault does no harm; without it, the same fault breaks a promise.
class TestGuarantees : public QObject {
    Q_OBJECT

private slots:
    void guarantee_isMissedOnceItIsOff_data()
    {
        QTest::addColumn<int>("guarantee");
        QTest::addColumn<QString>("invariant");
        QTest::addColumn<QStringList>("faults");
        QTest::newRow("outbox") << int(Guarantee::Outbox) << "no-order-lost"
                                << QStringList{"order-committed=crash,probability=0.1,for=3s,delay=300ms"};
        QTest::newRow("inbox") << int(Guarantee::Inbox) << "effects-happen-once"
                               << QStringList{"after-commit=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("ack after processing") << int(Guarantee::AckAfterProcessing) << "every-event-handled-or-dead"
                                              << QStringList{"handler-entry=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("idempotency key") << int(Guarantee::IdempotencyKey) << "charged-at-most-once"
                                         << QStringList{"client-answer=lose,probability=0.1,for=3s"};
        QTest::newRow("payment key") << int(Guarantee::PaymentKey) << "charged-at-most-once"
                                     << QStringList{"gateway-call=lose-answer,probability=0.1,for=3s"};
        QTest::newRow("durable inbox, evicted")
            << int(Guarantee::DurableInbox) << "effects-happen-once"
            << QStringList{"published=crash,probability=0.2,for=3s,delay=400ms,count=3"};
        QTest::newRow("durable inbox, marked and crashed")
            << int(Guarantee::DurableInbox) << "all-orders-finish"
            << QStringList{"handler-entry=crash,probability=0.05,for=3s,delay=300ms"};
    }
    void guarantee_isMissedOnceItIsOff()
    {
        QFETCH(int, guarantee);
        QFETCH(QString, invariant);
        QFETCH(QStringList, faults);
        Guarantees off;
        off.set(Guarantee(guarantee), false);
        std::uint64_t missed_with = 0;
        for (std::uint64_t seed = 1;
             seed <= seeds_tried && (missed_with == 0 || seed <= std::uint64_t(effort(seeds_tried))); ++seed) {
            const Verdict kept = Trial(seed, faults).verdict({});
            QVERIFY2(kept.broken.empty(), ("seed " + std::to_string(seed) + ", all on: " + kept.explanation).c_str());
            const Verdict verdict = Trial(seed, faults, Mutation::None, off).verdict(invariant.toStdString());
            if (missed_with > 0 || !verdict.breaks(invariant.toStdString()))
                continue;
            missed_with = seed;
            qInfo("missed with seed %llu: %s", static_cast<unsigned long long>(seed), verdict.explanation.c_str());
            // It says what let it happen.
            QVERIFY2(verdict.explanation.find(" was off") != std::string::npos, verdict.explanation.c_str());
        }
        QVERIFY2(missed_with > 0, "nothing was amiss");
    }

    void everythingAtOnce_breaksNothing_whileAllGuaranteesAreOn()
    {
        const std::uint64_t seeds = std::uint64_t(qEnvironmentVariableIntValue("ORDERLAB_TEST_SEEDS"));
        for (std::uint64_t seed = 1; seed <= (seeds ? seeds : std::uint64_t(effort(200))); ++seed) {
            Trial trial(seed, everything);
            const Verdict kept = trial.verdict({});
            QVERIFY2(kept.broken.empty(), ("seed " + std::to_string(seed) + ": " + kept.explanation).c_str());
            QVERIFY(trial.faultsStruck() > 0);
        }
    }
};

ORDERLAB_TEST(tst_guarantees, NoApplication, TestGuarantees)
#include "tst_guarantees.moc"
