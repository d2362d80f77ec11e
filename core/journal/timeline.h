#pragma once
#include "journal/world_state.h"

#include <functional>
#include <memory>

namespace orderlab {

/// The entries of a run, kept so that any moment can be looked at again: WorldState = fold(entries up to t).
/// Keyframes (the state in little room, at most every `keyframe_interval` entries) make that fast. One thread at a
/// time, also where nothing is changed: what was unpacked lately is kept. Bounded: past `entries_max` the oldest
/// entries, a whole interval at a time, are dropped. Intervals that are full are packed (journal/entry_pack.h):
/// 1,000,000 entries are about 13 MB. A keyframe takes about 30 bytes an order it knows, at most `orders_max`; when all
/// of them take more than `keyframe_bytes_max`, every second one goes, and new ones are made half as often. Going to
/// any moment takes the reading of a keyframe, some milliseconds for 100,000 orders, and the fold of what lies between
/// (about 15 million entries a second); moments near the last two take the fold of at most one interval.
class Timeline {
public:
    static constexpr std::size_t keyframe_bytes_default = std::size_t{128} << 20; ///< 40 of 100,000 orders.

    explicit Timeline(const Names& names, std::size_t entries_max = 1'000'000, std::size_t keyframe_interval = 65'536,
                      std::size_t orders_max = 100'000, std::size_t keyframe_bytes_max = keyframe_bytes_default);
    ~Timeline();

    void append(std::span<const Entry> entries);

    /// Entries kept are those with an index in [firstIndex(), endIndex()).
    std::uint64_t firstIndex() const;
    std::uint64_t endIndex() const;
    /// `index` must be one that is kept: anything else throws std::out_of_range.
    Entry at(std::uint64_t index) const;
    /// The state after all entries.
    const WorldState& now() const;
    /// The state after the entries before `index` (bounded to what is kept).
    WorldState stateBefore(std::uint64_t index) const;
    /// Calls `take` with every entry that is kept, oldest first.
    void forEach(const std::function<void(const Entry&)>& take) const;
    /// The index of the first entry later than `time_us`.
    std::uint64_t indexAfter(std::int64_t time_us) const;
    /// The state at `time_us`.
    WorldState stateAt(std::int64_t time_us) const { return stateBefore(indexAfter(time_us)); }
    /// The keyframes that are kept, and the bytes of packed entries, for measuring.
    std::size_t keyframes() const;
    std::size_t packedBytes() const;
    /// The kept entries about `order`, oldest first, at most `max` (the newest of them).
    std::vector<Entry> story(OrderId order, std::size_t max = 1'000) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
