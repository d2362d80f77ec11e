#include "lab/lab.h"
#include "lab/pipeline_bench.h"
#include "runtime/real_runtime.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

CreateOrder orderOf(const char* user)
{
    CreateOrder create;
    create.request.user_id = user;
    create.request.total.amount_minor = 1999;
    return create;
}

Task<Result<StoreCounts>> createAndFinish(Lab& lab, std::vector<const char*> users, int final_orders)
{
    for (const char* user : users) {
        const auto created = co_await lab.orders().create(orderOf(user));
        if (!created)
            co_return created.error();
    }
    for (;;) {
        auto counts = co_await lab.store().counts();
        if (!counts || counts->paid + counts->failed + counts->canceled + counts->dead_letters >= final_orders)
            co_return counts;
        co_await lab.runtime().sleep(10ms);
    }
}

} // namespace

class TestLab : public QObject {
    Q_OBJECT

private slots:
    void testCustomers_endAsTheyShould_data()
    {
        QTest::addColumn<bool>("is_virtual");
        QTest::newRow("virtual") << true;
        QTest::newRow("real") << false;
    }
    void testCustomers_endAsTheyShould()
    {
        QFETCH(bool, is_virtual);
        std::unique_ptr<Runtime> runtime;
        if (is_virtual)
            runtime = std::make_unique<VirtualRuntime>(5);
        else
            runtime = std::make_unique<RealRuntime>(2);
        Lab lab(*runtime, {});
        QVERIFY_RESULT(runtime->run(lab.start()));
        std::vector<const char*> users{"ada", "user-declined", "user-poison", "user-flaky", "bob"};
        if (is_virtual)
            users.push_back("user-slow");
        const auto counts = runtime->run(createAndFinish(lab, users, int(users.size())));
        QVERIFY_RESULT(counts);
        QCOMPARE(counts->paid, 3);
        QCOMPARE(counts->failed, 1);
        QCOMPARE(counts->dead_letters, is_virtual ? 2 : 1);
        runtime->run(lab.stop());
    }

    void pipeline_bench_finishesEveryOrder()
    {
        const auto report = benchPipeline({}, {.orders = 2'000});
        QVERIFY_RESULT(report);
        QCOMPARE(report->deliveries, 12'000u);
    }
};

ORDERLAB_TEST(tst_lab, NoApplication, TestLab)
#include "tst_lab.moc"
