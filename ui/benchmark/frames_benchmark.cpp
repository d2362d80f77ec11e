#include "runtime/random_stream.h"
#include "ui/benchmark/benchmark.h"
#include "ui/benchmark/measuring.h"
#include "ui/bridge/flow_scenario.h"
#include "ui/main_window.h"
#include "ui/panels/canvas_panel.h"

#include <QTimer>

#include <thread>

namespace orderlab::ui {

using namespace measuring;

namespace {

constexpr int orders_first = 100; ///< So that all topics and groups are known.
constexpr int settle_ms = 6'000;  ///< Until the last token has arrived and figures have settled.
constexpr int warm_up_ms = 1'000;
constexpr int feed_every_ms = 16;
constexpr int look_every_ms = 2;
constexpr double quiet_ms = 300;          ///< Then nothing more comes of a burst.
constexpr std::uint64_t idle_entries = 4; ///< In a look: what comes of itself.
constexpr double burst_max_ms = 120'000;
constexpr std::size_t tokens_no_sampling = 1'000'000;

/// As random as real ones are: ids whose hashes are alike would measure tables that nobody has.
Uuid madeUpId(std::uint64_t number, std::uint64_t stream)
{
    RandomStream random(number * 2 + stream);
    return Uuid::version7(number, random.next(), random.next());
}

/// Deliveries that were never made: enough of them that `count` tokens are on their way at any time.
void feed(MainWindow& window, std::size_t count, std::uint64_t& number)
{
    EventFlowView& view = window.canvas().view();
    const LabBridge& bridge = window.bridge();
    if (view.tokenCount() >= count)
        return;
    const auto& topics = bridge.frames().world().topics();
    const auto& groups = bridge.frames().world().groups();
    std::vector<Entry> entries;
    for (std::size_t i = view.tokenCount(); i < count && !topics.empty() && !groups.empty(); ++i) {
        Entry entry;
        entry.kind = EntryKind::EventDelivered;
        entry.order = madeUpId(++number, 1);
        entry.event = madeUpId(number, 2);
        entry.topic = topics[number % topics.size()].name;
        entry.group = groups[number / 3 % groups.size()].name;
        entry.partition = std::uint16_t(number % bridge.session().config().partitions);
        entries.push_back(entry);
    }
    view.showFrame({entries, bridge.frames().world(), bridge.frames().tail()});
}

Result<void> measureTokens(MainWindow& window, std::size_t tokens, int ms, const QString& suffix, QJsonObject& result)
{
    EventFlowView& view = window.canvas().view();
    view.setTokensWanted(tokens_no_sampling);
    std::uint64_t number = tokens;
    std::size_t most = 0;
    QTimer feeder;
    QObject::connect(&feeder, &QTimer::timeout, [&] {
        feed(window, tokens, number);
        most = std::max(most, view.tokenCount());
    });
    feeder.start(feed_every_ms);
    runFor(std::min(ms, warm_up_ms));
    view.forgetPaintTimes();
    runFor(ms);
    feeder.stop();
    const std::vector<double> times = view.paintTimes();
    if (most < tokens)
        return internalError("only " + std::to_string(most) + " tokens were on their way at once, not "
                             + std::to_string(tokens));
    if (times.empty())
        return internalError("no frame was drawn");
    result.insert(QStringLiteral("frame_ms_p50") + suffix, percentile(times, 0.5));
    result.insert(QStringLiteral("frame_ms_p99") + suffix, percentile(times, 0.99));
    result.insert(QStringLiteral("frames") + suffix, qint64(times.size()));
    result.insert(QStringLiteral("tokens") + suffix, qint64(most));
    return {};
}

Result<void> makeFirstOrders(MainWindow& window)
{
    LabBridge& bridge = window.bridge();
    const Session& session = bridge.session();
    ORDERLAB_TRY(return, waitUntil([&] { return session.isRunning() || session.state() == Session::State::Failed; },
                                   "the system"));
    if (!session.isRunning())
        return unavailable("the system did not start: " + session.stateText().toStdString());
    bridge.commands().burst(orders_first);
    return waitUntil(
        [&] {
            const Totals& totals = bridge.frames().world().totals();
            return totals.accepted >= orders_first && totals.in_flight == 0;
        },
        "the end of the first orders");
}

double percentOfCore(int ms)
{
    const double wall = wallNow(), cpu = processCpuNow();
    runFor(ms);
    return (processCpuNow() - cpu) / (wallNow() - wall) * 100;
}

} // namespace

Result<QJsonObject> measureFrames(MainWindow& window, const BenchmarkSizes& sizes)
{
    QJsonObject result;
    ORDERLAB_TRY(return, measureTokens(window, sizes.tokens_few, sizes.frames_ms,
                                       QStringLiteral("_%1_tokens").arg(sizes.tokens_few), result));
    ORDERLAB_TRY(return, measureTokens(window, sizes.tokens, sizes.frames_ms, {}, result));
    return result;
}

Result<QJsonObject> measureLoad(MainWindow& window, const BenchmarkSizes& sizes)
{
    ORDERLAB_TRY(return, makeFirstOrders(window));
    QJsonObject result;
    runFor(std::min(settle_ms, 2 * sizes.load_ms));
    result.insert(QStringLiteral("idle_cpu_percent"), percentOfCore(sizes.load_ms));
    SystemCommands& commands = window.bridge().commands();
    const Totals& totals = window.bridge().frames().world().totals();
    const std::int64_t before = totals.accepted;
    commands.setSteadyFlow(sizes.orders_per_s);
    runFor(std::min(sizes.load_ms, warm_up_ms));
    result.insert(QStringLiteral("flow_cpu_percent"), percentOfCore(sizes.load_ms));
    commands.setSteadyFlow(0);
    const double came = double(window.bridge().frames().world().totals().accepted - before);
    if (came < sizes.orders_per_s * sizes.load_ms / 1'000 / 2)
        return internalError("only " + std::to_string(int(came)) + " orders came");
    ORDERLAB_TRY(return, waitUntil([&] { return window.bridge().frames().world().totals().in_flight == 0; },
                                   "the end of the last orders"));
    return result;
}

namespace {

/// The next number of its journal tells how far the system is, and reads nothing of it.
std::uint64_t writtenTo(const Journal& journal)
{
    return JournalReader(journal).position();
}

/// How long the system works on `orders` that come at once, in milliseconds.
Result<double> timeBurst(MainWindow& window, const Journal& journal, int orders, bool is_watched)
{
    const double began = wallNow();
    const std::uint64_t first = writtenTo(journal);
    std::uint64_t written = first;
    double grown_at = began;
    // Customers of whom none makes the system wait.
    window.bridge().commands().play({orders, 0, 0, {QStringLiteral("ada"), QStringLiteral("grace")}});
    while (wallNow() - grown_at < quiet_ms || written < first + std::uint64_t(orders)) {
        if (wallNow() - began > burst_max_ms)
            return Error{ErrorCode::Timeout, Retry::Later, "the orders did not end within two minutes", {}};
        if (is_watched)
            runFor(look_every_ms);
        else
            std::this_thread::sleep_for(std::chrono::milliseconds{look_every_ms});
        const std::uint64_t now = writtenTo(journal);
        if (now > written + idle_entries)
            grown_at = wallNow();
        written = std::max(written, now);
    }
    return grown_at - began;
}

} // namespace

Result<QJsonObject> measureWatching(MainWindow& window, const BenchmarkSizes& sizes)
{
    ORDERLAB_TRY(return, makeFirstOrders(window));
    const Journal* const journal = window.bridge().session().journal();
    if (!journal)
        return unavailable("the system has no journal of its own");
    std::vector<double> watched, alone;
    for (int run = 0; run < sizes.watched_runs; ++run) {
        for (const bool is_watched : {false, true}) {
            const auto took = timeBurst(window, *journal, sizes.watched_orders, is_watched);
            if (!took)
                return took.error();
            (is_watched ? watched : alone).push_back(*took);
            // What the window has not seen it catches up with.
            ORDERLAB_TRY(return, waitUntil([&] { return window.bridge().frames().world().totals().in_flight == 0; },
                                           "the end of the orders"));
        }
    }
    QJsonObject result;
    result.insert(QStringLiteral("watched_slowdown"), percentile(watched, 0.5) / percentile(alone, 0.5));
    result.insert(QStringLiteral("watched_orders"), sizes.watched_orders);
    return result;
}

Result<QJsonObject> runBenchmark(MainWindow& window, const BenchmarkSizes& sizes, double first_frame_ms)
{
    QJsonObject all;
    all.insert(QStringLiteral("first_frame_ms"), first_frame_ms);
    for (const auto part :
         {measureLoad, measureWatching, measureFrames, measureScrubbing, measureOrders, measureWorlds}) {
        auto result = part(window, sizes);
        if (!result)
            return result.error();
        for (auto member = result->constBegin(); member != result->constEnd(); ++member)
            all.insert(member.key(), member.value());
    }
    return all;
}

} // namespace orderlab::ui
