#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

namespace orderlab {

/// Which offsets of a partition are done with: all below a mark, and some beyond it. As large as what is done out of
/// order. A value.
class SettledOffsets {
public:
    SettledOffsets() = default;
    explicit SettledOffsets(std::int64_t below) : m_below(below) {}

    void add(std::int64_t offset)
    {
        if (offset < m_below)
            return;
        if (offset == m_below) {
            ++m_below;
            swallow();
            return;
        }
        const auto place = std::lower_bound(m_beyond.begin(), m_beyond.end(), offset);
        if (place == m_beyond.end() || *place != offset)
            m_beyond.insert(place, offset);
    }
    bool contains(std::int64_t offset) const
    {
        return offset < m_below || std::binary_search(m_beyond.begin(), m_beyond.end(), offset);
    }
    /// Everything below is done.
    std::int64_t below() const { return m_below; }
    /// From now on everything below `offset` counts as done.
    void raise(std::int64_t offset)
    {
        if (offset <= m_below)
            return;
        m_below = offset;
        m_beyond.erase(m_beyond.begin(), std::lower_bound(m_beyond.begin(), m_beyond.end(), offset));
        swallow();
    }

private:
    void swallow()
    {
        std::size_t next = 0;
        while (next < m_beyond.size() && m_beyond[next] == m_below) {
            ++m_below;
            ++next;
        }
        m_beyond.erase(m_beyond.begin(), m_beyond.begin() + std::ptrdiff_t(next));
    }

    std::int64_t m_below = 0;
    std::vector<std::int64_t> m_beyond; ///< In order.
};

} // namespace orderlab
