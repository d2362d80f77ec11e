#include "journal/query_fields.h"

#include <algorithm>

namespace orderlab {

namespace {

const EntryFields& fieldsOfKind(EntryKind kind)
{
    return entry_kinds[std::size_t(kind) < entry_kinds.size() ? std::size_t(kind) : 0].fields;
}

std::vector<QueryField> makeQueryFields()
{
    std::vector<QueryField> fields = {
        {"kind", QueryMember::Kind},     {"order", QueryMember::Order}, {"event", QueryMember::Event},
        {"topic", QueryMember::Topic},   {"group", QueryMember::Group}, {"partition", QueryMember::Partition},
        {"offset", QueryMember::Offset}, {"time", QueryMember::Time},   {"attempt", QueryMember::Attempt},
        {"entry", QueryMember::Entry},   {"value", QueryMember::Value}, {"actor", QueryMember::Actor},
        {"detail", QueryMember::Detail},
    };
    const auto add = [&](std::string_view name, QueryMember member, std::size_t kind) {
        if (name.empty())
            return;
        const auto known = std::find_if(fields.begin(), fields.end(),
                                        [&](const QueryField& f) { return f.name == name && f.member == member; });
        if (known == fields.end())
            fields.push_back({name, member, kindBit(EntryKind(kind))});
        else
            known->kinds |= kindBit(EntryKind(kind));
    };
    for (std::size_t kind = 1; kind < entry_kinds.size(); ++kind) {
        add(entry_kinds[kind].fields.value, QueryMember::Value, kind);
        add(entry_kinds[kind].fields.actor, QueryMember::Actor, kind);
        add(entry_kinds[kind].fields.detail, QueryMember::Detail, kind);
    }
    return fields;
}

} // namespace

std::span<const QueryField> queryFields()
{
    static const std::vector<QueryField> fields = makeQueryFields();
    return fields;
}

const QueryField* findQueryField(std::string_view name)
{
    const auto fields = queryFields();
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const QueryField& f) { return f.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

std::span<const std::string_view> queryKinds()
{
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (std::size_t i = 1; i < entry_kinds.size(); ++i)
            all.push_back(entry_kinds[i].name);
        return all;
    }();
    return names;
}

NameId nameIn(const Entry& entry, QueryMember member)
{
    switch (member) {
    case QueryMember::Topic: return entry.topic;
    case QueryMember::Group: return entry.group;
    case QueryMember::Actor: return entry.actor;
    default: return entry.detail;
    }
}

bool hasField(const Entry& entry, const QueryField& field)
{
    if ((field.kinds & kindBit(entry.kind)) == 0)
        return false;
    const EntryFields& counts = fieldsOfKind(entry.kind);
    switch (field.member) {
    case QueryMember::Kind:
    case QueryMember::Time:
    case QueryMember::Entry: return true;
    case QueryMember::Order: return !entry.order.isNull();
    case QueryMember::Event: return !entry.event.isNull();
    case QueryMember::Partition: return counts.has(entry_marks::partition) || entry.partition != 0;
    case QueryMember::Offset: return entry.offset != -1;
    case QueryMember::Attempt: return counts.has(entry_marks::attempt) || entry.attempt != 0;
    case QueryMember::Value: return !counts.value.empty() || entry.value != 0;
    case QueryMember::Topic:
    case QueryMember::Group:
    case QueryMember::Actor:
    case QueryMember::Detail: return nameIn(entry, field.member) != 0;
    }
    return false;
}

} // namespace orderlab
