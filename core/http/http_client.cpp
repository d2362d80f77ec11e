#include "http/http_client.h"

#include "http/http_message.h"
#include "http/net_stream.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <charconv>

namespace orderlab {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

Result<HttpClientOptions> HttpClientOptions::fromUrl(std::string_view url, const std::string& tls_ca,
                                                     const TlsFiles& own)
{
    const auto parsed = boost::urls::parse_absolute_uri({url.data(), url.size()});
    if (!parsed || parsed->encoded_host().empty() || parsed->has_query() || parsed->has_userinfo())
        return invalidArgument("to", "must be a URL such as http://127.0.0.1:8080");
    const bool is_https = parsed->scheme() == "https";
    if (!is_https && parsed->scheme() != "http")
        return invalidArgument("to", "must start with http:// or https://");
    HttpClientOptions options;
    if (is_https) {
        auto tls = TlsContext::forClient(tls_ca, own);
        if (!tls)
            return tls.error();
        options.tls = std::move(*tls);
        options.port = 443;
    }
    options.host = parsed->host();
    if (options.host.starts_with('['))
        options.host = options.host.substr(1, options.host.size() - 2);
    if (parsed->has_port()) {
        const std::string_view digits(parsed->port().data(), parsed->port().size());
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), options.port);
        if (error != std::errc{} || end != digits.data() + digits.size() || options.port == 0)
            return invalidArgument("to", "must have a port from 1 to 65535");
    }
    options.base_path.assign(parsed->encoded_path().data(), parsed->encoded_path().size());
    while (options.base_path.ends_with('/'))
        options.base_path.pop_back();
    return options;
}

std::string_view HttpReply::header(std::string_view name) const
{
    for (const auto& [key, value] : headers) {
        if (equalsIgnoringCase(key, name))
            return value;
    }
    return {};
}

namespace {

/// Why no connection over TLS came about, with what to do.
Error tlsError(const std::string& server, const HttpClientOptions& options, long verified, error_code error)
{
    const auto refused = [&server](const std::string& why) {
        return Error{ErrorCode::Rejected, Retry::Never, server + ' ' + why, {}};
    };
    switch (verified) {
    case X509_V_OK: break;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return refused("has a certificate for another name than " + options.host + ": use a name that is in it");
    case X509_V_ERR_CERT_HAS_EXPIRED: return refused("has a certificate that has expired");
    case X509_V_ERR_CERT_NOT_YET_VALID: return refused("has a certificate that is not valid yet");
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return refused("has a certificate of an unknown authority: give the authority's with " + options.ca_option);
    default:
        return refused(std::string("has a certificate that is refused: ") + X509_verify_cert_error_string(verified));
    }
    const auto code = static_cast<unsigned long>(error.value());
    if (error.category() == asio::error::get_ssl_category() && ERR_GET_REASON(code) == SSL_R_WRONG_VERSION_NUMBER)
        return refused("does not speak TLS: use http://, or another port");
    return unavailable(server + " did not agree on TLS: " + error.message());
}

} // namespace

struct HttpClient::Impl {
    Runtime& runtime;
    HttpClientOptions options;
    std::optional<NetStream> stream = {};
    beast::flat_buffer buffer = {};

    std::string compose(std::string_view method, const std::string& path, const std::string& body,
                        const HttpHeaders& headers) const;
    Error errorOf(error_code error, std::string_view doing) const;
    Task<Result<void>> connect();
    Task<Result<void>> shakeHands();
    Task<Result<HttpReply>> exchange(const std::string& request);
    Task<Result<HttpReply>> send(std::string request, bool repeatable);
};

std::string HttpClient::Impl::compose(std::string_view method, const std::string& path, const std::string& body,
                                      const HttpHeaders& headers) const
{
    const bool v6 = options.host.find(':') != std::string::npos;
    std::string text(method);
    text += ' ' + options.base_path + path + " HTTP/1.1\r\nHost: " + (v6 ? '[' + options.host + ']' : options.host)
            + ':' + std::to_string(options.port);
    if (!options.token.empty())
        text += "\r\nAuthorization: Bearer " + options.token;
    for (const auto& [name, value] : headers)
        text += "\r\n" + name + ": " + value;
    if (method == "POST" || method == "PUT")
        text += "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size());
    return text + "\r\n\r\n" + body;
}

Error HttpClient::Impl::errorOf(error_code error, std::string_view doing) const
{
    const std::string server = options.host + ':' + std::to_string(options.port);
    if (error == beast::error::timeout)
        return {ErrorCode::Timeout, Retry::Later, server + " took too long to " + std::string(doing), {}};
    if (error.category() == make_error_code(http::error::bad_method).category() && error != http::error::end_of_stream
        && error != http::error::partial_message)
        return {ErrorCode::Corrupt, Retry::Never, server + " did not answer in HTTP: " + error.message(), {}};
    return unavailable(server + " did not " + std::string(doing) + ": " + error.message());
}

Task<Result<void>> HttpClient::Impl::connect()
{
    const auto executor = co_await asio::this_coro::executor;
    error_code error;
    tcp::resolver resolver(executor);
    const auto endpoints = co_await resolver.async_resolve(options.host, std::to_string(options.port),
                                                           asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return errorOf(error, "have an address");
    stream.emplace(executor);
    buffer.clear();
    stream->expires_after(options.timeout);
    co_await stream->tcp().async_connect(endpoints, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        stream.reset();
        co_return errorOf(error, "accept a connection");
    }
    stream->socket().set_option(tcp::no_delay(true), error);
    if (!options.tls)
        co_return Result<void>{};
    const Result<void> trusted = co_await shakeHands();
    if (!trusted)
        stream.reset();
    co_return trusted;
}

/// TLS, up to the server's proof that it is the host that was asked for.
Task<Result<void>> HttpClient::Impl::shakeHands()
{
    NetStream::Tls& tls = stream->startTls(*options.tls);
    SSL* const native = tls.native_handle();
    error_code error;
    asio::ip::make_address(options.host, error);
    if (error) {
        SSL_set_tlsext_host_name(native, options.host.c_str());
        SSL_set_hostflags(native, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(native, options.host.c_str());
    } else {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(native), options.host.c_str());
    }
    stream->expires_after(options.timeout);
    co_await tls.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
    if (!error)
        co_return Result<void>{};
    if (error == beast::error::timeout)
        co_return errorOf(error, "agree on TLS");
    co_return tlsError(options.host + ':' + std::to_string(options.port), options, SSL_get_verify_result(native),
                       error);
}

/// Sends and receives on the open connection.
Task<Result<HttpReply>> HttpClient::Impl::exchange(const std::string& request)
{
    error_code error;
    stream->expires_after(options.timeout);
    co_await asio::async_write(*stream, asio::buffer(request), asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return errorOf(error, "take the request");
    http::response_parser<http::string_body> parser;
    parser.body_limit(options.reply_bytes_max);
    stream->expires_after(options.timeout);
    co_await http::async_read(*stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return errorOf(error, "answer");
    HttpReply reply;
    reply.status = parser.get().result_int();
    for (const auto& field : parser.get())
        reply.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    reply.body = std::move(parser.get().body());
    if (!parser.keep_alive())
        stream.reset();
    co_return reply;
}

Task<Result<HttpReply>> HttpClient::Impl::send(std::string request, bool repeatable)
{
    for (bool again = false;; again = true) {
        const bool is_fresh = !stream.has_value();
        if (is_fresh) {
            const Result<void> connected = co_await connect();
            if (!connected)
                co_return connected.error();
        }
        Result<HttpReply> reply = co_await exchange(request);
        if (reply)
            co_return reply;
        stream.reset();
        // A server may close a connection that was idle just as the next request is on its way.
        if (again || is_fresh || !repeatable || reply.error().code != ErrorCode::Unavailable)
            co_return reply;
    }
}

HttpClient::HttpClient(Runtime& runtime, HttpClientOptions options) : m_impl(new Impl{runtime, std::move(options)}) {}

HttpClient::~HttpClient() = default;

Task<Result<HttpReply>> HttpClient::post(std::string path, std::string json, HttpHeaders headers)
{
    bool repeatable = false;
    for (const auto& [name, value] : headers)
        repeatable = repeatable || equalsIgnoringCase(name, "Idempotency-Key");
    std::string request = m_impl->compose("POST", path, json, headers);
    return m_impl->send(std::move(request), repeatable);
}

Task<Result<HttpReply>> HttpClient::get(std::string path, HttpHeaders headers)
{
    std::string request = m_impl->compose("GET", path, {}, headers);
    return m_impl->send(std::move(request), true);
}

Task<Result<HttpReply>> HttpClient::request(std::string method, std::string path, std::string json, bool is_repeatable)
{
    std::string request = m_impl->compose(method, path, json, {});
    return m_impl->send(std::move(request), is_repeatable);
}

void HttpClient::close()
{
    m_impl->stream.reset();
}

} // namespace orderlab
