#pragma once
#include "observe/log_levels.h"
#include "observe/log_text.h"

#include <array>
#include <functional>
#include <memory>

namespace spdlog {
class logger;
}

namespace orderlab {

enum class LogFormat : std::uint8_t {
    Text, ///< "12:34:56.789  message order=…", local time, for people.
    Json, ///< {"time":"…Z","level":"info","message":"…","area":"worker","order":"…"}, for programs.
};

/// The log of this process: a line a message, on standard error by default. Any thread.
///
/// Who logs never waits: a thread of its own writes (LogQueue), and what it has no room for is dropped and counted.
/// Nothing that is logged forges a line or controls a terminal, and no secret is in it; see log_text.h.
class Log {
public:
    struct Counts {
        std::array<std::uint64_t, log_level_count> lines{}; ///< By level.
        std::uint64_t dropped = 0;
    };

    explicit Log(LogFormat format, int descriptor = 2);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void write(LogArea area, LogLevel level, std::string_view message, const LogFields& fields = {});
    /// For messages without fields. Valid also when this is gone; then it writes nothing.
    const std::shared_ptr<spdlog::logger>& logger(LogArea area) const;
    bool isOn(LogArea area, LogLevel level) const { return m_levels.isOn(area, level); }

    /// See LogLevels::set().
    Result<void> setLevels(std::string_view text);
    std::string levels() const { return m_levels.text(); }
    /// Everything from debug on; the next time what was set before.
    void toggleDebug();

    /// Gets each line that is logged, without secrets and whatever becomes of the line. On the thread that logs: must
    /// not block, and must not log. Once, before anybody logs from another thread.
    using Tap = std::function<void(LogArea, LogLevel, std::string_view message, const LogFields&)>;
    void setTap(Tap tap);

    LogSecrets& secrets();
    Counts counts() const;
    /// Writes what waits, while its reader takes it. What is logged later is written at once. Idempotent.
    void close();

private:
    class Sink;
    void applyLevels();

    LogLevels m_levels;
    mutable Mutex m_mutex;
    std::string m_before_debug ORDERLAB_GUARDED_BY(m_mutex); ///< Empty: toggleDebug() is off.
    const std::shared_ptr<Sink> m_sink;
    std::array<std::shared_ptr<spdlog::logger>, log_area_count> m_loggers;
};

} // namespace orderlab
