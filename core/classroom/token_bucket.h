#pragma once
#include "base/time.h"

#include <algorithm>

namespace orderlab {

/// So many at once, and so many a second. Begins full. One thread at a time.
class TokenBucket {
public:
    TokenBucket(double burst, double per_second) : m_burst(burst), m_per_second(per_second), m_level(burst) {}

    /// Takes one; false: there is none left.
    bool take(TimePoint now)
    {
        m_level = levelAt(now);
        m_at = now;
        if (m_level < 1)
            return false;
        m_level -= 1;
        return true;
    }
    bool hasSome(TimePoint now) const { return levelAt(now) >= 1; }
    bool isFull(TimePoint now) const { return levelAt(now) >= m_burst; }

private:
    double levelAt(TimePoint now) const
    {
        const double seconds = m_at == TimePoint{} ? 0 : std::max(0.0, double((now - m_at).count()) / 1e6);
        return std::min(m_burst, m_level + seconds * m_per_second);
    }

    double m_burst, m_per_second, m_level;
    TimePoint m_at{};
};

} // namespace orderlab
