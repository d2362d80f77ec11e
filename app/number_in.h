#pragma once
#include <CLI/CLI.hpp>

#include <charconv>
#include <concepts>
#include <limits>
#include <sstream>

namespace orderlab {

/// Lets numbers from `min` to `max` through; nan is none of them. CLI::Range words it differently in each version.
template <typename Number>
CLI::Validator numberIn(Number min, Number max)
{
    std::ostringstream range;
    range.precision(std::numeric_limits<double>::digits10);
    range << min << " to " << max;
    const std::string kind = std::integral<Number> ? "a whole number" : "a number";
    const auto check = [=, allowed = range.str()](const std::string& text) {
        Number number{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_number = error == std::errc{} && end == text.data() + text.size();
        return is_number && number >= min && number <= max ? std::string()
                                                           : "must be " + kind + " from " + allowed + ", not " + text;
    };
    return {check, range.str()};
}

} // namespace orderlab
