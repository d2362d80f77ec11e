#include "ui/benchmark/measuring.h"

#include <QCoreApplication>
#include <QEvent>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <ctime>

#include <malloc.h>
#include <unistd.h>

/// Of tcmalloc, where the program is linked with it.
extern "C" void MallocExtension_ReleaseFreeMemory() __attribute__((weak));

namespace orderlab::ui::measuring {

namespace {

constexpr double wait_max_ms = 120'000; ///< Whatever is waited for takes seconds at most.

double clockMs(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

} // namespace

double wallNow()
{
    return clockMs(CLOCK_MONOTONIC);
}

double threadCpuNow()
{
    return clockMs(CLOCK_THREAD_CPUTIME_ID);
}

double processCpuNow()
{
    return clockMs(CLOCK_PROCESS_CPUTIME_ID);
}

double residentMib()
{
    if (MallocExtension_ReleaseFreeMemory)
        MallocExtension_ReleaseFreeMemory();
    else
        malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

void runFor(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

Result<void> waitUntil(const std::function<bool()>& condition, const std::string& what)
{
    const double began = wallNow();
    QTimer wakes; // Else nothing might happen after the limit.
    wakes.start(100);
    while (!condition()) {
        if (wallNow() - began > wait_max_ms)
            return Error{ErrorCode::Timeout, Retry::Later, what + " did not come within two minutes", {}};
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return {};
}

Result<void> timeUntil(const std::function<bool()>& condition, const std::string& what, double& ms)
{
    const double began = wallNow();
    ORDERLAB_TRY(return, waitUntil(condition, what));
    ms = wallNow() - began;
    return {};
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto count = std::size_t(std::ceil(share * double(values.size())));
    return values[std::clamp<std::size_t>(count, 1, values.size()) - 1];
}

void addTimes(QJsonObject& result, const QString& name, const std::vector<double>& values)
{
    result.insert(name + QStringLiteral("_p50"), percentile(values, 0.5));
    result.insert(name + QStringLiteral("_p99"), percentile(values, 0.99));
    result.insert(name + QStringLiteral("_max"), percentile(values, 1));
}

PaintWatch::PaintWatch(std::vector<QWidget*> widgets) : m_widgets(std::move(widgets)), m_painted(m_widgets.size())
{
    for (QWidget* widget : m_widgets)
        widget->installEventFilter(this);
}

bool PaintWatch::areAllPainted() const
{
    return std::all_of(m_painted.begin(), m_painted.end(), [](bool painted) { return painted; });
}

bool PaintWatch::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::Paint) {
        const auto found = std::find(m_widgets.begin(), m_widgets.end(), object);
        if (found != m_widgets.end())
            m_painted[std::size_t(found - m_widgets.begin())] = true;
    }
    return QObject::eventFilter(object, event);
}

} // namespace orderlab::ui::measuring
