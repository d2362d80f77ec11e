#pragma once
#include "base/result.h"
#include "base/time.h"
#include "base/uuid.h"
#include "http/tls_context.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// A request that was answered, for metrics and traces. Views hold during the call.
struct AnsweredRequest {
    /// The route of a request whose head could not be read: it is no HTTP, too large or too slow, or all connections
    /// are in use.
    static constexpr std::string_view unread_route = "unread";

    std::string_view method;    ///< "other" where it is none that we know.
    std::string_view route;     ///< The pattern: "/orders/{id}"; empty: there is none at this path; or unread_route.
    int status = 0;             ///< 408 where the connection was closed under a request that did not come to its end.
    Duration took{0};           ///< From the end of the headers to the answer's last byte; of a stream to its first.
    std::string_view path = {}; ///< As sent, without query.
    std::string_view traceparent = {}; ///< The header's first value; empty: there is none.
    bool has_traceparents = false;     ///< There are several, so that none counts.
    OrderId order = {};                ///< That it has made; null: none.
    OrderId canceled = {};             ///< That it has canceled; null: none.
};

/// What the HTTP server is held to.
struct HttpOptions {
    std::string address = "127.0.0.1";       ///< IPv4 or IPv6. Any but a loopback address needs a token.
    std::uint16_t port = 8080;               ///< 0: a free one, see HttpServer::port().
    std::string token;                       ///< ORDERLAB_API_TOKEN; empty: none is asked for. Never print it.
    std::vector<std::string> further_tokens; ///< Each as good as `token`; see HttpServer::setTokens().
    bool is_open = false; ///< Its routes see for themselves who asks: another address than loopback needs no token.
    std::vector<std::string> allowed_hosts; ///< Further names and addresses, without port, that Host may carry
                                            ///< (services, reverse proxies). At most 64.

    std::shared_ptr<const TlsContext> tls = {}; ///< None: plain HTTP. See HttpServer::setTls().

    Duration handshake_limit{std::chrono::seconds{5}}; ///< Of TLS, from the connection's start: two round trips.
    Duration header_limit{std::chrono::seconds{5}}; ///< From a request's first byte (or the connection's start) to the
                                                    ///< end of its headers: who trickles bytes is cut off.
    Duration request_limit{std::chrono::seconds{
        15}}; ///< For body, work and answer each: longer than a slow database, shorter than a client's patience.
    Duration idle_limit{std::chrono::seconds{
        30}}; ///< Between requests on one connection: below the 60 s after which proxies reuse no connection.
    Duration stop_limit{std::chrono::seconds{5}}; ///< What stop() gives running requests; then they are cancelled.
    std::size_t connections_max = 1'024; ///< At once; past it 503 and close. About 10 KiB each, with TLS 75; below the
                                         ///< usual limit of descriptors.
    std::size_t connections_per_address_max = 0; ///< Of one client that is another machine; closed past it. 0: as many
                                                 ///< as there are.
    std::size_t body_bytes_max = 64 * 1024;      ///< 413 past it. An order is about 100 bytes.
    std::size_t header_bytes_max = 8 * 1024;     ///< Request line and headers, 431 past it: what other servers allow.

    std::function<void(const AnsweredRequest&)> on_answer = {}; ///< After each answer. Any thread; must not block.

    /// Error: InvalidArgument; `field` is the option's name.
    Result<void> validate() const;
    /// "127.0.0.1:8080", as people write and read it.
    std::string endpointText(std::uint16_t actual_port) const;
};

struct ListenAddress {
    std::string address;
    std::uint16_t port = 0;
};
/// Reads "127.0.0.1:8080", "localhost:8080" or "[::1]:8080". Error: InvalidArgument, field "listen".
Result<ListenAddress> parseListenAddress(std::string_view text);

bool isLoopbackAddress(std::string_view address);

} // namespace orderlab
