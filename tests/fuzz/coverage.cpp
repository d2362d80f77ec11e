// Never instrumented itself: it would call itself without end.
#include "fuzz/coverage.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace orderlab::fuzz {

namespace {

std::uint8_t counts[Coverage::counters];
thread_local bool is_counting = false;
thread_local std::uintptr_t previous = 0;

} // namespace

void Coverage::start()
{
    std::fill(std::begin(counts), std::end(counts), std::uint8_t{0});
    previous = 0;
    is_counting = true;
}

void Coverage::stop()
{
    is_counting = false;
}

std::size_t Coverage::mergeNew()
{
    std::size_t fresh = 0;
    for (std::size_t i = 0; i < counters; ++i) {
        if (i % 8 == 0) { // Most are 0: look at eight at once.
            std::uint64_t eight;
            while (i < counters && (std::memcpy(&eight, counts + i, 8), eight == 0))
                i += 8;
        }
        if (i == counters || counts[i] == 0)
            continue;
        const unsigned range = counts[i] < 4 ? counts[i] - 1u : unsigned(std::bit_width(counts[i])); // 0, 1, 2, 3…
        const auto bit = std::uint8_t(1u << std::min(range, 7u));
        if ((m_seen[i] & bit) == 0)
            ++fresh;
        m_seen[i] |= bit;
    }
    return fresh;
}

std::size_t Coverage::seen() const
{
    return counters - std::size_t(std::count(m_seen.begin(), m_seen.end(), 0));
}

} // namespace orderlab::fuzz

/// What -fsanitize-coverage=trace-pc calls in every block.
extern "C" void __sanitizer_cov_trace_pc();
extern "C" void __sanitizer_cov_trace_pc()
{
    using namespace orderlab::fuzz;
    if (!is_counting)
        return;
    // Where the program was loaded must not matter, or a seed would not repeat: only distances within it do.
    const auto base = reinterpret_cast<std::uintptr_t>(&__sanitizer_cov_trace_pc);
    const auto block =
        (reinterpret_cast<std::uintptr_t>(__builtin_return_address(0)) - base) * 0x9e3779b97f4a7c15ull >> 24;
    std::uint8_t& count = counts[(block ^ previous) % Coverage::counters];
    if (count < 255)
        ++count;
    previous = block >> 1;
}
