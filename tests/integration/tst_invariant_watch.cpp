#include "lab/invariant_watch.h"
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

Task<void> buyMany(Lab& lab, int count)
{
    for (int i = 0; i < count; ++i) {
        OrderRequest request;
        request.user_id = "ada";
        request.total.amount_minor = 1'999;
        const auto bought = co_await lab.client().buy(std::move(request));
        (void)bought;
    }
}

Task<void> buyAtOnce(Lab& lab, int customers, int each)
{
    TaskGroup group(lab.runtime());
    for (int i = 0; i < customers; ++i)
        group.spawn(buyMany(lab, each));
    co_await group.join();
    co_await lab.runtime().sleep(1s);
}

std::vector<Entry> violationsIn(const Journal& journal)
{
    JournalReader reader(journal, JournalReader::From::Oldest);
    std::vector<Entry> all, found;
    reader.read(all, std::size_t{1} << 20);
    for (const Entry& entry : all) {
        if (entry.kind == EntryKind::InvariantViolated)
            found.push_back(entry);
    }
    return found;
}

} // namespace

/// The watch over a running system.
class TestInvariantWatch : public QObject {
    Q_OBJECT

private slots:
    void quietSystem_onManyThreads_breaksNothing()
    {
        RealRuntime runtime(4);
        LabConfig config;
        config.watch_invariants = true;
        config.members = 3;
        config.gateway.latency = Duration{0};
        Lab lab(runtime, config);
        runtime.run(lab.start()).value();
        runtime.run(buyAtOnce(lab, 16, 250));
        runtime.run(lab.stop());
        const auto violations = lab.violations();
        QVERIFY2(violations.empty(), violations.empty() ? "" : violations.front().explanation.c_str());
        QCOMPARE(violationsIn(lab.journal()).size(), std::size_t(0));
    }

    void brokenPromise_isToldOnce_inJournalAndCallback()
    {
        VirtualRuntime runtime(1);
        std::vector<std::string> told;
        LabConfig config;
        config.watch_invariants = true;
        config.on_violation = [&told](const Violation& violation) { told.push_back(violation.explanation); };
        Lab lab(runtime, config);
        QCOMPARE(lab.invariants().size(), std::size_t(9)); // Also before the start.
        Guarantees off;
        off.set(Guarantee::PaymentKey, false);
        lab.faults().setGuarantees(off);
        runtime.run(lab.start()).value();
        lab.faults().setFaults({parseFault("gateway-call=lose-answer,count=1").value()}).value();
        runtime.run(buyAtOnce(lab, 1, 3));
        runtime.run(lab.stop());

        QCOMPARE(lab.violations().size(), std::size_t(1));
        QCOMPARE(lab.violations().front().invariant, std::string_view("charged-at-most-once"));
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY2(told.front().find("the payment key was off") != std::string::npos, told.front().c_str());
        for (const InvariantStatus& status : lab.invariants()) {
            const bool is_broken = status.name == "charged-at-most-once";
            QCOMPARE(status.violations, std::uint64_t(is_broken));
            QCOMPARE(status.first.has_value(), is_broken);
        }
        const auto entries = violationsIn(lab.journal());
        QCOMPARE(entries.size(), std::size_t(1));
        QVERIFY(entries.front().order == lab.violations().front().order);
        QCOMPARE(lab.journal().names().text(entries.front().detail), std::string_view("charged-at-most-once"));
    }

    /// A system that could not start is stopped, and started again later.
    void stopBeforeTheStart_keepsItFromNothing()
    {
        VirtualRuntime runtime(1);
        Journal journal(1'024);
        InvariantWatch watch(runtime, journal);
        runtime.run(watch.stop());
        watch.start();
        Entry entry;
        entry.order = Uuid{1, 1};
        entry.kind = EntryKind::OrderAccepted;
        journal.append(entry);
        entry.kind = EntryKind::StatusChanged;
        for (const char* status : {"paid", "failed"}) {
            entry.detail = journal.names().intern(status);
            journal.append(entry);
        }
        runtime.run(watch.stop());
        QCOMPARE(watch.violations().size(), std::size_t(1));
        QCOMPARE(watch.violations().front().invariant, std::string_view("legal-status-transitions"));
    }

    /// A group without workers: said once for all orders, and again when one of them finishes after all.
    void missingWorkers_areToldWhileTheSystemRuns()
    {
        VirtualRuntime runtime(1);
        std::vector<Violation> told;
        std::vector<std::string> recovered;
        LabConfig config;
        config.watch_invariants = true;
        config.workers = {"analytics", "notification", "order-status"}; // nobody takes payments here
        config.on_violation = [&told](const Violation& violation) { told.push_back(violation); };
        config.on_recovery = [&recovered](const Recovery& recovery) { recovered.push_back(recovery.explanation); };
        Lab lab(runtime, config);
        runtime.run(lab.start()).value();
        runtime.run(buyAtOnce(lab, 2, 20));
        runtime.run(runtime.sleep(55s));
        QCOMPARE(told.size(), std::size_t(0));
        runtime.run(runtime.sleep(10min));
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told.front().invariant, std::string_view("all-orders-finish"));
        const std::string& why = told.front().explanation;
        QVERIFY2(why.find("nothing followed from order-created") != std::string::npos, why.c_str());
        QVERIFY2(why.find("the group that has to go on does not run here. So do ") != std::string::npos, why.c_str());
        QCOMPARE(violationsIn(lab.journal()).size(), std::size_t(1));
        QVERIFY(recovered.empty());

        runtime.run(lab.orders().cancel(told.front().order)).value();
        runtime.run(runtime.sleep(10s));
        QCOMPARE(recovered.size(), std::size_t(1));
        QVERIFY2(recovered.front().ends_with("finished after all: it is canceled."), recovered.front().c_str());
        runtime.run(lab.stop());
        QCOMPARE(lab.violations().size(), std::size_t(1));
    }

    /// A process that was stopped for long has done nothing meanwhile, and nobody is late because of that. What then
    /// stands still is told, as ever.
    void stoppedProcess_isNotBlamed()
    {
        VirtualRuntime runtime(1);
        Journal journal(1'024);
        InvariantWatchOptions options;
        options.invariants.checkers.finish_within_us = 60'000'000;
        InvariantWatch watch(runtime, journal, options);
        watch.start();
        Entry accepted;
        accepted.order = Uuid{1, 1};
        accepted.kind = EntryKind::OrderAccepted;
        accepted.time_us = toMicros(runtime.now());
        journal.append(accepted);
        runtime.run(runtime.sleep(20s));
        runtime.jumpClock(90s);
        runtime.run(runtime.sleep(55s));
        QVERIFY(watch.violations().empty());
        runtime.run(runtime.sleep(10s));
        QCOMPARE(watch.violations().size(), std::size_t(1));
        QCOMPARE(watch.violations().front().invariant, std::string_view("all-orders-finish"));
        runtime.run(watch.stop());
    }

    /// A server that only takes orders: one explanation, however many wait and however long.
    void noWorkersAtAll_areToldOnce()
    {
        VirtualRuntime runtime(1);
        LabConfig config;
        config.watch_invariants = true;
        config.workers = {};
        Lab lab(runtime, config);
        runtime.run(lab.start()).value();
        runtime.run(buyAtOnce(lab, 4, 50));
        runtime.run(runtime.sleep(1h));
        runtime.run(buyAtOnce(lab, 4, 50));
        runtime.run(runtime.sleep(1h));
        runtime.run(lab.stop());
        const auto violations = lab.violations();
        QCOMPARE(violations.size(), std::size_t(1));
        const std::string& why = violations.front().explanation;
        QVERIFY2(why.find("order-created waits, and no worker that reads it runs in this process") != std::string::npos,
                 why.c_str());
    }

    /// Nothing to do for an hour is no standstill.
    void idleSystem_isNoViolation()
    {
        VirtualRuntime runtime(1);
        LabConfig config;
        config.watch_invariants = true;
        Lab lab(runtime, config);
        runtime.run(lab.start()).value();
        runtime.run(buyAtOnce(lab, 2, 5));
        runtime.run(runtime.sleep(1h));
        runtime.run(lab.stop());
        QVERIFY(lab.violations().empty());
    }

    /// An order that is still under way as the server is stopped has broken nothing.
    void stopInTheMiddle_isNoViolation()
    {
        VirtualRuntime runtime(1);
        LabConfig config;
        config.watch_invariants = true;
        config.workers = {"notification"}; // nobody takes payments here
        Lab lab(runtime, config);
        runtime.run(lab.start()).value();
        runtime.run(buyAtOnce(lab, 2, 5));
        runtime.run(lab.stop());
        QVERIFY(lab.violations().empty());
    }
};

ORDERLAB_TEST(tst_invariant_watch, NoApplication, TestInvariantWatch)
#include "tst_invariant_watch.moc"
