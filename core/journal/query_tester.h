#pragma once
#include "journal/names.h"
#include "journal/query_expression.h"

namespace orderlab {

/// Asks entries the tests of one query. Each name is compared as text once, then known by its number. One thread.
class QueryTester {
public:
    QueryTester(const QueryExpression& expression, const Names& names, std::int64_t origin_us);

    /// `number` is the entry's in the run.
    bool holds(std::size_t test, const Entry& entry, std::uint64_t number);

private:
    bool nameHolds(std::size_t test, NameId id);

    const QueryExpression& m_all;
    const Names& m_names;
    std::int64_t m_origin_us;
    std::vector<std::vector<std::int8_t>> m_known; ///< Of each test, by name: -1 no, 1 yes, 0 not looked at yet.
};

} // namespace orderlab
