#pragma once
#include "journal/entry.h"

#include <array>
#include <vector>

namespace orderlab {

/// The latest entries of orders whose traces are not recorded, so that one that gets into trouble can still be told
/// from its beginning. One thread at a time.
class SpanHistory {
public:
    static constexpr std::size_t entries_max = 65'536; ///< 5 MiB: some 3,000 orders with all their events.

    struct Past {
        Entry entry;
        std::uint64_t number = 0; ///< In the journal.
    };

    SpanHistory() : m_slots(entries_max), m_heads(entries_max, 0) {}

    void add(const Entry& entry, std::uint64_t number);
    /// Of that order, the oldest first.
    std::vector<Past> of(const Uuid& order) const;

private:
    struct Slot {
        Past past;
        std::uint64_t before = 0; ///< The place, counted from 1, of the one before it with the same head; 0: none.
    };
    std::vector<Slot> m_slots;
    std::vector<std::uint64_t> m_heads; ///< By the order's hash: the place of the latest.
    std::uint64_t m_count = 0;
};

} // namespace orderlab
