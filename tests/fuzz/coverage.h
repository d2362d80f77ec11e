#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace orderlab::fuzz {

/// The steps from block to block that instrumented code (orderlab_count_coverage()) takes on this thread between
/// start() and stop(), as AFL counts them: a small table of counters by a hash of both blocks. Where two steps share a
/// counter an input may be missed, never a crash. One object at a time.
class Coverage {
public:
    static constexpr std::size_t counters = std::size_t{1} << 16;

    void start();
    void stop();
    /// Adds what was counted to what was seen before, in steps of how often (1, 2, 3, 4-7, 8-15 …) so that a loop that
    /// runs once more counts as new only while that may matter. Returns how many were new.
    std::size_t mergeNew();
    /// Steps ever seen.
    std::size_t seen() const;

private:
    std::vector<std::uint8_t> m_seen = std::vector<std::uint8_t>(counters); ///< One bit for each range of counts.
};

} // namespace orderlab::fuzz
