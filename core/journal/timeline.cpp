#include "journal/timeline.h"

#include "journal/entry_pack.h"
#include "journal/timeline_parts.h"

#include <deque>
#include <stdexcept>

namespace orderlab {

using timeline_parts::Chunk;
using timeline_parts::Keyframe;
using timeline_parts::Recent;

struct Timeline::Impl {
    std::size_t entries_max;
    std::size_t interval;
    std::size_t keyframe_bytes_max;
    WorldState now;
    std::deque<Chunk> chunks; ///< All but the last have `interval` entries.
    std::vector<Entry> tail;  ///< Of the last chunk.
    std::uint64_t first = 0;  ///< The index of the oldest entry kept: that of the first chunk's first.
    std::uint64_t end = 0;
    std::uint64_t stride = 1; ///< Chunks from one keyframe to the next.
    std::size_t keyframe_bytes = 0;
    std::size_t packed_bytes = 0;
    EntryPacker packer;
    std::string scratch;
    mutable EntryUnpacker unpacker;
    /// A playhead stands at one place, the seconds before it are looked at, and something else is.
    mutable Recent<std::vector<Entry>, 4> unpacked;
    mutable Recent<WorldState, 2> states; ///< At the begin of chunks without a keyframe.

    Impl(const Names& names, std::size_t entries, std::size_t keyframe_interval, std::size_t orders_max,
         std::size_t keyframe_bytes_most)
        : entries_max(std::max<std::size_t>(entries, 1)),
          interval(std::clamp<std::size_t>(keyframe_interval, 1, entries_max)), keyframe_bytes_max(keyframe_bytes_most),
          now(names, orders_max)
    {
        addChunk(INT64_MIN);
    }

    /// Of a chunk among all there ever were.
    std::uint64_t numberOf(std::size_t chunk) const { return first / interval + chunk; }

    void addChunk(std::int64_t earlier_us)
    {
        Chunk& chunk = chunks.emplace_back();
        chunk.latest_us = earlier_us;
        if (chunks.size() == 1 || numberOf(chunks.size() - 1) % stride == 0)
            setKeyframe(chunk, now);
        tail.clear();
        tail.reserve(interval);
        while (keyframe_bytes > keyframe_bytes_max && stride < numberOf(chunks.size()))
            thinOut();
    }

    void setKeyframe(Chunk& chunk, WorldState& state)
    {
        chunk.before = std::make_unique<Keyframe>(state, scratch);
        keyframe_bytes += chunk.before->bytes();
    }
    std::unique_ptr<Keyframe> takeKeyframe(Chunk& chunk)
    {
        keyframe_bytes -= chunk.before->bytes();
        return std::move(chunk.before);
    }

    void thinOut()
    {
        stride *= 2;
        for (std::size_t i = 1; i < chunks.size(); ++i) {
            if (chunks[i].before && numberOf(i) % stride != 0)
                takeKeyframe(chunks[i]);
        }
    }

    void packTail()
    {
        scratch.clear();
        packer.pack(tail, scratch);
        chunks.back().packed.assign(scratch.begin(), scratch.end());
        packed_bytes += chunks.back().packed.size();
    }

    void dropOldest()
    {
        Chunk& oldest = chunks.front();
        const auto keyframe = takeKeyframe(oldest);
        if (!chunks[1].before) {
            WorldState state = keyframe->state();
            state.apply(entriesOf(0));
            setKeyframe(chunks[1], state);
        }
        packed_bytes -= oldest.packed.size();
        first += interval;
        chunks.pop_front();
    }

    void append(std::span<const Entry> entries)
    {
        while (!entries.empty()) {
            if (tail.size() == interval) {
                packTail();
                addChunk(chunks.back().latest_us);
            }
            Chunk& chunk = chunks.back();
            const auto part = entries.first(std::min(entries.size(), interval - tail.size()));
            tail.insert(tail.end(), part.begin(), part.end());
            for (const Entry& entry : part) {
                chunk.latest_us = std::max(chunk.latest_us, entry.time_us);
                chunk.orders.add(entry.order);
            }
            now.apply(part);
            end += part.size();
            entries = entries.subspan(part.size());
            while (end - first > entries_max)
                dropOldest();
        }
    }

    std::vector<Entry> unpack(std::size_t chunk) const
    {
        std::vector<Entry> entries(interval);
        if (!unpacker.unpack(chunks[chunk].packed, entries))
            throw std::logic_error("a packed interval of the timeline is damaged");
        return entries;
    }

    /// Valid until the next call.
    std::span<const Entry> entriesOf(std::size_t chunk) const
    {
        if (chunk + 1 == chunks.size())
            return tail;
        if (const auto* known = unpacked.find(numberOf(chunk)))
            return *known;
        return unpacked.keep(numberOf(chunk), unpack(chunk));
    }

    WorldState stateAtBegin(std::size_t chunk) const
    {
        if (chunks[chunk].before)
            return chunks[chunk].before->state();
        if (const auto* known = states.find(numberOf(chunk)))
            return *known;
        std::size_t from = chunk;
        const WorldState* known = nullptr;
        while (!known && !chunks[from].before) {
            --from;
            known = states.find(numberOf(from));
        }
        WorldState state = known ? *known : chunks[from].before->state();
        for (; from < chunk; ++from)
            state.apply(entriesOf(from));
        return states.keep(numberOf(chunk), std::move(state));
    }
};

Timeline::Timeline(const Names& names, std::size_t entries_max, std::size_t keyframe_interval, std::size_t orders_max,
                   std::size_t keyframe_bytes_max)
    : m_impl(std::make_unique<Impl>(names, entries_max, keyframe_interval, orders_max, keyframe_bytes_max))
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

Entry Timeline::at(std::uint64_t index) const
{
    if (index < m_impl->first || index >= m_impl->end)
        throw std::out_of_range("no such entry in the timeline");
    const std::uint64_t at = index - m_impl->first;
    return m_impl->entriesOf(std::size_t(at / m_impl->interval))[at % m_impl->interval];
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
    const std::size_t chunk = std::size_t(at / m_impl->interval);
    WorldState state = m_impl->stateAtBegin(chunk);
    if (at % m_impl->interval != 0)
        state.apply(m_impl->entriesOf(chunk).first(at % m_impl->interval));
    return state;
}

void Timeline::forEach(const std::function<void(const Entry&)>& take) const
{
    for (std::size_t i = 0; i + 1 < m_impl->chunks.size(); ++i) {
        for (const Entry& entry : m_impl->unpack(i))
            take(entry);
    }
    for (const Entry& entry : m_impl->tail)
        take(entry);
}

std::uint64_t Timeline::indexAfter(std::int64_t time_us) const
{
    // Times of different threads may step back a little; the latest time so far never does.
    const auto& chunks = m_impl->chunks;
    const auto chunk =
        std::partition_point(chunks.begin(), chunks.end(), [&](const Chunk& c) { return c.latest_us <= time_us; });
    if (chunk == chunks.end())
        return m_impl->end;
    const auto number = std::size_t(chunk - chunks.begin());
    const auto entries = m_impl->entriesOf(number);
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.time_us > time_us; });
    return m_impl->first + number * m_impl->interval + std::uint64_t(entry - entries.begin());
}

std::size_t Timeline::keyframes() const
{
    return std::size_t(std::count_if(m_impl->chunks.begin(), m_impl->chunks.end(),
                                     [](const Chunk& chunk) { return chunk.before != nullptr; }));
}

std::size_t Timeline::packedBytes() const
{
    return m_impl->packed_bytes;
}

std::vector<Entry> Timeline::story(OrderId order, std::size_t max) const
{
    std::vector<Entry> found;
    for (std::size_t i = m_impl->chunks.size(); i-- > 0 && found.size() < max;) {
        if (!m_impl->chunks[i].orders.mayHave(order))
            continue;
        const auto entries = m_impl->entriesOf(i);
        for (auto entry = entries.rbegin(); entry != entries.rend() && found.size() < max; ++entry) {
            if (entry->order == order)
                found.push_back(*entry);
        }
    }
    std::reverse(found.begin(), found.end());
    return found;
}

} // namespace orderlab
