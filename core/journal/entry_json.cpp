#include "journal/entry_json.h"

#include "base/json_string.h"
#include "base/time.h"
#include "journal/name_use.h"

#include <boost/json.hpp>

#include <charconv>
#include <limits>

namespace orderlab {

namespace json = boost::json;

namespace {

const EntryFields& fieldsOf(EntryKind kind)
{
    return entry_kinds[std::size_t(kind) < entry_kinds.size() ? std::size_t(kind) : 0].fields;
}

std::string_view orElse(std::string_view name, std::string_view otherwise)
{
    return name.empty() ? otherwise : name;
}

void appendMember(std::string& out, std::string_view name)
{
    out += ",\"";
    out += name;
    out += "\":";
}

void appendNumber(std::string& out, std::string_view name, std::int64_t number)
{
    char text[24];
    const char* end = std::to_chars(text, text + sizeof text, number).ptr;
    appendMember(out, name);
    out.append(text, std::size_t(end - text));
}

void appendName(std::string& out, std::string_view name, NameId id, const Names& names)
{
    if (id == 0)
        return;
    appendMember(out, name);
    appendJsonString(out, names.text(id));
}

void appendId(std::string& out, std::string_view name, const Uuid& id)
{
    if (id.isNull())
        return;
    appendMember(out, name);
    out += '"';
    out += id.toString();
    out += '"';
}

Result<void> readInteger(const json::value& value, std::string_view name, std::int64_t min, std::int64_t max,
                         std::int64_t& out)
{
    if (!value.is_int64() || value.get_int64() < min || value.get_int64() > max)
        return corruptError(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    out = value.get_int64();
    return {};
}

template <typename Number>
Result<void> readNumber(const json::value& value, std::string_view name, Number& out)
{
    std::int64_t number = 0;
    ORDERLAB_TRY(return, readInteger(value, name, std::int64_t(std::numeric_limits<Number>::min()),
                                     std::int64_t(std::numeric_limits<Number>::max()), number));
    out = Number(number);
    return {};
}

Result<void> readName(const json::value& value, std::string_view name, Names& names, NameId& out)
{
    if (!value.is_string())
        return corruptError(name, "must be a string");
    out = names.intern(std::string_view(value.get_string()), nameUseOf(name));
    return {};
}

Result<void> readId(const json::value& value, std::string_view name, Uuid& out)
{
    if (!value.is_string())
        return corruptError(name, "must be a string");
    const auto id = Uuid::parse(std::string_view(value.get_string()));
    if (!id)
        return corruptError(name, id.error().message);
    out = *id;
    return {};
}

Result<void> readTime(const json::value& value, std::int64_t& out)
{
    if (!value.is_string())
        return corruptError("time", "must be a string");
    const auto time = parseRfc3339(std::string_view(value.get_string()));
    if (!time)
        return corruptError("time", time.error().message);
    out = toMicros(*time);
    return {};
}

Result<void> readMember(Entry& entry, std::string_view name, const json::value& value, const EntryFields& fields,
                        Names& names, UnknownMembers unknown)
{
    if (name == "time")
        return readTime(value, entry.time_us);
    if (name == "kind")
        return {};
    if (name == "order")
        return readId(value, name, entry.order);
    if (name == "event")
        return readId(value, name, entry.event);
    if (name == "topic")
        return readName(value, name, names, entry.topic);
    if (name == "partition")
        return readNumber(value, name, entry.partition);
    if (name == "offset")
        return readNumber(value, name, entry.offset);
    if (name == "group")
        return readName(value, name, names, entry.group);
    if (name == "attempt")
        return readNumber(value, name, entry.attempt);
    if (name == orElse(fields.value, "value"))
        return readNumber(value, name, entry.value);
    if (name == orElse(fields.actor, "actor"))
        return readName(value, name, names, entry.actor);
    if (name == orElse(fields.detail, "detail"))
        return readName(value, name, names, entry.detail);
    if (unknown == UnknownMembers::Ignored)
        return {};
    return corruptError(name.substr(0, 80), "is not known for this kind of entry");
}

} // namespace

void appendEntryJson(std::string& out, const Entry& entry, const Names& names)
{
    const EntryFields& fields = fieldsOf(entry.kind);
    out += "{\"time\":\"";
    out += toRfc3339(fromMicros(entry.time_us));
    out += "\",\"kind\":\"";
    out += name(entry.kind);
    out += '"';
    appendId(out, "order", entry.order);
    appendId(out, "event", entry.event);
    appendName(out, "topic", entry.topic, names);
    if (fields.has(entry_marks::partition) || entry.partition != 0)
        appendNumber(out, "partition", entry.partition);
    if (entry.offset != -1)
        appendNumber(out, "offset", entry.offset);
    appendName(out, "group", entry.group, names);
    appendName(out, orElse(fields.actor, "actor"), entry.actor, names);
    if (fields.has(entry_marks::attempt) || entry.attempt != 0)
        appendNumber(out, "attempt", entry.attempt);
    if (!fields.value.empty() || entry.value != 0)
        appendNumber(out, orElse(fields.value, "value"), entry.value);
    appendName(out, orElse(fields.detail, "detail"), entry.detail, names);
    out += '}';
}

Result<Entry> entryOfJson(const json::object& object, Names& names, UnknownMembers unknown)
{
    Entry entry;
    const json::value* kind = object.if_contains("kind");
    if (!kind || !kind->is_string())
        return corruptError("kind", "must be a string");
    entry.kind = entryKindOf(std::string_view(kind->get_string()));
    if (entry.kind == EntryKind::None)
        return corruptError("kind", "is not known");
    if (!object.contains("time"))
        return corruptError("time", "is missing");
    const EntryFields& fields = fieldsOf(entry.kind);
    for (const auto& [name, value] : object)
        ORDERLAB_TRY(return, readMember(entry, std::string_view(name), value, fields, names, unknown));
    return entry;
}

} // namespace orderlab
