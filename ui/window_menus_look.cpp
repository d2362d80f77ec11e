#include "ui/classroom/class_desk.h"
#include "ui/main_window.h"
#include "ui/panels/canvas_panel.h"
#include "ui/theme/motion.h"
#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"
#include "ui/window_menus.h"

#include <QActionGroup>
#include <QMenu>

// Of the View menu: how large things are, in which colours, and whether they move.

namespace orderlab::ui {

void WindowMenus::makeThemes(QMenu* themes)
{
    auto* group = new QActionGroup(&m_window);
    const std::pair<ThemeName, QString> names[] = {{ThemeName::System, tr("&Follow the system")},
                                                   {ThemeName::Dark, tr("&Dark")},
                                                   {ThemeName::Light, tr("&Light")},
                                                   {ThemeName::Contrast, tr("High &contrast")}};
    for (const auto& [theme, text] : names) {
        QAction* action = themes->addAction(text);
        action->setObjectName(QStringLiteral("theme-") + name(theme));
        action->setCheckable(true);
        action->setChecked(theme == Theme::instance().chosen());
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, &m_window, [this, chosen = theme] { m_window.setTheme(chosen); });
        // Others may change it, too.
        QObject::connect(&Theme::instance(), &Theme::changed, action,
                         [action, own = theme] { action->setChecked(own == Theme::instance().chosen()); });
    }
}

void WindowMenus::makeZoom(QMenu* view)
{
    add(view, tr("&Larger"), QKeySequence(QStringLiteral("Ctrl++")), [this] {
        m_window.zoomBy(1);
    })->setShortcuts({QKeySequence(QStringLiteral("Ctrl++")), QKeySequence(QStringLiteral("Ctrl+="))});
    add(view, tr("Small&er"), QKeySequence(QStringLiteral("Ctrl+-")), [this] { m_window.zoomBy(-1); });
    add(view, tr("Usual si&ze"), QKeySequence(QStringLiteral("Ctrl+0")), [] { Zoom::instance().set(100); });
    EventFlowView& flow = m_window.canvas().view();
    QMenu* canvas = view->addMenu(tr("Event fl&ow alone"));
    add(canvas, tr("Event flow &larger"), QKeySequence(QStringLiteral("Ctrl+Alt++")), [&flow] {
        flow.zoomBy(1.25);
    })->setShortcuts({QKeySequence(QStringLiteral("Ctrl+Alt++")), QKeySequence(QStringLiteral("Ctrl+Alt+="))});
    add(canvas, tr("Event flow &smaller"), QKeySequence(QStringLiteral("Ctrl+Alt+-")), [&flow] { flow.zoomBy(0.8); });
    add(canvas, tr("&Fit the event flow"), QKeySequence(QStringLiteral("Ctrl+Alt+0")), [&flow] { flow.resetZoom(); });
    QAction* const names = canvas->addAction(tr("Customers' &names at their events"));
    names->setObjectName(QStringLiteral("customerNames"));
    names->setCheckable(true);
    names->setToolTip(tr("Whose order an event is of; while a class is on, the students' names"));
    QObject::connect(names, &QAction::toggled, &flow, &EventFlowView::setNamesShown);
    ClassDesk& desk = m_window.bridge().classDesk();
    QObject::connect(&desk, &ClassDesk::switched, names, [names, &desk] { names->setChecked(desk.isOn()); });
}

void WindowMenus::makeMotion(QMenu* view)
{
    QAction* action = view->addAction(tr("Re&duce motion"));
    action->setObjectName(QStringLiteral("reduceMotion"));
    action->setCheckable(true);
    action->setChecked(Motion::instance().isReducedByChoice());
    action->setToolTip(tr("Nothing glides, turns or pulses: events jump from place to place"));
    QObject::connect(action, &QAction::toggled, &m_window,
                     [](bool reduced) { Motion::instance().setReduced(reduced); });
    QObject::connect(&Motion::instance(), &Motion::changed, action,
                     [action] { action->setChecked(Motion::instance().isReducedByChoice()); });
}

void WindowMenus::makeRegions(QMenu* view)
{
    add(view, tr("&Next part of the window"), QKeySequence(QStringLiteral("F6")),
        [this] { m_window.goToRegion(true); });
    add(view, tr("Pre&vious part of the window"), QKeySequence(QStringLiteral("Shift+F6")),
        [this] { m_window.goToRegion(false); });
}

} // namespace orderlab::ui
