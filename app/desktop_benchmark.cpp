#include "desktop_benchmark.h"

#include "ui/panels/canvas_panel.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>

#include <ctime>
#include <functional>

namespace orderlab {

namespace {

using ui::EventFlowView;

void runFor(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/// False when it has not become true within two minutes.
bool waitUntil(const std::function<bool()>& condition)
{
    constexpr int limit_ms = 120'000;
    QElapsedTimer waited;
    waited.start();
    while (!condition()) {
        if (waited.hasExpired(limit_ms))
            return false;
        runFor(20);
    }
    return true;
}

/// What was measured would not be what is said.
void fail(const QString& why)
{
    std::fprintf(stderr, "orderlab: --benchmark: %s\n", qPrintable(why));
    QCoreApplication::exit(1);
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

/// Deliveries that were never made: enough of them that `count` tokens are on their way at any time.
void feed(ui::MainWindow& window, std::size_t count, std::uint64_t& number)
{
    EventFlowView& view = window.canvas().view();
    const ui::LabBridge& bridge = window.bridge();
    if (view.tokenCount() >= count)
        return;
    const auto& topics = bridge.frames().world().topics();
    const auto& groups = bridge.frames().world().groups();
    std::vector<Entry> entries;
    for (std::size_t i = view.tokenCount(); i < count && !topics.empty() && !groups.empty(); ++i) {
        Entry entry;
        entry.kind = EntryKind::EventDelivered;
        entry.order = Uuid{++number * 0x9e3779b97f4a7c15ull, number};
        entry.event = Uuid{number, number * 0x9e3779b97f4a7c15ull};
        entry.topic = topics[number % topics.size()].name;
        entry.group = groups[number / 3 % groups.size()].name;
        entry.partition = std::uint16_t(number % bridge.session().config().partitions);
        entries.push_back(entry);
    }
    view.showFrame({entries, bridge.frames().world(), bridge.frames().tail()});
}

std::vector<double> measureFrames(ui::MainWindow& window, std::size_t tokens, std::size_t& most)
{
    EventFlowView& view = window.canvas().view();
    view.setTokensWanted(1'000'000);
    std::uint64_t number = tokens;
    QTimer feeder;
    QObject::connect(&feeder, &QTimer::timeout, [&] {
        feed(window, tokens, number);
        most = std::max(most, view.tokenCount());
    });
    feeder.start(16);
    runFor(1'000);
    view.forgetPaintTimes();
    runFor(5'000);
    feeder.stop();
    return view.paintTimes();
}

double idleCpuPercent()
{
    runFor(6'000); // Until the last token has arrived and figures have settled.
    const std::clock_t begin = std::clock();
    runFor(5'000);
    return double(std::clock() - begin) / CLOCKS_PER_SEC / 5.0 * 100;
}

} // namespace

void runDesktopBenchmark(ui::MainWindow& window, double first_frame_ms)
{
    if (!waitUntil([&] { return window.bridge().session().state() == ui::Session::State::Running; }))
        return fail(QStringLiteral("the system did not start: ") + window.bridge().session().stateText());
    window.bridge().commands().burst(100);
    const auto is_done = [&] {
        const Totals& totals = window.bridge().frames().world().totals();
        return totals.accepted >= 100 && totals.in_flight == 0;
    };
    if (!waitUntil(is_done))
        return fail(QStringLiteral("100 orders did not end"));
    QJsonObject result;
    std::size_t most_small = 0;
    std::size_t most_large = 0;
    const std::vector<double> small = measureFrames(window, 2'000, most_small);
    const std::vector<double> large = measureFrames(window, 10'000, most_large);
    if (most_small < 2'000 || most_large < 10'000)
        return fail(QStringLiteral("only %1 and %2 tokens were on their way at once").arg(most_small).arg(most_large));
    result.insert(QStringLiteral("frame_ms_p50"), percentile(large, 0.5));
    result.insert(QStringLiteral("frame_ms_p99"), percentile(large, 0.99));
    result.insert(QStringLiteral("tokens"), qint64(most_large));
    result.insert(QStringLiteral("frames"), qint64(large.size()));
    result.insert(QStringLiteral("frame_ms_p50_2000_tokens"), percentile(small, 0.5));
    result.insert(QStringLiteral("frame_ms_p99_2000_tokens"), percentile(small, 0.99));
    result.insert(QStringLiteral("frames_2000_tokens"), qint64(small.size()));
    result.insert(QStringLiteral("first_frame_ms"), first_frame_ms);
    result.insert(QStringLiteral("idle_cpu_percent"), idleCpuPercent());
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    QCoreApplication::exit(0);
}

} // namespace orderlab
