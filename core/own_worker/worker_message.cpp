#include "own_worker/worker_message.h"

#include "base/json_string.h"
#include "base/utf8.h"
#include "domain/event_codec.h"

#include <boost/json.hpp>

#include <algorithm>

namespace orderlab {

namespace json = boost::json;

namespace {

struct Spoken {
    std::string_view type;
    WorkerSays what;
};
constexpr Spoken spoken[] = {
    {"ready", WorkerSays::Ready},
    {"read", WorkerSays::Read},
    {"charge", WorkerSays::Charge},
    {"refund", WorkerSays::Refund},
    {"set-status", WorkerSays::SetStatus},
    {"now", WorkerSays::Now},
    {"random", WorkerSays::Random},
    {"sleep", WorkerSays::Sleep},
    {"write", WorkerSays::Write},
    {"notify", WorkerSays::Notify},
    {"emit", WorkerSays::Emit},
    {"done", WorkerSays::Done},
    {"fail", WorkerSays::Fail},
};
constexpr std::uint64_t id_max = 9'007'199'254'740'991; // What every language's numbers hold.
constexpr std::uint64_t sleep_ms_max = 3'600'000;

Error noMessage(std::string reason)
{
    return corruptError({}, std::move(reason));
}

std::optional<std::uint64_t> wholeNumber(const json::value& value)
{
    if (value.is_int64() && value.get_int64() >= 0)
        return std::uint64_t(value.get_int64());
    if (value.is_uint64())
        return value.get_uint64();
    if (value.is_double() && value.get_double() >= 0 && value.get_double() <= double(id_max)
        && double(std::uint64_t(value.get_double())) == value.get_double())
        return std::uint64_t(value.get_double()); // A language may spell 1 as 1.0.
    return std::nullopt;
}

/// Reads the members of one line; what is wrong first is kept.
class Members {
public:
    Members(const json::object& object, std::string& wrong) : m_object(object), m_wrong(wrong) {}

    const json::value* find(std::string_view name) const { return m_object.if_contains(name); }
    void text(std::string_view name, std::string& out, std::size_t bytes_max, bool is_needed)
    {
        const json::value* value = find(name);
        if (!value || (value->is_null() && !is_needed))
            return is_needed ? note(name, "is missing") : void();
        if (!value->is_string())
            return note(name, "must be a string");
        out = std::string(value->get_string());
        if (out.empty() || out.size() > bytes_max)
            note(name, "must have 1 to " + std::to_string(bytes_max) + " bytes");
        else if (std::any_of(out.begin(), out.end(), [](char c) { return c >= 0 && c < 0x20; }))
            note(name, "must have no control characters");
    }
    void number(std::string_view name, std::uint64_t& out, std::uint64_t min, std::uint64_t max, bool is_needed)
    {
        const json::value* value = find(name);
        if (!value && !is_needed)
            return;
        const auto number = value ? wholeNumber(*value) : std::nullopt;
        if (!number || *number < min || *number > max)
            return note(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
        out = *number;
    }
    void note(std::string_view name, std::string_view reason)
    {
        if (m_wrong.empty())
            m_wrong.append(name).append(" ").append(reason);
    }

private:
    const json::object& m_object;
    std::string& m_wrong;
};

void readValue(Members& members, WorkerMessage& message)
{
    const json::value* value = members.find("value");
    if (!value)
        return members.note("value", "is missing; null deletes");
    if (value->is_null())
        return;
    message.value = json::serialize(*value);
    if (message.value->size() > worker_value_bytes_max)
        members.note("value", "has more than " + std::to_string(worker_value_bytes_max) + " bytes of JSON");
}

void readEmit(Members& members, WorkerMessage& message)
{
    std::string topic;
    members.text("topic", topic, 40, true);
    const auto type = eventTypeOf(topic);
    if (!type)
        members.note("topic", "is none: \"" + shownText(topic, 40) + '"');
    else
        message.topic = *type;
    message.value = "{}";
    if (const json::value* data = members.find("data"); data && data->is_object())
        message.value = json::serialize(*data);
    else if (data && !data->is_null())
        members.note("data", "must be an object");
}

void readFail(Members& members, WorkerMessage& message)
{
    const json::value* text = members.find("message");
    message.text = text && text->is_string() && !text->get_string().empty() ? shownText(text->get_string())
                                                                            : "the worker gave no reason";
    const json::value* retry = members.find("retry");
    if (!retry || retry->is_null())
        return;
    for (const Retry one : {Retry::Now, Retry::Later, Retry::Never}) {
        if (retry->is_string() && std::string_view(retry->get_string()) == name(one)) {
            message.retry = one;
            return;
        }
    }
    members.note("retry", "must be now, later or never");
}

void readMembers(Members& members, WorkerMessage& message)
{
    switch (message.what) {
    case WorkerSays::Ready: {
        std::uint64_t protocol = 0;
        members.number("protocol", protocol, worker_protocol, worker_protocol, true);
        message.number = 1;
        members.number("pipeline", message.number, 1, worker_pipeline_max, false);
        break;
    }
    case WorkerSays::Read: members.text("key", message.key, worker_key_bytes_max, true); break;
    case WorkerSays::Charge:
        members.text("payment_key", message.key, worker_key_bytes_max, false);
        members.text("amount", message.text, 20, false);
        break;
    case WorkerSays::Refund: members.text("payment_key", message.key, worker_key_bytes_max, false); break;
    case WorkerSays::SetStatus: members.text("status", message.text, 20, true); break;
    case WorkerSays::Sleep: members.number("ms", message.number, 0, sleep_ms_max, true); break;
    case WorkerSays::Write:
        members.text("key", message.key, worker_key_bytes_max, true);
        readValue(members, message);
        break;
    case WorkerSays::Emit: readEmit(members, message); break;
    case WorkerSays::Fail: readFail(members, message); break;
    case WorkerSays::Now:
    case WorkerSays::Random:
    case WorkerSays::Notify:
    case WorkerSays::Done: break;
    }
}

} // namespace

bool isQuestion(WorkerSays what)
{
    return what >= WorkerSays::Read && what <= WorkerSays::Sleep;
}

Result<WorkerMessage> readWorkerLine(std::string_view line)
{
    if (!isUtf8(line))
        return noMessage("it is not UTF-8");
    boost::system::error_code error;
    const json::value value = json::parse(line, error);
    if (error)
        return noMessage("it is no JSON");
    const json::object* object = value.if_object();
    if (!object)
        return noMessage("it is no JSON object");
    const json::value* type = object->if_contains("type");
    if (!type || !type->is_string())
        return noMessage("it has no type");
    const auto* known = std::find_if(std::begin(spoken), std::end(spoken), [type](const Spoken& one) {
        return one.type == std::string_view(type->get_string());
    });
    if (known == std::end(spoken))
        return noMessage("there is no type \"" + shownText(type->get_string(), 40) + '"');
    WorkerMessage message;
    message.what = known->what;
    if (message.what != WorkerSays::Ready) {
        const json::value* id = object->if_contains("id");
        const auto number = id ? wholeNumber(*id) : std::nullopt;
        if (!number || *number < 1 || *number > id_max)
            return noMessage("its id is not that of an attempt");
        message.id = *number;
    }
    Members members(*object, message.wrong);
    readMembers(members, message);
    return message;
}

std::string shownText(std::string_view text, std::size_t bytes_max)
{
    std::string shown;
    while (!text.empty() && shown.size() < bytes_max) {
        const std::size_t length = characterLength(text);
        if (length == 0)
            shown += replacement_character;
        else if (std::uint8_t(text.front()) < 0x20 || text.front() == 0x7f)
            shown += ' ';
        else
            shown += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    if (!text.empty())
        shown += "…";
    return shown;
}

std::string jsonText(std::string_view value)
{
    std::string text;
    appendJsonString(text, value);
    return text;
}

std::string initLine(std::string_view group, std::string_view member, std::uint64_t seed, bool is_simulated,
                     std::span<const EventType> topics)
{
    std::string line = R"({"type":"init","protocol":)" + std::to_string(worker_protocol) + R"(,"group":)"
                       + jsonText(group) + R"(,"member":)" + jsonText(member) + R"(,"seed":)" + std::to_string(seed)
                       + R"(,"simulated":)" + (is_simulated ? "true" : "false") + R"(,"topics":[)";
    for (const EventType topic : topics)
        line.append(line.back() == '[' ? "" : ",").append(jsonText(topicName(topic)));
    return line + "]}";
}

std::string eventText(const Event& event, std::uint8_t attempt, std::uint16_t partition, std::int64_t offset)
{
    std::string text = R"(,"attempt":)";
    text.reserve(600);
    text += std::to_string(attempt);
    text.append(R"(,"from":{"topic":")").append(topicName(event.type)).append(R"(","partition":)");
    text += std::to_string(partition) + R"(,"offset":)" + std::to_string(offset);
    text.append(R"(},"event":{"specversion":"1.0","id":")").append(event.id.toString()).append(R"(","source":")");
    text.append(event_source).append(R"(","type":")").append(cloudEventType(event.type)).append(R"(","subject":")");
    text.append(event.order.toString()).append(R"(","time":")").append(toRfc3339(event.time));
    text.append(R"(","datacontenttype":"application/json","traceparent":")").append(event.trace.traceparent());
    return text.append(R"(","data":)").append(encodeData(event.data)).append("}}");
}

std::string answerLine(std::uint64_t id, std::string_view value)
{
    return (R"({"type":"answer","id":)" + std::to_string(id) + R"(,"value":)").append(value) + '}';
}

std::string errorLine(std::uint64_t id, const Error& error)
{
    return R"({"type":"answer","id":)" + std::to_string(id) + R"(,"error":{"code":)" + jsonText(name(error.code))
           + R"(,"message":)" + jsonText(error.message) + R"(,"retry":)" + jsonText(name(error.retry)) + "}}";
}

} // namespace orderlab
