#include "simulation/trial.h"
#include "support/test_program.h"

using namespace orderlab;

namespace {
constexpr std::uint64_t seeds_max = 200;
constexpr std::uint64_t right_seeds = 40; ///< The system without the mistake is tried with at least so many.
} // namespace

/// That the invariants can fail: five mistakes, each put into the system that is otherwise right, and each is noticed. The
/// same runs without the mistake keep every promise, so what was noticed is the mistake and not the faults.
class TestMutations : public QObject {
    Q_OBJECT

private slots:
    void mistake_isNoticed_data()
    {
        QTest::addColumn<int>("mutation");
        QTest::addColumn<QString>("invariant");
        QTest::addColumn<QStringList>("faults");
        QTest::newRow("skips the inbox insert") << int(Mutation::SkipsInboxInsert) << "effects-happen-once"
                                                << QStringList{"after-commit=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("acks before commit") << int(Mutation::AcksBeforeCommit) << "every-event-handled-or-dead"
                                            << QStringList{"before-commit=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("relays by id > last") << int(Mutation::RelaysByLastId) << "no-order-lost"
                                             << QStringList{"database=delay,probability=0.05,for=3s,delay=50ms"};
        QTest::newRow("forgets to reset on crash") << int(Mutation::ForgetsToResetOnCrash) << "every-event-handled-or-dead"
                                                   << QStringList{"handler-entry=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("marks published before publishing") << int(Mutation::MarksBeforePublishing) << "no-order-lost"
                                                           << QStringList{"bus-append=fail,probability=0.1,for=3s"};
    }
    void mistake_isNoticed()
    {
        QFETCH(int, mutation);
        QFETCH(QString, invariant);
        QFETCH(QStringList, faults);
        std::int64_t struck = 0;
        std::uint64_t noticed_with = 0;
        for (std::uint64_t seed = 1; seed <= seeds_max && (noticed_with == 0 || seed <= right_seeds); ++seed) {
            Trial right(seed, faults);
            const Verdict kept = right.verdict({});
            QVERIFY2(kept.broken.empty(), ("seed " + std::to_string(seed) + " without the mistake: " + kept.explanation).c_str());
            QCOMPARE(right.accepted(), std::int64_t(orders_per_run));
            struck += right.faultsStruck();
            if (noticed_with > 0)
                continue;
            const Verdict verdict = Trial(seed, faults, Mutation(mutation)).verdict(invariant.toStdString());
            if (!verdict.breaks(invariant.toStdString()))
                continue;
            noticed_with = seed;
            qInfo("noticed with seed %llu: %s", static_cast<unsigned long long>(seed), verdict.explanation.c_str());
        }
        QVERIFY2(noticed_with > 0, "not noticed");
        QVERIFY2(struck > 0, "the faults never struck");
    }
};

ORDERLAB_TEST(tst_mutations, NoApplication, TestMutations)
#include "tst_mutations.moc"
