#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QFile>
#include <QTemporaryDir>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

/// The right payment worker, which tells of each start.
std::string tellingPayment(const QTemporaryDir& folder)
{
    const QString path = folder.filePath(QStringLiteral("my_payment.py"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the program cannot be written");
    file.write("import sys\n"
               "sys.path.insert(0, '" ORDERLAB_SOURCE_DIR "/examples/workers/python')\n"
               "print('begins', file=sys.stderr, flush=True)\n"
               "import payment\n");
    return "python3 " + path.toStdString();
}

Task<Result<StoreCounts>> buy(Lab& lab, int orders, int final_orders)
{
    for (int i = 0; i < orders; ++i) {
        CreateOrder create;
        create.request.user_id = "ada";
        create.request.total.amount_minor = 1999;
        const auto created = co_await lab.orders().create(create);
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

/// Another handler in the place of a group's, while the system runs.
class TestReplaceHandler : public QObject {
    Q_OBJECT

private slots:
    void handler_isReplacedAndComesBack()
    {
        QTemporaryDir folder;
        const OwnWorker program{"payment", tellingPayment(folder), {}};
        std::atomic<int> starts{0};
        LabConfig config;
        config.members = 2;
        config.watch_invariants = true;
        config.own_worker_options.on_output = [&starts](std::string_view, std::string_view line) {
            starts += line == "begins";
        };
        RealRuntime runtime(2);
        Lab lab(runtime, config);
        QVERIFY_RESULT(runtime.run(lab.start()));
        auto bought = runtime.run(buy(lab, 4, 4));
        QVERIFY_RESULT(bought);
        QCOMPARE(starts.load(), 0);

        QVERIFY_RESULT(runtime.run(lab.replaceHandler("payment", program)));
        QCOMPARE(lab.members("payment"), std::size_t(2));
        bought = runtime.run(buy(lab, 8, 12));
        QVERIFY_RESULT(bought);
        QCOMPARE(bought->paid, std::int64_t(12));
        QTRY_VERIFY_WITH_TIMEOUT(starts > 0, test::patience_ms);

        // The same again: its processes are others.
        const int before = starts;
        QVERIFY_RESULT(runtime.run(lab.replaceHandler("payment", program)));
        QVERIFY_RESULT(runtime.run(buy(lab, 8, 20)));
        QTRY_VERIFY_WITH_TIMEOUT(starts > before, test::patience_ms);

        const int last = starts;
        QVERIFY_RESULT(runtime.run(lab.replaceHandler("payment", std::nullopt)));
        bought = runtime.run(buy(lab, 4, 24));
        QVERIFY_RESULT(bought);
        QCOMPARE(bought->paid, std::int64_t(24));
        QCOMPARE(starts.load(), last);
        QVERIFY(lab.violations().empty());
        runtime.run(lab.stop());
    }

    void whatCannotBe_isRefused()
    {
        RealRuntime runtime(2);
        Lab lab(runtime, {});
        const auto early = runtime.run(lab.replaceHandler("payment", std::nullopt));
        QCOMPARE(early.error().code, ErrorCode::NotFound); // Nothing runs yet.
        QVERIFY_RESULT(runtime.run(lab.start()));
        const auto nobody = runtime.run(lab.replaceHandler("nobody", OwnWorker{"nobody", "true", {}}));
        QCOMPARE(nobody.error().code, ErrorCode::NotFound);
        const auto nothing = runtime.run(lab.replaceHandler("payment", OwnWorker{"payment", "", {}}));
        QCOMPARE(nothing.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(lab.members("payment"), std::size_t(1));
        QVERIFY_RESULT(runtime.run(buy(lab, 2, 2)));
        runtime.run(lab.stop());
    }
};

ORDERLAB_TEST(tst_replace_handler, NoApplication, TestReplaceHandler)
#include "tst_replace_handler.moc"
