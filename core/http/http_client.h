#pragma once
#include "http/tls_context.h"
#include "runtime/runtime.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderlab {

struct HttpClientOptions {
    std::string host; ///< Name or address, IPv6 without brackets.
    std::uint16_t port = 80;
    std::shared_ptr<const TlsContext> tls = {};                ///< https: the server has to prove that it is `host`.
    std::string ca_option = "--tls-ca FILE (ORDERLAB_TLS_CA)"; ///< What a complaint about an unknown authority names.
    std::string base_path;                                     ///< Before every path; no slash at its end.
    std::string token;                          ///< Sent as Bearer where it is not empty. Never print it.
    Duration timeout{std::chrono::seconds{20}}; ///< For each of connect, send and receive; above the server's own 15 s.
    std::size_t reply_bytes_max = 16 * 1024 * 1024;

    /// Reads "http://host:port/base" or https. `tls_ca`, `own`: as TlsContext::forClient().
    /// Error: InvalidArgument, field "to", or a file's of TlsContext::forClient().
    static Result<HttpClientOptions> fromUrl(std::string_view url, const std::string& tls_ca = {},
                                             const TlsFiles& own = {});
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpReply {
    int status = 0;
    HttpHeaders headers;
    std::string body;

    /// Empty when it is not there.
    std::string_view header(std::string_view name) const;
};

/// One keep-alive connection to one server; opened at the first request and again when the server has closed it.
/// Used by one coroutine at a time, always on the same strand.
class HttpClient {
public:
    HttpClient(Runtime& runtime, HttpClientOptions options);
    ~HttpClient();

    /// The server's answer, whatever its status. A request that may have been received is sent again once, and only if
    /// it is safe to: GET, or with an Idempotency-Key.
    /// Errors: Rejected (Never) when the server's certificate is not what `host` needs, with the reason (nobody trusted
    /// has signed it, another name, expired) and what to do; Unavailable (Later) when the server cannot be reached or
    /// hangs up, Timeout (Later): whether it happened is unknown then; Corrupt when the answer is not HTTP.
    Task<Result<HttpReply>> post(std::string path, std::string json, HttpHeaders headers = {});
    /// Any other method. Sent again only as get() is, if `is_repeatable`.
    Task<Result<HttpReply>> request(std::string method, std::string path, std::string json, bool is_repeatable);
    Task<Result<HttpReply>> get(std::string path, HttpHeaders headers = {});
    void close();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
