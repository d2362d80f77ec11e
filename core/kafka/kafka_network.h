#pragma once
#include "base/mutex.h"
#include "kafka/kafka_handles.h"
#include "kafka/tcp_proxy.h"

#include <set>

struct sockaddr;

namespace orderlab {

/// The way from the clients of one bus to a cluster that somebody else runs. It is direct until brokers are to be away
/// or slow, or the way narrow: then all connections are shut down, and those that follow go through a TcpProxy. Once
/// the conditions are as usual again new connections are direct; those through the proxy stay there, and are fast. Any
/// thread.
class KafkaNetwork final : public BrokerFaults {
public:
    /// What librdkafka hands to all callbacks of a client ("opaque"); outlives the client.
    struct Opaque {
        std::shared_ptr<KafkaNetwork> network; ///< Null for clients that it does not carry.
        void* owner = nullptr;
    };
    struct Counts {
        std::uint64_t direct = 0; ///< Connections made without the proxy.
        std::uint64_t shut = 0;   ///< Of these, shut down for a fault.
        TcpProxy::Counts proxied;
    };

    explicit KafkaNetwork(Runtime& runtime) : m_proxy(runtime) {}

    /// Leads the connections of a client made of `conf` the way of the network that its opaque, an Opaque, names.
    static void carry(rd_kafka_conf_t* conf);
    void setConditions(const BrokerConditions& conditions) override;
    bool canRefuse() const override { return false; }
    bool canThrottle() const override { return true; }
    Counts counts() const;
    /// After its clients have ended; one that cannot end finds nobody from then on where it was not direct. Idempotent.
    Task<void> close() { return m_proxy.close(); }

private:
    static int onConnect(int socket, const sockaddr* server, int size, const char*, void* opaque);
    static int onClose(int socket, void* opaque);
    int connect(int socket, const sockaddr* server, std::size_t size);

    TcpProxy m_proxy;
    mutable Mutex m_mutex; ///< Is held, too, while a socket is connected, shut down or closed.
    bool m_is_direct ORDERLAB_GUARDED_BY(m_mutex) = true;
    std::set<int> m_direct ORDERLAB_GUARDED_BY(m_mutex); ///< Open sockets.
    Counts m_counts ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
