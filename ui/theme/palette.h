#pragma once
#include "domain/event.h"

#include <QColor>
#include <QString>

#include <array>
#include <optional>

namespace orderlab::ui {

/// System: as the desktop asks for it, one of the others.
enum class ThemeName : std::uint8_t { Dark, Light, Contrast, System };

/// "dark", "light", "contrast", "system"
QString name(ThemeName theme);
/// Nothing for an unknown name.
std::optional<ThemeName> themeOf(const QString& name);

/// Every colour of the window, by what it means. A value; GUI thread.
struct Palette {
    QColor window;   ///< Behind the canvas.
    QColor panel;    ///< Docks, toolbar, table.
    QColor control;  ///< Fields, buttons, node cards.
    QColor raised;   ///< Hover, selected tab, chips without a meaning of their own.
    QColor bus;      ///< The event bus box.
    QColor border;   ///< Rules and grids: they part what is apart without them, too.
    QColor edge;     ///< Outlines of what can be used or means something: fields, buttons, cards, lanes, ways.
    QColor disabled; ///< Text that cannot be used.
    QColor text;
    QColor muted; ///< Labels.
    QColor faint; ///< Decoration and units; never the only carrier of a fact.
    QColor accent;
    QColor on_accent; ///< Text on accent.
    QColor ok, ok_fill;
    QColor warning, warning_fill;
    QColor failure, failure_fill;
    QColor dead, dead_fill;
    QColor neutral_fill;                         ///< Behind text of a status without judgement (created, canceled).
    std::array<QColor, event_type_count> events; ///< By EventType.
    std::array<QColor, 8> groups;                ///< By the group's place in the configuration, repeating.
    bool dark = true;
};

/// Of one that has colours of its own.
const Palette& paletteOf(ThemeName theme);

} // namespace orderlab::ui
