#include "journal/entry_pack.h"

#include "journal/varint.h"

namespace orderlab {

namespace {

/// Which members follow; the others are as in the last entry of the kind (an id: of the entry before).
enum PackMark : std::uint16_t {
    mark_order = 1,
    mark_event = 2,
    mark_offset = 4, ///< Otherwise one more than the last one.
    mark_value = 8,
    mark_attempt = 16,
    mark_partition = 32,
    mark_topic = 64,
    mark_group = 128,
    mark_actor = 256,
    mark_detail = 512,
};

constexpr std::uint64_t id_null = 0, id_new = 1, id_known = 2; ///< From id_known on: how many ids ago it was new.

/// The last entry of each kind, whatever kinds there will be.
class LastOfKind {
public:
    LastOfKind()
    {
        for (Entry& entry : m_last)
            entry.offset = -1;
    }
    Entry& operator[](EntryKind kind) { return m_last[std::size_t(kind)]; }

private:
    std::array<Entry, 256> m_last;
};

std::int64_t differenceOf(std::int64_t left, std::int64_t right)
{
    return std::int64_t(std::uint64_t(left) - std::uint64_t(right));
}
std::int64_t sumOf(std::int64_t left, std::int64_t right)
{
    return std::int64_t(std::uint64_t(left) + std::uint64_t(right));
}

} // namespace

void EntryPacker::putId(const Uuid& id, std::string& out)
{
    if (id.isNull()) {
        putVarint(out, id_null);
        return;
    }
    const std::uint64_t hash = hashValue(id);
    const std::uint32_t place = m_places.find(hash, [&](std::uint32_t at) { return m_ids[at] == id; });
    if (place != PositionTable::npos) {
        putVarint(out, id_known + (m_ids.size() - 1 - place));
        return;
    }
    putVarint(out, id_new);
    putFixed(out, id.high, 8);
    putFixed(out, id.low, 8);
    m_places.insert(hash, std::uint32_t(m_ids.size()));
    m_ids.push_back(id);
}

void EntryPacker::pack(std::span<const Entry> entries, std::string& out)
{
    m_ids.clear();
    m_places.clear();
    LastOfKind last_of_kind;
    Entry before;
    for (const Entry& entry : entries) {
        Entry& last = last_of_kind[entry.kind];
        const std::int64_t next_offset = sumOf(last.offset, 1);
        const std::uint16_t marks = std::uint16_t(
            (entry.order != before.order ? mark_order : 0) | (entry.event != before.event ? mark_event : 0)
            | (entry.offset != next_offset ? mark_offset : 0) | (entry.value != last.value ? mark_value : 0)
            | (entry.attempt != last.attempt ? mark_attempt : 0)
            | (entry.partition != last.partition ? mark_partition : 0) | (entry.topic != last.topic ? mark_topic : 0)
            | (entry.group != last.group ? mark_group : 0) | (entry.actor != last.actor ? mark_actor : 0)
            | (entry.detail != last.detail ? mark_detail : 0));
        out += char(entry.kind);
        putVarint(out, marks);
        putVarint(out, zigzag(differenceOf(entry.time_us, before.time_us)));
        if (marks & mark_order)
            putId(entry.order, out);
        if (marks & mark_event)
            putId(entry.event, out);
        if (marks & mark_offset)
            putVarint(out, zigzag(differenceOf(entry.offset, next_offset)));
        if (marks & mark_value)
            putVarint(out, zigzag(entry.value));
        if (marks & mark_attempt)
            out += char(entry.attempt);
        if (marks & mark_partition)
            putVarint(out, entry.partition);
        if (marks & mark_topic)
            putVarint(out, entry.topic);
        if (marks & mark_group)
            putVarint(out, entry.group);
        if (marks & mark_actor)
            putVarint(out, entry.actor);
        if (marks & mark_detail)
            putVarint(out, entry.detail);
        last = before = entry;
    }
}

namespace {

/// One reading of a block. Values too large for their member make it bad.
class BlockReader {
public:
    BlockReader(std::string_view bytes, std::vector<Uuid>& ids) : m_bytes(bytes), m_ids(ids) {}

    bool read(std::span<Entry> entries)
    {
        for (Entry& entry : entries) {
            readOne(entry);
            if (!m_good || !m_bytes.isGood())
                return false;
        }
        return m_bytes.left() == 0;
    }

private:
    void readOne(Entry& entry)
    {
        const EntryKind kind = EntryKind(m_bytes.byte());
        const std::uint64_t marks = m_bytes.varint();
        Entry& last = m_last_of_kind[kind];
        const std::int64_t time_us = sumOf(m_before.time_us, unzigzag(m_bytes.varint()));
        const Uuid order = marks & mark_order ? readId() : m_before.order;
        const Uuid event = marks & mark_event ? readId() : m_before.event;
        entry = last;
        entry.kind = kind;
        entry.time_us = time_us;
        entry.order = order;
        entry.event = event;
        entry.offset = sumOf(last.offset, 1);
        if (marks & mark_offset)
            entry.offset = sumOf(entry.offset, unzigzag(m_bytes.varint()));
        if (marks & mark_value) {
            const std::int64_t value = unzigzag(m_bytes.varint());
            entry.value = std::int32_t(value);
            m_good = m_good && entry.value == value;
        }
        if (marks & mark_attempt)
            entry.attempt = m_bytes.byte();
        if (marks & mark_partition)
            entry.partition = small();
        if (marks & mark_topic)
            entry.topic = small();
        if (marks & mark_group)
            entry.group = small();
        if (marks & mark_actor)
            entry.actor = small();
        if (marks & mark_detail)
            entry.detail = small();
        last = m_before = entry;
    }

    std::uint16_t small()
    {
        const std::uint64_t number = m_bytes.varint();
        m_good = m_good && number <= UINT16_MAX;
        return std::uint16_t(number);
    }

    Uuid readId()
    {
        const std::uint64_t code = m_bytes.varint();
        if (code == id_null)
            return {};
        if (code == id_new) {
            Uuid id;
            id.high = m_bytes.fixed(8);
            id.low = m_bytes.fixed(8);
            m_ids.push_back(id);
            return id;
        }
        const std::uint64_t ago = code - id_known;
        if (ago >= m_ids.size()) {
            m_good = false;
            return {};
        }
        return m_ids[m_ids.size() - 1 - std::size_t(ago)];
    }

    ByteReader m_bytes;
    std::vector<Uuid>& m_ids;
    LastOfKind m_last_of_kind;
    Entry m_before;
    bool m_good = true;
};

} // namespace

bool EntryUnpacker::unpack(std::string_view bytes, std::span<Entry> entries)
{
    m_ids.clear();
    return BlockReader(bytes, m_ids).read(entries);
}

} // namespace orderlab
