#pragma once
#include "observe/log.h"

namespace CLI {
class App;
}

namespace orderlab {

struct LogOptions {
    std::string level = "info";
    std::string format = "text";
};

/// --log-level and --log-format, with their environment variables.
void addLogOptions(CLI::App& app, LogOptions& options);
/// The log on standard error that the options, which were checked, ask for.
std::unique_ptr<Log> makeLog(const LogOptions& options);

} // namespace orderlab
