#pragma once
#include "base/result.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderlab {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error, Off };
inline constexpr std::size_t log_level_count = 5;

/// What a line is about. A new one is a value here and a name in log_levels.cpp.
enum class LogArea : std::uint8_t { Server, Orders, Outbox, Bus, Worker, Store, Gateway, Faults, Invariants };
inline constexpr std::size_t log_area_count = 9;

/// "debug", "info", "warning", "error", "off".
std::string_view name(LogLevel level);
/// "server", "bus"…
std::string_view name(LogArea area);

/// From which level on lines of each area are written. Any thread; reading takes no lock.
class LogLevels {
public:
    LogLevels();

    bool isOn(LogArea area, LogLevel level) const { return level >= of(area) && level != LogLevel::Off; }
    LogLevel of(LogArea area) const { return m_levels[std::size_t(area)].load(std::memory_order_relaxed); }
    /// "info", or "info,bus=debug": one level for all areas and others for some. "kafka" is another name of "bus".
    /// Error: InvalidArgument, which says what is known; then nothing has changed.
    Result<void> set(std::string_view text);
    /// As set() reads it; the level of most areas first.
    std::string text() const;

private:
    std::array<std::atomic<LogLevel>, log_area_count> m_levels;
};

} // namespace orderlab
