#include "journal/query_tester.h"

#include "domain/group_name.h"

#include <array>

namespace orderlab {

namespace {

bool compareNumbers(std::int64_t left, QueryOperator compare, std::int64_t right)
{
    switch (compare) {
    case QueryOperator::Equal: return left == right;
    case QueryOperator::NotEqual: return left != right;
    case QueryOperator::Less: return left < right;
    case QueryOperator::LessEqual: return left <= right;
    case QueryOperator::Greater: return left > right;
    case QueryOperator::GreaterEqual: return left >= right;
    case QueryOperator::Contains: break; // Numbers have none.
    }
    return false;
}

/// The 32 digits of an id.
std::array<char, 32> digitsOf(const Uuid& id)
{
    std::array<char, 32> digits;
    for (std::size_t i = 0; i < 32; ++i) {
        const std::uint64_t half = i < 16 ? id.high : id.low;
        digits[i] = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
    }
    return digits;
}

bool idHolds(const Uuid& id, const QueryTest& test)
{
    const auto digits = digitsOf(id);
    const std::string_view text(digits.data(), digits.size());
    if (test.compare == QueryOperator::Contains)
        return text.find(test.text) != std::string_view::npos;
    return (text.starts_with(test.text) || text.ends_with(test.text)) == (test.compare == QueryOperator::Equal);
}

bool textHolds(std::string_view text, const QueryTest& test)
{
    if (test.compare == QueryOperator::Contains)
        return text.find(test.text) != std::string_view::npos;
    const bool is_same =
        text == test.text || (test.field.member == QueryMember::Group && isGroupNamed(text, test.text));
    return is_same == (test.compare == QueryOperator::Equal);
}

} // namespace

QueryTester::QueryTester(const QueryExpression& expression, const Names& names, std::int64_t origin_us)
    : m_all(expression), m_names(names), m_origin_us(origin_us), m_known(expression.tests.size())
{}

bool QueryTester::nameHolds(std::size_t test, NameId id)
{
    auto& known = m_known[test];
    if (id >= known.size())
        known.resize(std::size_t(id) + 1);
    if (known[id] == 0)
        known[id] = textHolds(m_names.text(id), m_all.tests[test]) ? 1 : -1;
    return known[id] > 0;
}

bool QueryTester::holds(std::size_t test, const Entry& entry, std::uint64_t number)
{
    const QueryTest& one = m_all.tests[test];
    const QueryMember member = one.field.member;
    if (!hasField(entry, one.field))
        return false;
    switch (member) {
    case QueryMember::Kind: return (one.kinds & kindBit(entry.kind)) != 0;
    case QueryMember::Order: return idHolds(entry.order, one);
    case QueryMember::Event: return idHolds(entry.event, one);
    case QueryMember::Partition: return compareNumbers(entry.partition, one.compare, one.number);
    case QueryMember::Offset: return compareNumbers(entry.offset, one.compare, one.number);
    case QueryMember::Attempt: return compareNumbers(entry.attempt, one.compare, one.number);
    case QueryMember::Time: return compareNumbers(entry.time_us - m_origin_us, one.compare, one.number);
    case QueryMember::Entry: return compareNumbers(std::int64_t(number), one.compare, one.number);
    case QueryMember::Value: return compareNumbers(entry.value, one.compare, one.number);
    case QueryMember::Topic:
    case QueryMember::Group:
    case QueryMember::Actor:
    case QueryMember::Detail: return nameHolds(test, nameIn(entry, member));
    }
    return false;
}

} // namespace orderlab
