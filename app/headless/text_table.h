#pragma once
#include <string>
#include <vector>

namespace orderlab {

using TableRow = std::vector<std::string>;

/// A table for a terminal, a line a row, with columns as wide as what is in them; from `first_number` on they are
/// numbers, which stand right. All rows have as many cells as the first, which there must be.
std::string textTable(const std::vector<TableRow>& rows, std::size_t first_number);

} // namespace orderlab
