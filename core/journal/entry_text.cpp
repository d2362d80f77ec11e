#include "journal/entry_text.h"

#include "base/utf8.h"
#include "journal/query_fields.h"

#include <algorithm>

namespace orderlab {

namespace {

/// A name as a query takes it: with quotes where it is more than one plain word.
void appendQueryValue(std::string& out, std::string_view value)
{
    if (!value.empty() && printableLength(value) && value.find_first_of(" \t()\"\\=!<>~") == std::string_view::npos) {
        out += value;
        return;
    }
    out += '"';
    for (std::size_t at = 0; at < value.size();) {
        const std::size_t length = characterLength(value.substr(at));
        const std::string_view character = value.substr(at, std::max<std::size_t>(length, 1));
        at += character.size();
        if (length == 0 || !printableLength(character)) {
            out += replacement_character;
            continue;
        }
        if (character == "\"" || character == "\\")
            out += '\\';
        out += character;
    }
    out += '"';
}

std::string_view nameOfMember(std::string_view name, std::string_view otherwise)
{
    return name.empty() ? otherwise : name;
}

} // namespace

std::string secondsText(std::int64_t time_us)
{
    const bool is_negative = time_us < 0;
    const std::uint64_t us = is_negative ? 0 - std::uint64_t(time_us) : std::uint64_t(time_us);
    std::string text(is_negative ? 1 : 0, '-');
    text += std::to_string(us / 1'000'000);
    if (us % 1'000'000 != 0) {
        const std::string fraction = std::to_string(us % 1'000'000);
        text.append(1, '.').append(6 - fraction.size(), '0').append(fraction);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + 's';
}

std::string entryText(const Entry& entry, const Names& names, std::int64_t origin_us)
{
    std::string line = secondsText(entry.time_us - origin_us) + ' ' + std::string(name(entry.kind));
    const EntryFields fields =
        std::size_t(entry.kind) < entry_kinds.size() ? entry_kinds[std::size_t(entry.kind)].fields : EntryFields{};
    const auto addText = [&](std::string_view name, std::string_view value) {
        line.append(1, ' ').append(name).append(1, '=');
        appendQueryValue(line, value);
    };
    const auto addName = [&](std::string_view name, NameId id) {
        if (id != 0)
            addText(name, names.text(id));
    };
    const auto addNumber = [&](QueryMember member, std::string_view name, std::int64_t number) {
        if (hasField(entry, {name, member}))
            addText(name, std::to_string(number));
    };
    if (!entry.order.isNull())
        addText("order", entry.order.toString());
    if (!entry.event.isNull())
        addText("event", entry.event.toString());
    addName("topic", entry.topic);
    addNumber(QueryMember::Partition, "partition", entry.partition);
    addNumber(QueryMember::Offset, "offset", entry.offset);
    addName("group", entry.group);
    addName(nameOfMember(fields.actor, "actor"), entry.actor);
    addNumber(QueryMember::Attempt, "attempt", entry.attempt);
    addNumber(QueryMember::Value, nameOfMember(fields.value, "value"), entry.value);
    addName(nameOfMember(fields.detail, "detail"), entry.detail);
    return line;
}

} // namespace orderlab
