#pragma once
#include "headless/log.h"
#include "headless/serve_options.h"
#include "http/http_server.h"

namespace orderlab {

/// Who may use a server's API and how it shows who it is: tokens and certificate, from files that are read again while
/// it runs. What is read later and is no use keeps what was before, and says so in the log. Any thread, one at a time.
class ServerAccess {
public:
    /// Both outlive it.
    ServerAccess(const ServeOptions& options, Log& log);

    /// Reads all of it. Errors: those of readTokenFile() and TlsContext::forServer().
    Result<void> fill(HttpOptions& http);
    /// Reads the tokens again, of the file that it was started with, so that the log shows none of them.
    void renewTokens(HttpServer& server);
    /// Reads certificate and key again, under whatever names they have now.
    void renewTls(HttpServer& server, const TlsFiles& files);

private:
    Result<std::vector<std::string>> readTokens();

    const ServeOptions& m_options;
    Log& m_whole_log;
    const std::shared_ptr<spdlog::logger> m_log;
};

} // namespace orderlab
