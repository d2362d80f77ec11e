#include "journal/query_test_reader.h"

#include "base/duration.h"
#include "base/suggestion.h"
#include "base/utf8.h"

#include <charconv>

namespace orderlab {

namespace {

constexpr std::size_t shown_value_bytes = 60;
constexpr std::size_t id_digits_min = 4, id_digits = 32; ///< Fewer than four say little.

std::string quotedValue(std::string_view value)
{
    return '"' + shortened(value, shown_value_bytes) + '"';
}

/// One reading of a value; the reason why it is none.
class ValueReader {
public:
    ValueReader(QueryTest& test, std::string_view value) : m_test(test), m_value(value) {}

    std::string read()
    {
        const QueryField& field = m_test.field;
        if (field.member == QueryMember::Kind)
            return readKinds();
        if (field.member == QueryMember::Time)
            return readTime();
        if (field.isNumber())
            return readNumber();
        if (m_value.empty())
            return "the value is empty";
        if (field.isId())
            return readId();
        m_test.text = m_value;
        return {};
    }

private:
    std::string readKinds()
    {
        const bool contains = m_test.compare == QueryOperator::Contains;
        for (std::size_t i = 1; i < entry_kinds.size(); ++i) {
            const std::string_view name = entry_kinds[i].name;
            if (contains ? name.find(m_value) != std::string_view::npos : name == m_value)
                m_test.kinds |= kindBit(EntryKind(i));
        }
        if (m_test.kinds == 0)
            return contains ? "no kind of entry contains " + quotedValue(m_value) : unknownKind(m_value);
        if (m_test.compare == QueryOperator::NotEqual)
            m_test.kinds = ~m_test.kinds;
        return {};
    }

    std::string readTime()
    {
        const auto time = parseDuration(m_value);
        if (!time)
            return "time " + time.error().message;
        m_test.number = time->count();
        return {};
    }

    std::string readNumber()
    {
        const auto [end, error] = std::from_chars(m_value.data(), m_value.data() + m_value.size(), m_test.number);
        if (error != std::errc{} || end != m_value.data() + m_value.size())
            return std::string(m_test.field.name) + " must be a whole number, not " + quotedValue(m_value);
        return {};
    }

    std::string readId()
    {
        for (const char c : m_value) {
            const char lower = c >= 'A' && c <= 'F' ? char(c - 'A' + 'a') : c;
            const bool is_digit = (lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f');
            if (!is_digit && c != '-')
                return std::string(m_test.field.name) + " must be a UUID, or its first or last digits, not "
                       + quotedValue(m_value);
            if (is_digit)
                m_test.text += lower;
        }
        if (m_test.compare != QueryOperator::Contains
            && (m_test.text.size() < id_digits_min || m_test.text.size() > id_digits))
            return std::string(m_test.field.name) + " must have " + std::to_string(id_digits_min) + " to "
                   + std::to_string(id_digits) + " hexadecimal digits";
        return m_test.text.empty() ? std::string(m_test.field.name) + " must have a digit" : std::string();
    }

    QueryTest& m_test;
    std::string_view m_value;
};

} // namespace

std::optional<QueryOperator> queryOperatorOf(std::string_view text)
{
    static constexpr std::string_view all[] = {"=", "!=", "<", "<=", ">", ">=", "~"};
    for (std::size_t i = 0; i < std::size(all); ++i) {
        if (all[i] == text)
            return QueryOperator(i);
    }
    return {};
}

bool readQueryTest(const QueryField& field, std::string_view operator_text, std::string_view value, QueryTest& test,
                   std::string& reason, bool& is_value)
{
    test = {field, queryOperatorOf(operator_text).value_or(QueryOperator::Equal)};
    const bool is_equality = test.compare == QueryOperator::Equal || test.compare == QueryOperator::NotEqual;
    const bool contains = test.compare == QueryOperator::Contains;
    const bool has_order = field.isNumber() || field.member == QueryMember::Time;
    is_value = false;
    if (!is_equality && contains == has_order) {
        reason =
            std::string(field.name) + (has_order ? " is a number: it has =, !=, <, <=, > and >=" : " has =, != and ~");
        if (field.member == QueryMember::Time)
            reason = "time has =, !=, <, <=, > and >=";
        return false;
    }
    is_value = true;
    reason = ValueReader(test, value).read();
    return reason.empty();
}

std::string unknownKind(std::string_view word)
{
    return "there is no kind of entry " + quotedValue(word) + suggestion(word, queryKinds());
}

} // namespace orderlab
