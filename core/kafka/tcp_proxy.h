#pragma once
#include "base/mutex.h"
#include "base/result.h"
#include "bus/broker_faults.h"
#include "runtime/task_group.h"

#include <boost/asio/ip/tcp.hpp>

#include <map>

namespace orderlab {

/// Stands between TCP clients of this machine and their servers, and makes the way worse on demand. Carries bytes as
/// they are, so that TLS and any protocol pass. Any thread; close() before it is dropped.
class TcpProxy {
public:
    using Endpoint = boost::asio::ip::tcp::endpoint;
    static constexpr std::size_t buffered_bytes_max =
        1'024 * 1'024; ///< Of one connection, each way; then the sender waits.

    struct Counts {
        std::uint64_t carried = 0; ///< Connections taken on.
        std::uint64_t cut = 0;     ///< Of these, by setConditions().
        std::uint64_t refused = 0; ///< Connections that came while servers were to be away.
    };

    explicit TcpProxy(Runtime& runtime) : m_runtime(runtime), m_tasks(runtime) {}

    /// Where `server` is reached through the proxy: a port of the loopback interface, of the same address family,
    /// opened at the first call. Errors: Unavailable (Later) when it cannot be opened; Closed.
    Result<Endpoint> entranceOf(const Endpoint& server);
    /// In force within 50 ms, also for what is buffered. Away: all connections are reset, as are new ones until it
    /// ends.
    void setConditions(const BrokerConditions& conditions);
    Counts counts() const;
    /// Ends all connections. Idempotent.
    Task<void> close();

private:
    class Link;
    struct Entrance;
    Task<void> acceptAll(std::shared_ptr<Entrance> entrance);
    void take(boost::asio::ip::tcp::socket client, const Endpoint& server);
    BrokerConditions conditions() const;

    Runtime& m_runtime;
    TaskGroup m_tasks;
    mutable Mutex m_mutex;
    BrokerConditions m_conditions ORDERLAB_GUARDED_BY(m_mutex);
    std::map<Endpoint, std::shared_ptr<Entrance>> m_entrances ORDERLAB_GUARDED_BY(m_mutex); ///< By server.
    std::vector<std::weak_ptr<Link>> m_links ORDERLAB_GUARDED_BY(m_mutex);
    Counts m_counts ORDERLAB_GUARDED_BY(m_mutex);
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
};

} // namespace orderlab
