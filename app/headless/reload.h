#pragma once
#include "headless/serve_options.h"

#include <map>
#include <string>
#include <vector>

namespace orderlab {

/// What a running server's flags, environment and configuration file say now. One thread at a time.
class Reload {
public:
    Reload(int argc, char** argv);

    struct Changes {
        ServeOptions options;                ///< As they are now.
        std::vector<std::string> in_force;   ///< Settings that have changed and apply to a running server.
        std::vector<std::string> next_start; ///< Those that have changed and do not.
    };
    /// Compared with the last time, or with the start. Error: InvalidArgument; then nothing counts as read.
    Result<Changes> read();

private:
    const int m_argc;
    char** const m_argv;
    std::map<std::string, std::string> m_last;
};

} // namespace orderlab
