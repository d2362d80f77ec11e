#include "journal/query_key.h"

namespace orderlab {

std::optional<QueryKey> keyOf(const Entry& entry, std::span<const QueryField> fields)
{
    QueryKey key{};
    std::size_t at = 0;
    for (const QueryField& field : fields) {
        if (!hasField(entry, field))
            return {};
        std::uint64_t& first = key[at++];
        std::uint64_t& second = key[at++];
        switch (field.member) {
        case QueryMember::Kind: first = std::uint64_t(entry.kind); break;
        case QueryMember::Order: first = entry.order.high, second = entry.order.low; break;
        case QueryMember::Event: first = entry.event.high, second = entry.event.low; break;
        case QueryMember::Partition: first = entry.topic, second = entry.partition; break;
        case QueryMember::Offset:
            first = std::uint64_t(entry.topic) << 16 | entry.partition, second = std::uint64_t(entry.offset);
            break;
        case QueryMember::Attempt: first = entry.attempt; break;
        case QueryMember::Value: first = std::uint64_t(std::int64_t(entry.value)); break;
        case QueryMember::Topic:
        case QueryMember::Group:
        case QueryMember::Actor:
        case QueryMember::Detail: first = nameIn(entry, field.member); break;
        case QueryMember::Time:
        case QueryMember::Entry: break; // No relation has them.
        }
    }
    return key;
}

} // namespace orderlab
