#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// A piece of a query's text.
struct QueryToken {
    enum class Type : std::uint8_t { Word, String, Operator, Open, Close, End } type = Type::End;
    std::string text;       ///< As it is meant: a string without its quotes.
    std::size_t offset = 0; ///< Of its first byte.
    bool is_whole = true;   ///< False: a string without its closing quote.
};

/// What is wrong with the text itself; an empty reason: nothing.
struct QueryTextProblem {
    std::size_t offset = 0;
    std::string reason = {};
};

/// Cuts `text` into tokens, the last of them End. A problem ends it: what comes before is given.
std::vector<QueryToken> tokensOf(std::string_view text, QueryTextProblem& problem);

} // namespace orderlab
