#include "http/access_rules.h"

#include "base/sha256.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace orderlab {

namespace {

struct HostAndPort {
    std::string_view host; ///< IPv6 without brackets.
    std::string_view port; ///< Empty: the scheme's.
};

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<HostAndPort> splitAuthority(std::string_view text)
{
    HostAndPort result;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return {};
        result.host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
    } else {
        const auto colon = text.find(':');
        result.host = text.substr(0, colon);
        rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
    }
    if (result.host.empty() || (!rest.empty() && (rest.front() != ':' || !isDigits(rest.substr(1)))))
        return {};
    result.port = rest.empty() ? rest : rest.substr(1);
    return result;
}

bool isSameOrigin(std::string_view origin, const HostAndPort& host)
{
    const bool plain = origin.starts_with("http://");
    if (!plain && !origin.starts_with("https://")) // https: behind a proxy that ends TLS.
        return false;
    const std::string_view default_port = plain ? "80" : "443";
    const auto asked_from = splitAuthority(origin.substr(plain ? 7 : 8));
    if (!asked_from)
        return false;
    const auto port = [default_port](std::string_view given) { return given.empty() ? default_port : given; };
    return equalsIgnoringCase(asked_from->host, host.host) && port(asked_from->port) == port(host.port);
}

HttpResponse forbidden(std::string type, std::string detail)
{
    return Problem{403, std::move(type), std::move(detail)}.response();
}

} // namespace

AccessRules::AccessRules(const HttpOptions& options)
    : m_address(options.address), m_allowed_hosts(options.allowed_hosts)
{
    std::vector<std::string> tokens = options.further_tokens;
    if (!options.token.empty())
        tokens.push_back(options.token);
    setTokens(tokens);
}

void AccessRules::setTokens(const std::vector<std::string>& tokens)
{
    std::vector<std::string> digests;
    for (const std::string& token : tokens)
        digests.push_back(sha256Hex(token));
    const MutexLock lock(m_mutex);
    m_digests = std::make_shared<const std::vector<std::string>>(std::move(digests));
}

bool AccessRules::isOurs(std::string_view host, std::string_view local_address) const
{
    // A trailing dot makes a name absolute and nothing else.
    if (host.size() > 1 && host.ends_with('.'))
        host.remove_suffix(1);
    if (equalsIgnoringCase(host, "localhost") || isLoopbackAddress(host) || host == m_address || host == local_address)
        return true;
    return std::any_of(m_allowed_hosts.begin(), m_allowed_hosts.end(),
                       [host](const std::string& allowed) { return equalsIgnoringCase(host, allowed); });
}

std::optional<HttpResponse> AccessRules::checkOrigin(const HttpRequest& request, std::string_view authority) const
{
    const std::size_t hosts = request.headerCount("Host");
    if (hosts > 1 || (hosts == 0 && request.version >= 11)) // RFC 9112, section 3.2.
        return malformed("a request must have one Host header").response();
    // RFC 9112, section 3.2.2: a whole URL as the target replaces Host.
    const std::string_view named = authority.empty() ? request.header("Host").value_or("") : authority;
    const bool old_without_host = hosts == 0 && authority.empty(); // HTTP/1.0; no browser sends that.
    const auto host = splitAuthority(named);
    if (!old_without_host && (!host || !isOurs(host->host, request.local_address)))
        return forbidden("foreign-host", "Host does not name this server; a name of its own has to be allowed first "
                                         "(--allowed-host)");
    if (const auto origin = request.header("Origin")) {
        if (request.headerCount("Origin") > 1 || !host || !isSameOrigin(*origin, *host))
            return forbidden("foreign-origin", "pages of another origin may not use this server");
    }
    return {};
}

std::optional<HttpResponse> AccessRules::checkToken(const HttpRequest& request) const
{
    std::shared_ptr<const std::vector<std::string>> digests;
    {
        const MutexLock lock(m_mutex);
        digests = m_digests;
    }
    if (digests->empty())
        return {};
    const std::string_view given = request.header("Authorization").value_or("");
    const bool is_bearer = given.size() > 7 && equalsIgnoringCase(given.substr(0, 7), "Bearer ");
    if (is_bearer && request.headerCount("Authorization") == 1) {
        const std::string digest = sha256Hex(given.substr(7));
        bool is_known = false;
        for (const std::string& known : *digests)
            is_known |= CRYPTO_memcmp(digest.data(), known.data(), known.size()) == 0;
        if (is_known)
            return {};
    }
    HttpResponse response =
        Problem{401, "unauthorized", "this server asks for its token: Authorization: Bearer ORDERLAB_API_TOKEN"}
            .response();
    response.headers.emplace_back("WWW-Authenticate", given.empty()
                                                          ? "Bearer realm=\"orderlab\""
                                                          : "Bearer realm=\"orderlab\", error=\"invalid_token\"");
    return response;
}

} // namespace orderlab
