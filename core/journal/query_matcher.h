#pragma once
#include "journal/names.h"
#include "journal/query.h"

#include <span>
#include <vector>

namespace orderlab {

/// Finds the entries of a run that a query means. Entries come in batches, in the order of the journal, so that a run
/// can be watched while it goes on. One thread at a time.
///
/// When an answer comes: at once, but for what depends on a followed-by. That is decided when such an entry has come,
/// when the clock has passed `within`, or with finish(). So hits of a query that looksAhead() may come in another order
/// than their entries; sort them where that matters.
///
/// Work: of each entry at most a few steps for each term of the query, whatever the length of the run (tables of what
/// came before and what is waited for, by the fields that are to be the same; a logarithm of `remembered_max` where
/// entries wait). Memory: at most `remembered_max` keys of earlier entries and as many entries that wait, about 200
/// bytes each. Beyond that the oldest are forgotten, an entry that waits being decided as by finish(); forgotten()
/// counts them.
class QueryMatcher {
public:
    static constexpr std::size_t remembered_max = 500'000; ///< A run of a million entries has a tenth of it.

    /// `names` is the table of the entries and must outlive this. `origin_us`: the run's start, as an entry's time.
    QueryMatcher(Query query, const Names& names, std::int64_t origin_us, std::size_t remembered = remembered_max);
    ~QueryMatcher();
    QueryMatcher(QueryMatcher&&) noexcept;

    /// Appends to `hits` the numbers (from 0, in the order of all that was added) of entries now known to be meant.
    void add(std::span<const Entry> entries, std::vector<std::uint64_t>& hits);
    /// Says that the run is over, and appends what that decides. Call it once, last.
    void finish(std::vector<std::uint64_t>& hits);

    std::uint64_t entries() const;   ///< Added so far.
    std::size_t undecided() const;   ///< Entries that wait for what follows.
    std::uint64_t forgotten() const; ///< What had no room: answers may be wrong where it is not 0.
    std::uint64_t steps() const;     ///< Tests made and tables asked, so that tests can tell the work from its length.

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// All hits of a query in a whole run, in the order of the entries.
std::vector<std::uint64_t> findAll(const Query& query, std::span<const Entry> entries, const Names& names,
                                   std::int64_t origin_us);

} // namespace orderlab
