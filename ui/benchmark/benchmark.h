#pragma once
#include "base/result.h"

#include <QJsonObject>

namespace orderlab::ui {

class MainWindow;

/// How much is measured: `orderlab --benchmark` takes the defaults, tests take less.
struct BenchmarkSizes {
    std::size_t tokens = 10'000;             ///< On their way at once.
    std::size_t tokens_few = 2'000;          ///< The same, of a usual load.
    int frames_ms = 5'000;                   ///< For which frames are measured.
    int load_ms = 5'000;                     ///< For which the processor time of a window is measured.
    double orders_per_s = 10;                ///< That come meanwhile.
    std::uint64_t entries = 1'000'000;       ///< Of the recording that the playhead is dragged through.
    std::uint64_t entries_many = 10'000'000; ///< Of the one that is only opened; the first of them are `entries`.
    std::uint64_t many_orders = 1'000'000;   ///< That are filtered, sorted and scrolled.
    int watched_orders = 5'000;              ///< That are made at once: fewer entries than the journal's ring holds.
    int watched_runs = 5;                    ///< Of each, of which the medians are compared.
    int drags = 400;                         ///< Mouse moves, half of them slowly forth and back, half of them fast.
    int moments = 40;                        ///< That are gone to one by one.
    int steps = 200;                         ///< An entry back.
    std::uint64_t fork_orders = 200;         ///< Of the world that is forked.
    int forks = 5;                           ///< Of which the median counts.
    std::uint64_t seed_orders = 50;          ///< Of the world that is run with many seeds.
    int seeds = 200;
    int seed_runs = 5; ///< Of which the median counts.
};

/// The window's benchmark in parts, each one JSON object. A part makes its own conditions, and is an error where it
/// would have measured something else than it says. GUI thread; each lets the event loop run. Times in milliseconds.

/// frame_ms_p50 and frame_ms_p99 of the event flow with `tokens`, and with `tokens_few`: deliveries that never were.
/// Error: Internal where fewer were on their way.
Result<QJsonObject> measureFrames(MainWindow& window, const BenchmarkSizes& sizes);
/// idle_cpu_percent and flow_cpu_percent: of one core, all threads of the program.
Result<QJsonObject> measureLoad(MainWindow& window, const BenchmarkSizes& sizes);
/// watched_slowdown: how much longer the system takes for orders that come at once while the window shows them, as a
/// ratio to the same while the window stands still. Error: Unavailable where it has no journal of its own.
Result<QJsonObject> measureWatching(MainWindow& window, const BenchmarkSizes& sizes);
/// Puts `many_orders` before those of the recording that is shown. orders_filter_ms: from a customer's name that is
/// typed until the table shows the matching ones, the median of five; orders_sort_ms: the same of another column;
/// orders_scroll_ms_…: from one painted page of the table to the next; orders_scroll_cpu_ms_…: processor time of it;
/// orders_mib: memory of the table's rows.
Result<QJsonObject> measureOrders(MainWindow& window, const BenchmarkSizes& sizes);
/// Makes a recording, opens it, and moves through it by mouse and keys. scrub_ms_…: from the time at which a mouse move
/// is due (60 a second) until timeline and event flow are painted at its moment; whatever else the window does
/// meanwhile counts. scrub_cpu_ms_…: processor time of the window's thread from one such picture to the next.
/// moment_cpu_ms_…: the same for a jump somewhere until every panel shows it. step_back_ms_…, step_back_cpu_ms_…: an
/// entry back. open_ms_1m: until all of the recording is known; open_ms: the same of the large one; entries_mib: what
/// it takes of memory. table_filter_ms: from a customer's name that is typed above the orders of its end until the
/// table shows the matching ones, the median of five.
Result<QJsonObject> measureScrubbing(MainWindow& window, const BenchmarkSizes& sizes);
/// fork_ms: from the fork of a run in its middle until both ends and their first difference are on the screen. seeds_s:
/// a scenario with many seeds, until all are in the table.
Result<QJsonObject> measureWorlds(MainWindow& window, const BenchmarkSizes& sizes);

/// All parts. `first_frame_ms` is measured by main().
Result<QJsonObject> runBenchmark(MainWindow& window, const BenchmarkSizes& sizes, double first_frame_ms);

} // namespace orderlab::ui
