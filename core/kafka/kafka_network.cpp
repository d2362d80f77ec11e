#include "kafka/kafka_network.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace orderlab {

void KafkaNetwork::carry(rd_kafka_conf_t* conf)
{
    rd_kafka_conf_set_connect_cb(conf, &KafkaNetwork::onConnect);
    rd_kafka_conf_set_closesocket_cb(conf, &KafkaNetwork::onClose);
}

// Both on librdkafka's threads.

int KafkaNetwork::onConnect(int socket, const sockaddr* server, int size, const char*, void* opaque)
{
    return static_cast<Opaque*>(opaque)->network->connect(socket, server, std::size_t(size));
}

/// A number that is closed here may be another connection's at once: it is forgotten before.
int KafkaNetwork::onClose(int socket, void* opaque)
{
    KafkaNetwork& self = *static_cast<Opaque*>(opaque)->network;
    const MutexLock guard(self.m_mutex);
    self.m_direct.erase(socket);
    return ::close(socket);
}

/// 0 or an errno. Does not wait: the socket does not block.
int KafkaNetwork::connect(int socket, const sockaddr* server, std::size_t size)
{
    TcpProxy::Endpoint to;
    if (size > to.capacity())
        return EAFNOSUPPORT;
    std::memcpy(to.data(), server, size);
    const MutexLock guard(m_mutex);
    if (!m_is_direct) {
        const auto entrance = m_proxy.entranceOf(to);
        if (!entrance)
            return EADDRNOTAVAIL;
        to = *entrance;
    }
    if (::connect(socket, to.data(), socklen_t(to.size())) != 0 && errno != EINPROGRESS)
        return errno;
    if (m_is_direct) {
        m_direct.insert(socket);
        ++m_counts.direct;
    }
    return 0;
}

void KafkaNetwork::setConditions(const BrokerConditions& conditions)
{
    m_proxy.setConditions(conditions); // First, so that nobody finds it as it was before.
    const MutexLock guard(m_mutex);
    m_is_direct = conditions == BrokerConditions{};
    if (m_is_direct)
        return;
    for (const int socket : m_direct)
        ::shutdown(socket, SHUT_RDWR);
    m_counts.shut += m_direct.size();
    m_direct.clear();
}

KafkaNetwork::Counts KafkaNetwork::counts() const
{
    const MutexLock guard(m_mutex);
    Counts counts = m_counts;
    counts.proxied = m_proxy.counts();
    return counts;
}

} // namespace orderlab
