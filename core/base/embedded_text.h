#pragma once
#include <span>
#include <string_view>

namespace orderlab {

/// A file that the program carries inside it.
struct EmbeddedText {
    std::string_view name; ///< Without folder and ending.
    std::string_view text;
};

} // namespace orderlab
