#include "ui/panels/panel_registry.h"

#include "ui/panels/create_orders_panel.h"
#include "ui/panels/dead_letters_panel.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/story_panel.h"

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
        {"story", Qt::RightDockWidgetArea, "Go to the order's story", "Ctrl+4", make<StoryPanel>},
        {"orders", Qt::BottomDockWidgetArea, "Go to orders", "Ctrl+2", make<OrdersPanel>},
        {"dead-letters", Qt::BottomDockWidgetArea, "Go to dead letters", "Ctrl+6", make<DeadLettersPanel>},
        {"groups", Qt::BottomDockWidgetArea, "Go to consumer groups", "Ctrl+3", make<GroupsPanel>},
    };
    return kinds;
}

} // namespace orderlab::ui
