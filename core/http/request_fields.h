#pragma once
#include "base/json_fields.h"
#include "base/uuid.h"
#include "http/problem.h"
#include "http/router.h"

#include <boost/system/result.hpp>

namespace orderlab {

/// What a request asks for, or the problem document that says what is wrong with it.
template <typename T>
using Parsed = boost::system::result<T, Problem>;

[[noreturn]] void throw_exception_from_error(const Problem& problem, const boost::source_location& location);

inline constexpr std::size_t field_errors_max =
    8; ///< Reported at once: an answer is not to be longer than what it answers.
inline constexpr std::size_t query_value_bytes_max = 1'000;

/// Everything that is wrong with the fields of one request, in the order in which the request has them. One thread.
class RequestMistakes {
public:
    /// Where the field is given; behind all others when it is not. `field` may be a path: "data.amount".
    void note(std::string_view field, std::string reason);
    bool isGiven(std::string_view field) const;
    bool isEmpty() const { return m_problems.empty(); }
    /// For readers of what is nested (JsonFields): offsets are those in the body.
    std::vector<JsonProblem>& nested() { return m_problems; }

private:
    friend class FieldPass;
    struct Given {
        std::string_view field;
        std::size_t offset;
    };
    std::vector<Given> m_given;
    std::vector<JsonProblem> m_problems;
};

/// What a request has for one field.
struct FieldValue {
    std::string_view name;
    std::string_view text;          ///< Decoded; of a body: a string's value, a number's literal as it was written.
    const JsonNode* node = nullptr; ///< Null outside a body.
    bool is_repeated = false;       ///< Of a header that is there more than once; `text` is the first one's.
    RequestMistakes& mistakes;      ///< For what is wrong inside the value.

    bool isString() const { return !node || node->type == JsonType::String; }
};

/// What every reader of requests does, whatever it fills in. `take(i, value)` takes shape.fields[i] and says what is
/// wrong with it, or nothing; `check` is called at the end. Nothing: the request is well. 400 for a body that is not
/// strict JSON (see parseJsonTree()); 422 with every field to blame: a query's or a body's unknown ones, what is there
/// twice, empty or missing, what `take` and `check` say; 404 when only the path is to blame.
std::optional<Problem> readRequest(const RequestShape& shape, const HttpRequest& request,
                                   const std::function<std::string(std::size_t, const FieldValue&)>& take,
                                   const std::function<void(RequestMistakes&)>& check);

/// Reads a request by a table of its fields: a row a field. Constant after construction: any thread.
template <typename T>
class RequestReader {
public:
    struct Field {
        FieldPlace place;
        std::string_view name;
        /// Fills in what the value says. What is wrong with it, as the end of a sentence about the field; "": nothing.
        std::string (*take)(T& out, const FieldValue& value);
        bool is_required = false; ///< Of a query or a body; what is in the path is always there.
    };
    /// What concerns several fields; called last, whether or not there are mistakes already.
    using Check = void (*)(T& out, RequestMistakes& mistakes);

    RequestReader(BodyRule body, const std::vector<Field>& fields, Check check = nullptr)
        : m_shape{body, {}}, m_check(check)
    {
        for (const Field& field : fields) {
            m_shape.fields.push_back({field.place, field.name, field.is_required || field.place == FieldPlace::Path});
            m_takes.push_back(field.take);
        }
    }

    /// `out`: with the defaults of what is absent.
    Parsed<T> read(const HttpRequest& request, T out = {}) const
    {
        const auto take = [&](std::size_t field, const FieldValue& value) { return m_takes[field](out, value); };
        const auto check = [&](RequestMistakes& mistakes) {
            if (m_check)
                m_check(out, mistakes);
        };
        if (auto problem = readRequest(m_shape, request, take, check))
            return std::move(*problem);
        return out;
    }
    const RequestShape& shape() const { return m_shape; }

private:
    RequestShape m_shape;
    std::vector<std::string (*)(T&, const FieldValue&)> m_takes;
    Check m_check;
};

/// A request that has nothing to say but its path, which has no parameters.
struct NoFields {};

// Readers of common values. Each sets `out`, or says what is wrong and leaves it.

/// A string of so many bytes.
std::string readText(const FieldValue& value, std::string& out, std::size_t bytes_min, std::size_t bytes_max);
std::string readUuid(const FieldValue& value, Uuid& out, const char* what);
std::string readTime(const FieldValue& value, TimePoint& out);
std::string readBoolean(const FieldValue& value, bool& out);
std::string readNumber(const FieldValue& value, double& out, double min, double max);
/// In a query: plain digits. In a body: a number without a fraction.
std::string readWholeNumber(const FieldValue& value, std::uint64_t& out, std::uint64_t min, std::uint64_t max);
template <std::unsigned_integral Number>
std::string readInteger(const FieldValue& value, Number& out, std::uint64_t min, std::uint64_t max)
{
    std::uint64_t whole = 0;
    std::string mistake = readWholeNumber(value, whole, min, max);
    if (mistake.empty())
        out = Number(whole);
    return mistake;
}
/// One of a table of names; `read` gives a Result whose error lists them.
template <typename Value, typename Read>
std::string readName(const FieldValue& value, Value& out, Read read)
{
    if (!value.isString())
        return "must be a string";
    const auto known = read(value.text);
    if (!known)
        return known.error().message;
    out = *known;
    return {};
}

/// The start of a name from outside, at most 64 bytes and no character cut in two: fit for an error message.
std::string shortName(std::string_view name);

} // namespace orderlab
