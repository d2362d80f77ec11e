#include "simulation/scenario.h"
#include "simulation/trial.h"
#include "support/effort.h"
#include "support/test_program.h"

using namespace orderlab;

namespace {
constexpr std::uint64_t seeds_max = 200;
constexpr std::uint64_t right_seeds = effort(40); ///< The system without the mistake is tried with at least so many.

struct Mistake {
    const char* name;
    Mutation mutation;
    const char* invariant; ///< That notices.
    const char* fault;     ///< That brings it to light.
};
constexpr Mistake mistakes[] = {
    {"skips the inbox insert", Mutation::SkipsInboxInsert, "effects-happen-once",
     "after-commit=crash,probability=0.05,for=3s,delay=300ms"},
    {"acks before commit", Mutation::AcksBeforeCommit, "every-event-handled-or-dead",
     "before-commit=crash,probability=0.05,for=3s,delay=300ms"},
    {"relays by id > last", Mutation::RelaysByLastId, "no-order-lost",
     "database=delay,probability=0.05,for=3s,delay=50ms"},
    {"forgets to reset on crash", Mutation::ForgetsToResetOnCrash, "every-event-handled-or-dead",
     "handler-entry=crash,probability=0.05,for=3s,delay=300ms"},
    {"marks published before publishing", Mutation::MarksBeforePublishing, "no-order-lost",
     "bus-append=fail,probability=0.1,for=3s"},
    {"gateway forgets payment keys", Mutation::GatewayForgetsKeys, "charged-at-most-once",
     "gateway-call=lose-answer,probability=0.1,for=3s"},
    {"reads stale orders", Mutation::ReadsStaleOrders, "legal-status-transitions",
     "published=delay,probability=0.2,for=3s,delay=50ms"},
    {"commits old offsets", Mutation::CommitsOldOffsets, "offsets-only-advance",
     "worker=crash,probability=0.05,for=3s,delay=300ms"},
    {"skips ahead in a batch", Mutation::SkipsAheadInABatch, "per-order-sequence",
     "handler-entry=delay,probability=0.2,for=3s,delay=50ms"},
    {"keeps trying the dead", Mutation::KeepsTryingTheDead, "retries-within-budget",
     "handler-entry=fail,probability=0.7,for=30s"},
    {"believes it is done", Mutation::BelievesItIsDone, "all-orders-finish",
     "database=delay,probability=0.05,for=3s,delay=50ms"},
};
} // namespace

/// That each of the invariants can fail: mistakes, each put into the system that is otherwise right, and each is
/// noticed. The same runs without the mistake keep every promise, so what was noticed is the mistake and not the
/// faults.
class TestMutations : public QObject {
    Q_OBJECT

private slots:
    void mistake_isNoticed_data()
    {
        QTest::addColumn<int>("mutation");
        QTest::addColumn<QString>("invariant");
        QTest::addColumn<QStringList>("faults");
        for (const Mistake& mistake : mistakes)
            QTest::newRow(mistake.name) << int(mistake.mutation) << QString::fromLatin1(mistake.invariant)
                                        << QStringList{QString::fromLatin1(mistake.fault)};
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
            QVERIFY2(kept.broken.empty(),
                     ("seed " + std::to_string(seed) + " without the mistake: " + kept.explanation).c_str());
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

    void everyInvariant_hasAMistake()
    {
        for (const std::string_view invariant : invariantNames()) {
            const bool has_one = std::any_of(std::begin(mistakes), std::end(mistakes),
                                             [&](const Mistake& mistake) { return mistake.invariant == invariant; });
            QVERIFY2(has_one, invariant.data());
        }
    }
};

ORDERLAB_TEST(tst_mutations, NoApplication, TestMutations)
#include "tst_mutations.moc"
