#include "desktop.h"
#include "ui/benchmark/benchmark.h"

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// Enough to see that each part measures what it says.
BenchmarkSizes small()
{
    BenchmarkSizes sizes;
    sizes.tokens = 300;
    sizes.tokens_few = 100;
    sizes.frames_ms = sizes.load_ms = 300;
    sizes.orders_per_s = 50;
    sizes.entries = 40'000;
    sizes.entries_many = 60'000;
    sizes.many_orders = 3'000;
    sizes.watched_orders = 50;
    sizes.watched_runs = 1;
    sizes.drags = 24;
    sizes.moments = 3;
    sizes.steps = 3;
    sizes.fork_orders = 30;
    sizes.forks = 1;
    sizes.seed_orders = 5;
    sizes.seeds = 4;
    sizes.seed_runs = 1;
    return sizes;
}

} // namespace

class TestBenchmark : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allParts_haveTheirFigures()
    {
        LabConfig config;
        config.store = StoreKind::Memory;
        Desktop desktop(config);
        QVERIFY(desktop.start());
        const BenchmarkSizes sizes = small();
        const auto result = runBenchmark(desktop.window, sizes, 1);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        for (const char* figure : {"frame_ms_p50",
                                   "frame_ms_p99",
                                   "frame_ms_p99_100_tokens",
                                   "idle_cpu_percent",
                                   "flow_cpu_percent",
                                   "first_frame_ms",
                                   "open_ms",
                                   "open_ms_1m",
                                   "table_filter_ms",
                                   "scrub_ms_p50",
                                   "scrub_ms_p99",
                                   "scrub_cpu_ms_p99",
                                   "watched_slowdown",
                                   "orders_filter_ms",
                                   "orders_sort_ms",
                                   "orders_scroll_ms_p99",
                                   "orders_mib",
                                   "moment_cpu_ms_p99",
                                   "step_back_ms_p99",
                                   "fork_ms",
                                   "seeds_s"})
            QVERIFY2((*result)[QLatin1String(figure)].toDouble() > 0, figure);
        QVERIFY(result->contains(QStringLiteral("entries_mib")));
        QCOMPARE((*result)[QStringLiteral("orders")].toInteger(), qint64(sizes.many_orders));
        QVERIFY((*result)[QStringLiteral("tokens")].toInteger() >= qint64(sizes.tokens));
        QCOMPARE((*result)[QStringLiteral("scrub_entries")].toInteger(), qint64(sizes.entries));
        QVERIFY((*result)[QStringLiteral("scrubs")].toInteger() > sizes.drags / 2);
        QCOMPARE((*result)[QStringLiteral("seeds")].toInt(), sizes.seeds);
    }

    /// Frames in which nothing moves are not what is asked for.
    void framesWithoutTokens_areAnError()
    {
        WindowOptions options = Desktop::forgetful();
        options.engine = Engine{Engine::Kind::Recorded};
        options.engine->recording = QStringLiteral("/nowhere/at/all.packed");
        Desktop desktop({}, options);
        const auto result = measureFrames(desktop.window, small());
        QVERIFY(!result);
        QVERIFY2(result.error().message.starts_with("only 0 tokens"), result.error().message.c_str());
    }

    void aSystemThatDoesNotStart_isAnErrorThatSaysWhy()
    {
        WindowOptions options = Desktop::forgetful();
        options.engine = Engine{Engine::Kind::Recorded};
        options.engine->recording = QStringLiteral("/nowhere/at/all.packed");
        Desktop desktop({}, options);
        const auto result = measureLoad(desktop.window, small());
        QVERIFY(!result);
        QVERIFY2(result.error().message.find("/nowhere/at/all.packed") != std::string::npos,
                 result.error().message.c_str());
    }
};

ORDERLAB_TEST(tst_benchmark, QApplication, TestBenchmark)
#include "tst_benchmark.moc"
