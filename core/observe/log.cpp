#include "observe/log.h"

#include "base/time.h"
#include "observe/log_queue.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/sink.h>
#include <spdlog/spdlog.h>

namespace orderlab {

namespace {

/// Of the line that this thread writes just now.
thread_local const LogFields* fields_of_line = nullptr;

spdlog::level::level_enum spdlogLevel(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warning: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
    case LogLevel::Off: break;
    }
    return spdlog::level::off;
}

LogLevel levelOf(spdlog::level::level_enum level)
{
    switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug: return LogLevel::Debug;
    case spdlog::level::info: return LogLevel::Info;
    case spdlog::level::warn: return LogLevel::Warning;
    default: return LogLevel::Error;
    }
}

LogArea areaOf(const spdlog::string_view_t& logger)
{
    const std::string_view wanted(logger.data(), logger.size());
    for (std::size_t i = 0; i < log_area_count; ++i) {
        if (name(LogArea(i)) == wanted)
            return LogArea(i);
    }
    return LogArea::Server;
}

/// The message with its fields, without what must not be in a line.
class SafeMessage final : public spdlog::custom_flag_formatter {
public:
    SafeMessage(LogFormat format, const LogSecrets& secrets) : m_format(format), m_secrets(secrets) {}

    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override
    {
        static const LogFields none;
        const LogFields& fields = fields_of_line ? *fields_of_line : none;
        const std::string text = m_secrets.mask(std::string(message.payload.data(), message.payload.size()));
        std::string line;
        if (m_format == LogFormat::Json) {
            appendJsonText(line, text);
            line += ",\"area\":\"" + std::string(message.logger_name.data(), message.logger_name.size()) + '"';
            appendFieldsJson(line, fields);
        } else {
            appendPlain(line, text);
            appendFieldsPlain(line, fields);
        }
        out.append(line.data(), line.data() + line.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override
    {
        return std::make_unique<SafeMessage>(m_format, m_secrets);
    }

private:
    const LogFormat m_format;
    const LogSecrets& m_secrets;
};

std::string lostPlain(std::uint64_t count)
{
    return "              (" + std::to_string(count) + " lines are missing here: nobody read the log in time)\n";
}

std::string lostJson(std::uint64_t count)
{
    return R"({"level":"warning","message":"lines are missing here: nobody read the log in time","area":"server","dropped":)"
           + std::to_string(count) + "}\n";
}

} // namespace

class Log::Sink final : public spdlog::sinks::sink {
public:
    Sink(LogFormat format, int descriptor)
        : m_queue(descriptor, format == LogFormat::Json ? lostJson : lostPlain), m_format(format)
    {
        m_formatter = makeFormatter();
    }

    void log(const spdlog::details::log_msg& message) override
    {
        spdlog::memory_buf_t line;
        {
            const MutexLock lock(m_mutex); // The formatter keeps the second that it spelled last.
            m_formatter->format(message, line);
            if (m_tap)
                tell(message);
        }
        ++lines[std::size_t(levelOf(message.level))];
        m_queue.push(std::string(line.data(), line.size()));
    }
    void flush() override {}
    void set_pattern(const std::string&) override {} // A line is what makeFormatter() says.
    void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

    void setTap(Tap wanted)
    {
        const MutexLock lock(m_mutex);
        m_tap = std::move(wanted);
    }
    LogQueue& queue() { return m_queue; }
    LogSecrets secrets;
    std::array<std::atomic<std::uint64_t>, log_level_count> lines{};

private:
    void tell(const spdlog::details::log_msg& message) ORDERLAB_REQUIRES(m_mutex)
    {
        static const LogFields none;
        const std::string text = secrets.mask(std::string(message.payload.data(), message.payload.size()));
        m_tap(areaOf(message.logger_name), levelOf(message.level), text, fields_of_line ? *fields_of_line : none);
    }
    std::unique_ptr<spdlog::formatter> makeFormatter() const
    {
        const bool is_json = m_format == LogFormat::Json;
        auto formatter = std::make_unique<spdlog::pattern_formatter>(is_json ? spdlog::pattern_time_type::utc
                                                                             : spdlog::pattern_time_type::local);
        formatter->add_flag<SafeMessage>('*', m_format, secrets)
            .set_pattern(is_json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","message":%*})" : "%H:%M:%S.%e  %*");
        return formatter;
    }

    LogQueue m_queue;
    const LogFormat m_format;
    Mutex m_mutex;
    std::unique_ptr<spdlog::formatter> m_formatter ORDERLAB_GUARDED_BY(m_mutex);
    Tap m_tap ORDERLAB_GUARDED_BY(m_mutex);
};

Log::Log(LogFormat format, int descriptor) : m_sink(std::make_shared<Sink>(format, descriptor))
{
    for (std::size_t i = 0; i < log_area_count; ++i)
        m_loggers[i] = std::make_shared<spdlog::logger>(std::string(name(LogArea(i))), m_sink);
    applyLevels();
}

Log::~Log()
{
    close();
}

void Log::applyLevels()
{
    for (std::size_t i = 0; i < log_area_count; ++i)
        m_loggers[i]->set_level(spdlogLevel(m_levels.of(LogArea(i))));
}

void Log::write(LogArea area, LogLevel level, std::string_view message, const LogFields& fields)
{
    if (!m_levels.isOn(area, level))
        return;
    fields_of_line = &fields;
    m_loggers[std::size_t(area)]->log(spdlogLevel(level), spdlog::string_view_t(message.data(), message.size()));
    fields_of_line = nullptr;
}

const std::shared_ptr<spdlog::logger>& Log::logger(LogArea area) const
{
    return m_loggers[std::size_t(area)];
}

Result<void> Log::setLevels(std::string_view text)
{
    const MutexLock lock(m_mutex);
    ORDERLAB_TRY(return, m_levels.set(text));
    m_before_debug.clear();
    applyLevels();
    return {};
}

void Log::toggleDebug()
{
    const MutexLock lock(m_mutex);
    const std::string wanted = m_before_debug.empty() ? "debug" : m_before_debug;
    m_before_debug = m_before_debug.empty() ? m_levels.text() : std::string();
    (void)m_levels.set(wanted); // A text of ours.
    applyLevels();
}

void Log::setTap(Tap tap)
{
    m_sink->setTap(std::move(tap));
}

LogSecrets& Log::secrets()
{
    return m_sink->secrets;
}

Log::Counts Log::counts() const
{
    Counts counts;
    for (std::size_t i = 0; i < log_level_count; ++i)
        counts.lines[i] = m_sink->lines[i];
    counts.dropped = m_sink->queue().dropped();
    return counts;
}

void Log::close()
{
    m_sink->queue().close();
}

} // namespace orderlab
