#pragma once
#include "tables/tables.h"

namespace orderlab {

/// A cell's text, cut after cell_characters_max characters. `text` is UTF-8, or nearly.
std::string shownText(std::string_view text);
SqlProblem tooManyColumns(int columns);

/// Puts rows into a Selected until one of its bounds is reached.
class ResultBounds {
public:
    explicit ResultBounds(Selected& selected) : m_selected(selected) {}
    /// False: there is no room for it, and `cut` says why.
    bool add(CellRow row);

private:
    Selected& m_selected;
    std::size_t m_bytes = 0;
};

} // namespace orderlab
