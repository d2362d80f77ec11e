#include "ui/window_room.h"

#include "ui/panels/panel.h"

#include <QMainWindow>
#include <QScrollArea>
#include <QTabBar>

namespace orderlab::ui {

namespace {

constexpr int column_width = 288;

} // namespace

void letScroll(Panel& panel)
{
    QWidget* const content = panel.widget();
    for (QScrollArea* const known : panel.findChildren<QScrollArea*>())
        known->setFocusPolicy(Qt::NoFocus); // What is inside takes it, and is scrolled to.
    if (!content || qobject_cast<QScrollArea*>(content))
        return;
    auto* scroll = new QScrollArea(&panel);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    panel.setWidget(scroll); // It hides the one before.
    scroll->setWidget(content);
    content->show();
}

void WindowRoom::fit(int state_version)
{
    const bool is_narrow = m_window.width() < three_columns;
    if (std::exchange(m_is_narrow, is_narrow) == is_narrow)
        return;
    if (!is_narrow) {
        m_left.setWindowTitle(m_left_title);
        m_window.restoreState(m_roomy, state_version);
        return;
    }
    m_roomy = m_window.saveState(state_version);
    m_left_title = m_left.windowTitle();
    const bool both = m_left.isVisibleTo(&m_window) && m_right.isVisibleTo(&m_window);
    if (!both || m_left.isFloating() || m_right.isFloating())
        return;                                                 // One column less already.
    m_left.setWindowTitle(QDockWidget::tr("Create and break")); // It has to share the tabs' room.
    m_window.tabifyDockWidget(&m_right, &m_left);
    m_right.raise();
    m_window.resizeDocks({&m_right}, {column_width}, Qt::Horizontal);
    for (QTabBar* bar : m_window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
        bar->setDrawBase(false);
        bar->setElideMode(Qt::ElideNone); // Rather arrows at the end than tabs that nobody can read.
        bar->setUsesScrollButtons(true);
    }
}

QByteArray WindowRoom::state(int state_version) const
{
    return m_is_narrow ? m_roomy : m_window.saveState(state_version);
}

} // namespace orderlab::ui
