#pragma once
#include <cstdint>
#include <deque>
#include <utility>

namespace orderlab::ui {

/// Events a second over the last two seconds. Bounded: it keeps one sum a tenth of a second.
class RateMeter {
public:
    void add(std::int64_t now_us, std::int64_t count)
    {
        const std::int64_t slot = now_us / slot_us;
        if (m_slots.empty() || m_slots.back().first != slot)
            m_slots.emplace_back(slot, 0);
        m_slots.back().second += count;
        forget(slot);
    }
    double perSecond(std::int64_t now_us)
    {
        forget(now_us / slot_us);
        std::int64_t sum = 0;
        for (const auto& [slot, count] : m_slots)
            sum += count;
        return double(sum) * 1e6 / double(slot_us * slots_max);
    }

private:
    static constexpr std::int64_t slot_us = 100'000;
    static constexpr std::int64_t slots_max = 20;
    void forget(std::int64_t slot)
    {
        while (!m_slots.empty() && m_slots.front().first <= slot - slots_max)
            m_slots.pop_front();
    }
    std::deque<std::pair<std::int64_t, std::int64_t>> m_slots;
};

} // namespace orderlab::ui
