#include "headless/log.h"

#include <CLI/CLI.hpp>

#include <unistd.h>

namespace orderlab {

void addLogOptions(CLI::App& app, LogOptions& options)
{
    const auto level = [](const std::string& text) {
        LogLevels levels;
        const auto set = levels.set(text);
        return set ? std::string() : set.error().message;
    };
    app.add_option("--log-level", options.level,
                   "The lowest level that is logged: debug, info, warning, error or off; for single areas, too: "
                   "info,bus=debug")
        ->envname("ORDERLAB_LOG_LEVEL")
        ->check(CLI::Validator(level, "LEVEL"))
        ->capture_default_str();
    app.add_option("--log-format", options.format,
                   "text for people, json for programs, or auto: text on a terminal, else json")
        ->envname("ORDERLAB_LOG_FORMAT")
        ->check(CLI::IsMember({"text", "json", "auto"}))
        ->capture_default_str();
}

std::unique_ptr<Log> makeLog(const LogOptions& options)
{
    const bool is_json = options.format == "json" || (options.format == "auto" && ::isatty(STDERR_FILENO) == 0);
    auto log = std::make_unique<Log>(is_json ? LogFormat::Json : LogFormat::Text, STDERR_FILENO);
    (void)log->setLevels(options.level); // Checked.
    return log;
}

} // namespace orderlab
