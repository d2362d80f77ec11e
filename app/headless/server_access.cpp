#include "headless/server_access.h"

#include "headless/api_tokens.h"

#include <spdlog/spdlog.h>

namespace orderlab {

ServerAccess::ServerAccess(const ServeOptions& options, Log& log)
    : m_options(options), m_whole_log(log), m_log(log.logger(LogArea::Server))
{}

Result<void> ServerAccess::fill(HttpOptions& http)
{
    http.token = m_options.api_token;
    http.allowed_hosts = m_options.allowed_hosts;
    if (!m_options.api_token_file.empty()) {
        auto tokens = readTokens();
        if (!tokens)
            return tokens.error();
        http.further_tokens = std::move(*tokens);
    }
    if (m_options.tls.isEmpty())
        return {};
    auto tls = TlsContext::forServer(m_options.tls);
    if (!tls)
        return tls.error();
    for (const std::string& warning : (*tls)->warnings())
        m_log->warn("{}", warning);
    m_log->info("TLS certificate: {}", (*tls)->description());
    http.tls = std::move(*tls);
    return {};
}

Result<std::vector<std::string>> ServerAccess::readTokens()
{
    std::string warning;
    auto tokens = readTokenFile(m_options.api_token_file, warning);
    if (!tokens)
        return tokens;
    for (const std::string& token : *tokens)
        m_whole_log.secrets().add(token);
    if (!warning.empty())
        m_log->warn("{}", warning);
    m_log->info("API tokens: {} read from {}", tokens->size(), m_options.api_token_file);
    return tokens;
}

void ServerAccess::renewTokens(HttpServer& server)
{
    if (m_options.api_token_file.empty())
        return;
    auto tokens = readTokens();
    if (!tokens) {
        m_log->error("the API tokens before are kept: {}: {}", tokens.error().field, tokens.error().message);
        return;
    }
    if (!m_options.api_token.empty())
        tokens->push_back(m_options.api_token);
    server.setTokens(*tokens);
}

void ServerAccess::renewTls(HttpServer& server, const TlsFiles& files)
{
    if (m_options.tls.isEmpty() || files.isEmpty())
        return;
    const auto tls = TlsContext::forServer(files);
    if (!tls) {
        m_log->error("the TLS certificate before is kept: {}: {}", tls.error().field, tls.error().message);
        return;
    }
    for (const std::string& warning : (*tls)->warnings())
        m_log->warn("{}", warning);
    if ((*tls)->isOutOfTime()) {
        m_log->error("the TLS certificate before is kept: the new one is {}", (*tls)->description());
        return;
    }
    server.setTls(*tls);
    m_log->info("TLS certificate of new connections: {}", (*tls)->description());
}

} // namespace orderlab
