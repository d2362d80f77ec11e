#include "tables/result_bounds.h"

namespace orderlab {

std::string shownText(std::string_view text)
{
    if (text.size() <= Tables::cell_characters_max)
        return std::string(text);
    std::size_t characters = 0, end = 0;
    while (end < text.size()) {
        const bool begins = (std::uint8_t(text[end]) & 0xc0) != 0x80;
        if (begins && characters++ == Tables::cell_characters_max)
            return std::string(text.substr(0, end)) + "…";
        ++end;
    }
    return std::string(text);
}

SqlProblem tooManyColumns(int columns)
{
    return {"There are " + std::to_string(columns) + " columns; at most " + std::to_string(Tables::selected_columns_max)
                + " are shown: name those that you need.",
            -1};
}

bool ResultBounds::add(CellRow row)
{
    if (m_selected.rows.size() == Tables::selected_rows_max) {
        m_selected.cut =
            "These are the first 1,000 rows; there are more. Add a condition, or ask for what they add up to.";
        return false;
    }
    for (const Cell& cell : row)
        m_bytes += sizeof(Cell) + (cell ? cell->size() : 0);
    if (m_bytes > Tables::selected_bytes_max) {
        m_selected.cut = "These rows take 16 MiB; there are more. Name the columns that you need.";
        return false;
    }
    m_selected.rows.push_back(std::move(row));
    return true;
}

} // namespace orderlab
