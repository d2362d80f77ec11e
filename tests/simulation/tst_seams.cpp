#include "bus/event_bus.h"
#include "lab/lab.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "support/effort.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QtTest>

using namespace orderlab;

namespace {

constexpr int order_count = 30;

/// A whole system in virtual time, its customers, and what came of it.
struct SeamRun {
    explicit SeamRun(std::uint64_t seed) : runtime(seed), lab(runtime, config()) {}

    static LabConfig config()
    {
        LabConfig config;
        config.members = 2;
        return config;
    }

    Task<void> buy(int number)
    {
        co_await runtime.sleep(Duration{number * 20'000});
        OrderRequest request;
        request.user_id = "user-" + std::to_string(number);
        request.total.amount_minor = 1'000 + number;
        const auto order = co_await lab.client().buy(std::move(request));
        if (order)
            ordered.push_back(order->id);
    }

    /// Until every event is published and every group has come to the end, at most two virtual minutes.
    Task<bool> settle()
    {
        for (int i = 0; i < 1'200; ++i) {
            const auto counts = co_await lab.store().counts();
            const auto groups = co_await lab.bus().groups();
            std::int64_t left = counts ? counts->outbox_unpublished : 1;
            for (const GroupStatus& group : *groups) {
                for (const PartitionStatus& partition : group.partitions)
                    left += partition.lag();
            }
            if (left == 0)
                co_return true;
            co_await runtime.sleep(std::chrono::milliseconds{100});
        }
        co_return false;
    }

    std::map<Uuid, std::int64_t> charges()
    {
        std::map<Uuid, std::int64_t> charges;
        std::vector<Entry> entries;
        while (reader.read(entries, 100'000) > 0) {
        }
        for (const Entry& entry : entries)
            charges[entry.order] += entry.kind == EntryKind::GatewayCharged;
        return charges;
    }

    VirtualRuntime runtime;
    Lab lab;
    JournalReader reader{lab.journal()};
    std::vector<OrderId> ordered;
};

} // namespace

/// Each seam of the running system: a fault there strikes, and with every guarantee on nothing is lost or done twice.
class TestSeams : public QObject {
    Q_OBJECT

private slots:
    void everyFault_strikesAndLosesNothing_data()
    {
        QTest::addColumn<QString>("spec");
        for (int i = 0; i < seam_count; ++i) {
            for (FaultAction action : actionsAt(Seam(i))) {
                const std::string spec = std::string(name(Seam(i))) + '=' + std::string(name(action));
                // What is asked ten times a second, or at every call of a service, is rarer than what is asked an
                // order.
                const bool away = action == FaultAction::Away;
                const bool by_time = Seam(i) == Seam::Worker || Seam(i) == Seam::Clock;
                const char* rest = away      ? ",start=100ms,for=800ms"
                                   : by_time ? ",probability=0.3,count=8,delay=300ms"
                                             : ",probability=0.2,count=20,delay=300ms";
                QTest::newRow(spec.c_str()) << QString::fromStdString(spec + rest);
            }
        }
    }
    void everyFault_strikesAndLosesNothing()
    {
        QFETCH(QString, spec);
        for (std::uint64_t seed = 1; seed <= std::uint64_t(effort(5)); ++seed) {
            SeamRun run(seed);
            QVERIFY_RESULT(run.runtime.run(run.lab.start()));
            QVERIFY(run.lab.faults().setFaults({*parseFault(spec.toStdString())}));
            TaskGroup customers(run.runtime);
            for (int i = 0; i < order_count; ++i)
                customers.spawn(run.buy(i));
            run.runtime.run(customers.join());
            const std::uint64_t strikes = run.lab.faults().strikes().front();
            QVERIFY2(strikes > 0, qPrintable(QString("no strike with seed %1").arg(seed)));
            QVERIFY(run.lab.faults().setFaults({}));
            QVERIFY2(run.runtime.run(run.settle()), qPrintable(QString("unsettled with seed %1").arg(seed)));
            QCOMPARE(run.ordered.size(), std::size_t(order_count));
            const auto charges = run.charges();
            for (const OrderId& id : run.ordered) {
                const QByteArray what = QString("seed %1, order %2").arg(seed).arg(id.toString().c_str()).toUtf8();
                const auto order = run.runtime.run(run.lab.orders().find(id));
                QVERIFY2(order, what.constData());
                const auto notifications = run.runtime.run(run.lab.store().findNotifications(id));
                const bool declined = spec.contains("decline") && order->status == OrderStatus::Failed;
                const bool dead = order->status == OrderStatus::Created;
                QVERIFY2(order->status == OrderStatus::Paid || declined || dead, what.constData());
                QVERIFY2(charges.contains(id) && charges.at(id) <= 1, what.constData());
                if (order->status != OrderStatus::Created)
                    QVERIFY2(notifications->size() == 2, what.constData());
            }
            const auto counts = run.runtime.run(run.lab.store().counts());
            QCOMPARE(counts->orders, std::int64_t(order_count)); // Nobody ordered twice.
            run.runtime.run(run.lab.stop());
        }
    }

    void crash_ofAWorkerIsToldAndMended()
    {
        SeamRun run(3);
        QVERIFY_RESULT(run.runtime.run(run.lab.start()));
        QVERIFY(run.lab.faults().setFaults({*parseFault("after-commit=crash,count=1,delay=2s,group=notification")}));
        TaskGroup customers(run.runtime);
        for (int i = 0; i < order_count; ++i)
            customers.spawn(run.buy(i));
        run.runtime.run(customers.join());
        run.runtime.run(run.runtime.sleep(std::chrono::seconds{10}));
        std::vector<Entry> entries;
        while (run.reader.read(entries, 100'000) > 0) {
        }
        QStringList told;
        std::int64_t crashed_us = 0;
        bool counting = false;
        int skipped = 0;
        for (const Entry& entry : entries) {
            if (entry.kind == EntryKind::ProcessCrashed) {
                crashed_us = entry.time_us;
                counting = true;
                told << "crashed";
            } else if (entry.kind == EntryKind::ProcessRestarted) {
                QVERIFY(entry.time_us - crashed_us >= 2'000'000);
                told << "restarted";
            }
            skipped += counting && entry.kind == EntryKind::DuplicateSkipped;
        }
        QCOMPARE(told, QStringList({"crashed", "restarted"}));
        QVERIFY(skipped > 0); // What it had committed in the store, but not to the broker, came again.
        QCOMPARE(run.lab.members("notification"), std::size_t(2));
        run.runtime.run(run.lab.stop());
    }

    void stop_whileWorkersLieDeadEndsAtOnce()
    {
        SeamRun run(4);
        QVERIFY_RESULT(run.runtime.run(run.lab.start()));
        QVERIFY(run.lab.faults().setFaults({*parseFault("worker=crash,delay=50min,probability=0.5")}));
        TaskGroup customers(run.runtime);
        for (int i = 0; i < order_count; ++i)
            customers.spawn(run.buy(i));
        run.runtime.run(customers.join());
        const TimePoint before = run.runtime.now();
        run.runtime.run(run.lab.stop(std::chrono::seconds{15}));
        QVERIFY(run.runtime.now() - before <= std::chrono::seconds{16});
    }
};

ORDERLAB_TEST(tst_seams, QCoreApplication, TestSeams)
#include "tst_seams.moc"
