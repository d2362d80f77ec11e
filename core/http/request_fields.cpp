#include "http/request_fields.h"

#include "base/utf8.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace orderlab {

void throw_exception_from_error(const Problem& problem, const boost::source_location&)
{
    throw std::logic_error(problem.detail);
}

std::string shortName(std::string_view name)
{
    std::size_t size = std::min<std::size_t>(name.size(), 64);
    while (size < name.size() && size > 0 && (std::uint8_t(name[size]) & 0xc0) == 0x80)
        --size;
    return std::string(name.substr(0, size));
}

void RequestMistakes::note(std::string_view field, std::string reason)
{
    const std::string_view outer = field.substr(0, field.find_first_of(".["));
    const auto given =
        std::find_if(m_given.begin(), m_given.end(), [&](const Given& one) { return one.field == outer; });
    m_problems.push_back(
        {given == m_given.end() ? std::string::npos : given->offset, std::string(field), std::move(reason)});
}

bool RequestMistakes::isGiven(std::string_view field) const
{
    return std::any_of(m_given.begin(), m_given.end(), [&](const Given& one) { return one.field == field; });
}

/// One reading of one request.
class FieldPass {
public:
    using Take = std::function<std::string(std::size_t, const FieldValue&)>;
    FieldPass(const RequestShape& shape, const HttpRequest& request, const Take& take)
        : m_shape(shape), m_request(request), m_take(take)
    {}

    std::optional<Problem> readBody()
    {
        if (m_shape.body == BodyRule::Ignored || (m_shape.body == BodyRule::OptionalJson && m_request.body.empty()))
            return {};
        JsonProblem problem;
        m_body = parseJsonTree(m_request.body, problem);
        if (!m_body)
            return malformed("the body " + problem.reason + ", at byte " + std::to_string(problem.offset));
        if (m_body->type != JsonType::Object)
            return Problem{422, "invalid-value", "the body must be a JSON object"};
        for (const JsonNode::Member& member : m_body->members)
            takeGiven(FieldPlace::Body, {member.name, member.value.text, &member.value, false, m_mistakes},
                      member.offset);
        return {};
    }

    /// A route that reads no query has none to blame.
    void readQuery()
    {
        const auto& query = m_request.query;
        const bool has_query = std::any_of(m_shape.fields.begin(), m_shape.fields.end(),
                                           [](const RequestField& field) { return field.place == FieldPlace::Query; });
        for (std::size_t i = 0; has_query && i < query.size() && m_mistakes.m_problems.size() < field_errors_max; ++i) {
            const auto& [name, value] = query[i];
            const bool is_repeated = std::any_of(query.begin(), query.begin() + std::ptrdiff_t(i),
                                                 [&](const auto& earlier) { return earlier.first == name; });
            if (std::string mistake = queryMistake(value, is_repeated); !mistake.empty())
                blame(i, isUtf8(name) ? shortName(name) : "(not UTF-8)", std::move(mistake));
            else
                takeGiven(FieldPlace::Query, {name, value, nullptr, false, m_mistakes}, i);
        }
    }

    void readHeaders()
    {
        for (std::size_t i = 0; i < m_shape.fields.size(); ++i) {
            const RequestField& field = m_shape.fields[i];
            if (field.place != FieldPlace::Header)
                continue;
            if (const auto text = m_request.header(field.name))
                take(i, {field.name, *text, nullptr, m_request.headerCount(field.name) > 1, m_mistakes}, 0);
        }
    }

    void checkRequired()
    {
        for (const RequestField& field : m_shape.fields) {
            if (field.is_required && field.place != FieldPlace::Path && !m_mistakes.isGiven(field.name))
                m_mistakes.note(field.name, "is required");
        }
    }

    /// What is to blame in the path: it names nothing that is there.
    std::optional<Problem> readPath()
    {
        std::size_t parameter = 0;
        for (std::size_t i = 0; i < m_shape.fields.size(); ++i) {
            const RequestField& field = m_shape.fields[i];
            if (field.place != FieldPlace::Path)
                continue;
            const FieldValue value{field.name, m_request.parameters.at(parameter++), nullptr, false, m_mistakes};
            if (std::string mistake = m_take(i, value); !mistake.empty())
                return Problem{404, "not-found", std::move(mistake)};
        }
        return {};
    }

    RequestMistakes& mistakes() { return m_mistakes; }

    /// Not empty; the first of many.
    Problem problem()
    {
        auto& problems = m_mistakes.m_problems;
        std::stable_sort(problems.begin(), problems.end(),
                         [](const auto& a, const auto& b) { return a.offset < b.offset; });
        std::vector<FieldError> errors;
        for (std::size_t i = 0; i < std::min(problems.size(), field_errors_max); ++i)
            errors.push_back({shortName(problems[i].field), std::move(problems[i].reason)});
        return invalidFields(std::move(errors));
    }

private:
    static std::string queryMistake(const std::string& value, bool is_repeated)
    {
        if (is_repeated)
            return "must be given once only";
        if (value.empty())
            return "must not be empty; leave it out instead";
        if (!isUtf8(value) || value.size() > query_value_bytes_max)
            return "must have at most " + std::to_string(query_value_bytes_max) + " bytes of UTF-8";
        return {};
    }

    void blame(std::size_t offset, std::string field, std::string mistake)
    {
        m_mistakes.m_problems.push_back({offset, std::move(field), std::move(mistake)});
    }

    void take(std::size_t field, const FieldValue& value, std::size_t offset)
    {
        m_mistakes.m_given.push_back({m_shape.fields[field].name, offset});
        if (std::string mistake = m_take(field, value); !mistake.empty())
            blame(offset, std::string(value.name), std::move(mistake));
    }

    void takeGiven(FieldPlace place, const FieldValue& value, std::size_t offset)
    {
        for (std::size_t i = 0; i < m_shape.fields.size(); ++i) {
            if (m_shape.fields[i].place == place && m_shape.fields[i].name == value.name)
                return take(i, value, offset);
        }
        if (m_unknown++ < field_errors_max)
            blame(offset, isUtf8(value.name) ? shortName(value.name) : "(not UTF-8)", unknownMistake(place));
    }

    std::string unknownMistake(FieldPlace place) const
    {
        std::string known;
        for (const RequestField& field : m_shape.fields) {
            if (field.place == place)
                (known += known.empty() ? "" : ", ") += field.name;
        }
        return known.empty() ? "is not expected here: the body is empty or {}" : "is unknown; known are " + known;
    }

    const RequestShape& m_shape;
    const HttpRequest& m_request;
    const Take& m_take;
    RequestMistakes m_mistakes;
    std::optional<JsonNode> m_body;
    std::size_t m_unknown = 0;
};

std::optional<Problem> readRequest(const RequestShape& shape, const HttpRequest& request,
                                   const std::function<std::string(std::size_t, const FieldValue&)>& take,
                                   const std::function<void(RequestMistakes&)>& check)
{
    FieldPass pass(shape, request, take);
    pass.readHeaders();
    if (auto problem = pass.readBody())
        return problem;
    pass.readQuery();
    pass.checkRequired();
    check(pass.mistakes());
    if (!pass.mistakes().isEmpty())
        return pass.problem();
    return pass.readPath();
}

std::string readText(const FieldValue& value, std::string& out, std::size_t bytes_min, std::size_t bytes_max)
{
    if (!value.isString() || value.text.size() < bytes_min || value.text.size() > bytes_max)
        return "must be a string of " + std::to_string(bytes_min) + " to " + std::to_string(bytes_max) + " bytes";
    out = value.text;
    return {};
}

std::string readUuid(const FieldValue& value, Uuid& out, const char* what)
{
    if (value.isString()) {
        if (const auto id = Uuid::parse(value.text)) {
            out = *id;
            return {};
        }
    }
    return std::string("must be ") + what + ", a UUID";
}

std::string readTime(const FieldValue& value, TimePoint& out)
{
    if (value.isString()) {
        if (const auto time = parseRfc3339(value.text)) {
            out = *time;
            return {};
        }
    }
    return "must be a time such as 2026-01-31T12:00:00Z (RFC 3339)";
}

std::string readBoolean(const FieldValue& value, bool& out)
{
    const bool is_boolean =
        value.node ? value.node->type == JsonType::Boolean : value.text == "true" || value.text == "false";
    if (!is_boolean)
        return "must be true or false";
    out = value.text == "true";
    return {};
}

std::string readNumber(const FieldValue& value, double& out, double min, double max)
{
    double number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto [stop, error] = std::from_chars(value.text.data(), end, number);
    const bool is_number = (!value.node || value.node->type == JsonType::Number) && error == std::errc{} && stop == end;
    if (!is_number || !(number >= min && number <= max))
        return "must be a number from " + numberText(min) + " to " + numberText(max);
    out = number;
    return {};
}

std::string readWholeNumber(const FieldValue& value, std::uint64_t& out, std::uint64_t min, std::uint64_t max)
{
    std::optional<std::uint64_t> whole;
    if (value.node) {
        whole = wholeNumberOf(*value.node);
    } else {
        std::uint64_t digits = 0;
        const char* end = value.text.data() + value.text.size();
        const auto [stop, error] = std::from_chars(value.text.data(), end, digits);
        if (error == std::errc{} && stop == end)
            whole = digits;
    }
    if (!whole || *whole < min || *whole > max)
        return "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max);
    out = *whole;
    return {};
}

} // namespace orderlab
