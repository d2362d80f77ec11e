#include "http/http_server.h"

#include "http/connection.h"
#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>

namespace orderlab {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// Connections that are told "too many" at once; further ones are closed without a word.
constexpr std::size_t turned_away_max = 64;
/// How long one of them may take to hear it.
constexpr std::chrono::seconds turn_away_limit{1};
/// The pause after accept() failed for want of descriptors or memory: only time helps.
constexpr std::chrono::milliseconds accept_pause{100};

Error listenError(error_code error, const std::string& endpoint)
{
    if (error == asio::error::address_in_use) {
        return {ErrorCode::AlreadyExists, Retry::Later,
                endpoint
                    + " is in use by another program: stop that one, or choose another port with --listen "
                      "(port 0 takes a free one)",
                "listen"};
    }
    if (error == asio::error::access_denied) {
        return {ErrorCode::Rejected, Retry::Never,
                endpoint + " needs more rights: choose a port above 1023 with --listen", "listen"};
    }
    if (error == boost::system::errc::address_not_available)
        return invalidArgument("listen", endpoint + " is not an address of this machine");
    return {ErrorCode::Unavailable, Retry::Later, "cannot listen on " + endpoint + ": " + error.message(), "listen"};
}

Task<Result<void>> joined(TaskGroup& group)
{
    co_await group.join();
    co_return Result<void>{};
}

} // namespace

struct HttpServer::Impl {
    Impl(Runtime& r, HttpOptions o, Router routes)
        : runtime(r), options(std::move(o)), router(std::move(routes)), access(options), group(runtime),
          tls(options.tls)
    {}

    error_code open();
    Task<void> acceptAll();
    void take(tcp::socket socket);
    bool hasTooMany(const std::string& address) const ORDERLAB_REQUIRES(mutex);
    Task<void> serve(std::shared_ptr<Connection> connection);
    Task<void> turnAway(tcp::socket socket);
    template <typename F>
    void forEachConnection(F call);

    // Constant after construction.
    Runtime& runtime;
    const HttpOptions options;
    const Router router;
    AccessRules access;
    ConnectionContext context{runtime, options, router, access};
    // With synchronisation of their own.
    TaskGroup group;
    std::atomic<std::uint16_t> port{0};
    std::atomic<std::size_t> turned_away{0};
    // On the accepting strand.
    std::optional<tcp::acceptor> acceptor;
    mutable Mutex mutex;
    std::shared_ptr<const TlsContext> tls ORDERLAB_GUARDED_BY(mutex);
    bool stopping ORDERLAB_GUARDED_BY(mutex) = false;
    std::unordered_map<Connection*, std::shared_ptr<Connection>> connections ORDERLAB_GUARDED_BY(mutex);
};

error_code HttpServer::Impl::open()
{
    error_code error;
    const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    tcp::acceptor opened(runtime.strand());
    const auto step = [&error](auto&& call) {
        if (!error)
            call();
    };
    step([&] { opened.open(endpoint.protocol(), error); });
    step([&] { opened.set_option(tcp::acceptor::reuse_address(true), error); }); // Past connections in TIME_WAIT.
    step([&] { opened.bind(endpoint, error); });
    step([&] { opened.listen(asio::socket_base::max_listen_connections, error); });
    if (error)
        return error;
    port = opened.local_endpoint(error).port();
    acceptor.emplace(std::move(opened));
    return error;
}

Task<void> HttpServer::Impl::acceptAll()
{
    while (acceptor->is_open()) {
        error_code error;
        // Each socket is bound to its connection's strand from the start.
        tcp::socket socket =
            co_await acceptor->async_accept(runtime.strand(), asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor)
            co_return;
        if (error && error != asio::error::connection_aborted)
            co_await runtime.sleep(accept_pause);
        else if (!error)
            take(std::move(socket));
    }
}

void HttpServer::Impl::take(tcp::socket socket)
{
    MutexLock lock(mutex);
    if (stopping)
        return;
    if (connections.size() >= options.connections_max) {
        lock.unlock();
        if (options.tls)
            return;
        if (turned_away.fetch_add(1) >= turned_away_max) {
            turned_away.fetch_sub(1);
            return;
        }
        const Executor executor = socket.get_executor();
        group.spawn(executor, turnAway(std::move(socket)));
        return;
    }
    auto connection = std::make_shared<Connection>(context, std::move(socket), tls);
    if (hasTooMany(connection->remoteAddress()))
        return; // Closed: one machine does not take what the others need.
    connections.emplace(connection.get(), connection);
    lock.unlock();
    const Executor executor = connection->executor();
    group.spawn(executor, serve(std::move(connection)));
}

bool HttpServer::Impl::hasTooMany(const std::string& address) const
{
    if (options.connections_per_address_max == 0 || isLoopbackAddress(address))
        return false;
    const auto is_from_there = [&](const auto& open) { return open.second->remoteAddress() == address; };
    return std::size_t(std::count_if(connections.begin(), connections.end(), is_from_there))
           >= options.connections_per_address_max;
}

Task<void> HttpServer::Impl::serve(std::shared_ptr<Connection> connection)
{
    // In a destructor, as cancellation unwinds.
    struct Entry {
        Impl& impl;
        Connection* key;
        ~Entry()
        {
            const MutexLock guard(impl.mutex);
            impl.connections.erase(key);
        }
    } entry{*this, connection.get()};
    co_await connection->run();
}

Task<void> HttpServer::Impl::turnAway(tcp::socket socket)
{
    struct Count {
        std::atomic<std::size_t>& value;
        ~Count() { value.fetch_sub(1); }
    } count{turned_away};
    static const std::string answer = [] {
        const Problem problem{503, "too-many-connections", "all connections are in use; come again in a moment"};
        const std::string body = problem.response().body;
        return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nContent-Length: "
               + std::to_string(body.size()) + "\r\nRetry-After: 1\r\nConnection: close\r\n\r\n" + body;
    }();
    boost::beast::tcp_stream stream(std::move(socket));
    stream.expires_after(turn_away_limit);
    if (options.on_answer)
        options.on_answer({"other", AnsweredRequest::unread_route, 503});
    error_code error;
    co_await asio::async_write(stream, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, error));
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
    std::array<char, 4096> scratch; // What the client has sent already; unread, it would reset the connection.
    for (int i = 0; !error && i < 32; ++i)
        co_await stream.async_read_some(asio::buffer(scratch), asio::redirect_error(asio::use_awaitable, error));
}

template <typename F>
void HttpServer::Impl::forEachConnection(F call)
{
    std::vector<std::shared_ptr<Connection>> all;
    {
        const MutexLock guard(mutex);
        for (const auto& [key, connection] : connections)
            all.push_back(connection);
    }
    for (auto& connection : all) {
        const Executor executor = connection->executor();
        asio::post(executor, [connection = std::move(connection), call] { call(*connection); });
    }
}

HttpServer::HttpServer(Runtime& runtime, HttpOptions options, Router router)
    : m_impl(std::make_unique<Impl>(runtime, std::move(options), std::move(router)))
{}

HttpServer::~HttpServer() = default;

Task<Result<void>> HttpServer::listen()
{
    ORDERLAB_TRY(co_return, m_impl->options.validate());
    if (const error_code error = m_impl->open())
        co_return listenError(error, m_impl->options.endpointText(m_impl->options.port));
    const Executor executor = m_impl->acceptor->get_executor();
    m_impl->group.spawn(executor, m_impl->acceptAll());
    co_return Result<void>{};
}

std::uint16_t HttpServer::port() const
{
    return m_impl->port;
}

std::string HttpServer::endpoint() const
{
    return m_impl->options.endpointText(port());
}

std::string HttpServer::url() const
{
    return (m_impl->options.tls ? "https://" : "http://") + endpoint();
}

void HttpServer::setTls(std::shared_ptr<const TlsContext> tls)
{
    const MutexLock guard(m_impl->mutex);
    m_impl->tls = std::move(tls);
}

void HttpServer::setTokens(const std::vector<std::string>& tokens)
{
    m_impl->access.setTokens(tokens);
}

std::size_t HttpServer::connections() const
{
    const MutexLock guard(m_impl->mutex);
    return m_impl->connections.size();
}

Task<void> HttpServer::stop()
{
    bool first;
    {
        const MutexLock guard(m_impl->mutex);
        first = !std::exchange(m_impl->stopping, true);
    }
    if (first && m_impl->acceptor) {
        const Executor executor = m_impl->acceptor->get_executor();
        asio::post(executor, [impl = m_impl.get()] {
            error_code ignored;
            impl->acceptor->close(ignored);
        });
        m_impl->forEachConnection([](Connection& connection) { connection.stop(); });
        const Result<void> in_time = co_await withTimeout(m_impl->runtime, m_impl->options.stop_limit,
                                                          "running requests", joined(m_impl->group));
        if (!in_time) {
            m_impl->group.cancel();
            m_impl->forEachConnection([](Connection& connection) { connection.abort(); });
        }
    }
    co_await m_impl->group.join();
}

} // namespace orderlab
