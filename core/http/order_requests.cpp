#include "http/order_requests.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "domain/trace_state.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t cursor_bytes_max = 256;
constexpr std::size_t page_orders_max = 500;

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

std::string takeIdempotencyKey(NewOrder& out, const FieldValue& value)
{
    if (value.is_repeated)
        return "must be given once only";
    IdempotencyKey key{std::string(value.text), {}};
    if (const auto valid = key.validate(); !valid)
        return valid.error().message;
    out.order.idempotency = std::move(key);
    return {};
}

/// W3C Trace Context, section 4.3: what is not valid, or there twice, is as if it were not there.
std::string readTraceparent(const FieldValue& value, TraceContext& out)
{
    if (const auto parent = TraceContext::parse(value.text); parent && !value.is_repeated)
        out = *parent;
    return {};
}

/// A mistake costs the state alone. One that is spread over several headers is not passed on.
std::string readTracestate(const FieldValue& value, std::string& out)
{
    if (!value.is_repeated)
        out = passedTracestate(value.text);
    return {};
}

std::string takeTraceparent(NewOrder& out, const FieldValue& value)
{
    return readTraceparent(value, out.order.parent);
}

std::string takeTracestate(NewOrder& out, const FieldValue& value)
{
    return readTracestate(value, out.order.tracestate);
}

std::string readUserId(const FieldValue& value, std::string& out)
{
    if (!value.isString())
        return "must be a string";
    const auto length = printableLength(value.text);
    if (!length || *length < 1 || *length > user_id_length_max)
        return "must have 1 to 64 printable characters";
    out = value.text;
    return {};
}

std::string takeUserId(NewOrder& out, const FieldValue& value)
{
    return readUserId(value, out.order.request.user_id);
}

std::string takeAmount(NewOrder& out, const FieldValue& value)
{
    if (!value.isString() && value.node->type != JsonType::Number)
        return "must be a string or a number";
    const auto money = Money::parse(value.text, Currency{});
    if (!money)
        return amountMistake(value.text);
    if (money->amount_minor <= 0)
        return "must be above 0";
    if (money->amount_minor > amount_minor_max)
        return "must be at most 1000000.00";
    out.order.request.total.amount_minor = money->amount_minor;
    return {};
}

std::string takeCurrency(NewOrder& out, const FieldValue& value)
{
    return readName(value, out.order.request.total.currency, Currency::parse);
}

std::string takeCreatedAt(NewOrder& out, const FieldValue& value)
{
    TimePoint time;
    if (std::string mistake = readTime(value, time); !mistake.empty())
        return mistake;
    if (time > out.now)
        return "must not be in the future";
    if (time < TimePoint{})
        return "must not be before 1970";
    out.order.created_at = time;
    return {};
}

void checkNewOrder(NewOrder& out, RequestMistakes& mistakes)
{
    if (!mistakes.isEmpty())
        return;
    if (out.order.parent.trace.isNull()) // Section 4.3 again: no state without a trace.
        out.order.tracestate.clear();
    if (const auto valid = out.order.request.validate(); !valid)
        mistakes.note(valid.error().field, valid.error().message);
    else if (out.order.idempotency)
        out.order.idempotency->fingerprint = fingerprintOf(out.order);
}

} // namespace

std::string fingerprintOf(const CreateOrder& order)
{
    // A printable user_id has no line break, so no two requests have the same text.
    return sha256Hex("POST /orders\n" + order.request.user_id + '\n' + std::to_string(order.request.total.amount_minor)
                     + '\n' + std::string(order.request.total.currency.code()) + '\n'
                     + (order.created_at ? toRfc3339(*order.created_at) : std::string()));
}

RequestReader<NewOrder> newOrderReader()
{
    return {BodyRule::Json,
            {{FieldPlace::Header, "Idempotency-Key", takeIdempotencyKey},
             {FieldPlace::Header, "traceparent", takeTraceparent},
             {FieldPlace::Header, "tracestate", takeTracestate},
             {FieldPlace::Body, "user_id", takeUserId, true},
             {FieldPlace::Body, "amount", takeAmount, true},
             {FieldPlace::Body, "currency", takeCurrency},
             {FieldPlace::Body, "created_at", takeCreatedAt}},
            checkNewOrder};
}

std::string readCursor(const FieldValue& value, std::string& out)
{
    if (value.text.size() > cursor_bytes_max || !printableLength(value.text))
        return "must be the next_cursor of an earlier page";
    out = value.text;
    return {};
}

RequestReader<OrderQuery> orderQueryReader()
{
    using Value = const FieldValue&;
    return {
        BodyRule::Ignored,
        {{FieldPlace::Query, "status",
          [](OrderQuery& out, Value value) { return readName(value, out.status, orderStatusOf); }},
         {FieldPlace::Query, "user_id", [](OrderQuery& out, Value value) { return readUserId(value, out.user_id); }},
         {FieldPlace::Query, "limit",
          [](OrderQuery& out, Value value) { return readInteger(value, out.limit, 1, page_orders_max); }},
         {FieldPlace::Query, "cursor", [](OrderQuery& out, Value value) { return readCursor(value, out.cursor); }}}};
}

namespace {

std::string readOrderId(OrderId& out, const FieldValue& value)
{
    const auto id = Uuid::parse(value.text);
    if (!id)
        return "there is no such order: its id would be a UUID";
    out = OrderId(*id);
    return {};
}

} // namespace

RequestReader<OrderId> orderIdReader(BodyRule body)
{
    return {body, {{FieldPlace::Path, "id", readOrderId}}};
}

RequestReader<CancelRequest> cancelReader()
{
    using Value = const FieldValue&;
    return {BodyRule::OptionalJson,
            {{FieldPlace::Path, "id", [](CancelRequest& out, Value value) { return readOrderId(out.id, value); }},
             {FieldPlace::Header, "traceparent",
              [](CancelRequest& out, Value value) { return readTraceparent(value, out.parent); }},
             {FieldPlace::Header, "tracestate",
              [](CancelRequest& out, Value value) { return readTracestate(value, out.tracestate); }}},
            [](CancelRequest& out, RequestMistakes&) {
                if (out.parent.trace.isNull()) // No state without a trace, as for a new order.
                    out.tracestate.clear();
            }};
}

} // namespace orderlab
