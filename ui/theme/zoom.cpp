#include "ui/theme/zoom.h"

#include <QGuiApplication>
#include <QScreen>
#include <QWindow>

#include <algorithm>
#include <vector>

// Qt lets a program choose this factor only by QT_SCALE_FACTOR, before it starts. While it runs, there is what Qt's own
// program for tests of high resolutions uses (tests/manual/highdpi).
#include <private/qhighdpiscaling_p.h>
#include <qpa/qplatformwindow.h>
#include <qpa/qwindowsysteminterface.h>

namespace orderlab::ui {

Zoom& Zoom::instance()
{
    static Zoom zoom;
    return zoom;
}

Zoom::Zoom()
{
    connect(qGuiApp, &QGuiApplication::screenAdded, this, [this](QScreen* screen) {
        if (m_percent != 100)
            applyTo(screen);
    });
}

std::span<const int> Zoom::steps()
{
    static constexpr int all[] = {percent_min, 90, 100, 110, 125, 150, 175, percent_max};
    return all;
}

void Zoom::set(int percent)
{
    percent = std::clamp(percent, percent_min, percent_max);
    if (std::exchange(m_percent, percent) == percent)
        return;
    apply();
    Q_EMIT changed(m_percent);
}

int Zoom::next(int direction) const
{
    const auto all = steps();
    if (direction > 0) {
        const auto larger = std::upper_bound(all.begin(), all.end(), m_percent);
        return larger == all.end() ? m_percent : *larger;
    }
    const auto here = std::lower_bound(all.begin(), all.end(), m_percent);
    return here == all.begin() ? m_percent : *std::prev(here);
}

void Zoom::applyTo(QScreen* screen)
{
    if (!m_asked.contains(screen->name())) {
        // The factor is a product, of which only this screen's own is set here.
        const double before = QHighDpiScaling::factor(screen);
        QHighDpiScaling::setScreenFactor(screen, 1);
        m_asked.insert(screen->name(), before / QHighDpiScaling::factor(screen));
    }
    QHighDpiScaling::setScreenFactor(screen, m_asked.value(screen->name()) * factor());
}

namespace {

/// Later releases of Qt 6 than 6.4 keep a window's ratio until it is told of another one.
template <typename WindowSystem>
void tellRatio(QWindow* window)
{
    if constexpr (requires { WindowSystem::handleWindowDevicePixelRatioChanged(window); })
        WindowSystem::handleWindowDevicePixelRatioChanged(window);
}

} // namespace

void Zoom::apply()
{
    struct Place {
        QWindow* window;
        QRect native;
    };
    std::vector<Place> places;
    for (QWindow* window : QGuiApplication::allWindows()) {
        if (window->handle())
            places.push_back({window, window->handle()->geometry()});
    }
    for (QScreen* screen : QGuiApplication::screens())
        applyTo(screen);
    // Each window has the same place on the screen, which is another one in device-independent pixels.
    for (const Place& place : places) {
        tellRatio<QWindowSystemInterface>(place.window);
        QWindowSystemInterface::handleGeometryChange<QWindowSystemInterface::SynchronousDelivery>(place.window,
                                                                                                  place.native);
    }
}

} // namespace orderlab::ui
