#pragma once
#include "base/mutex.h"
#include "http/http_message.h"
#include "http/http_options.h"
#include "http/problem.h"

namespace orderlab {

/// Who may ask. Any thread.
///
/// Host has to name this server: a web page that rebinds its own name to 127.0.0.1 (DNS rebinding) sends its own name.
/// Origin has to be this server, as a browser sends it with every request of a foreign page that could change anything;
/// no CORS header is ever sent, so that foreign pages cannot read answers either.
/// Tokens, where there are some, are compared in constant time, each of them: by digests, so that no length shows.
class AccessRules {
public:
    explicit AccessRules(const HttpOptions& options);

    /// Whether Host (or `authority`, where the request target is a whole URL) and Origin are ours: 400 or 403 if not.
    std::optional<HttpResponse> checkOrigin(const HttpRequest& request, std::string_view authority) const;
    /// Whether the token is there, where one is needed: 401 if not.
    std::optional<HttpResponse> checkToken(const HttpRequest& request) const;
    /// From now on these instead; none: nobody is asked for one.
    void setTokens(const std::vector<std::string>& tokens);

private:
    bool isOurs(std::string_view host, std::string_view local_address) const;

    const std::string m_address;
    const std::vector<std::string> m_allowed_hosts;
    mutable Mutex m_mutex;
    std::shared_ptr<const std::vector<std::string>> m_digests ORDERLAB_GUARDED_BY(m_mutex); ///< Of the tokens.
};

} // namespace orderlab
