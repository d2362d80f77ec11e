#include "http/order_request_parser.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "http/json_reader.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace orderlab {

void throw_exception_from_error(const Problem& problem, const boost::source_location&)
{
    throw std::logic_error(problem.detail);
}

namespace {

constexpr std::size_t idempotency_key_length_max = 128;
constexpr std::size_t cursor_length_max = 256;

/// Why Money::parse() refuses `text`, in the words of who wrote it.
std::string amountMistake(std::string_view text)
{
    if (text.starts_with('-'))
        return "must be above 0";
    const bool plain = !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos
        && std::count(text.begin(), text.end(), '.') <= 1 && text.front() != '.' && text.back() != '.';
    if (!plain)
        return "must be a plain decimal number, such as 19.99";
    if (const auto point = text.find('.'); point != std::string_view::npos && text.size() - point > 3)
        return "must have at most two decimals";
    return "must be at most 1000000.00";
}

/// Takes the members of an order one by one and notes what is wrong with each.
class OrderBodyReader {
public:
    explicit OrderBodyReader(TimePoint now) : m_now(now) {}

    Parsed<OrderBody> read(const std::vector<JsonMember>& members)
    {
        for (const JsonMember& member : members)
            take(member);
        if (!m_has_user)
            blame("user_id", "is required");
        if (!m_has_amount)
            blame("amount", "is required");
        if (m_errors.empty()) {
            m_body.request.total.currency = m_currency;
            if (auto valid = m_body.request.validate(); !valid)
                blame(valid.error().field, valid.error().message);
        }
        if (!m_errors.empty())
            return invalidFields(std::move(m_errors));
        return std::move(m_body);
    }

private:
    void take(const JsonMember& member)
    {
        if (member.name == "user_id")
            takeUser(member);
        else if (member.name == "amount")
            takeAmount(member);
        else if (member.name == "currency")
            takeCurrency(member);
        else if (member.name == "created_at")
            takeCreatedAt(member);
        else if (m_unknown++ < unknown_max)
            blame(shortName(member.name), "is not a member of an order; there are user_id, amount, currency, created_at");
    }
    void takeUser(const JsonMember& member)
    {
        m_has_user = true;
        const auto length = printableLength(member.text);
        if (member.type != JsonType::String)
            blame("user_id", "must be a string");
        else if (!length || *length < 1 || *length > user_id_length_max)
            blame("user_id", "must have 1 to 64 printable characters");
        else
            m_body.request.user_id = member.text;
    }
    void takeAmount(const JsonMember& member)
    {
        m_has_amount = true;
        if (member.type != JsonType::String && member.type != JsonType::Number)
            return blame("amount", "must be a string or a number");
        const auto money = Money::parse(member.text, Currency{});
        if (!money)
            return blame("amount", amountMistake(member.text));
        if (money->amount_minor <= 0)
            return blame("amount", "must be above 0");
        if (money->amount_minor > amount_minor_max)
            return blame("amount", "must be at most 1000000.00");
        m_body.request.total.amount_minor = money->amount_minor;
    }
    void takeCurrency(const JsonMember& member)
    {
        if (member.type != JsonType::String)
            return blame("currency", "must be a string");
        const auto currency = Currency::parse(member.text);
        if (!currency)
            return blame("currency", currency.error().message);
        m_currency = *currency;
    }
    void takeCreatedAt(const JsonMember& member)
    {
        if (member.type != JsonType::String)
            return blame("created_at", "must be a string");
        const auto time = parseRfc3339(member.text);
        if (!time)
            return blame("created_at", "must be a time such as 2026-01-31T12:00:00Z (RFC 3339)");
        if (*time > m_now)
            return blame("created_at", "must not be in the future");
        if (*time < TimePoint{})
            return blame("created_at", "must not be before 1970");
        m_body.created_at = *time;
    }
    void blame(std::string field, std::string message) { m_errors.push_back({std::move(field), std::move(message)}); }

    static constexpr int unknown_max = 8; ///< Reported at once: an answer is not to be longer than what it answers.
    TimePoint m_now;
    OrderBody m_body;
    Currency m_currency;
    bool m_has_user = false;
    bool m_has_amount = false;
    int m_unknown = 0;
    std::vector<FieldError> m_errors;
};

Problem bodyProblem(const Error& error)
{
    if (error.code == ErrorCode::InvalidArgument)
        return {422, "invalid-value", error.message};
    return malformed(error.message);
}

} // namespace

std::string OrderBody::fingerprint() const
{
    // A printable user_id has no line break, so no two requests have the same text.
    return sha256Hex("POST /orders\n" + request.user_id + '\n' + std::to_string(request.total.amount_minor) + '\n'
                     + std::string(request.total.currency.code()) + '\n'
                     + (created_at ? toRfc3339(*created_at) : std::string()));
}

Parsed<OrderBody> parseOrderBody(std::string_view body, TimePoint now)
{
    const auto members = readJsonObject(body);
    if (!members)
        return bodyProblem(members.error());
    return OrderBodyReader(now).read(*members);
}

Parsed<std::monostate> parseEmptyBody(std::string_view body)
{
    if (body.empty())
        return std::monostate{};
    const auto members = readJsonObject(body);
    if (!members)
        return bodyProblem(members.error());
    if (!members->empty())
        return invalidFields({{shortName(members->front().name), "is not expected here: the body is empty or {}"}});
    return std::monostate{};
}

namespace {

/// Takes one parameter; what is wrong with it, or nothing.
std::string takeQueryParameter(OrderQuery& query, const std::string& name, const std::string& value)
{
    if (value.empty())
        return "must not be empty; leave it out instead";
    if (name == "status") {
        const auto status = orderStatusOf(value);
        if (!status)
            return status.error().message;
        query.status = *status;
    } else if (name == "user_id") {
        const auto length = printableLength(value);
        if (!length || *length > user_id_length_max)
            return "must have 1 to 64 printable characters";
        query.user_id = value;
    } else if (name == "limit") {
        std::size_t limit = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
        if (error != std::errc{} || end != value.data() + value.size() || limit < 1 || limit > 500)
            return "must be a whole number from 1 to 500";
        query.limit = limit;
    } else if (name == "cursor") {
        if (value.size() > cursor_length_max || !printableLength(value))
            return "must be the next_cursor of an earlier page";
        query.cursor = value;
    } else {
        return "is not a parameter of this resource; there are status, user_id, limit, cursor";
    }
    return {};
}

} // namespace

Parsed<OrderQuery> parseOrderQuery(const std::vector<std::pair<std::string, std::string>>& query)
{
    OrderQuery result;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < query.size() && errors.size() < 8; ++i) {
        const auto& [name, value] = query[i];
        const std::string label = isUtf8(name) ? shortName(name) : "(not UTF-8)";
        const bool repeated = std::any_of(query.begin(), query.begin() + std::ptrdiff_t(i),
                                          [&](const auto& earlier) { return earlier.first == name; });
        if (repeated)
            errors.push_back({label, "must be given once only"});
        else if (std::string mistake = takeQueryParameter(result, name, value); !mistake.empty())
            errors.push_back({label, std::move(mistake)});
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return result;
}

Parsed<std::optional<std::string>> parseIdempotencyKey(const HttpRequest& request)
{
    const auto key = request.header("Idempotency-Key");
    if (!key)
        return std::optional<std::string>{};
    const bool printable = std::all_of(key->begin(), key->end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (request.headerCount("Idempotency-Key") > 1)
        return invalidFields({{"Idempotency-Key", "must be given once only"}});
    if (key->empty() || key->size() > idempotency_key_length_max || !printable)
        return invalidFields({{"Idempotency-Key", "must have 1 to 128 printable ASCII characters"}});
    return std::optional<std::string>{std::string(*key)};
}

} // namespace orderlab
