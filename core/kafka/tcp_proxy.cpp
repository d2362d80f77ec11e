#include "kafka/tcp_proxy.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <deque>

namespace orderlab {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;
/// How long a wait for a delay's end, or for a narrow way, may overlook that the conditions have changed.
constexpr Duration look_again{std::chrono::milliseconds{50}};
/// The pause after accept() failed for want of descriptors or memory: only time helps.
constexpr std::chrono::milliseconds accept_pause{100};

/// The other side hears of it at once, and what is under way is gone: as when a process dies.
void reset(tcp::socket& socket)
{
    error_code ignored;
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

} // namespace

struct TcpProxy::Entrance {
    Endpoint server;
    tcp::acceptor acceptor;
};

/// One connection. All on its client's strand, but for cut().
class TcpProxy::Link {
public:
    Link(TcpProxy& proxy, tcp::socket client, const Endpoint& server)
        : m_proxy(proxy), m_client(std::move(client)), m_server(m_client.get_executor()), m_server_endpoint(server)
    {}

    Executor executor() { return m_client.get_executor(); }
    /// Connects to the server, then carries both ways.
    static Task<void> run(std::shared_ptr<Link> self);
    /// Any thread.
    static void cut(std::shared_ptr<Link> self)
    {
        const Executor executor = self->executor();
        asio::post(executor, [self = std::move(self)] { self->resetBoth(); });
    }

private:
    struct Piece {
        TimePoint arrived;
        std::vector<char> bytes;
    };
    struct Way {
        tcp::socket& from;
        tcp::socket& to;
        Duration BrokerConditions::*const delay;
        std::deque<Piece> pieces = {};
        std::size_t bytes = 0; ///< Of all pieces.
        bool ended = false;    ///< Nothing more will come.
        Notifier changed = {};
    };

    /// On one strand nothing comes between a question and the wait for another answer.
    static Task<void> change(Way& way) { co_await way.changed.wait(); }
    static Task<void> read(std::shared_ptr<Link> self, Way& way);
    static Task<void> write(std::shared_ptr<Link> self, Way& way);
    Task<void> waitForTurn(const Way& way, TimePoint arrived);
    Task<bool> send(Way& way, std::span<const char> bytes);
    void resetBoth();

    TcpProxy& m_proxy;
    tcp::socket m_client;
    tcp::socket m_server;
    const Endpoint m_server_endpoint;
    Way m_there{m_client, m_server, &BrokerConditions::delay_there};
    Way m_back{m_server, m_client, &BrokerConditions::delay_back};
};

Task<void> TcpProxy::Link::run(std::shared_ptr<Link> self)
{
    error_code error;
    co_await self->m_server.async_connect(self->m_server_endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (error || !self->m_client.is_open()) {
        self->resetBoth();
        co_return;
    }
    const tcp::no_delay no_delay(true);
    self->m_client.set_option(no_delay, error);
    self->m_server.set_option(no_delay, error);
    const Executor executor = self->executor();
    for (Way* const way : {&self->m_there, &self->m_back}) {
        self->m_proxy.m_tasks.spawn(executor, read(self, *way));
        self->m_proxy.m_tasks.spawn(executor, write(self, *way));
    }
}

Task<void> TcpProxy::Link::read(std::shared_ptr<Link> self, Way& way)
{
    for (;;) {
        while (way.bytes >= buffered_bytes_max && !way.ended)
            co_await change(way);
        if (way.ended)
            co_return;
        std::vector<char> bytes(chunk_bytes);
        error_code error;
        const std::size_t size =
            co_await way.from.async_read_some(asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
        if (error && error != asio::error::eof)
            self->resetBoth();
        if (error) {
            way.ended = true;
            way.changed.notifyAll();
            co_return;
        }
        bytes.resize(size);
        way.bytes += size;
        way.pieces.push_back({self->m_proxy.m_runtime.now(), std::move(bytes)});
        way.changed.notifyAll();
    }
}

Task<void> TcpProxy::Link::write(std::shared_ptr<Link> self, Way& way)
{
    for (;;) {
        while (way.pieces.empty() && !way.ended)
            co_await change(way);
        if (way.pieces.empty()) {
            error_code ignored;
            way.to.shutdown(tcp::socket::shutdown_send, ignored);
            co_return;
        }
        const Piece piece = std::move(way.pieces.front());
        way.pieces.pop_front();
        co_await self->waitForTurn(way, piece.arrived);
        const bool sent = co_await self->send(way, piece.bytes);
        if (!sent) {
            self->resetBoth();
            co_return;
        }
        way.bytes -= piece.bytes.size();
        way.changed.notifyAll();
    }
}

Task<void> TcpProxy::Link::waitForTurn(const Way& way, TimePoint arrived)
{
    for (;;) {
        const Duration left = arrived + m_proxy.conditions().*way.delay - m_proxy.m_runtime.now();
        if (left.count() <= 0 || !way.to.is_open())
            co_return;
        co_await m_proxy.m_runtime.sleep(std::min(left, look_again));
    }
}

/// In portions that a narrow way carries until it looks again. False: the connection is gone.
Task<bool> TcpProxy::Link::send(Way& way, std::span<const char> bytes)
{
    constexpr std::uint64_t looks_per_second = std::chrono::seconds{1} / look_again;
    while (!bytes.empty()) {
        const std::uint64_t rate = m_proxy.conditions().bytes_per_second;
        const std::size_t portion =
            rate == 0 ? bytes.size() : std::clamp<std::uint64_t>(rate / looks_per_second, 1, bytes.size());
        if (rate > 0)
            co_await m_proxy.m_runtime.sleep(Duration{std::int64_t(portion * 1'000'000 / rate)});
        const auto buffer = asio::buffer(bytes.data(), portion);
        error_code error;
        co_await asio::async_write(way.to, buffer, asio::redirect_error(asio::use_awaitable, error));
        if (error)
            co_return false;
        bytes = bytes.subspan(portion);
    }
    co_return true;
}

void TcpProxy::Link::resetBoth()
{
    reset(m_client);
    reset(m_server);
    for (Way* const way : {&m_there, &m_back}) {
        way->pieces.clear();
        way->ended = true;
        way->changed.notifyAll();
    }
}

Result<TcpProxy::Endpoint> TcpProxy::entranceOf(const Endpoint& server)
{
    const MutexLock guard(m_mutex);
    if (m_closed)
        return closedError("the proxy");
    std::shared_ptr<Entrance>& entrance = m_entrances[server];
    error_code error;
    if (!entrance) {
        const Endpoint any_port(server.address().is_v6() ? asio::ip::address(asio::ip::address_v6::loopback())
                                                         : asio::ip::address(asio::ip::address_v4::loopback()),
                                0);
        auto opened = std::make_shared<Entrance>(Entrance{server, tcp::acceptor(m_runtime.strand())});
        opened->acceptor.open(any_port.protocol(), error);
        if (!error)
            opened->acceptor.bind(any_port, error);
        if (!error)
            opened->acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            return unavailable("a proxy's port cannot be opened: " + error.message());
        const Executor executor = opened->acceptor.get_executor();
        m_tasks.spawn(executor, acceptAll(opened));
        entrance = std::move(opened);
    }
    const Endpoint at = entrance->acceptor.local_endpoint(error);
    if (error)
        return unavailable("a proxy's port is gone: " + error.message());
    return at;
}

Task<void> TcpProxy::acceptAll(std::shared_ptr<Entrance> entrance)
{
    for (;;) {
        error_code error;
        tcp::socket client = co_await entrance->acceptor.async_accept(m_runtime.strand(),
                                                                      asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted)
            co_return;
        if (error && error != asio::error::connection_aborted)
            co_await m_runtime.sleep(accept_pause);
        else if (!error)
            take(std::move(client), entrance->server);
    }
}

void TcpProxy::take(tcp::socket client, const Endpoint& server)
{
    const MutexLock guard(m_mutex);
    if (m_conditions.is_away) {
        ++m_counts.refused;
        reset(client);
        return;
    }
    ++m_counts.carried;
    std::erase_if(m_links, [](const auto& weak) { return weak.expired(); });
    auto link = std::make_shared<Link>(*this, std::move(client), server);
    m_links.push_back(link);
    const Executor executor = link->executor();
    m_tasks.spawn(executor, Link::run(std::move(link)));
}

void TcpProxy::setConditions(const BrokerConditions& conditions)
{
    const MutexLock guard(m_mutex);
    m_conditions = conditions;
    if (!conditions.is_away)
        return;
    for (const auto& weak : m_links) {
        if (auto link = weak.lock()) {
            ++m_counts.cut;
            Link::cut(std::move(link));
        }
    }
    m_links.clear();
}

BrokerConditions TcpProxy::conditions() const
{
    const MutexLock guard(m_mutex);
    return m_conditions;
}

TcpProxy::Counts TcpProxy::counts() const
{
    const MutexLock guard(m_mutex);
    return m_counts;
}

Task<void> TcpProxy::close()
{
    {
        const MutexLock guard(m_mutex);
        m_closed = true;
    }
    m_tasks.cancel();
    co_await m_tasks.join();
    const MutexLock guard(m_mutex);
    m_entrances.clear();
}

} // namespace orderlab
