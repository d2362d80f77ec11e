#include "base/suggestion.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace orderlab {

namespace {

std::size_t editDistance(std::string_view from, std::string_view to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i - 1] != to[j - 1]);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row.back();
}

} // namespace

std::string suggestion(std::string_view word, std::span<const std::string_view> names)
{
    std::string_view best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string_view name : names) {
        if (const std::size_t distance = editDistance(word, name); distance < least) {
            least = distance;
            best = name;
        }
    }
    return best.empty() ? std::string() : "; did you mean " + std::string(best) + '?';
}

} // namespace orderlab
