#include "ui/panels/panel_registry.h"

#include "ui/charts/charts_panel.h"
#include "ui/classroom/class_panel.h"
#include "ui/database/database_panel.h"
#include "ui/lessons/lessons_panel.h"
#include "ui/observe/log_panel.h"
#include "ui/observe/traces_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/dead_letters_panel.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/story_panel.h"
#include "ui/topics/topics_panel.h"
#include "ui/worlds/seeds_panel.h"
#include "ui/worlds/worlds_panel.h"

#include <QMainWindow>

#include <map>

namespace orderlab::ui {

namespace {

template <typename P>
Panel* make(LabBridge& bridge, QWidget* parent)
{
    return new P(bridge, parent);
}

} // namespace

std::span<const PanelKind> panelKinds()
{
    static constexpr PanelKind kinds[] = {
        {"create", Qt::LeftDockWidgetArea, nullptr, nullptr, make<CreateOrdersPanel>},
        {"lessons", Qt::LeftDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to lessons"), "Ctrl+L",
         make<LessonsPanel>, false},
        {"story", Qt::RightDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to the order's story"),
         "Ctrl+4", make<StoryPanel>},
        {"orders", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to orders"), "Ctrl+2",
         make<OrdersPanel>},
        {"database", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to the database"),
         "Alt+D", make<DatabasePanel>},
        {"topics", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to topics"), "Alt+T",
         make<TopicsPanel>},
        {"dead-letters", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to dead letters"),
         "Ctrl+6", make<DeadLettersPanel>},
        {"groups", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to consumer groups"),
         "Ctrl+3", make<GroupsPanel>},
        {"charts", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to charts"), "Alt+C",
         make<ChartsPanel>},
        {"log", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to the log"), "Alt+L",
         make<LogPanel>},
        {"traces", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to traces"), "Alt+R",
         make<TracesPanel>},
        {"worlds", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to worlds"), "Ctrl+8",
         make<WorldsPanel>},
        {"seeds", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to all seeds"), "Ctrl+9",
         make<SeedsPanel>},
        {"class", Qt::BottomDockWidgetArea, QT_TRANSLATE_NOOP("orderlab::ui::PanelKind", "Go to the class"), "Alt+K",
         make<ClassPanel>, false},
    };
    return kinds;
}

std::vector<Panel*> dockPanels(QMainWindow& window, LabBridge& bridge)
{
    for (const Qt::Corner corner : {Qt::TopLeftCorner, Qt::BottomLeftCorner})
        window.setCorner(corner, Qt::LeftDockWidgetArea);
    for (const Qt::Corner corner : {Qt::TopRightCorner, Qt::BottomRightCorner})
        window.setCorner(corner, Qt::RightDockWidgetArea);
    for (const Qt::DockWidgetArea area : {Qt::BottomDockWidgetArea, Qt::LeftDockWidgetArea})
        window.setTabPosition(area, QTabWidget::North);
    std::vector<Panel*> panels; // All are made before any is placed: so they are siblings in this order.
    for (const PanelKind& kind : panelKinds())
        panels.push_back(kind.make(bridge, &window));
    std::map<Qt::DockWidgetArea, std::pair<Panel*, Panel*>> places; ///< The first and the last of each area.
    for (std::size_t i = 0; i < panels.size(); ++i) {
        const Qt::DockWidgetArea area = panelKinds()[i].area;
        const auto [place, is_first] = places.try_emplace(area, panels[i], panels[i]);
        if (is_first)
            window.addDockWidget(area, panels[i]);
        else
            window.tabifyDockWidget(std::exchange(place->second.second, panels[i]), panels[i]);
    }
    for (const auto& [area, ends] : places)
        ends.first->raise();
    for (std::size_t i = 0; i < panels.size(); ++i)
        panels[i]->setVisible(panelKinds()[i].is_shown_at_first);
    return panels;
}

} // namespace orderlab::ui
