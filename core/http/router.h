#pragma once
#include "http/http_message.h"

#include <memory>

namespace orderlab {

/// What a route does with a request's body.
enum class BodyRule : std::uint8_t {
    Ignored,      ///< Read and dropped, whatever it is.
    OptionalJson, ///< Is empty, or application/json in UTF-8.
    Json,         ///< Has to be application/json, in UTF-8.
};

enum class FieldPlace : std::uint8_t { Path, Query, Header, Body };

/// One field that a route reads.
struct RequestField {
    FieldPlace place = FieldPlace::Body;
    std::string_view name; ///< A literal.
    bool is_required = false;
};
/// All that a route reads of a request.
struct RequestShape {
    BodyRule body = BodyRule::Ignored;
    std::vector<RequestField> fields;
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
    RequestShape reads = {};
    RouteAccess access = RouteAccess::Token;
    // For descriptions; openapi.json says the same.
    std::string operation = {}; ///< "createOrder".
    std::string summary = {};
    std::vector<int> answers = {}; ///< Its own statuses, the good one first: see statusesOf().
};

/// Every status that a route answers: its own, those that come of what it reads, and those of the server itself; but
/// 500, which is a bug. In order.
std::vector<int> statusesOf(const Route& route);

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
    /// All methods of all routes: "GET, HEAD, POST, OPTIONS".
    std::string methods() const;

private:
    std::vector<Route> m_routes;
    std::vector<std::vector<std::string>> m_patterns; ///< The segments of each.
};

} // namespace orderlab
