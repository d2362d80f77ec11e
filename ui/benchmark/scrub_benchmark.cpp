#include "journal/recording.h"
#include "runtime/random_stream.h"
#include "simulation/bench_recording.h"
#include "ui/benchmark/benchmark.h"
#include "ui/benchmark/measuring.h"
#include "ui/main_window.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/timeline/timeline_panel.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>

#include <cmath>

namespace orderlab::ui {

using namespace measuring;

namespace {

constexpr double move_every_ms = 16; ///< Of a usual mouse and screen.
constexpr double timer_late_ms = 2;  ///< A move that is dispatched by so much late was only woken late.
constexpr int views_settle_ms = 400; ///< By then every panel has shown the moment: the slowest waits 250 ms.
constexpr int filters = 5;
constexpr int pages = 300;     ///< Of the orders that are scrolled through, one after the other, and as many far apart.
constexpr int fast_share = 10; ///< A fast drag crosses the timeline in a tenth of the moves of a slow one.
constexpr std::uint64_t stride = 37; ///< From moment to moment, in parts of all of them: all over the recording.

Result<void> writeRecording(const QString& file, std::span<const Entry> entries, const Names& names)
{
    RecordingHeader header;
    header.started_at = benchRecordingStart();
    header.program = ORDERLAB_VERSION;
    auto writer =
        RecordingWriter::create(file.toStdString(), header, RecordingWriter::bytes_max_default, RecordingForm::Packed);
    if (!writer)
        return writer.error();
    ORDERLAB_TRY(return, (*writer)->write(entries, names));
    return (*writer)->close();
}

struct Recordings {
    QString usual, large;
};

Result<Recordings> makeRecordings(const QTemporaryDir& folder, const BenchmarkSizes& sizes)
{
    Names names;
    const auto entries = benchEntries(std::max(sizes.entries, sizes.entries_many), names,
                                      [](std::uint64_t) { QCoreApplication::processEvents(); });
    if (!entries)
        return entries.error();
    Recordings made{folder.filePath(QStringLiteral("usual.packed")), folder.filePath(QStringLiteral("large.packed"))};
    ORDERLAB_TRY(return, writeRecording(made.usual, std::span(*entries).first(std::size_t(sizes.entries)), names));
    ORDERLAB_TRY(return, writeRecording(made.large, std::span(*entries).first(std::size_t(sizes.entries_many)), names));
    return made;
}

/// Shows a recording of `count` entries, and tells how long that took.
Result<double> open(MainWindow& window, const QString& file, std::uint64_t count)
{
    const double began = wallNow();
    window.openJournalFile(file);
    ORDERLAB_TRY(return, waitUntil(
                             [&] {
                                 const FramePump& frames = window.bridge().frames();
                                 return frames.isWhole() && frames.timeline().endIndex() > 0;
                             },
                             "the recording (" + window.bridge().session().stateText().toStdString() + ")"));
    const double took = wallNow() - began;
    const std::uint64_t known = window.bridge().frames().timeline().endIndex();
    if (known != count)
        return internalError("the recording has " + std::to_string(known) + " entries");
    return took;
}

/// A customer's name is typed above the orders of the end.
Result<double> timeFilter(MainWindow& window)
{
    FramePump& frames = window.bridge().frames();
    frames.goTo(frames.timeline().endIndex());
    auto* const table = window.orders().findChild<QAbstractItemView*>(QStringLiteral("ordersTable"));
    runFor(views_settle_ms);
    const int all = table->model()->rowCount();
    if (all == 0)
        return internalError("there are no orders to filter");
    const QString name = frames.names().text(frames.world().orders().back().user);
    std::vector<double> times;
    for (int i = 0; i < filters; ++i) {
        PaintWatch watch({table->viewport()});
        const double began = wallNow();
        window.orders().findField()->setText(name);
        ORDERLAB_TRY(return, waitUntil([&] { return watch.areAllPainted() && table->model()->rowCount() < all; },
                                       "the matching orders"));
        times.push_back(wallNow() - began);
        window.orders().findField()->clear();
        ORDERLAB_TRY(return, waitUntil([&] { return table->model()->rowCount() == all; }, "all orders"));
    }
    return percentile(times, 0.5);
}

/// A recording in the window, and a hand that moves in it.
class Scrub {
public:
    Scrub(MainWindow& window, const BenchmarkSizes& sizes)
        : m_window(window), m_sizes(sizes), m_line(window.timeline().view()), m_frames(window.bridge().frames()),
          m_watch({&m_line, &window.canvas().view()})
    {}

    Result<void> drag(QJsonObject& result)
    {
        std::vector<double> late;
        const double left = m_line.xOf(m_line.fromUs()), right = m_line.xOf(m_line.toUs());
        press(QEvent::MouseButtonPress, left);
        const int slow = std::max(2, m_sizes.drags / 4), fast = std::max(2, slow / fast_share);
        m_due = wallNow();
        m_cpu_before = threadCpuNow();
        for (int moves = 0; moves < m_sizes.drags;) {
            const int steps = moves < m_sizes.drags / 2 ? slow : fast;
            for (const bool forth : {true, false}) {
                for (int i = 1; i <= steps; ++i, ++moves) {
                    const double part = double(forth ? i : steps - i) / steps;
                    ORDERLAB_TRY(return, moveTo(left + part * (right - left), late));
                }
            }
        }
        press(QEvent::MouseButtonRelease, left);
        addTimes(result, QStringLiteral("scrub_ms"), late);
        addTimes(result, QStringLiteral("scrub_cpu_ms"), m_cpu);
        result.insert(QStringLiteral("scrubs"), qint64(late.size()));
        return {};
    }

    /// One moment after the other, each until nothing more is to be shown.
    Result<void> visit(QJsonObject& result)
    {
        std::vector<double> cpu;
        runFor(views_settle_ms);
        const auto moments = std::uint64_t(m_sizes.moments);
        auto* const table = m_window.orders().findChild<QAbstractItemView*>(QStringLiteral("ordersTable"));
        for (std::uint64_t i = 0; i < moments; ++i) {
            const std::uint64_t index = m_frames.timeline().endIndex() * (i * stride % moments * 2 + 1) / (2 * moments);
            const double began = threadCpuNow();
            m_watch.forget();
            m_frames.goTo(index);
            runFor(views_settle_ms);
            cpu.push_back(threadCpuNow() - began);
            const auto orders = std::int64_t(m_frames.world().orders().size());
            if (!m_watch.areAllPainted() || (table->model()->rowCount() == 0 && orders > 0))
                return internalError("a panel did not show the moment");
        }
        addTimes(result, QStringLiteral("moment_cpu_ms"), cpu);
        return {};
    }

    Result<void> stepBack(QJsonObject& result)
    {
        std::vector<double> times, cpu;
        m_frames.goTo(m_frames.timeline().endIndex() / 2);
        runFor(views_settle_ms);
        for (int i = 0; i < m_sizes.steps; ++i) {
            const std::uint64_t before = m_frames.index();
            m_watch.forget();
            const double began = wallNow(), began_cpu = threadCpuNow();
            QKeyEvent key(QEvent::KeyPress, Qt::Key_Left, Qt::NoModifier);
            QCoreApplication::sendEvent(&m_line, &key);
            if (m_frames.index() + 1 != before)
                return internalError("a step back did not go back");
            ORDERLAB_TRY(return, waitUntil([&] { return m_watch.areAllPainted(); }, "a frame"));
            times.push_back(wallNow() - began);
            cpu.push_back(threadCpuNow() - began_cpu);
            runFor(int(move_every_ms));
        }
        addTimes(result, QStringLiteral("step_back_ms"), times);
        addTimes(result, QStringLiteral("step_back_cpu_ms"), cpu);
        return {};
    }

private:
    void press(QEvent::Type type, double x)
    {
        const QPointF at(x, m_line.height() / 2.0);
        const bool is_move = type == QEvent::MouseMove;
        QMouseEvent event(type, at, m_line.mapToGlobal(at), is_move ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_line, &event);
    }

    /// Moves that become due while the window is busy are one move when it is free again, as Qt does it; its time
    /// counts from when the first of them was due.
    Result<void> moveTo(double x, std::vector<double>& late)
    {
        if (const double left = m_due - wallNow(); left > 0)
            runFor(int(std::ceil(left)));
        const double dispatched = wallNow();
        const double due = dispatched - m_due > timer_late_ms ? m_due : dispatched;
        while (m_due <= dispatched)
            m_due += move_every_ms;
        const std::uint64_t before = m_frames.index();
        m_watch.forget();
        press(QEvent::MouseMove, x);
        if (m_frames.index() == before)
            return {}; // The same moment: nothing is to be painted.
        ORDERLAB_TRY(return, waitUntil([&] { return m_watch.areAllPainted(); }, "a frame"));
        late.push_back(wallNow() - due);
        m_cpu.push_back(threadCpuNow() - std::exchange(m_cpu_before, threadCpuNow()));
        return {};
    }

    MainWindow& m_window;
    const BenchmarkSizes& m_sizes;
    TimelineView& m_line;
    FramePump& m_frames;
    PaintWatch m_watch;
    double m_due = 0;
    std::vector<double> m_cpu; ///< Of each move, with all that was done since the last one.
    double m_cpu_before = 0;
};

/// Pages of the orders: those that follow each other, and some far apart.
Result<void> scrollOrders(MainWindow& window, QJsonObject& result)
{
    auto* const table = window.orders().findChild<QAbstractItemView*>(QStringLiteral("ordersTable"));
    window.orders().show();
    window.orders().raise();
    QScrollBar* const bar = table->verticalScrollBar();
    ORDERLAB_TRY(return, waitUntil([&] { return bar->maximum() > pages * bar->pageStep() || bar->maximum() > 0; },
                                   "the height of the table"));
    std::vector<double> times, cpu;
    PaintWatch watch({table->viewport()});
    for (int page = 0; page < 2 * pages; ++page) {
        const int before = bar->value();
        const double began = wallNow(), began_cpu = threadCpuNow();
        watch.forget();
        if (page < pages)
            bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
        else
            bar->setValue(int(qint64(bar->maximum()) * (page * int(stride) % pages) / pages));
        if (bar->value() == before)
            continue;
        ORDERLAB_TRY(return, waitUntil([&] { return watch.areAllPainted(); }, "a page"));
        times.push_back(wallNow() - began);
        cpu.push_back(threadCpuNow() - began_cpu);
    }
    addTimes(result, QStringLiteral("orders_scroll_ms"), times);
    addTimes(result, QStringLiteral("orders_scroll_cpu_ms"), cpu);
    return {};
}

Result<double> timeSort(MainWindow& window)
{
    auto* const table = window.orders().findChild<QTableView*>(QStringLiteral("ordersTable"));
    std::vector<double> times;
    for (const int column : {OrdersModel::Amount, OrdersModel::Customer, OrdersModel::Accepted}) {
        PaintWatch watch({table->viewport()});
        const double began = wallNow();
        table->sortByColumn(column, Qt::DescendingOrder);
        ORDERLAB_TRY(return, waitUntil([&] { return watch.areAllPainted(); }, "the sorted orders"));
        times.push_back(wallNow() - began);
    }
    return percentile(times, 1);
}

} // namespace

Result<QJsonObject> measureOrders(MainWindow& window, const BenchmarkSizes& sizes)
{
    const std::vector<OrderState> known = window.bridge().frames().world().orders();
    if (known.empty())
        return internalError("there are no orders whose customers could have more");
    std::vector<OrderState> orders;
    for (std::uint64_t i = 0; i < sizes.many_orders; ++i) {
        RandomStream random(i);
        OrderState& order = orders.emplace_back(known[i % known.size()]);
        order.accepted_us = std::int64_t(i) * 1'000;
        order.id = OrderId(Uuid::version7(i, random.next(), random.next()));
    }
    window.orders().model().addEarlier(std::move(orders));
    const auto filter = timeFilter(window);
    if (!filter)
        return filter.error();
    if (window.orders().model().rowCount() < int(sizes.many_orders))
        return internalError("the table has " + std::to_string(window.orders().model().rowCount()) + " orders");
    QJsonObject result;
    result.insert(QStringLiteral("orders"), qint64(sizes.many_orders));
    result.insert(QStringLiteral("orders_filter_ms"), *filter);
    ORDERLAB_TRY(return, scrollOrders(window, result));
    const auto sorted = timeSort(window);
    if (!sorted)
        return sorted.error();
    result.insert(QStringLiteral("orders_sort_ms"), *sorted);
    result.insert(QStringLiteral("orders_mib"), double(window.orders().memory()) / (1024 * 1024));
    return result;
}

Result<QJsonObject> measureScrubbing(MainWindow& window, const BenchmarkSizes& sizes)
{
    const QTemporaryDir folder;
    if (!folder.isValid())
        return unavailable("no folder for the recording: " + folder.errorString().toStdString());
    const auto files = makeRecordings(folder, sizes);
    if (!files)
        return files.error();
    QJsonObject result;
    const double mib_before = residentMib();
    const auto large = open(window, files->large, sizes.entries_many);
    if (!large)
        return large.error();
    result.insert(QStringLiteral("entries_mib"), residentMib() - mib_before);
    result.insert(QStringLiteral("open_ms"), *large);
    const auto filter = timeFilter(window);
    if (!filter)
        return filter.error();
    result.insert(QStringLiteral("table_filter_ms"), *filter);
    const auto usual = open(window, files->usual, sizes.entries);
    if (!usual)
        return usual.error();
    result.insert(QStringLiteral("open_ms_1m"), *usual);
    result.insert(QStringLiteral("scrub_entries"), qint64(sizes.entries));
    Scrub scrub(window, sizes);
    ORDERLAB_TRY(return, scrub.drag(result));
    ORDERLAB_TRY(return, scrub.visit(result));
    ORDERLAB_TRY(return, scrub.stepBack(result));
    if (result[QStringLiteral("scrubs")].toInteger() == 0)
        return internalError("the playhead did not move");
    return result;
}

} // namespace orderlab::ui
