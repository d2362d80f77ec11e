#pragma once
#include <Qt>

namespace orderlab::ui {

/// How much a row of a table wants to be looked at: it is tinted, and has a letter, as a colour alone says nothing to
/// many.
enum class RowTrouble : std::uint8_t {
    None,
    Late,   ///< It may still become good by itself.
    Broken, ///< It will not.
};

/// Of a cell: its row's RowTrouble, as a number.
inline constexpr int trouble_role = Qt::UserRole + 200;
/// Of a cell that shows it: the letter.
inline constexpr int mark_role = Qt::UserRole + 201;

} // namespace orderlab::ui
