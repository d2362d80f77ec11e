#pragma once
#include "http/http_message.h"

#include <memory>

namespace orderlab {

/// What a route does with a request's body.
enum class BodyRule : std::uint8_t {
    Ignored, ///< Read and dropped, whatever it is.
    Json,    ///< Has to be application/json, in UTF-8; may be left out only where the handler allows it.
};

/// Who may use a route while a token is set.
enum class RouteAccess : std::uint8_t {
    Token,    ///< Who has the token.
    Everyone, ///< Anyone who reaches the server: probes that cannot keep a secret.
};

struct Route {
    std::string method;  ///< GET also answers HEAD.
    std::string pattern; ///< "/orders/{id}": a segment in braces matches any text and becomes a parameter.
    HttpHandler handler; ///< Called on the connection's strand. Exceptions become 500.
    BodyRule body = BodyRule::Ignored;
    RouteAccess access = RouteAccess::Token;
};

/// The table of routes. Filled before the server starts, then only read: any thread.
class Router {
public:
    void add(Route route);
    const std::vector<Route>& routes() const { return m_routes; }

    struct Match {
        const Route* route = nullptr;        ///< Null: no route, or none for this method.
        std::vector<std::string> parameters; ///< Where there is a route.
        std::string allow;                   ///< The methods of that path ("GET, HEAD, OPTIONS"); empty: no such path.
    };
    Match match(std::string_view method, const std::vector<std::string>& segments) const;

private:
    std::vector<Route> m_routes;
    std::vector<std::vector<std::string>> m_patterns; ///< The segments of each.
};

} // namespace orderlab
