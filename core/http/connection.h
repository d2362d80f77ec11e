#pragma once
// Internal to core/http: everything heavy of Beast is behind this header and included by few files only.
#include "http/access_rules.h"
#include "http/net_stream.h"
#include "http/request_parsing.h"
#include "http/router.h"
#include "runtime/runtime.h"

#include <boost/beast/core/flat_buffer.hpp>

namespace orderlab {

/// What all connections of a server share. Outlives them.
struct ConnectionContext {
    Runtime& runtime;
    const HttpOptions& options;
    const Router& router;
    const AccessRules& access;
};

/// One client's connection: reads a request, has it answered, writes the answer, until one side has had enough.
/// Requests that were sent ahead (pipelining) wait in the buffer and in the kernel, and are answered in order.
/// Everything runs on the socket's executor.
class Connection {
public:
    /// `tls`: begins with its handshake; none: plain HTTP.
    Connection(ConnectionContext& context, boost::asio::ip::tcp::socket socket,
               std::shared_ptr<const TlsContext> tls = {});

    Task<void> run();
    /// Ends the connection after the request that is running; at once when there is none.
    void stop();
    /// Ends it now.
    void abort();
    Executor executor() { return m_stream.get_executor(); }
    /// Where the client is, without port; constant.
    const std::string& remoteAddress() const { return m_remote_address; }

private:
    Task<bool> startTls();
    Task<void> answerPlainHttp();
    Task<bool> waitForRequest();
    Task<bool> readHead();
    Task<std::optional<HttpResponse>> readBody();
    Task<void> answer();
    Task<HttpResponse> handle(const Route& route);
    Task<bool> write(const HttpResponse& response);
    Task<void> writeStream(const HttpResponse& response);
    bool isClientGone();
    void tellAnswer(const Route* route, const HttpResponse& response, TimePoint since) const;
    void tellUnread(int status, TimePoint since) const;
    Task<std::optional<HttpResponse>> refuse(boost::system::error_code error);
    Task<void> closeGently();
    void compose(const HttpResponse& response);

    ConnectionContext& m_context;
    const std::shared_ptr<const TlsContext> m_tls;
    NetStream m_stream;
    boost::beast::flat_buffer m_buffer;
    std::optional<RequestParser> m_parser;
    HttpRequest m_request;
    std::string m_local_address;
    std::string m_remote_address;
    std::string m_out;
    bool m_is_first = true;
    bool m_waiting = false;
    bool m_stopping = false;
    bool m_keep_alive = true;
};

} // namespace orderlab
