#pragma once
#include "base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace orderlab {

struct QueryExpression;

/// A filter over journal entries, in one line (docs/query.md tells it to users):
///
///   query    = and { "or" and }
///   and      = not { [ "and" ] not }                     two conditions side by side: both
///   not      = "not" not | "(" query ")" | test | KIND | relation
///   test     = FIELD ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" ) VALUE
///   relation = ( "preceded-by" | "followed-by" ) ( KIND | "(" query ")" ) { "same" FIELD } [ "within" DURATION ]
///   VALUE    = WORD | '"' { any character; \" and \\ for " and \ } '"'
///   WORD     = characters other than blanks, ( ) " = ! < > ~
///
/// KIND: of entry_kind.h; alone it means kind=KIND. FIELD: a member of an entry's JSON (entry_json.h: order, group,
/// member, error…), `time` (since the run's start, a DURATION such as 1.2s), `entry` (its number in the run, from 0),
/// or `value`, `actor`, `detail` for these members whatever they are called. Where an entry has no such member, a test
/// is false, whatever its operator. Words are case-sensitive.
/// "=": numbers, kinds and names as a whole; a group also without its prefix (payment); an id also by at least 4 of its
/// first or last digits. "<" and so on: numbers and time. "~": the name or the id contains VALUE.
/// A relation holds when such an entry is anywhere before (behind) this one, has the same FIELDs (both have them;
/// `partition` and `offset` count with their topic), and is at most DURATION away. The clock of `within` is the latest
/// time so far: times of different threads may step back a little. "followed-by" may not stand inside a relation.
/// A value; shares its expression. Any thread.
class Query {
public:
    static constexpr std::size_t bytes_max = 1'000; ///< One line that a person can still read.
    static constexpr std::size_t nesting_max = 50;  ///< Parentheses, `not` and relations: bounds the stack.
    static constexpr std::size_t terms_max = 100;   ///< Tests, kinds and relations: bounds the work an entry is.
    static constexpr std::size_t same_max = 3;      ///< Of one relation: bounds what is remembered of an entry.

    Query(std::string text, std::shared_ptr<const QueryExpression> expression);
    const std::string& text() const { return m_text; }
    /// Whether it has a followed-by: then answers come late.
    bool looksAhead() const;
    const QueryExpression& expression() const { return *m_expression; }

private:
    std::string m_text;
    std::shared_ptr<const QueryExpression> m_expression;
};

/// Why a text is no query.
struct QueryProblem {
    std::size_t column = 1; ///< In characters, from 1; one behind the last where the text ends too early.
    std::string reason;     ///< With the nearest name where one is unknown.
};

/// Nothing, and `problem` set, when `text` is no query.
std::optional<Query> readQuery(std::string_view text, QueryProblem& problem);
/// Error: InvalidArgument with the message "1:COLUMN: reason".
Result<Query> parseQuery(std::string_view text);

} // namespace orderlab
