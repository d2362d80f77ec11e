#include "simulation/shipped_scenarios.h"
#include "ui/benchmark/benchmark.h"
#include "ui/benchmark/measuring.h"
#include "ui/main_window.h"
#include "ui/worlds/compare_view.h"
#include "ui/worlds/seeds_panel.h"
#include "ui/worlds/worlds.h"

#include <QAbstractButton>
#include <QSpinBox>
#include <QTreeWidget>

namespace orderlab::ui {

using namespace measuring;

namespace {

constexpr std::uint64_t first_seed = 5; ///< In which the promise is broken.

Result<void> openWorld(MainWindow& window, std::uint64_t orders)
{
    Engine engine = engineOf("double-charge").value(); // It is shipped.
    engine.scenario.orders.count = orders;
    engine.seed = first_seed;
    if (!window.changeEngine(engine))
        return internalError("the world was not opened");
    window.bridge().player().setPlaying(false);
    return waitUntil(
        [&] {
            const LabBridge& bridge = window.bridge();
            return bridge.frames().isWhole() && bridge.worlds()->shown().outcome.has_value();
        },
        "the world");
}

/// In its middle, with a guarantee that keeps its promise.
Result<double> timeFork(MainWindow& window)
{
    Worlds& worlds = *window.bridge().worlds();
    FramePump& frames = window.bridge().frames();
    const int parent = worlds.shown().id;
    frames.goTo(frames.timeline().endIndex() / 2);
    runFor(100);
    const double began = wallNow();
    const int fork = worlds.fork({SwitchGuarantee{Guarantee::PaymentKey, true}}, QStringLiteral("with the key"));
    window.compareWith(parent);
    if (fork == 0 || !window.compareView())
        return internalError("the world was not forked");
    PaintWatch watch({window.compareView()});
    ORDERLAB_TRY(return, waitUntil(
                             [&] {
                                 const CompareView* const view = window.compareView();
                                 return !view || (view->comparison().result() && worlds.shown().outcome);
                             },
                             "the comparison"));
    if (!window.compareView())
        return internalError("the comparison was left");
    watch.forget();
    ORDERLAB_TRY(return, waitUntil([&] { return watch.areAllPainted(); }, "a frame"));
    const double took = wallNow() - began;
    if (window.compareView()->comparison().places().empty())
        return internalError("the fork differs in nothing");
    window.leaveCompare();
    worlds.show(parent);
    worlds.remove(fork);
    ORDERLAB_TRY(return, waitUntil([&] { return frames.isWhole() && worlds.shown().outcome; }, "the first world"));
    return took;
}

Result<double> timeSeeds(MainWindow& window, int seeds)
{
    auto* const panel = window.findChild<SeedsPanel*>();
    auto* const count = panel->findChild<QSpinBox*>(QStringLiteral("seedCount"));
    auto* const table = panel->findChild<QTreeWidget*>(QStringLiteral("seedsTable"));
    window.showPanel(QStringLiteral("seeds"));
    count->setValue(seeds);
    PaintWatch watch({table->viewport()});
    const double began = wallNow();
    panel->run();
    ORDERLAB_TRY(return, waitUntil([&] { return !panel->isRunning(); }, "the seeds"));
    watch.forget();
    ORDERLAB_TRY(return, waitUntil([&] { return watch.areAllPainted(); }, "a frame"));
    if (table->topLevelItemCount() != seeds)
        return internalError("only " + std::to_string(table->topLevelItemCount()) + " seeds are in the table");
    return (wallNow() - began) / 1'000;
}

} // namespace

Result<QJsonObject> measureWorlds(MainWindow& window, const BenchmarkSizes& sizes)
{
    QJsonObject result;
    std::vector<double> forks, seeds;
    ORDERLAB_TRY(return, openWorld(window, sizes.fork_orders));
    for (int i = 0; i < sizes.forks; ++i) {
        const auto took = timeFork(window);
        if (!took)
            return took.error();
        forks.push_back(*took);
    }
    ORDERLAB_TRY(return, openWorld(window, sizes.seed_orders));
    for (int i = 0; i < sizes.seed_runs; ++i) {
        const auto took = timeSeeds(window, sizes.seeds);
        if (!took)
            return took.error();
        seeds.push_back(*took);
    }
    result.insert(QStringLiteral("fork_ms"), percentile(forks, 0.5));
    result.insert(QStringLiteral("fork_ms_max"), percentile(forks, 1));
    result.insert(QStringLiteral("fork_orders"), qint64(sizes.fork_orders));
    result.insert(QStringLiteral("seeds_s"), percentile(seeds, 0.5));
    result.insert(QStringLiteral("seeds_s_max"), percentile(seeds, 1));
    result.insert(QStringLiteral("seeds"), sizes.seeds);
    return result;
}

} // namespace orderlab::ui
