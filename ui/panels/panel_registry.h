#pragma once
#include <Qt>

#include <span>
#include <vector>

class QMainWindow;
class QWidget;

namespace orderlab::ui {

class LabBridge;
class Panel;

/// A row each for the window's docks: from it come its place, its entry in the View menu, its shortcut, its name for
/// --panel, and what of the journal it is shown.
struct PanelKind {
    const char* name;        ///< "dead-letters"
    Qt::DockWidgetArea area; ///< Panels of one area share its place as tabs.
    const char* go_to; ///< The View menu's "Go to …"; null: it has none. In the context "orderlab::ui::PanelKind".
    const char* keys;  ///< Of that entry.
    Panel* (*make)(LabBridge& bridge, QWidget* parent);
    bool is_shown_at_first = true;
};

/// In the order in which they are placed; the first of an area is in front.
std::span<const PanelKind> panelKinds();
/// Makes a panel of each kind and puts it into its place in `window`, which owns them. In the order of panelKinds().
std::vector<Panel*> dockPanels(QMainWindow& window, LabBridge& bridge);

} // namespace orderlab::ui
