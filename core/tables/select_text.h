#pragma once
#include "tables/tables.h"

namespace orderlab {

/// A part of SQL text, as far as colours and first checks need it.
struct SqlToken {
    enum class Kind : std::uint8_t {
        Word, ///< A keyword or a name without quotes.
        Name, ///< "In quotes".
        Text, ///< 'In quotes', $$…$$ or E'…'.
        Number,
        Comment,
        Mark, ///< Any other character.
    } kind = Kind::Mark;
    std::size_t begin = 0, end = 0; ///< Bytes of the text.
    bool is_open = false;           ///< Its closing quote is missing.
};
/// All tokens of `sql`, as PostgreSQL splits it with standard_conforming_strings on; blanks are left out.
std::vector<SqlToken> sqlTokens(std::string_view sql);
/// Whether a word means something to SQL of itself: SELECT, FROM…
bool isSqlKeyword(std::string_view word);

/// One statement that reads.
struct SelectText {
    std::string statement;          ///< Without the semicolon at its end and what follows.
    std::vector<std::string> names; ///< Every name and word in it, each once; without quotes, else in small letters.
};
/// Checks what can be known without a database: that it is one statement, closed, not too long, and begins as one that
/// reads.
std::optional<SqlProblem> readSelect(std::string_view sql, SelectText& out);

} // namespace orderlab
