#include "journal/timeline.h"

#include <bitset>
#include <deque>
#include <stdexcept>

namespace orderlab {

namespace {

/// Which orders a chunk may speak of (a Bloom filter with two bits an order), so that a story need not read them all.
class OrderFilter {
public:
    void add(const Uuid& order)
    {
        const std::uint64_t hash = hashValue(order);
        m_bits.set(hash % bits);
        m_bits.set((hash >> 32) % bits);
    }
    bool mayHave(const Uuid& order) const
    {
        const std::uint64_t hash = hashValue(order);
        return m_bits.test(hash % bits) && m_bits.test((hash >> 32) % bits);
    }

private:
    static constexpr std::size_t bits = 65'536;
    std::bitset<bits> m_bits;
};

/// The entries from one keyframe to the next.
struct Chunk {
    explicit Chunk(const WorldState& state, std::int64_t earlier_us) : before(state), latest_us(earlier_us) {}

    WorldState before; ///< The keyframe.
    std::vector<Entry> entries;
    std::int64_t latest_us; ///< Of all entries up to the last one here.
    OrderFilter orders;
};

} // namespace

struct Timeline::Impl {
    std::size_t entries_max;
    std::size_t interval;
    WorldState now;
    std::deque<Chunk> chunks; ///< All but the last are `interval` long.
    std::uint64_t first = 0;  ///< The index of the oldest entry kept.
    std::uint64_t end = 0;

    Impl(const Names& names, std::size_t entries, std::size_t keyframe_interval, std::size_t orders_max)
        : entries_max(std::max<std::size_t>(entries, 1)),
          interval(std::clamp<std::size_t>(keyframe_interval, 1, entries_max)), now(names, orders_max)
    {
        addChunk(INT64_MIN);
    }

    void addChunk(std::int64_t earlier_us) { chunks.emplace_back(now, earlier_us).entries.reserve(interval); }

    void append(std::span<const Entry> entries)
    {
        while (!entries.empty()) {
            if (chunks.back().entries.size() == interval)
                addChunk(chunks.back().latest_us);
            Chunk& chunk = chunks.back();
            const auto part = entries.first(std::min(entries.size(), interval - chunk.entries.size()));
            chunk.entries.insert(chunk.entries.end(), part.begin(), part.end());
            for (const Entry& entry : part) {
                chunk.latest_us = std::max(chunk.latest_us, entry.time_us);
                chunk.orders.add(entry.order);
            }
            now.apply(part);
            end += part.size();
            entries = entries.subspan(part.size());
            while (end - first > entries_max) {
                first += chunks.front().entries.size();
                chunks.pop_front();
            }
        }
    }
};

Timeline::Timeline(const Names& names, std::size_t entries_max, std::size_t keyframe_interval, std::size_t orders_max)
    : m_impl(std::make_unique<Impl>(names, entries_max, keyframe_interval, orders_max))
{}

Timeline::~Timeline() = default;

void Timeline::append(std::span<const Entry> entries)
{
    m_impl->append(entries);
}

std::uint64_t Timeline::firstIndex() const
{
    return m_impl->first;
}

std::uint64_t Timeline::endIndex() const
{
    return m_impl->end;
}

const Entry& Timeline::at(std::uint64_t index) const
{
    if (index < m_impl->first || index >= m_impl->end)
        throw std::out_of_range("no such entry in the timeline");
    const std::uint64_t at = index - m_impl->first;
    return m_impl->chunks[at / m_impl->interval].entries[at % m_impl->interval];
}

const WorldState& Timeline::now() const
{
    return m_impl->now;
}

WorldState Timeline::stateBefore(std::uint64_t index) const
{
    if (index >= m_impl->end)
        return m_impl->now;
    const std::uint64_t at = std::max(index, m_impl->first) - m_impl->first;
    const Chunk& chunk = m_impl->chunks[at / m_impl->interval];
    WorldState state = chunk.before;
    state.apply(std::span(chunk.entries).first(at % m_impl->interval));
    return state;
}

void Timeline::forEach(const std::function<void(const Entry&)>& take) const
{
    for (const Chunk& chunk : m_impl->chunks) {
        for (const Entry& entry : chunk.entries)
            take(entry);
    }
}

std::uint64_t Timeline::indexAfter(std::int64_t time_us) const
{
    // Times of different threads may step back a little; the latest time so far never does.
    const auto& chunks = m_impl->chunks;
    const auto chunk =
        std::partition_point(chunks.begin(), chunks.end(), [&](const Chunk& c) { return c.latest_us <= time_us; });
    if (chunk == chunks.end())
        return m_impl->end;
    const auto entry =
        std::find_if(chunk->entries.begin(), chunk->entries.end(), [&](const Entry& e) { return e.time_us > time_us; });
    return m_impl->first + std::uint64_t(chunk - chunks.begin()) * m_impl->interval
           + std::uint64_t(entry - chunk->entries.begin());
}

std::vector<Entry> Timeline::story(OrderId order, std::size_t max) const
{
    std::vector<Entry> found;
    for (auto chunk = m_impl->chunks.rbegin(); chunk != m_impl->chunks.rend() && found.size() < max; ++chunk) {
        if (!chunk->orders.mayHave(order))
            continue;
        for (auto entry = chunk->entries.rbegin(); entry != chunk->entries.rend() && found.size() < max; ++entry) {
            if (entry->order == order)
                found.push_back(*entry);
        }
    }
    std::reverse(found.begin(), found.end());
    return found;
}

} // namespace orderlab
