#pragma once
#include <memory>
#include <string>

namespace CLI {
class App;
}
namespace spdlog {
class logger;
}

namespace orderlab {

struct LogOptions {
    std::string level = "info";
    std::string format = "text";
};

/// --log-level and --log-format, with their environment variables.
void addLogOptions(CLI::App& app, LogOptions& options);
/// Writes to standard error, a line a message: text for people, or one JSON object.
std::shared_ptr<spdlog::logger> makeLog(const LogOptions& options);
/// From the next message on.
void setLevel(spdlog::logger& log, const LogOptions& options);

} // namespace orderlab
