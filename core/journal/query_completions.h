#pragma once
#include "journal/names.h"
#include "journal/query_fields.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// The names that a query may be compared with, by field. One thread at a time; `names` must outlive it.
class QueryNames {
public:
    /// Until add() was called, any name of the table is offered for any field.
    QueryNames(const Names& names) : m_names(&names) {} // NOLINT: a table of names is one of these

    /// Learns from entries of the same table which names its fields have.
    void add(std::span<const Entry> entries);
    /// Those that `field` has had and that begin with `begin`, at most `max`; a group also without its prefix.
    std::vector<std::string> withBegin(const QueryField& field, std::string_view begin, std::size_t max) const;

private:
    struct Seen {
        QueryMember member;
        std::vector<KindSet> kinds; ///< By name: of the entries that had it.
    };
    const Names* m_names;
    std::vector<Seen> m_seen;
};

/// What may be written at the cursor.
struct QueryCompletions {
    std::size_t begin = 0, end = 0; ///< The bytes of the text that one of `words` replaces: the word before the cursor.
    std::vector<std::string> words; ///< Sorted; ready to be inserted, with quotes where they are needed.
};

inline constexpr std::size_t query_completions_max = 100; ///< More than anybody reads.

/// Kinds, fields, keywords, and names where a value belongs, that begin with the word before byte `cursor` of `text`
/// (which is bounded to it). What stands behind the cursor does not count. Nothing where only a number, a time or an
/// operator may stand.
QueryCompletions completionsAt(std::string_view text, std::size_t cursor, const QueryNames& names);
/// Only the words.
std::vector<std::string> completions(std::string_view text, std::size_t cursor, const QueryNames& names);

} // namespace orderlab
