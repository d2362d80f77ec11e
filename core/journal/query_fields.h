#pragma once
#include "journal/entry.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace orderlab {

/// Kinds of entries, a bit for each.
using KindSet = std::uint64_t;
static_assert(entry_kind_count <= 64);
constexpr KindSet kindBit(EntryKind kind)
{
    return std::size_t(kind) < 64 ? KindSet{1} << std::size_t(kind) : 0;
}

/// Where the value of a query's field is.
enum class QueryMember : std::uint8_t {
    Kind,
    Order,
    Event,
    Topic,
    Partition,
    Offset,
    Group,
    Attempt,
    Time,  ///< Since the run's start.
    Entry, ///< Its number in the run.
    Value,
    Actor,
    Detail,
};

/// A name that a query may test. `kinds`: those whose member is called so.
struct QueryField {
    std::string_view name;
    QueryMember member = QueryMember::Kind;
    KindSet kinds = ~KindSet{0};

    bool isName() const
    {
        return member == QueryMember::Topic || member == QueryMember::Group || member == QueryMember::Actor
               || member == QueryMember::Detail;
    }
    bool isId() const { return member == QueryMember::Order || member == QueryMember::Event; }
    bool isNumber() const { return !isName() && !isId() && member != QueryMember::Kind && member != QueryMember::Time; }
};

/// All of them: the common ones, then what entry_kind.h calls value, actor and detail.
std::span<const QueryField> queryFields();
const QueryField* findQueryField(std::string_view name);
/// Names of kinds, without None.
std::span<const std::string_view> queryKinds();

/// Whether `entry` has the field, as its JSON does.
bool hasField(const Entry& entry, const QueryField& field);
/// The value of a field that is a name; must be one.
NameId nameIn(const Entry& entry, QueryMember member);

} // namespace orderlab
