#include "journal/recording.h"
#include "machine.h"
#include "ui/charts/charts_panel.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QTableView>

#include <numeric>

using namespace orderlab;
using namespace orderlab::ui;

class TestCharts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void durations_areCountedWithinATenth()
    {
        DurationCounts counts;
        QVERIFY(counts.isEmpty());
        QCOMPARE(counts.percentileUs(0.5), 0.0);
        for (std::int64_t us = 1; us <= 100'000; ++us)
            counts.add(us);
        for (const double part : {0.01, 0.5, 0.95, 0.99, 1.0}) {
            const double exact = part * 100'000;
            QVERIFY2(std::abs(counts.percentileUs(part) - exact) <= exact * 0.07,
                     qPrintable(QStringLiteral("%1: %2").arg(part).arg(counts.percentileUs(part))));
        }
        DurationCounts one; // Whatever is measured is near itself.
        for (std::int64_t us : {0L, 1L, 7L, 8L, 9L, 15L, 16L, 17L, 1'000L, 86'400'000'000L}) {
            DurationCounts only;
            only.add(us);
            QVERIFY(std::abs(only.percentileUs(0.5) - double(us)) <= double(us) * 0.07);
            one.add(only);
        }
        QVERIFY(!one.isEmpty());
    }
    /// Nothing is lost or counted twice, however the steps fall.
    void series_countWhatTheRunHas()
    {
        Machine machine;
        const Timeline& timeline = machine.frames().timeline();
        const std::vector<std::string> groups = machine.bridge().session().config().workers;
        RunSeries series(machine.frames().names(), groups);
        timeline.forEach([&](const Entry& entry) { series.append(entry); });
        QVERIFY(series.steps().size() > 10 && series.steps().size() <= RunSeries::points_max);
        const Totals& totals = timeline.now().totals();
        std::int64_t published = 0, failed = 0, dead = 0;
        DurationCounts latency;
        for (const RunSeries::Step& step : series.steps()) {
            published += std::accumulate(step.published.begin(), step.published.end(), std::int64_t(0));
            failed += step.failed;
            dead += step.dead;
            latency.add(step.latency);
        }
        QCOMPARE(published, totals.published);
        QCOMPARE(failed, totals.attempts_failed);
        QCOMPARE(dead, totals.dead_letters);
        // The median of all orders, exactly.
        std::vector<std::int64_t> exact;
        for (const OrderState& order : timeline.now().orders()) {
            if (order.final_us > 0)
                exact.push_back(order.final_us - order.accepted_us);
        }
        std::sort(exact.begin(), exact.end());
        const double median = double(exact[(exact.size() + 1) / 2 - 1]);
        QVERIFY(std::abs(latency.percentileUs(0.5) - median) <= median * 0.08);
        // At the end nobody is behind.
        for (const std::int64_t lag : series.steps().back().lag)
            QVERIFY(lag <= 1); // The last event's own commit lies in this step.
    }
    void lag_isThatOfTheWorldAtEachMoment()
    {
        Machine machine;
        const Timeline& timeline = machine.frames().timeline();
        const std::vector<std::string> groups = machine.bridge().session().config().workers;
        const JournalNames& names = machine.frames().names();
        const auto begin_us = machine.frames().summary().firstUs(), end_us = machine.frames().summary().lastUs();
        // A span of one step: what the series says last is what the fold says.
        std::int64_t seen = 0;
        for (int part = 1; part <= 40; ++part) {
            const std::int64_t at_us = begin_us + (end_us - begin_us) * part / 40;
            RunSeries series(names, groups, TimeRange::Span{at_us, at_us});
            const std::uint64_t until = timeline.indexAfter(at_us - 1);
            for (std::uint64_t i = timeline.firstIndex(); i < until; ++i)
                series.append(timeline.at(i));
            Entry nothing; // Time goes on.
            nothing.time_us = at_us;
            series.append(nothing);
            QCOMPARE(series.steps().size(), std::size_t(1));
            const WorldState world = timeline.stateBefore(until);
            for (std::size_t g = 0; g < groups.size(); ++g) {
                std::int64_t lag = 0;
                for (const GroupState& group : world.groups()) {
                    if (names.groupLabel(group.name).toStdString() != groups[g])
                        continue;
                    for (const GroupPartitionState& partition : group.partitions) {
                        const TopicState* const topic = world.findTopic(partition.topic);
                        if (topic && partition.partition < topic->partitions.size())
                            lag += std::max<std::int64_t>(0, topic->partitions[partition.partition].end
                                                                 - partition.committed);
                    }
                }
                QCOMPARE(series.steps().back().lag[g], lag);
                seen = std::max(seen, lag);
            }
        }
        QVERIFY(seen > 0);
    }
    void steps_areFewHoweverLongTheRunIs()
    {
        Names names;
        const JournalNames shown(names, {}, {});
        RunSeries series(shown, {"payment"});
        Entry entry;
        entry.kind = EntryKind::AttemptFailed;
        std::uint32_t failed = 0;
        for (std::int64_t second = 0; second < 100'000; second += 7) {
            entry.time_us = 1'000'000'000 + second * 1'000'000;
            series.append(entry);
            ++failed;
            QVERIFY(series.steps().size() <= RunSeries::points_max);
        }
        std::uint32_t counted = 0;
        for (const RunSeries::Step& step : series.steps())
            counted += step.failed;
        QCOMPARE(counted, failed);
        QVERIFY(series.steps().size() > RunSeries::points_max / 4);
        QVERIFY(series.stepUs() * std::int64_t(series.steps().size()) >= 99'990'000'000);
    }
    void table_isAModel()
    {
        SeriesTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(table.rowCount(), 0);
        table.show({{QStringLiteral("Lag"),
                     QStringLiteral("events"),
                     {{QStringLiteral("payment"), Qt::red, {{1, 5}, {2, 7}}, {{2, 3}}},
                      {QStringLiteral("mail"), Qt::blue, {{1.5, 0.25}}, {}}}}});
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(table.columnCount(), 4);
        QCOMPARE(table.index(0, 1).data().toString(), QStringLiteral("5"));
        QCOMPARE(table.index(0, 3).data().toString(), QStringLiteral("–"));
        QCOMPARE(table.index(2, 2).data().toString(), QStringLiteral("3"));
        QCOMPARE(table.index(1, 3).data().toString(), QStringLiteral("0.250"));
        QCOMPARE(table.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("Lag: payment (events), other world"));
        table.show({});
        QCOMPARE(table.rowCount(), 0);
    }
    void click_movesTheMomentAndDragChoosesARange()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        QVERIFY(machine.window.showPanel(QStringLiteral("charts")));
        auto* panel = machine.child<ChartsPanel>("chartsDock");
        LineChart* const chart = panel->chart("throughput");
        QVERIFY(chart);
        QVERIFY(machine.waitFor([&] { return !chart->lines().empty() && !chart->lines()[0].points.empty(); }));
        chart->grab(); // Laid out.
        const double length = double(machine.frames().summary().lastUs() - machine.frames().summary().firstUs()) / 1e6;
        const QPoint middle(int(chart->xOf(length / 2)), chart->height() / 2);
        QTest::mouseClick(chart, Qt::LeftButton, {}, middle);
        const std::int64_t start_us = toMicros(machine.bridge().session().startedAt());
        const std::int64_t at_us = start_us + std::int64_t(chart->secondsAt(middle.x()) * 1e6);
        QCOMPARE(machine.frames().index(), machine.frames().timeline().indexAfter(at_us));
        // Orders come in the first fifth.
        const QPoint begin(int(chart->xOf(length / 20)), middle.y()), end(int(chart->xOf(length / 5)), middle.y());
        QTest::mousePress(chart, Qt::LeftButton, {}, begin);
        QTest::mouseMove(chart, end);
        QTest::mouseRelease(chart, Qt::LeftButton, {}, end);
        QVERIFY(machine.bridge().range().span());
        QVERIFY(machine.bridge().range().span()->from_us > start_us);
        // Charts then show this range only.
        QVERIFY(machine.waitFor([&] {
            const auto& lines = chart->lines();
            return !lines.empty() && !lines[0].points.empty() && lines[0].points.front().x() > length / 25
                   && lines[0].points.back().x() < length / 4;
        }));
        QCOMPARE(panel->chart("outbox"), nullptr);
        machine.child<QAction>("chart-outbox")->trigger();
        QVERIFY(panel->chart("outbox"));
        machine.click("chartsAsTable");
        auto* table = machine.child<QTableView>("chartsTable");
        QVERIFY(table->isVisible() && table->model()->rowCount() > 10);
        machine.bridge().range().clear();
        QVERIFY(machine.waitFor([&] { return table->model()->index(0, 0).data().toDouble() < length / 25; }));
        table->activated(table->model()->index(table->model()->rowCount() - 1, 0));
        QVERIFY(machine.frames().nowUs() > start_us + std::int64_t(length * 0.8e6));
    }
    /// The band is where the middle of the worlds is: counted anew, each by itself.
    void bands_areThoseOfManyWorlds()
    {
        Machine machine;
        QVERIFY(machine.window.showPanel(QStringLiteral("charts")));
        ChartsPanel* const panel = machine.child<ChartsPanel>("chartsDock");
        machine.child<QAction>("chart-outbox")->trigger();
        LineChart* const chart = panel->chart("outbox");
        QVERIFY(machine.waitFor([&] { return !chart->lines().empty() && !chart->lines()[0].points.empty(); }));
        QVERIFY(chart->lines()[0].band.empty());
        machine.click("chartsOfManyWorlds");
        QVERIFY(machine.waitFor([&] { return !chart->lines()[0].band.empty(); }));
        const std::vector<ChartLine::Band> band = chart->lines()[0].band;
        QCOMPARE(band.size(), chart->lines()[0].points.size());
        QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("charts-of-many-worlds")));

        const std::vector<std::string> groups = machine.bridge().session().config().workers;
        RunSeries shown(machine.frames().names(), groups);
        machine.frames().timeline().forEach([&](const Entry& entry) { shown.append(entry); });
        std::vector<std::vector<double>> values(band.size());
        for (std::uint64_t seed = 1; seed <= SeedBands::seeds; ++seed) {
            std::optional<JournalNames> names;
            std::optional<RunSeries> series;
            SimulationOptions options;
            options.hash = false;
            options.on_entries = [&](std::span<const Entry> entries, const Names& all) {
                if (!series) {
                    names.emplace(all, "orders.", "");
                    series.emplace(
                        *names, groups,
                        TimeRange::Span{shown.beginUs(),
                                        shown.beginUs() + shown.stepUs() * std::int64_t(RunSeries::points_max) - 1});
                }
                series->append(entries);
            };
            QVERIFY(simulate(machine.worlds().shown().scenario, seed, options));
            for (std::size_t step = 0; step < values.size(); ++step)
                values[step].push_back(step < series->steps().size() ? double(series->steps()[step].outbox) : 0);
        }
        for (std::size_t step = 0; step < values.size(); ++step) {
            std::sort(values[step].begin(), values[step].end());
            QCOMPARE(band[step].low, values[step][20]);
            QCOMPARE(band[step].high, values[step][179]);
            QVERIFY(band[step].low <= band[step].median && band[step].median <= band[step].high);
        }
        // Another world has other ones; without the button there are none.
        machine.worlds().setSeed(machine.worlds().shown().seed + 1);
        QVERIFY(machine.waitFor([&] { return chart->lines().empty() || chart->lines()[0].band.empty(); }));
        QVERIFY(machine.whole());
        QVERIFY(machine.waitFor([&] { return !chart->lines().empty() && !chart->lines()[0].band.empty(); }));
        machine.click("chartsOfManyWorlds");
        QVERIFY(machine.waitFor([&] { return chart->lines()[0].band.empty(); }));
    }
    void comparison_isInTheSameCharts()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        const int first = machine.worlds().shown().id;
        machine.worlds().fork({PlaceOrders{40}}, QStringLiteral("forty more"));
        QVERIFY(machine.whole());
        QVERIFY(machine.window.showPanel(QStringLiteral("charts")));
        LineChart* const chart = machine.child<ChartsPanel>("chartsDock")->chart("throughput");
        QVERIFY(machine.waitFor([&] { return !chart->lines().empty(); }));
        QVERIFY(chart->lines()[0].other.empty());
        machine.window.compareWith(first);
        QVERIFY(machine.waitFor([&] { return !chart->lines().empty() && !chart->lines()[0].other.empty(); }));
        QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("charts-compared")));
        machine.click("leaveCompare");
        QVERIFY(machine.waitFor([&] { return !chart->lines().empty() && chart->lines()[0].other.empty(); }));
    }
    void everySize_isDrawn_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<ThemeName>("theme");
        QTest::newRow("1600-dark") << QSize(1'600, 1'000) << ThemeName::Dark;
        QTest::newRow("1280-light") << QSize(1'280, 720) << ThemeName::Light;
    }
    void everySize_isDrawn()
    {
        QFETCH(QSize, size);
        QFETCH(ThemeName, theme);
        WindowOptions options = simulated();
        options.theme = theme;
        Machine machine(options, size);
        machine.press(Qt::Key_Home);
        machine.press(Qt::Key_BracketRight);
        machine.press(Qt::Key_G);
        QVERIFY(machine.window.showPanel(QStringLiteral("charts")));
        LineChart* const chart = machine.child<ChartsPanel>("chartsDock")->chart("latency");
        QVERIFY(machine.waitFor([&] { return !chart->lines().empty() && !chart->lines()[0].points.empty(); }));
        QTRY_VERIFY_WITH_TIMEOUT(machine.window.timeline().momentLine().contains(QLatin1String("entry")), patience_ms);
        QCoreApplication::processEvents();
        QVERIFY(keepPicture(machine.window.grab(),
                            QStringLiteral("charts-%1").arg(QLatin1String(QTest::currentDataTag()))));
    }
};

ORDERLAB_TEST(tst_charts, QApplication, TestCharts)
#include "tst_charts.moc"
