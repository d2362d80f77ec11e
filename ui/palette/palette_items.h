#pragma once
#include <QString>

#include <functional>
#include <vector>

namespace orderlab::ui {

class MainWindow;

/// Something that can be gone to or done by its name.
struct PaletteItem {
    QString kind; ///< "action", "order", "group"…
    QString title;
    QString hint; ///< Its shortcut, or what else tells it apart.
    std::function<void()> run;
    int score = 0; ///< How well it fits what is typed; higher is better.
};

inline constexpr std::size_t palette_items_max = 40;

/// What fits `text`, best first, at most palette_items_max: the window's actions, panels, orders of the moment (by id
/// or customer), groups, moments ("1.083", "entry 120", marks), settings, and the search for entries. GUI thread.
std::vector<PaletteItem> paletteItems(MainWindow& window, const QString& text);

/// How well `text` fits `title`, letters in their order; 0: not at all. Empty fits everything.
int fitness(const QString& title, const QString& text);

} // namespace orderlab::ui
