#pragma once
#include "headless/log.h"
#include "headless/otlp_options.h"
#include "http/tls_context.h"
#include "lab_options.h"

namespace orderlab {

/// What `serve` takes; `config` shows the same.
struct ServeOptions {
    LabOptions lab;
    LogOptions log;
    OtlpOptions otlp;
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> allowed_hosts; ///< See HttpOptions.
    TlsFiles tls;
    std::string api_token;
    std::string api_token_file; ///< See readTokenFile().
    double wait_for_services_s = 30;
    double drain_s = 15;
    double finish_within_s = 60;
    bool share_journal = false;
    std::string record;            ///< The file that keeps the journal; empty: none.
    double record_mib_max = 1'024; ///< Of that file.
    std::string classroom;         ///< See parseClassroomAddress(); empty: no class is on.
};

/// Each with its environment variable and its key in the configuration file.
void addServeOptions(CLI::App& command, ServeOptions& options);

} // namespace orderlab
