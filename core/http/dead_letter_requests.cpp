#include "http/dead_letter_requests.h"

#include "base/utf8.h"
#include "http/order_requests.h"

namespace orderlab {

namespace {

template <typename T>
using Fields = std::vector<typename RequestReader<T>::Field>;

constexpr std::size_t filter_bytes_max = 1'000;
constexpr std::size_t decision_bytes_max = 1'000; ///< To look at; what it may be, DeadLetterDecision says.
constexpr std::size_t page_letters_max = 500;
constexpr std::size_t replayed_letters_max = 10'000;
constexpr double replay_rate_min = 0.1, replay_rate_max = 100'000;

// A filter is read from queries and from bodies: the same rows for each, of what has a member `filter`.

template <typename T>
std::string takeGroup(T& out, const FieldValue& value)
{
    return readText(value, out.filter.group, 1, filter_bytes_max);
}
template <typename T>
std::string takeError(T& out, const FieldValue& value)
{
    return readText(value, out.filter.error, 1, filter_bytes_max);
}
template <typename T>
std::string takeEvent(T& out, const FieldValue& value)
{
    return readName(value, out.filter.event_type, eventTypeOf);
}
template <typename T>
std::string takeOrder(T& out, const FieldValue& value)
{
    Uuid id;
    std::string mistake = readUuid(value, id, "an order's id");
    if (mistake.empty())
        out.filter.order = OrderId{id};
    return mistake;
}
template <typename T>
std::string takeGivenUpBefore(T& out, const FieldValue& value)
{
    TimePoint time;
    std::string mistake = readTime(value, time);
    if (mistake.empty())
        out.filter.given_up_before = time;
    return mistake;
}
template <typename T>
std::string takeState(T& out, const FieldValue& value)
{
    return readName(value, out.filter.state, deadLetterStateOf);
}

template <typename T>
Fields<T> filterFields(FieldPlace place)
{
    return {{place, "group", takeGroup<T>},
            {place, "error", takeError<T>},
            {place, "event", takeEvent<T>},
            {place, "order_id", takeOrder<T>},
            {place, "given_up_before", takeGivenUpBefore<T>}};
}

// Decisions likewise, of what has a member `decision`.

template <typename T>
std::string takeBy(T& out, const FieldValue& value)
{
    return readText(value, out.decision.by, 1, decision_bytes_max);
}
template <typename T>
std::string takeReason(T& out, const FieldValue& value)
{
    return readText(value, out.decision.reason, 0, decision_bytes_max);
}
template <typename T>
void checkDecision(T& out, RequestMistakes& mistakes)
{
    if (const auto valid = out.decision.validate(); !valid)
        mistakes.note(valid.error().field, valid.error().message);
}
template <typename T>
Fields<T> decisionFields(FieldPlace place)
{
    return {{place, "by", takeBy<T>}, {place, "reason", takeReason<T>}};
}
template <typename T>
std::string takeDryRun(T& out, const FieldValue& value)
{
    return readBoolean(value, out.dry_run);
}

std::string readLetterId(Uuid& out, const FieldValue& value)
{
    const auto id = Uuid::parse(value.text);
    if (!id)
        return "there is no such dead letter: its id would be a UUID";
    out = *id;
    return {};
}
template <typename T>
std::string takeLetterId(T& out, const FieldValue& value)
{
    return readLetterId(out.id, value);
}

/// What it holds is checked with the event, whose type says which members it may have.
std::string takeData(ReplayRequest& out, const FieldValue& value)
{
    if (!value.node || value.node->type != JsonType::Object)
        return "must be an object: the event's new data";
    out.data = value.node->toJson();
    return {};
}

std::string takeSort(DeadLetterQuery& out, const FieldValue& value)
{
    if (value.text != "newest" && value.text != "oldest")
        return "must be newest or oldest";
    out.oldest_first = value.text == "oldest";
    return {};
}

template <typename T>
Fields<T> joined(Fields<T> fields, const Fields<T>& more)
{
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

} // namespace

RequestReader<DeadLetterQuery> deadLetterQueryReader()
{
    using Value = const FieldValue&;
    return {BodyRule::Ignored,
            joined<DeadLetterQuery>(
                filterFields<DeadLetterQuery>(FieldPlace::Query),
                {{FieldPlace::Query, "state", takeState<DeadLetterQuery>},
                 {FieldPlace::Query, "sort", takeSort},
                 {FieldPlace::Query, "limit",
                  [](DeadLetterQuery& out, Value value) { return readInteger(value, out.limit, 1, page_letters_max); }},
                 {FieldPlace::Query, "cursor",
                  [](DeadLetterQuery& out, Value value) { return readCursor(value, out.cursor); }}})};
}

RequestReader<DeadLetterCauses> deadLetterCausesReader()
{
    return {BodyRule::Ignored, joined<DeadLetterCauses>(filterFields<DeadLetterCauses>(FieldPlace::Query),
                                                        {{FieldPlace::Query, "state", takeState<DeadLetterCauses>}})};
}

RequestReader<Uuid> deadLetterIdReader()
{
    return {BodyRule::Ignored, {{FieldPlace::Path, "id", readLetterId}}};
}

RequestReader<ReplayRequest> replayReader()
{
    return {BodyRule::OptionalJson,
            joined<ReplayRequest>({{FieldPlace::Path, "id", takeLetterId<ReplayRequest>},
                                   {FieldPlace::Body, "data", takeData},
                                   {FieldPlace::Body, "dry_run", takeDryRun<ReplayRequest>}},
                                  decisionFields<ReplayRequest>(FieldPlace::Body)),
            checkDecision};
}

RequestReader<ReplayAllRequest> replayAllReader()
{
    using Value = const FieldValue&;
    using Request = ReplayAllRequest;
    return {BodyRule::OptionalJson,
            joined<Request>(
                joined<Request>(filterFields<Request>(FieldPlace::Body), decisionFields<Request>(FieldPlace::Body)),
                {{FieldPlace::Body, "limit",
                  [](Request& out, Value value) {
                      return readInteger(value, out.limits.letters_max, 1, replayed_letters_max);
                  }},
                 {FieldPlace::Body, "rate",
                  [](Request& out, Value value) {
                      return readNumber(value, out.limits.rate_per_s, replay_rate_min, replay_rate_max);
                  }},
                 {FieldPlace::Body, "dry_run", takeDryRun<Request>}}),
            checkDecision};
}

RequestReader<DiscardRequest> discardReader()
{
    return {BodyRule::Ignored,
            joined<DiscardRequest>({{FieldPlace::Path, "id", takeLetterId<DiscardRequest>}},
                                   decisionFields<DiscardRequest>(FieldPlace::Query)),
            checkDecision};
}

} // namespace orderlab
