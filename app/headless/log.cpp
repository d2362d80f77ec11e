#include "headless/log.h"

#include <CLI/CLI.hpp>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>

namespace orderlab {

namespace {

/// The message as a JSON string, quotes included.
class JsonMessage final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override
    {
        const std::string text =
            boost::json::serialize(boost::json::string_view(message.payload.data(), message.payload.size()));
        out.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<JsonMessage>(); }
};

} // namespace

void addLogOptions(CLI::App& app, LogOptions& options)
{
    app.add_option("--log-level", options.level, "The lowest level that is logged: debug, info, warning, error or off")
        ->envname("ORDERLAB_LOG_LEVEL")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
        ->capture_default_str();
    app.add_option("--log-format", options.format, "text for people, json for programs")
        ->envname("ORDERLAB_LOG_FORMAT")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
}

void setLevel(spdlog::logger& log, const LogOptions& options)
{
    log.set_level(spdlog::level::from_str(options.level));
}

std::shared_ptr<spdlog::logger> makeLog(const LogOptions& options)
{
    auto log = std::make_shared<spdlog::logger>("orderlabd", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    setLevel(*log, options);
    log->flush_on(spdlog::level::trace);
    if (options.format == "json") {
        auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
        formatter->add_flag<JsonMessage>('*').set_pattern(
            R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","message":%*})");
        log->set_formatter(std::move(formatter));
    } else {
        log->set_pattern("%H:%M:%S.%e  %v");
    }
    return log;
}

} // namespace orderlab
