#pragma once
// Internal to core/http: the headers of Beast and of TLS are behind this one.
#include "http/tls_context.h"
#include "runtime/task.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <optional>

namespace orderlab {

/// A TCP connection with deadlines, plain until startTls(): what reads and writes HTTP needs no second form for TLS.
/// An AsyncReadStream and AsyncWriteStream of Asio. Deadlines (expires_after()) hold for TLS as for plain bytes, as
/// they are those of the socket. On the socket's executor.
class NetStream {
public:
    using executor_type = boost::beast::tcp_stream::executor_type;
    using Tls = boost::asio::ssl::stream<boost::beast::tcp_stream&>;

    explicit NetStream(boost::asio::ip::tcp::socket socket) : m_tcp(std::move(socket)) {}
    explicit NetStream(const executor_type& executor) : m_tcp(executor) {}
    NetStream(const NetStream&) = delete;
    NetStream& operator=(const NetStream&) = delete;

    executor_type get_executor() { return m_tcp.get_executor(); }
    boost::beast::tcp_stream& tcp() { return m_tcp; }
    boost::asio::ip::tcp::socket& socket() { return m_tcp.socket(); }
    template <typename Limit>
    void expires_after(Limit limit)
    {
        m_tcp.expires_after(limit);
    }
    void expires_never() { m_tcp.expires_never(); }
    void cancel() { m_tcp.cancel(); }
    void close() { m_tcp.close(); }

    /// From here on bytes go through TLS; its handshake is the caller's.
    Tls& startTls(const TlsContext& context) { return m_tls.emplace(m_tcp, context.native()); }
    /// Tells the peer that nothing more comes (close_notify), and waits for its answer until the deadline: without it a
    /// client cannot tell the end from a connection that somebody cut. Nothing to do without TLS, or a second time.
    Task<void> finishTls()
    {
        if (!m_tls || std::exchange(m_is_finished, true) || !m_tcp.socket().is_open())
            co_return;
        boost::system::error_code ignored;
        co_await m_tls->async_shutdown(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }

    template <typename Buffers, typename Token>
    typename boost::asio::async_result<std::decay_t<Token>, void(boost::system::error_code, std::size_t)>::return_type
    async_read_some(const Buffers& buffers, Token&& token)
    {
        return m_tls ? m_tls->async_read_some(buffers, std::forward<Token>(token))
                     : m_tcp.async_read_some(buffers, std::forward<Token>(token));
    }
    template <typename Buffers, typename Token>
    typename boost::asio::async_result<std::decay_t<Token>, void(boost::system::error_code, std::size_t)>::return_type
    async_write_some(const Buffers& buffers, Token&& token)
    {
        return m_tls ? m_tls->async_write_some(buffers, std::forward<Token>(token))
                     : m_tcp.async_write_some(buffers, std::forward<Token>(token));
    }

private:
    boost::beast::tcp_stream m_tcp;
    std::optional<Tls> m_tls;
    bool m_is_finished = false;
};

} // namespace orderlab
