#include "ui/window_regions.h"

#include <QApplication>

#include <algorithm>

namespace orderlab::ui {

namespace {

bool takesFocus(const QWidget* widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0
           && !widget->visibleRegion().isEmpty();
}

} // namespace

WindowRegions::WindowRegions(QWidget& window, std::function<std::vector<Region>()> list)
    : m_window(window), m_list(std::move(list))
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (!now || now->window() != &m_window)
            return;
        for (const Region& region : m_list()) {
            if (region.root == now || region.root->isAncestorOf(now))
                m_last[region.root] = now;
        }
    });
}

/// In the order of Tab.
QWidget* WindowRegions::firstIn(const Region& region)
{
    if (region.first && takesFocus(region.first))
        return region.first;
    QWidget* widget = region.root;
    do {
        if ((widget == region.root || region.root->isAncestorOf(widget)) && takesFocus(widget) && !widget->focusProxy())
            return widget;
        widget = widget->nextInFocusChain();
    } while (widget != region.root);
    return nullptr;
}

void WindowRegions::go(bool forward)
{
    std::vector<Region> regions = m_list();
    std::erase_if(regions, [](const Region& region) { return !region.root->isVisible() || !firstIn(region); });
    if (regions.empty())
        return;
    const QWidget* const focus = m_window.focusWidget();
    const auto here = std::find_if(regions.begin(), regions.end(), [focus](const Region& region) {
        return region.root == focus || (focus && region.root->isAncestorOf(focus));
    });
    const auto count = std::ptrdiff_t(regions.size());
    const std::ptrdiff_t at = here == regions.end() ? (forward ? -1 : count) : here - regions.begin();
    const Region& next = regions[std::size_t((at + (forward ? 1 : count - 1)) % count)];
    QWidget* const last = m_last.value(next.root);
    QWidget* const target = last && takesFocus(last) ? last : firstIn(next);
    target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

} // namespace orderlab::ui
